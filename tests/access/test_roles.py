"""The file of roles: what it must say, and what it may not say."""

import pytest

from households.access.roles import LEVELS, RolesError, catalogue, read_catalogue, role_title

ACTION = '[actions."x.do"]\ntitle = "Làm"\nmeaning = "Làm một việc."\n'
ROLE = """
[roles.doer]
title = "Người làm"
levels = ["commune"]
actions = ["x.do"]
gives = []
alone = false
second_factor = false
basis = "nội bộ"
"""


def test_a_small_file_is_read() -> None:
    read = read_catalogue(ACTION + ROLE)
    assert read.roles["doer"].actions == {"x.do"}
    assert read.with_action("x.do") == {"doer"}


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('"x.do"]\ngives', '"x.undo"]\ngives', "không có “x.undo”"),
        ('["commune"]', '["ward"]', "không có “ward”"),
        ("gives = []", 'gives = ["boss"]', "không có “boss”"),
        ("gives = []", 'gives = ["doer"]', "không giao được gì"),
        ("second_factor = false", 'second_factor = "no"', "sai kiểu: second_factor"),
        ("second_factor = false\n", "", "thiếu hoặc sai kiểu: second_factor"),
        ('title = "Người làm"', 'title = ""', "không được để trống"),
        ('levels = ["commune"]', "levels = []", "không được để trống"),
        ('meaning = "Làm một việc."\n', "", "title và meaning"),
        (ROLE, "", "chưa có vai trò nào"),
    ],
)
def test_a_file_that_contradicts_itself_is_refused(old: str, new: str, fault: str) -> None:
    text = (ACTION + ROLE).replace(old, new)
    with pytest.raises(RolesError, match=fault):
        read_catalogue(text)


def test_an_action_that_no_role_has_is_a_mistake() -> None:
    with pytest.raises(RolesError, match="không vai trò nào có"):
        read_catalogue(ACTION + ROLE + ACTION.replace("x.do", "x.never"))


def test_an_unknown_action_is_never_just_not_allowed() -> None:
    with pytest.raises(KeyError):
        catalogue().with_action("figures.raed")


def test_whoever_gives_rights_or_approves_signs_in_with_a_code() -> None:
    strong = {"grants.give", "accounts.manage", "areas.approve", "rights.sign", "records.read"}
    assert [role.code for role in catalogue().roles.values() if role.actions & strong and not role.second_factor] == []


def test_nobody_both_gives_rights_and_signs_that_they_are_right() -> None:
    assert [role.code for role in catalogue().roles.values() if role.actions >= {"grants.give", "rights.sign"}] == []


def test_only_communes_see_identity_numbers() -> None:
    assert catalogue().with_action("identity.see") == {"commune_official", "commune_leader"}


def test_what_stood_on_a_district_can_stand_on_its_province() -> None:
    roles = catalogue().roles.values()
    assert [role.code for role in roles if "district" in role.levels and "province" not in role.levels] == []


def test_every_level_has_an_administrator_but_the_village() -> None:
    assert catalogue().roles["administrator"].levels == set(LEVELS) - {"village"}


def test_a_role_that_was_abolished_keeps_its_code_in_old_grants() -> None:
    assert role_title("clerk_1995") == "clerk_1995"
