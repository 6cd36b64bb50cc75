"""A demonstration: the same seed makes the same households, they live plausibly, and nothing of them can be taken for real."""

import json
from collections import Counter
from datetime import date
from io import StringIO
from itertools import count, pairwise

import pytest
from django.core.management import CommandError, call_command

from households.areas.models import Area
from households.registry import ethnicities
from households.registry.codes import EventKind, Relation
from households.registry.demonstration import kin, naming
from households.registry.demonstration.book import Book, Village
from households.registry.demonstration.classes import YearLaw
from households.registry.demonstration.district import CommunePlan, DistrictPlan, live
from households.registry.demonstration.invented_numbers import InventedNumbers, is_invented
from households.registry.demonstration.loading import REASONS
from households.registry.finding import upkeep
from households.registry.identity import check_number
from households.registry.models import Household, HouseholdEvent, Person, Recognition, Residence, SealedNumber
from households.registry.numbers.sealed import show
from households.registry.soundness import unsound
from households.surveys.models import SurveyRound
from households.surveys.rounds import open_round
from povertyportal.core.accounts import system_user
from povertyportal.core.clock import now
from tests.access.people import NATION, person
from tests.registry.small import demonstration

LAWS = {
    2020: YearLaw("qd59-2015"),
    2021: YearLaw("qd59-2015", "nd07-2021"),
    **{year: YearLaw("nd07-2021") for year in range(2022, 2026)},
}


def lived(households: int = 300, seed: int = 1, numbers: InventedNumbers | None = None) -> Book:
    """One commune with five villages, without a database."""
    start = date(2020, 12, 1)
    villages = tuple(
        Village(f"01392-{number:03}", ((start, "01392"), (date(2025, 7, 1), "01393")), town=False)
        for number in range(1, 6)
    )
    plan = DistrictPlan("045", "04", (CommunePlan("01392", villages, households),), start, LAWS)
    return live(plan, seed=seed, households=count(1), persons=count(1), numbers=numbers or InventedNumbers())[0]


def told(book: Book) -> str:
    people = [(one.key, one.full_name, one.born, one.identity, one.died_on) for one in book.people]
    return repr((people, book.memberships, book.residences, book.events, book.recognitions))


def test_the_same_seed_makes_the_same_households() -> None:
    assert told(lived()) == told(lived())


def test_another_seed_makes_others() -> None:
    assert told(lived(seed=1)) != told(lived(seed=2))


def test_a_district_lives_the_same_whatever_other_districts_were_made_before_it() -> None:
    """Only its numbers go on where theirs stopped."""
    used = InventedNumbers()
    lived(20, numbers=used)
    alone, after = lived(), lived(numbers=used)
    assert [row.details for row in alone.events] == [row.details for row in after.events]
    assert not {one.identity for one in alone.people[:5]} & {one.identity for one in after.people[:5]}


def test_every_kind_of_thing_happens() -> None:
    happened = {row.kind for row in lived(800).events}
    assert happened == set(REASONS)
    assert happened <= set(EventKind.values)


def test_households_escape_fall_back_and_come_anew() -> None:
    book = lived(800)
    listed = {"poor", "near_poor"}
    moves = Counter[str]()
    for household in book.households:
        classes = [household.classes[year] in listed for year in sorted(household.classes)]
        ways = "".join("x" if one else "-" for one in classes)
        moves["escaped"] += "x-" in ways
        moves["relapsed"] += "x-x" in ways
        moves["new"] += ways.startswith("-") and "x" in ways
    assert min(moves["escaped"], moves["relapsed"], moves["new"]) > 5


def test_every_household_has_one_head_on_every_day() -> None:
    book = lived()
    heads: dict[int, list[tuple[date, date]]] = {}
    for row in book.memberships:
        if row.relation == "head":
            heads.setdefault(row.household, []).append((row.start, row.end or date.max))
    for household in book.households:
        spans = sorted(heads[household.key])
        assert spans[0][0] == household.start
        assert spans[-1][1] == (household.end or date.max)
        assert all(before[1] == after[0] for before, after in pairwise(spans))


