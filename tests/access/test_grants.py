"""Giving and ending roles: who may, to whom, where, from when."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from households.access.grants import GrantRefusedError, end_grant, give_grant
from households.access.models import AccountUnit, Grant
from households.access.scope import scope_of
from povertyportal.core.history import acting
from povertyportal.core.models import User
from tests.access.people import AREAS, NATION, area_on, granted, person, suspended
from tests.people import on_the_record

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 8, 30, tzinfo=timezone.get_default_timezone())
TODAY = NOW.date()
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def administrator() -> User:
    return person("administrator", AREAS.PROVINCE, full_name="Lê Quang Trị")


def give(by: User, user: User, **changes: Any) -> Grant:
    asked = {"role": "commune_official", "area_code": AREAS.COMMUNE, "on": TODAY, "reason": "QĐ 12/QĐ-UBND"} | changes
    return give_grant(user=user, by=by, at=NOW, **asked)


def test_an_administrator_gives_a_role_below_him_and_it_works_at_once(administrator: User) -> None:
    user = person()
    give(administrator, user)
    assert scope_of(user, "figures.enter", day=TODAY).covers(AREAS.COMMUNE, on=TODAY)


@pytest.mark.parametrize(("held", "asked"), [("administrator", "commune_official"), ("commune_official", "auditor")])
def test_who_opens_doors_or_inspects_does_not_work_behind_them(administrator: User, held: str, asked: str) -> None:
    user = person(held, AREAS.COMMUNE)
    with pytest.raises(GrantRefusedError, match="không giữ cùng vai trò khác"):
        give(administrator, user, role=asked)
    end_grant(grant=user.grants.get(), on=TODAY, by=administrator, at=NOW, reason="Chuyển việc")
    assert give(administrator, user, role=asked).role == asked


def test_a_role_that_ended_with_its_unit_stands_in_nobodys_way(administrator: User) -> None:
    user = person("administrator", AREAS.ENDED_DISTRICT, day=date(2025, 6, 30))
    assert give(administrator, user).role == "commune_official"


def test_two_working_roles_go_together(administrator: User) -> None:
    user = person("village_reviewer", AREAS.COMMUNE)
    assert give(administrator, user).role == "commune_official"


def test_the_history_says_who_gave_it_and_why(administrator: User) -> None:
    grant = give(administrator, person())
    told = grant.history.get().pgh_context
    assert (told["username"], told["reason"]) == (administrator.username, "QĐ 12/QĐ-UBND")


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"area_code": AREAS.FOREIGN_COMMUNE}, "area_code", "ngoài địa bàn hoặc ngoài quyền"),
        ({"area_code": None, "role": "auditor"}, "area_code", "toàn quốc: ngoài địa bàn"),
        ({"area_code": AREAS.PROVINCE}, "area_code", "chỉ giao ở: cấp xã"),
        ({"area_code": None}, "area_code", "không giao ở toàn quốc"),
        ({"area_code": AREAS.ENDED_DISTRICT, "role": "district_reviewer"}, "area_code", "Mã này chỉ có: Huyện"),
        ({"area_code": "99999"}, "area_code", "Không có đơn vị hành chính nào mang mã 99999"),
        ({"role": "king"}, "role", "Không có vai trò mang mã “king”"),
        ({"on": TODAY - timedelta(days=1)}, "on", "không được giao lùi ngày"),
        ({"until": TODAY}, "until", "Ngày cuối phải từ ngày bắt đầu trở đi"),
        ({"reason": "  "}, "reason", "Hãy ghi lý do"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    administrator: User, changes: dict[str, Any], field: str, sentence: str
) -> None:
    with pytest.raises(GrantRefusedError) as refused:
        give(administrator, person(), **changes)
    assert [problem.field for problem in refused.value.problems] == [field]
    assert sentence in str(refused.value)
    assert not Grant.objects.filter(given_by=administrator).exists()


def test_nobody_gives_himself(administrator: User) -> None:
    with pytest.raises(GrantRefusedError, match="Không ai tự giao quyền cho mình"):
        give(administrator, administrator)


def test_a_closed_account_is_given_nothing(administrator: User) -> None:
    with pytest.raises(GrantRefusedError, match="không hoạt động"):
        give(administrator, suspended(person()))


@pytest.mark.parametrize("role", ["commune_leader", "province_reviewer", "auditor"])
def test_who_does_not_administer_gives_nothing(role: str) -> None:
    giver = person(role, AREAS.COMMUNE if role == "commune_leader" else AREAS.PROVINCE)
    with pytest.raises(GrantRefusedError, match="ngoài quyền của bạn"):
        give(giver, person())


def test_an_administrator_whose_time_is_over_gives_nothing() -> None:
    giver = person()
    granted(giver, "administrator", AREAS.PROVINCE, until=TODAY)
    with pytest.raises(GrantRefusedError, match="ngoài quyền của bạn"):
        give(giver, person())


def test_the_same_role_twice_in_one_time_is_refused_by_the_database(administrator: User) -> None:
    user = person()
    give(administrator, user, until=TOMORROW)
    give(administrator, user, on=TOMORROW)
    with pytest.raises(GrantRefusedError, match="đã giữ vai trò"):
        give(administrator, user)


def test_an_ended_grant_works_no_longer_from_that_day_on(administrator: User) -> None:
    user = person()
    grant = give(administrator, user)
    end_grant(grant=grant, on=TOMORROW, by=administrator, at=NOW, reason="Chuyển công tác")
    assert scope_of(user, "figures.enter", day=TODAY)
    assert not scope_of(user, "figures.enter", day=TOMORROW)


def test_a_grant_ended_on_its_first_day_never_worked_and_can_be_given_again(administrator: User) -> None:
    user = person()
    grant = give(administrator, user)
    end_grant(grant=grant, on=TODAY, by=administrator, at=NOW, reason="Giao nhầm")
    assert not scope_of(user, "figures.enter", day=TODAY)
    give(administrator, user)
    assert scope_of(user, "figures.enter", day=TODAY)


def test_a_grant_is_ended_once(administrator: User) -> None:
    grant = give(administrator, person())
    end_grant(grant=grant, on=TOMORROW, by=administrator, at=NOW, reason="Chuyển công tác")
    with pytest.raises(GrantRefusedError, match=r"đã được Lê Quang Trị thu lúc 08:30 22/11/2026"):
        end_grant(grant=grant, on=TOMORROW, by=administrator, at=NOW, reason="Chuyển công tác")


def test_a_grant_that_ends_later_can_be_ended_at_once(administrator: User) -> None:
    user = person()
    grant = give(administrator, user)
    end_grant(grant=grant, on=date(2072, 6, 30), by=administrator, at=NOW, reason="Gõ nhầm năm")
    end_grant(grant=grant, on=TODAY, by=administrator, at=NOW, reason="Thôi việc hôm nay")
    assert not scope_of(user, "figures.enter", day=TODAY)
    reasons = grant.history.order_by("pgh_id").values_list("pgh_context__reason", flat=True)
    assert list(reasons)[1:] == ["Gõ nhầm năm", "Thôi việc hôm nay"]


@pytest.mark.parametrize(
    ("on", "reason", "sentence"),
    [(TODAY - timedelta(days=1), "Thôi việc", "không được trước hôm nay"), (TODAY, " ", "ghi lý do thu quyền")],
)
def test_an_ending_needs_a_day_and_a_reason(administrator: User, on: date, reason: str, sentence: str) -> None:
    grant = give(administrator, person())
    with pytest.raises(GrantRefusedError, match=sentence):
        end_grant(grant=grant, on=on, by=administrator, at=NOW, reason=reason)


def test_a_grant_of_another_province_is_not_ended(administrator: User) -> None:
    grant = granted(person(), "commune_official", AREAS.FOREIGN_COMMUNE)
    with pytest.raises(GrantRefusedError, match="ngoài địa bàn"):
        end_grant(grant=grant, on=TODAY, by=administrator, at=NOW, reason="Thử")


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"area": None}, "grant_area_unless_nation"),
        ({"reach": "nation"}, "grant_area_unless_nation"),
        ({"reach": "planet"}, "grant_area_unless_nation"),
        ({"validity": DateRange(None, None)}, "grant_begins"),
        ({"validity": DateRange(TODAY, TODAY)}, "grant_begins"),
        ({"reason": " "}, "grant_has_reason"),
        ({"end_reason": "vì"}, "grant_end_complete"),
        ({"ended_at": NOW}, "grant_end_complete"),
        ({"origin": "stolen"}, "grant_origin_known"),
    ],
)
def test_what_the_database_refuses(administrator: User, changes: dict[str, Any], constraint: str) -> None:
    whole = {
        "user": person(),
        "role": "commune_official",
        "reach": "area",
        "area": area_on(AREAS.COMMUNE, TODAY),
        "validity": DateRange(TODAY, None),
        "given_by": administrator,
        "given_at": NOW,
        "reason": "Thử",
    }
    with on_the_record(), pytest.raises(IntegrityError, match=constraint):
        Grant.objects.create(**(whole | changes))


def test_the_database_lets_nobody_give_himself(administrator: User) -> None:
    kept = Grant.objects.get(user=administrator)
    same = {"reach": kept.reach, "area": kept.area, "validity": kept.validity, "given_at": NOW, "reason": "Thử"}
    with on_the_record(), pytest.raises(IntegrityError, match="grant_by_another"):
        Grant.objects.create(user=administrator, role="auditor", given_by=administrator, **same)


def test_two_nationwide_grants_of_one_role_overlap_too() -> None:
    user = person("auditor", NATION)
    with pytest.raises(IntegrityError, match="grant_once_a_day"):
        granted(user, "auditor", NATION)


@pytest.mark.parametrize("model", [Grant, AccountUnit])
def test_rights_and_units_are_never_deleted(administrator: User, model: type) -> None:
    with on_the_record(), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        model.objects.filter(user=administrator)._raw_delete("default")


def test_a_grant_written_outside_an_action_is_refused(administrator: User) -> None:
    shorter = DateRange(TODAY, TOMORROW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.filter(user=administrator).update(validity=shorter)
    with acting(by=administrator, reason="Sửa có ghi"):
        Grant.objects.filter(user=administrator).update(validity=shorter)


@pytest.mark.parametrize(("field", "value"), [("role", "auditor"), ("user", 1), ("reason", "khác"), ("given_by", 1)])
def test_what_was_given_is_never_rewritten(administrator: User, field: str, value: object) -> None:
    with on_the_record(), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Grant.objects.filter(user=administrator).update(**{field: value})
