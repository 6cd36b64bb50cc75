"""What is written about invented households: who lived where with whom from when to when, and the events that made it so.

The same happenings as the registry's own actions, kept as plain rows; tests replay the events. Plain Python.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from households.registry.demonstration.kin import HEAD, Person, relation

Details = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Village:
    """``communes``: from which day on it lies in which commune, in time. A village keeps its code."""

    code: str
    communes: tuple[tuple[date, str], ...]
    town: bool

    def commune(self, day: date) -> str:
        return next(code for start, code in reversed(self.communes) if start <= day)


@dataclass(slots=True)
class Home:
    village: Village
    local_code: str
    address: str

    def told(self) -> Details:
        return {
            "area_code": self.village.code,
            "local_code": self.local_code,
            "address": self.address,
            "unplaced": False,
        }


@dataclass(slots=True, eq=False)
class Household:
    """``members``: relation and since when, of those who live in it now. ``wealth``: above 0 it is not poor."""

    key: int
    start: date
    home: Home
    home_since: date
    group: str
    wealth: float
    end: date | None = None
    members: dict[Person, tuple[str, date]] = field(default_factory=dict)
    last: date = date.min
    classes: dict[int, str] = field(default_factory=dict)

    @property
    def head(self) -> Person:
        return next(one for one, (role, _since) in self.members.items() if role == HEAD)


class MembershipRow(NamedTuple):
    household: int
    person: int
    relation: str
    start: date
    end: date | None


class ResidenceRow(NamedTuple):
    household: int
    area_code: str
    local_code: str
    address: str
    start: date
    end: date | None


class EventRow(NamedTuple):
    household: int
    kind: str
    on: date
    person: int | None
    other: int | None
    details: Details


class RecognitionRow(NamedTuple):
    household: int
    klass: str
    kind: str
    year: int
    start: date
    end: date | None
    decision_number: str
    decision_date: date
    area_code: str
    standard: str


@dataclass
class Book:
    households: list[Household] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    memberships: list[MembershipRow] = field(default_factory=list)
    residences: list[ResidenceRow] = field(default_factory=list)
    events: list[EventRow] = field(default_factory=list)
    recognitions: list[RecognitionRow] = field(default_factory=list)

    def alive(self) -> Iterator[Household]:
        return (one for one in self.households if one.end is None)

    def register(
        self, household: Household, members: Sequence[Person], head: Person, *, origin: Household | None
    ) -> None:
        """``origin``: the household it was split off from, which says so itself."""
        self.households.append(household)
        day = household.start
        household.members = {one: (relation(head, one), day) for one in members}
        details = {"place": household.home.told(), "joined": _roles(household, members)}
        kind = "split" if origin else "registered"
        self._tell(household, kind, day, details, other=origin.key if origin else None)

    def join(
        self, household: Household, people: Sequence[Person], day: date, *, kind: str, other: Household | None
    ) -> None:
        """``kind``: born, joined (of one person), merged."""
        head = household.head
        for one in people:
            household.members[one] = (relation(head, one), day)
        details: Details = {"joined": _roles(household, people)}
        details |= self._restate(household, head, day)
        person = people[0].key if kind != "merged" else None
        self._tell(household, kind, day, details, person=person, other=other.key if other else None)

    def part(
        self, household: Household, people: Sequence[Person], day: date, *, kind: str, other: Household | None
    ) -> None:
        """``kind``: died, left (of one person), split. The last one ends the household."""
        head = household.head
        for one in people:
            self._close(household, one, day)
        details: Details = {"left": [one.key for one in people]}
        if household.members:
            details |= self._restate(household, head if head in household.members else heir(household, head, day), day)
        person = people[0].key if kind != "split" else None
        self._tell(household, kind, day, details, person=person, other=other.key if other else None)
        if not household.members:
            self.end(household, day)

    def move(self, household: Household, home: Home, day: date) -> None:
        self._close_home(household, day)
        household.home, household.home_since = home, day
        self._tell(household, "moved", day, {"place": home.told()})

    def end(self, household: Household, day: date, *, kind: str = "ended", other: Household | None = None) -> None:
        for one in list(household.members):
            self._close(household, one, day)
        self._close_home(household, day)
        household.end = day
        self._tell(household, kind, day, {"ended": True}, other=other.key if other else None)

    def close(self) -> None:
        """What holds to this day: rows without an end."""
        for household in self.alive():
            for one, (role, since) in household.members.items():
                self.memberships.append(MembershipRow(household.key, one.key, role, since, None))
            self._close_home(household, None)

    def _restate(self, household: Household, head: Person, day: date) -> Details:
        """Relations to the head as they are now; those that changed from today on."""
        changed: list[Person] = []
        for one, (role, since) in list(household.members.items()):
            now = relation(head, one)
            if now != role:
                if since < day:
                    self.memberships.append(MembershipRow(household.key, one.key, role, since, day))
                household.members[one] = (now, day)
                changed.append(one)
        return {"relations": _roles(household, changed)} if changed else {}

    def _close(self, household: Household, one: Person, day: date) -> None:
        role, since = household.members.pop(one)
        self.memberships.append(MembershipRow(household.key, one.key, role, since, day))

    def _close_home(self, household: Household, day: date | None) -> None:
        home, since = household.home, household.home_since
        row = ResidenceRow(household.key, home.village.code, home.local_code, home.address, since, day)
        self.residences.append(row)

    def _tell(
        self, household: Household, kind: str, day: date, details: Details, *, person: int | None = None,
        other: int | None = None,
    ) -> None:  # fmt: skip
        household.last = day
        self.events.append(EventRow(household.key, kind, day, person, other, details))


def _roles(household: Household, people: Iterable[Person]) -> list[list[Any]]:
    return [[one.key, household.members[one][0]] for one in people]


def heir(household: Household, head: Person, day: date) -> Person:
    """Who heads the household after the head: the spouse, else the eldest."""
    if head.partner is not None and head.partner in household.members:
        return head.partner
    return min(household.members, key=lambda one: (one.age(day) < 18, one.age(day) > 75, one.born, one.key))
