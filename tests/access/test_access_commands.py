"""The first administrator, and the accounts of a demonstration."""

import io
import json
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.test import Client, RequestFactory, override_settings
from django.utils import timezone

from households.access.scope import scope_of
from households.management.commands import demo_accounts
from povertyportal.core.accounts import change_password, suspend, system_user
from povertyportal.core.models import User
from povertyportal.core.second_factor import take_code
from tests.access.people import AREAS, person

pytestmark = pytest.mark.django_db


def told(*arguments: str, **options: Any) -> Any:
    out = io.StringIO()
    call_command(*arguments, stdout=out, **options)
    return json.loads(out.getvalue())


def first_administrator(*extra: str, place: tuple[str, ...] = ("--area", "04")) -> Any:
    return told("make_administrator", "dau.tien", *place, "--full-name", "Lê Quang Trị", "--json", *extra)


def test_the_first_administrator_is_made_by_the_system_and_may_begin() -> None:
    made = first_administrator("--commit")
    user = User.objects.get(username="dau.tien")
    assert user.check_password(made["password"])
    assert user.must_change_password
    assert scope_of(user, "grants.give", day=timezone.localdate()).covers(AREAS.COMMUNE, on=timezone.localdate())


def test_without_commit_nothing_is_stored_and_no_password_is_shown() -> None:
    assert first_administrator()["password"] is None
    assert not User.objects.filter(username="dau.tien").exists()


def test_an_administrator_of_the_nation_is_asked_for_in_words() -> None:
    first_administrator("--commit", place=("--nation",))
    assert scope_of(User.objects.get(username="dau.tien"), "accounts.manage", day=timezone.localdate()).nation


def test_the_command_gives_no_more_than_its_person_could() -> None:
    person("administrator", AREAS.COMMUNE, username="cap-xa")
    with pytest.raises(CommandError, match="không thuộc địa bàn bạn quản trị"):
        first_administrator("--commit", "--by", "cap-xa")
    assert not User.objects.filter(username="dau.tien").exists()


@pytest.fixture
def demo(settings: Any, tmp_path: Any) -> list[dict[str, str]]:
    settings.DATA_DIR = tmp_path
    return told("demo_accounts", "--json")


def test_demonstration_accounts_can_sign_in_with_what_is_printed(demo: list[dict[str, str]]) -> None:
    request = RequestFactory().post("/sign-in/")
    for row in demo:
        user = authenticate(request, username=row["username"], password=row["password"])
        assert isinstance(user, User)
        assert row["code"] == "–" or take_code(user=user, typed=row["code"], at=timezone.now())


def test_a_second_start_prints_the_same_passwords_and_nobody_twice(demo: list[dict[str, str]]) -> None:
    again = told("demo_accounts", "--json")
    assert [row["password"] for row in again] == [row["password"] for row in demo]
    assert User.objects.filter(username="canbo").count() == 1


def test_a_password_that_was_changed_is_not_printed(demo: list[dict[str, str]]) -> None:
    user = User.objects.get(username="canbo")
    change_password(user=user, password="của riêng tôi", at=timezone.now(), keep=None)
    [row] = [row for row in told("demo_accounts", "--json") if row["username"] == "canbo"]
    assert row["password"] == "(đã được đổi)"


def test_a_demonstration_starts_again_after_its_commune_was_merged_away(
    demo: list[dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo_accounts, "COMMUNE", "99999")
    assert len(told("demo_accounts", "--json")) == len(demo)


def test_an_account_somebody_closed_is_printed_as_closed(demo: list[dict[str, str]]) -> None:
    user = User.objects.get(username="canbo")
    suspend(user=user, by=system_user(), at=timezone.now(), reason="Thử")
    [row] = [row for row in told("demo_accounts", "--json") if row["username"] == "canbo"]
    assert row["about"].endswith("(tạm ngừng)")


@pytest.mark.parametrize("serious", [False, True])
def test_demonstration_accounts_do_not_open_the_official_portal(
    demo: list[dict[str, str]], client: Client, settings: Any, serious: bool
) -> None:
    settings.DEVELOPMENT = not serious
    [row] = [row for row in demo if row["username"] == "canbo"]
    answer = client.post("/sign-in/", {"username": "canbo", "password": row["password"]})
    assert ("Tài khoản minh họa không dùng được" in answer.content.decode()) == serious
    assert (client.get("/account/").status_code == 200) == (not serious)


def test_what_is_not_known_any_more_is_not_invented(
    demo: list[dict[str, str]], settings: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    settings.DATA_DIR = tmp_path_factory.mktemp("moved")
    [row] = [row for row in told("demo_accounts", "--json") if row["username"] == "lanhdao"]
    assert (row["password"], row["code"]) == ("(đã được đổi)", "(đã được đổi)")


def test_every_role_has_a_demonstration_account(demo: list[dict[str, str]]) -> None:
    assert {row["about"].split(",")[0] for row in demo} >= {"Rà soát viên", "Lãnh đạo UBND cấp xã", "Quản trị"}
    assert any("Phường Hạ Long" in row["about"] for row in demo)


@override_settings(DEVELOPMENT=False)
def test_demonstration_accounts_are_refused_where_it_is_serious() -> None:
    with pytest.raises(CommandError, match="không được dùng khi DEBUG=0"):
        told("demo_accounts")
