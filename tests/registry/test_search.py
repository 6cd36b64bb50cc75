"""The search box and the list: who is found on which day, within which scope, through which filters."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from psycopg2.extras import DateRange
from pytest_django import DjangoAssertNumQueries

from households.access.scope import EVERYWHERE, NOTHING, Scope, reach_of
from households.registry.finding import lookups, upkeep
from households.registry.finding.search import Filters, find, people
from households.registry.finding_models import FoldedName
from households.registry.models import Household, Membership, Person, Recognition, Residence
from tests.access.people import AREAS, area_on
from tests.people import on_the_record
from tests.registry.findable import SINCE, One, living_at, names

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)
NUMBER = "004085900001"


def scope(code: str, day: date = DAY) -> Scope:
    return reach_of([area_on(code, day).pk])


def found(text: str, where: Scope = EVERYWHERE, *, on: date = DAY, **filters: object) -> list[str]:
    return names(find(text, where, on, day=DAY, filters=Filters(**filters)).rows)


def listed(where: Scope = EVERYWHERE, *, on: date = DAY, **filters: object) -> list[str]:
    return names(people(where, on, day=DAY, filters=Filters(**filters))[0:50])


def moved(household: Household, area: str, on: date) -> None:
    with on_the_record():
        Residence.objects.filter(household=household).update(validity=DateRange(SINCE, on))
        Residence.objects.create(household=household, area_code=area, validity=DateRange(on, None))
        upkeep.refresh(household_ids=[household.pk])


EVERY_WAY = ["Nguyễn Văn An", "an", "nguyen vna an", "NT-01", NUMBER, "an trường hà"]


@pytest.mark.parametrize("typed", EVERY_WAY)
def test_nobody_is_found_outside_the_scope(typed: str) -> None:
    house = living_at(AREAS.COMMUNE, [One("Nguyễn Văn An", numbers={"identity": NUMBER})], code="NT-01")
    for text in (typed, f"H{house.pk}"):
        assert found(text, scope(AREAS.COMMUNE)) == found(text, scope(AREAS.PROVINCE)) == ["Nguyễn Văn An"]
        assert found(text, scope(AREAS.SIBLING)) == found(text, NOTHING) == []


@pytest.mark.parametrize("typed", ["Nguyễn Văn An", "an", "NT-01", NUMBER, "household"])
def test_the_old_place_finds_only_on_its_days_and_the_new_place_on_all(typed: str) -> None:
    house = living_at(AREAS.COMMUNE, [One("Nguyễn Văn An", numbers={"identity": NUMBER})], code="NT-01")
    moved(house, AREAS.SIBLING, on=date(2026, 6, 1))
    text = f"H{house.pk}" if typed == "household" else typed
    old, new, early = scope(AREAS.COMMUNE), scope(AREAS.SIBLING), date(2026, 3, 1)
    assert found(text, old, on=early) == found(text, new, on=early) == found(text, new) == ["Nguyễn Văn An"]
    assert found(text, old) == []
    assert found(text, scope(AREAS.FOREIGN_COMMUNE), on=early) == []


def test_on_an_earlier_day_the_place_is_that_of_the_day() -> None:
    house = living_at(AREAS.COMMUNE, ["Nguyễn Văn An"], code="NT-01")
    moved(house, AREAS.SIBLING, on=date(2026, 6, 1))
    then, now = (find("an", EVERYWHERE, on, day=DAY).rows[0] for on in (date(2026, 3, 1), DAY))
    assert (then.area_code, then.local_code, now.area_code, now.local_code) == (
        AREAS.COMMUNE,
        "NT-01",
        AREAS.SIBLING,
        "",
    )


def test_before_the_household_was_there_nobody_is_found() -> None:
    living_at(AREAS.COMMUNE, ["Nguyễn Văn An"], code="NT-01")
    assert found("nguyễn văn an", on=date(2025, 12, 31)) == found("NT-01", on=date(2025, 12, 31)) == []
    assert listed(on=date(2025, 12, 31)) == []


def test_the_dead_and_those_who_left_come_last() -> None:
    living_at(
        AREAS.COMMUNE, [One("Nguyễn Văn An"), One("Nguyễn Thị Yến"), One("Nguyễn Văn Cao", died=date(2026, 3, 1))]
    )
    assert found("nguyễn") == ["Nguyễn Văn An", "Nguyễn Thị Yến", "Nguyễn Văn Cao"]
    assert found("nguyễn", gone=True) == ["Nguyễn Văn Cao"]
    assert listed(gone=False) == ["Nguyễn Văn An", "Nguyễn Thị Yến"]


def test_a_household_that_ended_is_found_by_its_last_head() -> None:
    house = living_at(AREAS.COMMUNE, ["Nguyễn Văn An", "Lý Thị Hoà"], code="NT-01", until=date(2026, 6, 1))
    hit = find(f"H{house.pk}", scope(AREAS.COMMUNE), DAY, day=DAY).rows[0]
    assert (hit.full_name, hit.household, hit.gone) == ("Nguyễn Văn An", house.pk, True)
    assert found("NT-01") == ["Nguyễn Văn An"]


def test_on_an_earlier_day_a_household_is_told_by_its_head_of_that_day() -> None:
    house = living_at(AREAS.COMMUNE, [One("Nguyễn Văn An", died=date(2026, 6, 1)), "Lý Thị Hoà"], code="NT-01")
    assert names(find("NT-01", EVERYWHERE, date(2026, 3, 1), day=DAY).rows) == ["Nguyễn Văn An"]
    assert found(f"H{house.pk}") == ["Lý Thị Hoà"]


def test_the_number_of_a_doubled_record_finds_the_one_that_stays() -> None:
    kept, dropped = (living_at(AREAS.COMMUNE, [name]) for name in ("Nguyễn Văn An", "Nguyễn Văn Ân"))
    with on_the_record():
        Household.objects.filter(pk=dropped.pk).update(merged_into=kept)
    assert found(f"H{dropped.pk}") == ["Nguyễn Văn An"]


@pytest.mark.parametrize("kind", ["identity", "old_identity", "insurance"])
def test_a_person_is_found_by_each_of_his_numbers(kind: str) -> None:
    text = {"identity": "004 085 900 001", "old_identity": "085.123.456", "insurance": "0412345678"}[kind]
    living_at(AREAS.COMMUNE, [One("Nguyễn Văn An", numbers={kind: text})])
    assert [hit.why for hit in find(text.replace(" ", ""), EVERYWHERE, DAY, day=DAY).rows] == ["number"]
    assert found("004085900009") == []


def test_a_number_or_code_costs_one_statement(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    living_at(AREAS.COMMUNE, [One("Nguyễn Văn An", numbers={"identity": NUMBER})], code="NT-01")
    assert [found(text) for text in (NUMBER, "NT-01")] == [["Nguyễn Văn An"]] * 2  # planned for this connection by now
    with django_assert_num_queries(2):
        assert [found(text) for text in (NUMBER, "NT-01")] == [["Nguyễn Văn An"]] * 2


def test_what_was_planned_in_a_transaction_that_failed_serves_the_next() -> None:
    living_at(AREAS.COMMUNE, ["Nguyễn Văn An"], code="NT-01")
    with transaction.atomic():
        found("NT-01")
        transaction.set_rollback(True)
    living_at(AREAS.COMMUNE, ["Nguyễn Văn Ân"], code="NT-02")
    assert found("NT-02") == ["Nguyễn Văn Ân"]


def test_behind_a_pooler_nothing_is_planned_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    living_at(AREAS.COMMUNE, [One("Nguyễn Văn An", numbers={"identity": NUMBER})], code="NT-01")
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)
    assert found(NUMBER) == found("NT-01") == ["Nguyễn Văn An"]


def test_a_list_is_sorted_by_given_name_and_comes_in_pages() -> None:
    living_at(AREAS.COMMUNE, ["Trần Yến", "Lê Đào", "Bế Dũng", "Lê Ân", "Trần An", "Lê An"])
    some = people(scope(AREAS.COMMUNE), DAY, day=DAY)
    assert (some.count(), len(some)) == (6, 6)
    assert names(some[0:4]) + names(some[4:8]) == ["Lê An", "Trần An", "Lê Ân", "Bế Dũng", "Lê Đào", "Trần Yến"]
    assert people(NOTHING, DAY, day=DAY).count() == 0


def test_more_than_asked_for_is_said() -> None:
    living_at(AREAS.COMMUNE, ["Lê An", "Trần An", "Vi An"])
    hits = find("an", EVERYWHERE, DAY, day=DAY, limit=2)
    assert (len(hits.rows), hits.more) == (2, True)
    assert not find("an", EVERYWHERE, DAY, day=DAY, limit=3).more


def test_the_text_that_names_a_place_offers_it_and_shows_its_heads() -> None:
    living_at(AREAS.COMMUNE, ["Lê An", "Trần Bình"])
    hits = find("xã trường hà", EVERYWHERE, DAY, day=DAY)
    assert [(place.code, place.name) for place in hits.places] == [(AREAS.COMMUNE, "Xã Trường Hà")]
    assert [(hit.full_name, hit.why) for hit in hits.rows] == [("Lê An", "lives")]
    assert find("trường hà", scope(AREAS.SIBLING), DAY, day=DAY).places == ()


@pytest.fixture
def mixed() -> Household:
    tay = One("Nông Văn An", sex="male", born=1961, ethnicity="tay", numbers={"identity": NUMBER})
    return living_at(AREAS.COMMUNE, [tay, One("Lý Thị Bình", sex="female", born=1990, ethnicity="dao")])


@pytest.mark.parametrize(
    "filters",
    [
        {"sex": "male"}, {"ethnicity": "tay"}, {"born_to": 1970}, {"head": True}, {"area": AREAS.COMMUNE, "head": True},
        {"born_from": 1961, "born_to": 1961},
    ],
)  # fmt: skip
def test_filters_narrow_the_list_and_the_search(mixed: Household, filters: dict[str, object]) -> None:
    living_at(AREAS.SIBLING, [One("Hoàng Văn Chu", sex="female", born=2001, ethnicity="nung"), "Hoàng Thị Ân"])
    assert listed(scope(AREAS.COMMUNE), **filters) == ["Nông Văn An"]
    assert found("an", **filters) == ["Nông Văn An"]


def test_people_without_a_number_and_unplaced_households_are_listed(mixed: Household) -> None:
    assert listed(no_number=True) == ["Lý Thị Bình"]
    assert listed(unplaced=True) == []
    with on_the_record():
        Residence.objects.filter(household=mixed).update(unplaced=True)
    assert listed(unplaced=True) == ["Nông Văn An", "Lý Thị Bình"]


def test_a_filter_by_area_takes_everything_below_and_nothing_beyond_the_scope(mixed: Household) -> None:
    living_at(AREAS.SIBLING, ["Hoàng Văn Chu"])
    assert listed(area=AREAS.PROVINCE, head=True) == ["Nông Văn An", "Hoàng Văn Chu"]
    assert listed(scope(AREAS.SIBLING), area=AREAS.PROVINCE) == ["Hoàng Văn Chu"]
    assert listed(scope(AREAS.SIBLING), area=AREAS.COMMUNE) == []


def recognised(household: Household, klass: str, start: date, **fields: object) -> Recognition:
    with on_the_record() as by:
        return Recognition.objects.create(
            household=household, klass=klass, year=start.year, validity=DateRange(start, None), decision_number="1/QĐ",
            decision_date=start, area_code=AREAS.COMMUNE, standard="nd07-2021", origin="taken_over", source="sổ",
            reason="phép thử", by=by, at="2026-02-01T08:00Z", **fields,
        )  # fmt: skip


def test_the_class_is_the_one_in_force_on_the_day(mixed: Household) -> None:
    first = recognised(mixed, "poor", date(2026, 1, 10))
    recognised(mixed, "near_poor", date(2026, 9, 1))
    assert listed(klass="poor", head=True) == listed(klass="near_poor", on=date(2026, 3, 1)) == []
    assert (
        listed(klass="near_poor", head=True) == listed(klass="poor", on=date(2026, 3, 1), head=True) == ["Nông Văn An"]
    )
    recognised(mixed, "average", date(2026, 1, 10), corrects=first)
    assert listed(klass="poor", on=date(2026, 3, 1)) == []


# The rows behind it


def test_rows_follow_whatever_happens_to_people() -> None:
    house = living_at(AREAS.COMMUNE, ["Nguyễn Văn An", "Lý Thị Hoà"])
    one = Person.objects.get(full_name="Lý Thị Hoà")
    with on_the_record():
        Membership.objects.filter(person=one).update(validity=DateRange(SINCE, date(2026, 5, 1)))
        assert upkeep.differing() == [one.pk]
        upkeep.refresh(person_ids=[one.pk])
    assert upkeep.differing() == []
    assert [hit.gone for hit in find("hoà", EVERYWHERE, DAY, day=DAY).rows] == [True]
    assert house.pk == find("hoà", EVERYWHERE, DAY, day=DAY).rows[0].household


def test_a_person_merged_into_another_has_no_row() -> None:
    living_at(AREAS.COMMUNE, ["Nguyễn Văn An", "Nguyễn Văn Ân"])
    kept, dropped = Person.objects.order_by("pk")
    with on_the_record():
        Person.objects.filter(pk=dropped.pk).update(merged_into=kept)
        assert upkeep.differing() == [dropped.pk]
        upkeep.refresh(person_ids=[dropped.pk])
    assert (found("nguyễn văn"), upkeep.differing()) == (["Nguyễn Văn An"], [])


def test_a_name_that_the_search_does_not_know_is_told() -> None:
    living_at(AREAS.COMMUNE, ["Nguyễn Văn An"])
    FoldedName.objects.filter(reverse_key="an van nguyen").delete()
    assert upkeep.differing() == [Person.objects.get().pk]
    upkeep.refresh(all=True)
    assert upkeep.differing() == []


def test_making_all_rows_anew_changes_nothing() -> None:
    living_at(AREAS.COMMUNE, ["Nguyễn Văn An", "Lý Thị Hoà"])
    before = found("nguyễn") + listed()
    upkeep.refresh(all=True)
    upkeep.refresh()
    assert (found("nguyễn") + listed(), upkeep.differing()) == (before, [])


def test_who_never_belonged_to_a_household_is_not_found_unless_he_died_by_the_nation() -> None:
    living_at(AREAS.COMMUNE, ["Nguyễn Văn An", One("Nguyễn Văn Bình", died=date(2026, 3, 1))])
    with on_the_record():
        Membership.objects.all().delete()
        upkeep.refresh(all=True)
    assert found("nguyễn văn") == ["Nguyễn Văn Bình"]
    assert found("nguyễn văn", scope(AREAS.PROVINCE)) == []
    assert upkeep.differing() == []


def test_a_look_up_that_failed_does_not_spoil_the_next_on_the_same_connection() -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        lookups.of_household("không phải số")  # type: ignore[arg-type]
    assert lookups.of_household(-1) == []
