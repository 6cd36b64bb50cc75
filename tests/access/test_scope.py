"""What a grant reaches: down the tree, back along the acts, and never a day too far."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test.utils import CaptureQueriesContext

from households.access.scope import check_may, may, scope_of
from households.areas.models import Area, AreaSuccession
from povertyportal.core.accounts import system_user
from povertyportal.core.history import acting
from povertyportal.core.models import User
from tests.access.people import AREAS, NATION, area_on, granted, person, suspended

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
OLD = date(2024, 12, 31)


def scope(user: User, action: str = "figures.read", day: date = TODAY):
    return scope_of(user, action, day=day)


def test_no_grant_sees_nothing() -> None:
    found = scope(person())
    assert not found
    assert not found.areas().exists()
    assert not found.limit(Area.objects.all(), "id").exists()
    assert not found.covers(AREAS.COMMUNE, on=TODAY)


def test_a_stranger_sees_nothing() -> None:
    assert not scope(AnonymousUser())


def test_a_commune_is_its_own_scope_and_nothing_beside_or_above() -> None:
    found = scope(person("commune_official", AREAS.COMMUNE))
    assert found.covers(AREAS.COMMUNE, on=TODAY)
    for other in (AREAS.SIBLING, AREAS.PROVINCE, AREAS.FOREIGN_COMMUNE):
        assert not found.covers(other, on=TODAY)


def test_a_province_reaches_its_communes_and_its_districts_of_old() -> None:
    found = scope(person("province_reviewer", AREAS.PROVINCE))
    assert found.covers(AREAS.COMMUNE, on=TODAY)
    assert found.covers(AREAS.ENDED_DISTRICT, on=OLD)
    assert not found.covers(AREAS.FOREIGN_COMMUNE, on=TODAY)


def test_a_commune_reaches_the_communes_its_land_came_from_but_not_their_district() -> None:
    """01392 of today is xã Trường Hà; on the old map the code was thị trấn Xuân Hòa, part of it."""
    found = scope(person("commune_official", AREAS.COMMUNE))
    before = AreaSuccession.objects.filter(to_area=area_on(AREAS.COMMUNE, TODAY)).values_list("from_area", flat=True)
    assert set(before) <= found.ids
    assert not found.covers(AREAS.ENDED_DISTRICT, on=OLD)


def test_the_nation_is_said_and_reaches_everything() -> None:
    found = scope(person("auditor", NATION))
    assert found.nation
    assert found.covers(AREAS.FOREIGN_COMMUNE, on=TODAY)
    assert found.areas().count() == Area.objects.count()


def test_two_grants_add_up() -> None:
    user = person("commune_official", AREAS.COMMUNE)
    granted(user, "commune_official", AREAS.FOREIGN_COMMUNE)
    assert scope(user).covers(AREAS.COMMUNE, on=TODAY)
    assert scope(user).covers(AREAS.FOREIGN_COMMUNE, on=TODAY)


def test_an_action_counts_only_where_a_role_with_it_was_given() -> None:
    user = person("commune_official", AREAS.COMMUNE)
    granted(user, "auditor", AREAS.PROVINCE)
    assert not may(user, "figures.enter", code=AREAS.SIBLING, on=TODAY, day=TODAY)
    assert may(user, "figures.read", code=AREAS.SIBLING, on=TODAY, day=TODAY)


@pytest.mark.parametrize(
    ("day", "sees"),
    [(date(2026, 1, 1), False), (date(2026, 2, 1), True), (date(2026, 4, 30), True), (date(2026, 5, 1), False)],
)
def test_a_grant_works_from_its_first_day_until_before_its_last(day: date, sees: bool) -> None:
    user = person()
    granted(user, "commune_official", AREAS.COMMUNE, start=date(2026, 2, 1), until=date(2026, 5, 1))
    assert bool(scope(user, day=day)) is sees


@pytest.mark.parametrize(("day", "sees"), [(date(2025, 6, 30), True), (date(2025, 7, 1), False)])
def test_a_grant_on_a_district_ends_with_the_district(day: date, sees: bool) -> None:
    user = person("district_reviewer", AREAS.ENDED_DISTRICT, day=OLD)
    assert bool(scope(user, day=day)) is sees


def test_a_closed_account_has_no_scope() -> None:
    user = suspended(person("auditor", NATION))
    assert not scope(user)
    assert not user.has_perm("figures.read")


def test_a_grant_opens_the_doors_of_its_role_and_no_other() -> None:
    user = person("commune_official", AREAS.COMMUNE)
    assert user.has_perm("figures.enter")
    assert not user.has_perm("accounts.manage")


def test_a_right_that_nobody_has_heard_of_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        person("commune_official", AREAS.COMMUNE).has_perm("figures.raed")


def test_a_refusal_says_what_where_and_on_which_map() -> None:
    user = person("commune_official", AREAS.COMMUNE)
    with pytest.raises(PermissionDenied, match=r"không gồm Phường Hạ Long .06688. trên bản đồ ngày 22/11/2026"):
        check_may(user, "figures.enter", code=AREAS.FOREIGN_COMMUNE, on=TODAY, day=TODAY)


def test_a_refusal_of_a_right_held_nowhere_names_the_right() -> None:
    with pytest.raises(PermissionDenied, match="không gồm việc “Quản lý tài khoản”"):
        check_may(person(), "accounts.manage", code=AREAS.COMMUNE, on=TODAY, day=TODAY)


def test_the_scope_of_a_province_costs_two_queries() -> None:
    user = person("province_reviewer", AREAS.PROVINCE)
    with CaptureQueriesContext(connection) as queries:
        assert len(scope(user).ids) > 200
    assert len(queries) == 2


# An invented map: province 97 gives district 997 to province 98 on MOVED; commune 99701 lies in 997 all the time.
MOVED = date(2022, 1, 1)
BEFORE = MOVED - timedelta(days=1)


def unit(code: str, level: str, parent: str = "", start: date | None = None, end: date | None = None) -> Area:
    return Area.objects.create(
        code=code, level=level, type="Xã", name=f"Thử {code}", parent_code=parent, validity=DateRange(start, end)
    )


def went(old: Area, new: Area, on: date, extent: str = "whole") -> None:
    AreaSuccession.objects.create(
        from_area=old,
        to_area=new,
        on_date=on,
        extent=extent,
        legal_basis="Nghị quyết (phép thử)",
        confidence="verified",
    )


@pytest.fixture
def moved_district() -> None:
    with acting(by=system_user(), reason="Bản đồ cho phép thử"):
        for code in ("97", "98"):
            unit(code, "province")
        old, new = unit("997", "district", "97", end=MOVED), unit("997", "district", "98", start=MOVED)
        unit("99701", "commune", "997")
        went(old, new, MOVED)


def test_a_district_that_moved_takes_its_communes_out_of_the_old_provinces_scope(moved_district: None) -> None:
    found = scope(person("province_reviewer", "97"))
    assert found.covers("99701", on=BEFORE)
    assert not found.covers("99701", on=MOVED)


def test_the_new_province_has_the_moved_district_with_its_past(moved_district: None) -> None:
    found = scope(person("province_reviewer", "98"))
    assert found.covers("99701", on=BEFORE)
    assert found.covers("99701", on=MOVED)


def test_rows_of_a_moved_unit_are_filtered_by_the_day_of_their_map(moved_district: None) -> None:
    commune = Area.objects.get(code="99701")
    links = AreaSuccession.objects.filter(from_area__code="997")
    old, new = (scope(person("province_reviewer", code)) for code in ("97", "98"))
    assert not old.units[commune.pk].always
    assert new.units[commune.pk].always
    assert not old.limit(links, "to_area", on="on_date").exists()
    assert new.limit(links, "to_area", on="on_date").exists()


def test_land_that_came_in_part_brings_its_old_unit_but_not_what_stayed_there() -> None:
    with acting(by=system_user(), reason="Bản đồ cho phép thử"):
        unit("97", "province")
        whole, rest, taker = (
            unit("997", "district", "97", end=MOVED),
            unit("997", "district", "97", start=MOVED),
            unit("998", "district", "97", start=MOVED),
        )
        unit("99701", "commune", "997")
        went(whole, rest, MOVED, "part")
        went(whole, taker, MOVED, "part")
    found = scope(person("district_reviewer", "998", day=MOVED), day=MOVED)
    assert found.covers("997", on=BEFORE)
    assert not found.covers("99701", on=BEFORE)
    assert not found.covers("99701", on=MOVED)
