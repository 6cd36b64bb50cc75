"""Where households live follows the map; what was said of a day stays as it was."""

from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from households.areas.changes import apply_change, plan_change
from households.areas.changes.followers import followers
from households.areas.models import Area
from households.areas.planning.operations import Kind, Operation
from households.areas.villages import close_village, merge_villages
from households.registry.actions.moving import move_household, place_household
from households.registry.carrying import carry
from households.registry.entries import Place
from households.registry.following import FOLLOWS, preview
from households.registry.models import Household, HouseholdEvent, Residence
from households.registry.state import state_on
from povertyportal.core.accounts import system_user
from povertyportal.core.history_row import HistoryRow
from tests.areas.changes import DAY, SINCE, act, commune, stored_province
from tests.registry.people import AT, told
from tests.registry.people import household as registered

pytestmark = pytest.mark.django_db
BEFORE = date(2026, 6, 30)


@pytest.fixture(autouse=True)
def province() -> None:
    stored_province()


def household(area: str, on: date = SINCE, **more: Any) -> Household:
    return registered(area, on=on, **more)


def basis(on: date = DAY) -> dict[str, Any]:
    return {"on": on, "legal_basis": "Nghị quyết 12/NQ-HĐND", "by": system_user(), "at": AT}


def happens(operation: Operation) -> None:
    apply_change(operation, by=system_user(), at=AT, reason="Nghị quyết 12/NQ-HĐND")


def place(row: Household, day: date = DAY) -> tuple[str, bool]:
    state = state_on(row.pk, day)
    return state.area_code, state.unplaced


def test_households_of_merged_villages_live_in_the_one_that_took_them_in_from_that_day() -> None:
    row = household("98102-001", address="Nhà 5", local_code="12")
    made = merge_villages(villages=["98102-001", "98102-002"], type="Thôn", name="Tả Cang", **basis())
    assert (place(row, BEFORE), place(row)) == (("98102-001", False), (made.code, False))
    state = state_on(row.pk, DAY)
    assert (state.address, state.local_code) == ("Nhà 5", "12")
    event = HouseholdEvent.objects.get(household=row, kind="area_changed")
    assert (event.on, event.reason) == (DAY, "Nghị quyết 12/NQ-HĐND")


def test_a_village_keeps_its_households_when_its_commune_changes() -> None:
    row = household("98101-001")
    happens(act(Kind.MERGE, "98101 98102", commune("98109", "Hợp Nhất")))
    assert place(row) == ("98101-001", False)
    assert Residence.objects.filter(household=row).count() == 1


def test_households_on_the_code_of_a_commune_go_to_its_only_heir() -> None:
    row = household("98101")
    happens(act(Kind.MERGE, "98101 98102", commune("98109", "Hợp Nhất")))
    assert (place(row, BEFORE), place(row)) == (("98101", False), ("98109", False))


def test_where_a_commune_is_divided_somebody_has_to_say_in_which_part_a_household_lives() -> None:
    row = household("98103")
    happens(act(Kind.SPLIT, "98103", commune("98106", "Một", "982"), commune("98107", "Hai", "982")))
    assert place(row) == ("98106", True)
    place_household(household=row.pk, area_code="98107", on=DAY, **told())
    assert (place(row, BEFORE), place(row)) == (("98103", False), ("98107", False))


def test_where_a_commune_gives_a_part_its_households_stay_and_wait_to_be_placed() -> None:
    row = household("98103")
    happens(act(Kind.MERGE, "98104", commune("98104", "Đồng Cỏ", "98"), parts=("98103",)))
    assert place(row) == ("98103", True)


def test_a_village_that_ends_without_a_successor_leaves_its_households_to_the_commune() -> None:
    row = household("98102-002")
    close_village(village="98102-002", **basis())
    assert place(row) == ("98102", True)


def test_what_is_recorded_later_for_an_earlier_day_goes_the_way_of_the_map() -> None:
    merge_villages(villages=["98102-001", "98102-002"], type="Thôn", name="Tả Cang", keep="98102-001", **basis())
    row = household("98102-002", on=date(2026, 2, 1))
    assert (place(row, BEFORE), place(row)) == (("98102-002", False), ("98102-001", False))
    assert [one.code for one in carry("98102-002", SINCE)] == ["98102-002", "98102-001"]


def test_a_move_before_a_change_of_the_map_replaces_what_followed() -> None:
    row = household("98101")
    happens(act(Kind.MERGE, "98101 98102", commune("98109", "Hợp Nhất")))
    move_household(household=row.pk, place=Place("98102"), on=date(2026, 3, 1), **told())
    assert (place(row, BEFORE), place(row)) == (("98102", False), ("98109", False))
    move_household(household=row.pk, place=Place("98104"), on=date(2026, 3, 1), **told())
    assert (place(row, BEFORE), place(row)) == (("98104", False), ("98104", False))


def test_a_household_registered_after_the_day_of_a_belated_change_follows_too() -> None:
    row = household("98102-001", on=date(2026, 8, 1))
    made = merge_villages(villages=["98102-001", "98102-002"], type="Thôn", name="Tả Cang", **basis())
    assert place(row, date(2026, 8, 1)) == (made.code, False)


def test_whoever_approves_a_change_reads_how_many_households_follow() -> None:
    for _ in range(3):
        household("98103")
    operation = act(Kind.SPLIT, "98103", commune("98106", "Một", "982"), commune("98107", "Hai", "982"))
    assert preview(plan_change(operation)) == ["3 hộ được chuyển theo và cần cán bộ xã xếp lại vào thôn, xã đúng."]
    moved = act(Kind.RECODE, "98103", commune("98108", "Khe Sâu", "982"))
    assert preview(plan_change(moved)) == ["3 hộ được chuyển theo."]
    assert preview(plan_change(act(Kind.RENAME, "98103", commune("98103", "Khe Mới", "982")))) == []


def test_a_change_costs_the_same_however_many_households_follow() -> None:
    household("98103")
    few = queries_of(act(Kind.RECODE, "98103", commune("98108", "Khe Sâu", "982")))
    for _ in range(15):
        household("98102")
    many = queries_of(act(Kind.RECODE, "98102", commune("98109", "Nà Lừa")))
    assert many <= few + 2


def queries_of(operation: Operation) -> int:
    with CaptureQueriesContext(connection) as queries:
        happens(operation)
    return len(queries)


def test_households_are_among_the_followers_of_a_change() -> None:
    assert preview in [follower.preview for follower in followers()]


# The declared list


def area_fields() -> set[str]:
    """Every field of households, programs and reports that names an area, or may."""
    found = set()
    for model in apps.get_models():
        app = model.__module__.split(".")[0]
        if app not in ("households", "programs", "reports") or issubclass(model, HistoryRow):
            continue
        for field in model._meta.concrete_fields:
            refers = isinstance(field, models.ForeignKey) and field.related_model is Area
            if refers or field.name.endswith("_code"):
                found.add(f"{model._meta.label}.{field.name}")
    return found


def test_every_field_that_names_an_area_says_what_a_change_of_areas_does_with_it() -> None:
    """A new field fails here: decide whether it moves, stays as history, or is a code that is looked up on a day."""
    assert set(FOLLOWS) == area_fields()
    assert set(FOLLOWS.values()) <= {"moves", "stays", "code"}
