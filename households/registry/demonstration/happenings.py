"""What may happen to an invented household in a year: drawn first, then carried out day by day. Plain Python.

Rates are guesses that look like life in the countryside; they are no statistics.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from households.registry.demonstration.book import Book, Home, Household, Village
from households.registry.demonstration.kin import CHILD, GRANDCHILD, Person, marry
from households.registry.demonstration.people import Nursery

BIRTH, MARRY_IN, MARRY_OUT, GO_AWAY = 0.13, 0.06, 0.05, 0.012
SPLIT, MOVE, MOVE_FAR, JOIN_KIN = 0.07, 0.012, 0.003, 0.02
TAKEN_OVER = 0.5  # of the women who marry within the district: from their parents' household
TWICE = 0.02  # of those who marry: written down again instead of being taken over, for the list of duplicates
FIRST_DAY, DAYS = 2, 325  # in a year, before the decisions of December
LAST_TURN = 99  # of two on one day: what befalls all of the household
MOTHERS, COUPLES, OLD = (18, 41), (19, 32), 65
YOUNGEST_GROOM, BETWEEN_BIRTHS = 20, timedelta(days=330)

Planned = tuple[date, int, str, Household, Person]


@dataclass
class Year:
    """One year of one district. ``ready``: women of other households who may marry, by group."""

    book: Book
    nursery: Nursery
    villages: list[Village]
    codes: dict[str, int]
    year: int
    ready: dict[str, list[tuple[Household, Person]]] = field(default_factory=dict)

    def run(self) -> None:
        planned = sorted(
            (one for household in list(self.book.alive()) for one in self._drawn(household)),
            key=lambda one: (one[0], one[1], one[3].key),
        )
        for day, _turn, what, household, person in planned:
            later = max(day, household.last + timedelta(days=1))
            if household.end is None and later.year == self.year and person in household.members:
                _CARRIED_OUT[what](self, household, person, later)

    def new_home(self, village: Village, day: date) -> Home:
        """The next number in the commune's book of that time."""
        commune = village.commune(day)
        self.codes[commune] = self.codes.get(commune, 0) + 1
        address = f"Số nhà {1 + int(self.nursery.rng.random() * 90)}" if village.town else ""
        return Home(village, f"MH-{self.codes[commune]:04}", address)

    def _drawn(self, household: Household) -> Iterator[Planned]:
        rng = self.nursery.rng
        for turn, (one, (role, _since)) in enumerate(household.members.items()):
            for what in self._of_person(household, one, role):
                yield self._day(), turn, what, household, one
        chance = rng.random()
        for what, share in (("move", MOVE), ("move_far", MOVE_FAR)):
            chance -= share
            if chance < 0:
                yield self._day(), LAST_TURN, what, household, household.head
                break

    def _day(self) -> date:
        return date(self.year, 1, FIRST_DAY) + timedelta(days=int(self.nursery.rng.random() * DAYS))

    def _of_person(self, household: Household, one: Person, role: str) -> Iterator[str]:
        chance, age = self.nursery.rng.random(), self.year - one.born.year
        if chance > 1 - _mortality(age):
            yield "die"
        elif role == CHILD and one.partner is None and COUPLES[0] <= age <= COUPLES[1]:
            yield from self._of_single(household, one, chance)
        elif one.female and one.partner in household.members and MOTHERS[0] <= age <= MOTHERS[1]:
            if chance < BIRTH * (1.4 if age < 30 else 0.6):
                yield "birth"
        elif role == CHILD and not one.female and chance < SPLIT and _has_family(household, one):
            yield "split"
        elif len(household.members) == 1 and age > OLD and chance < JOIN_KIN:
            yield "join_kin"

    def _of_single(self, household: Household, one: Person, chance: float) -> Iterator[str]:
        if one.female:
            self.ready.setdefault(one.group, []).append((household, one))
            if chance < MARRY_OUT:
                yield "go_away"
        elif chance < MARRY_IN:
            yield "marry"
        elif chance < MARRY_IN + GO_AWAY:
            yield "go_away"


def _mortality(age: int) -> float:
    if age < 1:
        return 0.01
    return 0.001 if age < 45 else 0.0025 if age < 60 else 0.012 if age < 70 else 0.035 if age < 80 else 0.09


