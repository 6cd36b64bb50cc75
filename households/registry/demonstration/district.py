"""One district over the years of a demonstration: its households from the first day to the last review. Plain Python."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from households.registry.demonstration.book import Book, Household, Village
from households.registry.demonstration.classes import START, Decisions, YearLaw, live_on
from households.registry.demonstration.founding import family
from households.registry.demonstration.happenings import Year
from households.registry.demonstration.invented_numbers import InventedNumbers
from households.registry.demonstration.people import Nursery

SAME_GROUP = 0.85  # of a village
FIRST_DECISION, DECISION_DAYS = 5, 9  # of December


@dataclass(frozen=True, slots=True)
class CommunePlan:
    code: str
    villages: tuple[Village, ...]
    households: int


@dataclass(frozen=True, slots=True)
class DistrictPlan:
    """``first_day``: when all of it begins; ``laws``: of each review year, the first one being the stock to begin with."""

    code: str
    province: str
    communes: tuple[CommunePlan, ...]
    first_day: date
    laws: Mapping[int, YearLaw]


@dataclass(frozen=True, slots=True)
class Stock:
    """What lives in a commune after the review of a year."""

    year: int
    commune: str
    households: int
    persons: int


def live(
    plan: DistrictPlan, *, seed: int, households: Iterator[int], persons: Iterator[int], numbers: InventedNumbers
) -> tuple[Book, list[Stock]]:
    """The same seed and keys give the same book, whatever other districts do. ``numbers`` runs on from district to district."""
    rng = Random(f"{seed} {plan.code}")  # noqa: S311  # nothing secret
    nursery = Nursery(rng, households, persons, numbers, plan.province, plan.first_day)
    book, codes, stocks = Book(), dict[str, int](), list[Stock]()
    villages = [village for commune in plan.communes for village in commune.villages]
    first = Year(book, nursery, villages, codes, plan.first_day.year)
    for commune in plan.communes:
        _settle(first, commune)
    for year, law in plan.laws.items():
        if year > plan.first_day.year:
            Year(book, nursery, villages, codes, year).run()
            for household in book.alive():
                live_on(household, rng)
        stocks += _review(book, year, law, rng)
    book.close()
    return book, stocks


def _settle(year: Year, commune: CommunePlan) -> None:
    nursery, rng = year.nursery, year.nursery.rng
    groups = [nursery.group() for _village in commune.villages]
    for turn in range(commune.households):
        place = turn % len(commune.villages)
        group = groups[place] if rng.random() < SAME_GROUP else nursery.group()
        head, people = family(nursery, group)
        home = year.new_home(commune.villages[place], nursery.day)
        household = Household(next(nursery.household_keys), nursery.day, home, nursery.day, group, rng.gauss(*START))
        year.book.people += people
        year.book.register(household, people, head, origin=None)


def _review(book: Book, year: int, law: YearLaw, rng: Random) -> list[Stock]:
    by_commune: dict[str, list[Household]] = defaultdict(list)
    for household in book.alive():
        by_commune[household.home.village.commune(date(year, 12, 1))].append(household)
    found = []
    for commune, ours in sorted(by_commune.items()):
        day = date(year, 12, FIRST_DECISION) + timedelta(days=int(rng.random() * DECISION_DAYS))
        before = {one: one.classes[year - 1] for one in ours if year - 1 in one.classes}
        Decisions(book, commune, year, law, day, rng, before).review(ours)
        found.append(Stock(year, commune, len(ours), sum(len(one.members) for one in ours)))
    return found
