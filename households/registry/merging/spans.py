"""Who belonged where when two records of one person, or of one household, become one. Plain Python.

Day by day: the record that stays is right, the other one fills what it leaves open. Nobody is in two households on a day,
and no household loses its head.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

HEAD, UNKNOWN = "head", "unknown"
FOR_EVER = date.max


@dataclass(frozen=True, slots=True)
class Stay:
    """A membership; ``end`` is FOR_EVER while it lasts."""

    person: int
    household: int
    relation: str
    start: date
    end: date

    def on(self, day: date) -> bool:
        return self.start <= day < self.end


@dataclass(frozen=True, slots=True)
class Lost:
    """A household would be without its head from the day on."""

    household: int
    day: date


@dataclass(frozen=True, slots=True)
class Pairs:
    """Keys of records that go, with those that stay."""

    persons: Mapping[int, int]
    households: Mapping[int, int]

    def person(self, stay: Stay) -> int:
        return self.persons.get(stay.person, stay.person)

    def household(self, stay: Stay) -> int:
        return self.households.get(stay.household, stay.household)


@dataclass(frozen=True, slots=True)
class Merged:
    stays: tuple[Stay, ...]
    lost_heads: tuple[Lost, ...]


def merge(stays: Iterable[Stay], pairs: Pairs, died: Mapping[int, date] | None = None) -> Merged:
    """``stays``: all of the persons and of the households in ``pairs``. ``died``: by who stays; nobody belongs afterwards."""
    given = list(stays)
    days = sorted({day for one in given for day in (one.start, one.end)} | set((died or {}).values()))
    found: list[Stay] = []
    lost: list[Lost] = []
    for start, end in pairwise(days):
        active = [one for one in given if one.on(start)]
        today = _on(active, pairs, {person for person, day in (died or {}).items() if start >= day})
        heads = {household for (_person, household), relation in today.items() if relation == HEAD}
        had = {pairs.household(one) for one in active if one.relation == HEAD}
        lost += [Lost(household, start) for household in sorted(had - heads)]
        found += [Stay(person, household, relation, start, end) for (person, household), relation in today.items()]
    return Merged(tuple(_joined(found)), tuple(_first(lost)))


def _on(active: list[Stay], pairs: Pairs, dead: set[int]) -> dict[tuple[int, int], str]:
    """Relation by who stays and where, on one day."""
    of: dict[int, list[Stay]] = {}
    for one in active:
        of.setdefault(pairs.person(one), []).append(one)
    heads = {one.household: pairs.person(one) for one in active if one.relation == HEAD}
    today = {}
    for person, own in of.items():
        if person not in dead:
            best = min(own, key=lambda one: (one.person in pairs.persons, one.household in pairs.households))
            household = pairs.household(best)
            same = [one for one in own if pairs.household(one) == household]
            today[person, household] = _relation(same, pairs, heads)
    return today


def _relation(same: list[Stay], pairs: Pairs, heads: Mapping[int, int]) -> str:
    """Of the entries about one person in what becomes one household: its own record counts before the other's, whose
    relations are to another head."""
    own = [one for one in same if one.household not in pairs.households]
    if own:
        best = min(own, key=lambda one: (one.relation != HEAD, one.person in pairs.persons))
        return best.relation
    best = min(same, key=lambda one: (one.relation != HEAD, one.person in pairs.persons))
    head = heads.get(pairs.household(best))
    return best.relation if head is None or head == heads.get(best.household) else UNKNOWN


def _joined(found: list[Stay]) -> list[Stay]:
    joined: list[Stay] = []
    for one in sorted(found, key=lambda one: (one.person, one.start)):
        last = joined[-1] if joined else None
        if last and (last.person, last.household, last.relation, last.end) == (
            one.person, one.household, one.relation, one.start,
        ):  # fmt: skip
            joined[-1] = Stay(last.person, last.household, last.relation, last.start, one.end)
        else:
            joined.append(one)
    return joined


def _first(lost: list[Lost]) -> list[Lost]:
    """The first day for each household is enough to be told."""
    found: dict[int, Lost] = {}
    for one in sorted(lost, key=lambda one: one.day):
        found.setdefault(one.household, one)
    return list(found.values())