def _has_family(household: Household, son: Person) -> bool:
    """A wife in the house, and parents who stay."""
    return son.partner in household.members and len(household.members) > 3


def _birth(year: Year, household: Household, mother: Person, day: date) -> None:
    father = mother.partner if mother.partner in household.members else None
    siblings = [one for one in household.members if one.mother is mother]
    if mother.age(day) >= MOTHERS[0] and all(one.born + BETWEEN_BIRTHS <= day for one in siblings):
        child = year.nursery.child(father, mother, day, on=day, siblings=siblings)
        year.book.people.append(child)
        year.book.join(household, [child], day, kind="born", other=None)


def _die(year: Year, household: Household, one: Person, day: date) -> None:
    one.died_on = day
    year.book.part(household, [one], day, kind="died", other=None)


def _go_away(year: Year, household: Household, one: Person, day: date) -> None:
    if len(household.members) > 1:
        year.book.part(household, [one], day, kind="left", other=None)


def _marry(year: Year, household: Household, groom: Person, day: date) -> None:
    """A woman of the district, taken over from her parents' household or written down once more, or one from elsewhere."""
    if groom.age(day) < YOUNGEST_GROOM:
        return
    book, rng, ready = year.book, year.nursery.rng, year.ready.get(groom.group, [])
    parents, known = ready.pop() if ready and rng.random() < TAKEN_OVER else (household, groom)
    if parents is household or not _may_leave(parents, known, day):
        bride = year.nursery.bride(groom, day)
        book.people.append(bride)
        book.join(household, [bride], day, kind="joined", other=None)
    elif rng.random() < TWICE:
        _written_twice(year, household, groom, known, day)
    else:
        marry(groom, known)
        book.part(parents, [known], day, kind="left", other=household)
        book.join(household, [known], day, kind="joined", other=parents)


def _may_leave(household: Household, one: Person, day: date) -> bool:
    free = one in household.members and one.partner is None
    return free and len(household.members) > 1 and household.last < day


def _written_twice(year: Year, household: Household, groom: Person, known: Person, day: date) -> None:
    """Her parents' household still lists her."""
    again = year.nursery.bride(groom, day)
    again.full_name, again.family, again.group = known.full_name, known.family, known.group
    again.born, again.day_known = known.born, known.day_known
    again.identity, again.no_identity_reason = known.identity, known.no_identity_reason
    again.old_identity = again.insurance = ""
    year.book.people.append(again)
    year.book.join(household, [again], day, kind="joined", other=None)


def _split(year: Year, household: Household, son: Person, day: date) -> None:
    """A married son, his wife and their children become a household of their own next door."""
    if not _has_family(household, son):
        return
    leaving = [
        one
        for one, (role, _since) in household.members.items()
        if one in (son, son.partner) or (role == GRANDCHILD and son in one.parents)
    ]
    if len(leaving) == len(household.members):
        return
    home = year.new_home(household.home.village, day)
    wealth = household.wealth + year.nursery.rng.gauss(-0.1, 0.3)
    new = Household(next(year.nursery.household_keys), day, home, day, household.group, wealth)
    year.book.part(household, leaving, day, kind="split", other=new)
    year.book.register(new, leaving, son, origin=household)


def _move(year: Year, household: Household, _person: Person, day: date) -> None:
    village = year.villages[int(year.nursery.rng.random() * len(year.villages))]
    if village is not household.home.village:
        year.book.move(household, year.new_home(village, day), day)


def _move_far(year: Year, household: Household, _person: Person, day: date) -> None:
    year.book.end(household, day)


def _join_kin(year: Year, household: Household, _person: Person, day: date) -> None:
    """Somebody old and alone goes to live with relatives in the village."""
    near = (
        one
        for one in year.book.alive()
        if one.home.village is household.home.village
        and one is not household
        and one.last < day
        and one.group == household.group
    )
    kin = next(near, None)
    if kin is None:
        return
    people = list(household.members)
    year.book.end(household, day, kind="merged", other=kin)
    year.book.join(kin, people, day, kind="merged", other=household)


_CARRIED_OUT = {
    "birth": _birth,
    "die": _die,
    "go_away": _go_away,
    "join_kin": _join_kin,
    "marry": _marry,
    "move": _move,
    "move_far": _move_far,
    "split": _split,
}
