"""What happens to households and people, and what is refused with a sentence."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from households.registry.actions.correcting import correct_person, correct_residence
from households.registry.actions.heads import change_head
from households.registry.actions.members import add_member, record_death, remove_member
from households.registry.actions.moving import end_household, move_household, place_household
from households.registry.actions.parting import join_households, split_household
from households.registry.codes import EventKind
from households.registry.entries import MemberData, PersonData, Place
from households.registry.models import Household, HouseholdEvent, Person
from households.registry.problems import ChangedMeanwhileError, RegistryRefusedError
from households.registry.soundness import unsound
from households.registry.state import HouseholdState, state_on, version_of
from povertyportal.core.models import User
from tests.access.people import AREAS, person
from tests.registry.people import AT, COMMUNE, SIBLING, START, household, member, person_of, told, village

pytestmark = pytest.mark.django_db

BIRTH, MARCH, MAY, JULY = date(2026, 2, 10), date(2026, 3, 1), date(2026, 5, 1), date(2026, 7, 1)
NUMBER = "004084900123"  # a man born in 1984 in Cao Bằng, invented


@pytest.fixture
def family() -> Household:
    """An and Bình with their son Cường and their daughter Dung."""
    return household(
        members=[
            member("Nông Văn An", "head", born=1960, sex="male"),
            member("Hoàng Thị Bình", "spouse", born=1962, sex="female"),
            member("Nông Văn Cường", "child", born=1990, sex="male"),
            member("Nông Thị Dung", "child", born=1995, sex="female"),
        ]
    )


@pytest.fixture
def official() -> User:
    return person("commune_official", AREAS.COMMUNE)


def names(row: Household | int, day: date) -> list[str]:
    """Given names with relations, as the state has them."""
    state: HouseholdState = state_on(row if isinstance(row, int) else row.pk, day)
    return [f"{one.full_name.split()[-1]} {one.relation}" for one in state.members]


def problems(call: Any, **arguments: Any) -> dict[str, str]:
    with pytest.raises(RegistryRefusedError) as refused:
        call(**{**told(), **arguments})
    return {one.field: one.message for one in refused.value.problems}


def key(row: Household, name: str) -> int:
    return person_of(row, name).pk


# What happens


def test_a_household_is_there_from_its_day_and_not_before(family: Household) -> None:
    assert names(family, START) == ["An head", "Bình spouse", "Cường child", "Dung child"]
    eve = state_on(family.pk, START - timedelta(days=1))
    assert (eve.exists, eve.members, eve.area_code) == (False, (), "")


def test_a_child_is_a_member_from_the_day_of_its_birth(family: Household) -> None:
    child = member("Nông Văn Em", "grandchild", born=BIRTH)
    add_member(household=family.pk, member=child, kind="born", on=BIRTH, **told())
    assert "Em grandchild" in names(family, BIRTH)
    assert "Em grandchild" not in names(family, BIRTH - timedelta(days=1))


def test_who_dies_is_no_member_from_that_day_and_another_heads_the_household(family: Household) -> None:
    widow, son = key(family, "Bình"), key(family, "Cường")
    record_death(person=key(family, "An"), on=MAY, new_head=widow, relations={son: "child"}, **told())
    assert names(family, MAY) == ["Bình head", "Cường child", "Dung unknown"]
    assert person_of(family, "An").died_on == MAY
    assert names(family, MAY - timedelta(days=1))[0] == "An head"


def test_a_household_ends_with_its_last_member() -> None:
    alone = household()
    record_death(person=person_of(alone).pk, on=MAY, **told())
    assert not state_on(alone.pk, MAY).exists
    assert [one.kind for one in HouseholdEvent.objects.order_by("pk")] == ["registered", "died", "ended"]


def test_a_birth_recorded_after_the_head_changed_leaves_the_relation_to_the_new_head_open(family: Household) -> None:
    record_death(person=key(family, "An"), on=MAY, new_head=key(family, "Cường"), **told())
    child = member("Nông Văn Em", "grandchild", born=BIRTH)
    add_member(household=family.pk, member=child, kind="born", on=BIRTH, **told())
    assert "Em grandchild" in names(family, MARCH)
    assert "Em unknown" in names(family, MAY)


def test_a_household_splits_and_both_are_told_of_each_other(family: Household) -> None:
    leaving = {key(family, "Cường"): "head"}
    new = split_household(household=family.pk, members=leaving, place=None, on=MARCH, **told())
    assert names(new, MARCH) == ["Cường head"]
    assert "Cường child" not in names(family, MARCH)
    assert state_on(new.pk, MARCH).area_code == "01392-001"
    split = HouseholdEvent.objects.filter(kind=EventKind.SPLIT)
    assert {(one.household_id, one.other_id) for one in split} == {(family.pk, new.pk), (new.pk, family.pk)}


def test_the_members_of_a_household_that_joins_another_belong_to_it(family: Household) -> None:
    alone = household(members=["Nông Thị Phin"])
    relations = {person_of(alone).pk: "parent"}
    join_households(household=alone.pk, into=family.pk, relations=relations, on=MARCH, **told())
    assert "Phin parent" in names(family, MARCH)
    assert not state_on(alone.pk, MARCH).exists


def test_a_move_within_the_scope_arrives_placed(family: Household, official: User) -> None:
    other = village("Lũng Mật")
    move_household(household=family.pk, place=Place(other, "Nhà 7"), on=MARCH, **told(by=official))
    state = state_on(family.pk, MARCH)
    assert (state.area_code, state.address, state.unplaced) == (other, "Nhà 7", False)


def test_a_household_that_goes_to_another_commune_is_placed_by_that_commune(family: Household, official: User) -> None:
    move_household(household=family.pk, place=Place(SIBLING), on=MARCH, **told(by=official))
    assert state_on(family.pk, MARCH).unplaced
    there, new = person("commune_official", SIBLING), village("Cốc Lùng", SIBLING)
    place_household(household=family.pk, area_code=new, on=MAY, **told(by=there))
    state = state_on(family.pk, MARCH)
    assert (state.area_code, state.unplaced) == (new, False)


def test_a_slip_in_the_address_is_put_right_for_the_whole_stay(family: Household) -> None:
    correct_residence(household=family.pk, on=MAY, address="Nhà 9", local_code="HN-01", **told())
    assert state_on(family.pk, START).address == "Nhà 9"
    assert state_on(family.pk, MAY).local_code == "HN-01"


def test_a_person_is_corrected_and_found_under_the_new_name(family: Household) -> None:
    son = key(family, "Cường")
    data = PersonData("Nông Văn Cương", "male", birth_year=1990, ethnicity="tay", identity="004 090 900 123")
    correct_person(person=son, data=data, **told())
    row = Person.objects.get(pk=son)
    assert (row.full_name, row.search_key, row.ethnicity) == ("Nông Văn Cương", "nong van cuong", "tay")
    assert row.identity_id is not None
    assert NUMBER not in str(row.history.latest("pgh_id").__dict__)


def test_what_the_portal_does_not_know_yet_stays_open() -> None:
    row = household(members=["Lý A Páo"])
    pao = state_on(row.pk, START).members[0]
    assert (pao.sex, pao.birth_date, pao.birth_year, pao.ethnicity, pao.has_number) == ("", None, None, "", False)


def test_everything_that_happened_leaves_the_registry_sound(family: Household) -> None:
    new = split_household(
        household=family.pk, members={key(family, "Cường"): "head"}, place=Place(COMMUNE), on=MARCH, **told()
    )
    remove_member(person=key(family, "Dung"), on=MAY, **told())
    end_household(household=new.pk, on=JULY, **told())
    change_head(household=family.pk, new_head=key(family, "Bình"), on=JULY, **told())
    assert list(unsound()) == []


# What is refused


def test_a_household_needs_one_head_and_names() -> None:
    with pytest.raises(RegistryRefusedError) as refused:
        household(members=[member("", "head"), member("Nông Văn An", "head"), member("An 12", sex="x")])
    found = {one.field: one.message for one in refused.value.problems}
    assert set(found) == {
        "members.0.full_name", "members.1.relation", "members.2.full_name", "members.2.sex",
    }  # fmt: skip
    assert found["members.1.relation"] == "Hộ chỉ có một chủ hộ; hãy chọn quan hệ khác cho người này."


@pytest.mark.parametrize(
    ("area", "day", "says"),
    [
        ("99999", START, "Không có đơn vị hành chính nào mang mã 99999"),
        ("04", START, "hãy chọn thôn, hoặc xã khi chưa rõ thôn"),
        ("045", START, "Ngày 05/01/2026 không có đơn vị hành chính mang mã 045"),
    ],
)
def test_a_place_has_to_be_a_village_or_commune_of_the_day(area: str, day: date, says: str) -> None:
    with pytest.raises(RegistryRefusedError, match=says):
        household(area, on=day)


def test_nothing_is_recorded_for_days_to_come_or_before_the_household(family: Household) -> None:
    ahead = AT.date() + timedelta(days=2)
    assert "chưa tới" in problems(end_household, household=family.pk, on=ahead)["on"]
    early = START - timedelta(days=1)
    assert "mới có từ ngày 05/01/2026" in problems(end_household, household=family.pk, on=early)["on"]


def test_a_reason_is_needed_and_no_number_may_stand_in_it(family: Household) -> None:
    assert "Cần ghi lý do" in problems(end_household, household=family.pk, on=MAY, reason="  ")["reason"]
    said = problems(end_household, household=family.pk, on=MAY, reason=f"CCCD {NUMBER}")["reason"]
    assert "Đừng ghi số định danh" in said
    assert NUMBER not in said


def test_whoever_takes_the_head_away_has_to_name_another(family: Household) -> None:
    said = problems(remove_member, person=key(family, "An"), on=MAY)["new_head"]
    assert said == "Hộ không còn chủ hộ từ ngày 01/05/2026; hãy chọn chủ hộ mới."


def test_the_next_head_has_to_be_there_and_to_stay(family: Household) -> None:
    remove_member(person=key(family, "Cường"), on=JULY, **told())
    said = problems(record_death, person=key(family, "An"), on=MAY, new_head=key(family, "Cường"))["new_head"]
    assert "ngày 01/07/2026 “rời hộ” (Nông Văn Cường)" in said


def test_who_goes_and_comes_back_does_not_head_the_household_in_between(family: Household) -> None:
    son = key(family, "Cường")
    remove_member(person=son, on=MAY, **told())
    back = MemberData(person=son, relation="child")
    add_member(household=family.pk, member=back, kind="joined", on=JULY, **told())
    assert "01/05/2026" in problems(record_death, person=key(family, "An"), on=MARCH, new_head=son)["new_head"]


def test_nobody_dies_before_his_household_joined_another(family: Household) -> None:
    alone = household(members=["Nông Thị Phin", "Nông Văn Phẩy"])
    relations = {one.person: "other_relative" for one in state_on(alone.pk, START).members}
    join_households(household=alone.pk, into=family.pk, relations=relations, on=MAY, **told())
    said = problems(record_death, person=key(alone, "Phẩy"), on=MARCH)["on"]
    assert "ngày 01/05/2026 “nhập hộ”" in said


def test_who_was_dead_or_gone_cannot_do_anything_later(family: Household) -> None:
    record_death(person=key(family, "Dung"), on=MARCH, **told())
    dung = key(family, "Dung")
    assert "không thuộc hộ nào" in problems(remove_member, person=dung, on=MAY)["on"]
    back = MemberData(person=dung, relation="child")
    said = problems(add_member, household=family.pk, member=back, kind="joined", on=MAY)["member.person"]
    assert said == "Nông Thị Dung đã mất ngày 01/03/2026."


def test_what_contradicts_a_later_record_is_refused_by_naming_it(family: Household) -> None:
    remove_member(person=key(family, "Cường"), on=JULY, **told())
    said = problems(record_death, person=key(family, "Cường"), on=MAY)["on"]
    assert "ngày 01/07/2026 “rời hộ” (Nông Văn Cường)" in said
    move_household(household=family.pk, place=Place(COMMUNE), on=JULY, **told())
    assert "“chuyển nơi ở”" in problems(move_household, household=family.pk, place=Place(SIBLING), on=MAY)["on"]
    assert "“rời hộ”" in problems(end_household, household=family.pk, on=MAY)["on"]


def test_who_lives_elsewhere_is_named_only_to_those_who_may_see_it(family: Household) -> None:
    elsewhere = household(SIBLING, members=["Lục Văn Sinh"])
    data = MemberData(person=person_of(elsewhere).pk, relation="other_relative")
    ask = {"household": family.pk, "member": data, "kind": "joined", "on": MAY}
    assert f"hộ H{elsewhere.pk}, Xã Thông Nông" in problems(add_member, **ask)["member.person"]
    official = person("commune_official", AREAS.COMMUNE)
    assert "Thông Nông" not in problems(add_member, **ask, by=official)["member.person"]


def test_a_number_that_stands_with_another_is_refused_unless_it_is_known(family: Household) -> None:
    first = member("Lục Văn Sinh", "head", born=1984, sex="male", identity=NUMBER)
    household(SIBLING, members=[first])
    with pytest.raises(RegistryRefusedError, match="Số này đã ghi cho một người khác"):
        household(members=[first])
    twin = member("Lục Văn Sinh", "head", born=1984, sex="male", identity=NUMBER, despite_twin=True)
    row = household(members=[twin])
    assert state_on(row.pk, START).members[0].has_number


def test_who_left_comes_back_under_his_number_as_the_same_person(family: Household) -> None:
    sinh = member("Lục Văn Sinh", born=1984, sex="male", identity=NUMBER)
    there = household(SIBLING, members=["Lục Văn Cả", sinh])
    known = key(there, "Sinh")
    remove_member(person=known, on=MARCH, **told())
    came = add_member(household=family.pk, member=sinh, kind="joined", on=MAY, **told())
    assert came.pk == known
    assert "Sinh child" in names(family, MAY)


def test_a_number_that_cannot_be_one_is_refused_without_being_repeated() -> None:
    with pytest.raises(RegistryRefusedError) as refused:
        household(members=[member("Lục Văn Sinh", "head", identity="00408490012")])
    assert [one.field for one in refused.value.problems] == ["members.0.identity"]
    assert "00408490012" not in str(refused.value)


@pytest.mark.parametrize("born", [date(2026, 1, 6), 2027])
def test_who_is_not_born_is_no_member(born: date | int) -> None:
    with pytest.raises(RegistryRefusedError, match=r"sau ngày 05/01/2026|Năm sinh"):
        household(members=[member("Nông Văn An", "head", born=born)])


def test_a_birth_cannot_be_corrected_to_after_what_the_person_did(family: Household) -> None:
    data = PersonData("Nông Văn Cường", "male", birth_date=date(2026, 2, 1))
    assert "trước ngày sinh này" in problems(correct_person, person=key(family, "Cường"), data=data)["birth_date"]
    same = PersonData("Nông Văn Cường", "male", birth_year=1990)
    assert "Không có gì khác" in problems(correct_person, person=key(family, "Cường"), data=same)[""]


def test_the_head_cannot_be_related_to_himself(family: Household) -> None:
    said = problems(change_head, household=family.pk, relations={key(family, "An"): "child"}, on=MAY)
    assert said == {f"relations.{key(family, 'An')}": "Người này là chủ hộ; muốn khác đi, hãy chọn chủ hộ mới."}


def test_whoever_comes_second_is_told_what_the_first_did(family: Household) -> None:
    token = version_of(family.pk)
    remove_member(person=key(family, "Dung"), on=MAY, expected=token, **told())
    with pytest.raises(ChangedMeanwhileError) as refused:
        remove_member(person=key(family, "Cường"), on=MAY, expected=token, **told())
    assert "“rời hộ” ngày 01/05/2026" in refused.value.told[0]
    assert "Cường child" in names(family, MAY)


# Who may


def test_only_officials_of_the_place_write_there(family: Household) -> None:
    for role, area in (("commune_official", SIBLING), ("auditor", AREAS.COMMUNE), ("administrator", AREAS.PROVINCE)):
        with pytest.raises(PermissionDenied):
            end_household(household=family.pk, on=MAY, **told(by=person(role, area)))
    with pytest.raises(PermissionDenied, match="Xã Thông Nông"):
        household(SIBLING, by=person("commune_official", AREAS.COMMUNE))
    assert state_on(family.pk, MAY).exists


def test_the_commune_where_it_lives_now_may_record_what_happened_before(family: Household) -> None:
    move_household(household=family.pk, place=Place(SIBLING), on=JULY, **told())
    there = person("commune_official", SIBLING)
    child = member("Nông Văn Em", "grandchild", born=BIRTH)
    add_member(household=family.pk, member=child, kind="born", on=BIRTH, **told(by=there))
    assert "Em grandchild" in names(family, BIRTH)