def test_a_son_who_splits_off_was_a_child_and_becomes_a_head() -> None:
    book = lived(800)
    split = next(row for row in book.events if row.kind == "split" and "left" in row.details)
    roles = {
        row.person: row.relation for row in book.memberships if row.household == split.other and row.start == split.on
    }
    before = {row.person: row.relation for row in book.memberships if row.household == split.household}
    son = next(person for person, role in roles.items() if role == "head")
    assert before[son] == "child"
    assert "spouse" in roles.values()


def test_nobody_marries_or_has_children_too_young() -> None:
    """The law on marriage: men from 20, women from 18."""
    book = lived(800)
    people = {one.key: one for one in book.people}
    wed = [(people[row.person], row.on) for row in book.events if row.kind == "joined" and row.person]
    assert [one.full_name for one, day in wed if one.age(day) < 18 or (one.partner and one.partner.age(day) < 18)] == []
    born = [(one, parent.age(one.born)) for one in book.people for parent in one.parents]
    assert [(one.full_name, age) for one, age in born if not 18 <= age <= 70] == []


def test_siblings_are_born_a_year_apart_and_called_differently() -> None:
    families: dict[int, list[kin.Person]] = {}
    for one in sorted(lived(800).people, key=lambda one: one.born):
        if one.mother is not None:
            families.setdefault(one.mother.key, []).append(one)
    pairs = [pair for siblings in families.values() for pair in pairwise(siblings)]
    assert min((after.born - before.born).days for before, after in pairs) >= 280
    assert [after.full_name for before, after in pairs if before.full_name == after.full_name] == []


def test_invented_relations_are_those_of_the_registry() -> None:
    words = {value for name, value in vars(kin).items() if name.isupper()}
    assert words <= set(Relation.values)


def test_every_group_of_the_names_is_a_group_of_the_registry() -> None:
    assert {key for key in naming.names() if ethnicities.by_key(key) is None} == set()


@pytest.mark.parametrize("province", ["04", "66", "84", "99"])
def test_every_group_of_a_province_has_names(province: str) -> None:
    assert set(naming.groups_of(province).words) <= set(naming.names())


def test_invented_numbers_pass_the_checks_and_are_seen_to_be_invented() -> None:
    people = [one for one in lived().people if one.identity]
    assert all(is_invented(one.identity) for one in people)
    found = [
        check_number(
            one.identity, sex="female" if one.female else "male", birth_year=one.born.year, on=date(2025, 12, 31)
        )
        for one in people
    ]
    assert [finding for each in found for finding in each] == []


def test_no_two_people_have_one_number_but_those_written_down_twice() -> None:
    book = lived(800)
    counted = Counter(one.identity for one in book.people if one.identity)
    names = {one.identity: one.full_name for one in book.people}
    twice = [number for number, times in counted.items() if times > 1]
    assert all(one.full_name == names[one.identity] for one in book.people if one.identity in twice)
    assert len(twice) < len(book.people) / 200


def test_a_village_passes_to_the_commune_of_the_day() -> None:
    village = Village("01399-001", ((date(2020, 12, 1), "01399"), (date(2025, 7, 1), "01392")), town=False)
    assert [village.commune(day) for day in (date(2025, 6, 30), date(2025, 7, 1))] == ["01399", "01392"]


def test_the_registry_holds_what_was_made(db: None) -> None:
    made = demonstration()
    assert (Household.objects.count(), Person.objects.count()) == (made.households, made.persons)
    assert not Household.objects.filter(invented=False).exists()
    assert not Person.objects.filter(invented=False).exists()
    assert all(is_invented(show(number)) for number in SealedNumber.objects.all()[:50])
    assert upkeep.differing() == []


def test_what_is_stored_holds_together_and_its_events_explain_it(db: None) -> None:
    """As ``manage.py check_registry`` looks: members, heads, places, search rows, and a replay of the events."""
    demonstration(households=80, seed=3)
    assert list(unsound()) == []


def test_recognitions_say_that_they_are_invented(db: None) -> None:
    demonstration()
    for row in Recognition.objects.all():
        assert (row.origin, row.source) == ("taken_over", "Dữ liệu minh họa, hạt giống 1")
        assert row.decision_number.endswith("QĐ-UBND-MH")


