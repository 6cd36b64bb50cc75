"""The history of the registry in words: to whom it is told, and that no number is ever in it."""

from datetime import date
from typing import Any

import pytest
from psycopg2.extras import DateRange

from households.access.scope import reach_of
from households.areas.models import Area
from households.registry.actions.correcting import correct_person
from households.registry.actions.members import remove_member
from households.registry.actions.moving import move_household
from households.registry.entries import PersonData, Place
from households.registry.models import Household, Membership, Person, Recognition, Residence
from povertyportal.records.search import Asked, search
from povertyportal.records.wording import entries
from tests.access.people import area_on
from tests.people import on_the_record
from tests.registry.people import AT, COMMUNE, SIBLING, START, household, member, person_of, told

pytestmark = pytest.mark.django_db
NUMBER = "004084900123"
MAY, JULY = date(2026, 5, 1), date(2026, 7, 1)


def read_in(commune: str, model: Any) -> list[str]:
    areas = reach_of([area_on(commune, START).pk]).ids
    return [entry.name for entry in entries(search(Asked(areas=areas, table=model._meta.label_lower), limit=20))]


def test_a_number_that_changed_is_not_told() -> None:
    row = household(members=[member("Lục Văn Sinh", "head", born=1984, sex="male", identity=NUMBER)])
    data = PersonData("Lục Văn Sinh", "male", birth_year=1984, identity="004084900124")
    correct_person(person=person_of(row).pk, data=data, **told())
    told_words = str(entries(search(Asked(areas=None, table="households.person"), limit=20)))
    assert "Lục Văn Sinh" in told_words
    assert "900123" not in told_words
    assert "900124" not in told_words


def test_the_history_of_a_household_is_told_where_it_lives() -> None:
    household(members=["Nông Văn An"])
    assert read_in(COMMUNE, Person) == ["Nông Văn An"]
    assert read_in(SIBLING, Person) == read_in(SIBLING, Membership) == read_in(SIBLING, Residence) == []


def test_after_a_move_each_place_is_told_of_its_own_days() -> None:
    row = household(members=["Nông Văn An", "Hoàng Thị Bình"])
    move_household(household=row.pk, place=Place(SIBLING), on=MAY, **told())
    remove_member(person=person_of(row, "Bình").pk, on=JULY, **told())
    assert read_in(COMMUNE, Person) == []
    assert set(read_in(SIBLING, Person)) == {"Nông Văn An", "Hoàng Thị Bình"}
    assert read_in(SIBLING, Residence) == [f"H{row.pk}: Xã Thông Nông ({SIBLING})"]
    assert set(read_in(COMMUNE, Residence)) == {f"H{row.pk}: Xóm Nà Tềnh, Xã Trường Hà (01392-001)"}
    left = f"H{row.pk}: Hoàng Thị Bình, con"
    assert (read_in(COMMUNE, Membership).count(left), read_in(SIBLING, Membership).count(left)) == (1, 2)


def test_what_the_new_place_decides_for_earlier_days_is_told_there() -> None:
    row = household()
    decided(row, "1/QĐ", date(2026, 1, 10), COMMUNE)
    move_household(household=row.pk, place=Place(SIBLING), on=MAY, **told())
    decided(row, "9/QĐ", JULY, SIBLING)
    assert (len(read_in(COMMUNE, Recognition)), len(read_in(SIBLING, Recognition))) == (1, 2)


def decided(row: Household, number: str, day: date, commune: str) -> None:
    with on_the_record() as by:
        Recognition.objects.create(
            household=row, klass="poor", year=2025, standard="nd07-2021", decision_number=number, decision_date=day,
            validity=DateRange(START, None), area_code=commune, origin="taken_over", source="Sổ", reason="Sổ", by=by, at=AT,
        )  # fmt: skip


def test_a_stay_is_told_by_the_name_its_place_had_on_that_day() -> None:
    row = household("01392-001")
    place = area_on("01392-001", START)
    with on_the_record():
        Area.objects.filter(pk=place.pk).update(validity=DateRange(place.validity.lower, JULY))
        place.pk, place.name, place.validity = None, "Nà Tềnh Mới", DateRange(JULY, None)
        place.save(force_insert=True)
    assert read_in(COMMUNE, Residence) == [f"{row}: Xóm Nà Tềnh, Xã Trường Hà (01392-001)"]
    assert "Xóm Nà Tềnh, Xã Trường Hà (01392-001)" in _fields(Residence)


def test_a_code_that_meant_nothing_on_the_day_says_so() -> None:
    row = household("01392-001")
    with on_the_record():
        Residence.objects.filter(household=row).update(area_code="01392-999")
    assert "01392-999 (ngày 05/01/2026 không có nơi nào mang mã này)" in _fields(Residence)


def _fields(model: Any) -> str:
    found = entries(search(Asked(areas=None, table=model._meta.label_lower), limit=20))
    return " ".join(change.after for entry in found for change in entry.changes)
