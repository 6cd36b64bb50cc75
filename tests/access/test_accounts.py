"""Accounts by area: who may make and manage whose."""

from datetime import datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from households.access.accounts import accounts_of, can_manage, check_may_manage, move_account, open_account
from households.access.models import AccountUnit
from povertyportal.core.account_rules import is_administrator, requires_second_factor
from povertyportal.core.accounts import AccountRefused
from povertyportal.core.models import User
from tests.access.people import AREAS, NATION, granted, person

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 8, 30, tzinfo=timezone.get_default_timezone())
TODAY = NOW.date()


@pytest.fixture
def administrator() -> User:
    return person("administrator", AREAS.PROVINCE)


def make(by: User, **changes: Any) -> tuple[User, str]:
    asked = {"username": "dao.ntb", "full_name": "Nông Thị Bích Đào", "area_code": AREAS.COMMUNE, "reason": "QĐ 5"}
    return open_account(by=by, at=NOW, **(asked | changes))


def test_an_account_is_made_for_a_unit_of_ones_own_and_can_do_nothing_yet(administrator: User) -> None:
    user, password = make(administrator)
    assert user.check_password(password)
    assert user.unit.area.code == AREAS.COMMUNE
    assert not user.has_perm("areas.read")


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"area_code": AREAS.FOREIGN_COMMUNE}, "area_code", "không thuộc địa bàn bạn quản trị"),
        ({"area_code": None}, "area_code", "Chỉ người quản trị toàn quốc"),
        ({"area_code": "99999"}, "area_code", "Không có đơn vị hành chính"),
        ({"reason": " "}, "reason", "Hãy ghi lý do"),
        ({"username": "Đào"}, "username", "không dùng được"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_stored(
    administrator: User, changes: dict[str, Any], field: str, sentence: str
) -> None:
    with pytest.raises(AccountRefused, match=sentence) as refused:
        make(administrator, **changes)
    assert refused.value.field == field
    assert not User.objects.filter(full_name="Nông Thị Bích Đào", username__startswith="dao").exists()


def test_an_administrator_lists_the_accounts_of_his_area(administrator: User) -> None:
    own, foreign = person("commune_official", AREAS.COMMUNE), person("commune_official", AREAS.FOREIGN_COMMUNE)
    nobodys = person()
    assert own in accounts_of(administrator, day=TODAY)
    assert not {foreign, nobodys} & set(accounts_of(administrator, day=TODAY))
    assert {own, foreign, nobodys} < set(accounts_of(person("administrator", NATION), day=TODAY))


def test_who_administers_nothing_lists_nobody() -> None:
    assert not accounts_of(person("province_reviewer", AREAS.PROVINCE), day=TODAY).exists()


def test_a_commune_cannot_take_over_an_account_that_sees_the_province() -> None:
    """Else its administrator would set a new password and read what he was never given."""
    official = person("commune_official", AREAS.COMMUNE)
    administrator = person("administrator", AREAS.COMMUNE)
    assert can_manage(official, by=administrator, day=TODAY)
    granted(official, "auditor", AREAS.PROVINCE)
    with pytest.raises(PermissionDenied, match=r"còn giữ quyền ngoài địa bàn bạn quản trị .Kiểm toán, thanh tra, Tỉnh"):
        check_may_manage(official, by=administrator, day=TODAY)


def test_a_grant_that_is_over_does_not_protect_an_account_for_ever() -> None:
    official = person("commune_official", AREAS.COMMUNE)
    granted(official, "auditor", AREAS.PROVINCE, until=TODAY)
    assert can_manage(official, by=person("administrator", AREAS.COMMUNE), day=TODAY)


def test_nobody_manages_himself(administrator: User) -> None:
    with pytest.raises(PermissionDenied, match="tài khoản của chính mình"):
        check_may_manage(administrator, by=administrator, day=TODAY)


def test_a_person_moves_to_another_unit_of_the_same_administrator(administrator: User) -> None:
    official = person("commune_official", AREAS.COMMUNE)
    move_account(user=official, area_code=AREAS.SIBLING, by=administrator, at=NOW, reason="Điều động")
    assert AccountUnit.objects.get(user=official).area.code == AREAS.SIBLING
    with pytest.raises(AccountRefused, match="không thuộc địa bàn"):
        move_account(user=official, area_code=AREAS.FOREIGN_COMMUNE, by=administrator, at=NOW, reason="Điều động")


@pytest.mark.parametrize(
    ("role", "needs_code"),
    [("commune_official", False), ("commune_leader", True), ("village_reviewer", True), ("administrator", True)],
)
def test_roles_decide_who_signs_in_with_a_code(role: str, needs_code: bool) -> None:
    assert requires_second_factor(person(role, AREAS.COMMUNE)) is needs_code


def test_who_manages_accounts_is_an_administrator(administrator: User) -> None:
    assert is_administrator(administrator)
    assert not is_administrator(person("commune_leader", AREAS.COMMUNE))