def test_villages_are_carried_through_the_merger(db: None) -> None:
    demonstration(households=80)
    moved = Area.objects.filter(level="village", validity__startswith=date(2025, 7, 1)).first()
    assert moved is not None
    before = Area.objects.get(code=moved.code, validity__startswith=date(2020, 12, 1))
    assert before.validity.upper == date(2025, 7, 1)
    assert before.parent_code != moved.parent_code
    assert [link.to_area for link in before.successions.all()] == [moved]


def test_everybody_lives_in_a_village_of_the_map_on_every_day(db: None) -> None:
    demonstration()
    for row in Residence.objects.all():
        days = [row.validity.lower, row.validity.upper or date(2026, 11, 1)]
        assert Area.objects.filter(code=row.area_code, validity__contains=days[0]).exists()
        assert Area.objects.filter(
            code=row.area_code, validity__contains=date.fromordinal(days[1].toordinal() - 1)
        ).exists()


def test_each_year_has_its_round_and_its_totals(db: None) -> None:
    demonstration()
    rounds = SurveyRound.objects.order_by("year")
    assert [(one.code, one.area_code) for one in rounds] == [
        *((f"{year}-periodic", "045") for year in range(2021, 2025)), ("2025-periodic", "04"),
    ]  # fmt: skip
    assert [(one.closing.code, one.opening and one.opening.code) for one in rounds[:2]] == [
        ("qd59-2015", "nd07-2021"), ("nd07-2021", None),
    ]  # fmt: skip
    assert all(one.totals.count() == 3 for one in rounds)


def command(*arguments: str) -> str:
    out = StringIO()
    call_command("make_demo", "--seed", "1", *arguments, stdout=out)
    return out.getvalue()


def test_a_dry_run_says_what_it_would_make_and_makes_nothing(db: None) -> None:
    assert "2 xã của 1 huyện" in command("--households", "40")
    assert not Household.objects.exists()
    assert not Area.objects.filter(level="village").exists()


def test_a_second_run_changes_nothing(db: None) -> None:
    command("--households", "20", "--commit")
    before = Household.objects.count()
    assert json.loads(command("--households", "20", "--commit", "--json"))["unchanged"]
    assert Household.objects.count() == before


def test_the_history_says_who_made_it(db: None) -> None:
    thu = person("administrator", NATION)
    command("--households", "20", "--commit", "--by", thu.username)
    assert set(HouseholdEvent.objects.values_list("by", flat=True)) == {thu.pk}
    for model in (Area, Household, Person, SurveyRound):
        rows = model._meta.get_field("history").related_model.objects.filter(
            pgh_context__reason__startswith="Dữ liệu minh họa"
        )
        assert set(rows.values_list("pgh_context__user", flat=True)) == {thu.pk}


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--households", "0"], "Số hộ phải từ 1"),
        (["--years", "2021-2025"], "ví dụ 2021..2025"),
        (["--years", "2025..2021"], "năm đầu trước năm cuối"),
        (["--years", "2015..2020"], "Các năm phải nằm trong 2021"),
    ],
)
def test_a_wrong_wish_is_refused_in_words(db: None, arguments: list[str], why: str) -> None:
    with pytest.raises(CommandError, match=why):
        command(*arguments)


def test_another_demonstration_is_not_mixed_in(db: None) -> None:
    command("--households", "20", "--commit")
    with pytest.raises(CommandError, match="đã có dữ liệu minh họa khác"):
        command("--households", "21", "--commit")


def test_real_households_are_not_mixed_with_invented_ones(recorded: None) -> None:
    Household.objects.create(validity=(date(2026, 1, 1), None))
    with pytest.raises(CommandError, match="hồ sơ hộ thật"):
        command("--commit")


@pytest.mark.parametrize("more", [[], ["--commit"]])
def test_rounds_that_are_real_are_not_mixed_with_invented_ones(db: None, more: list[str]) -> None:
    open_round(code="2022-periodic", area_code="045", on=date(2022, 9, 1), by=system_user(), at=now())
    with pytest.raises(CommandError, match=r"đợt rà soát thật \(2022-periodic 045\)"):
        command("--households", "20", *more)


def test_the_official_portal_has_no_demonstration(db: None, settings: object) -> None:
    settings.DEVELOPMENT = False  # type: ignore[attr-defined]
    with pytest.raises(CommandError, match="DEBUG=0"):
        command("--commit")
