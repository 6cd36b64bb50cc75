"""How many members of each household fit the alternatives of a test, for sure and possibly.

What the alternatives say of one member depends on few answers, each with few options, and on the band of birth
(engine/ages.py). It is therefore worked out once for all combinations; a member is then one look-up, which gives the
counts of several tests at once as bits of one number, and a household the difference of two running sums."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from math import prod

import numpy as np

from households.criteria.columns.table import Ints
from households.criteria.engine.ages import Calendar, asks_birth
from households.criteria.law.parts import Condition, Who
from households.criteria.vocabulary import Field, Kind, vocabulary

EPOCH = date(1970, 1, 1).toordinal()
COUNT = 6  # bits
FULL = (1 << COUNT) - 1
TESTS_A_WORD = 63 // (2 * COUNT)
SMALL = 1 << 16  # combinations that an index of 16 bits reaches
LARGEST = 1 << 20


class TooManyCombinationsError(ValueError):
    """A test reads more answers at once than the columns can tabulate. The engine can."""


def options(field: Field) -> list[str | bool]:
    """In the order of their numbers."""
    return [False, True] if field.kind is Kind.FLAG else list(field.options)


@dataclass(frozen=True, eq=False)
class People:
    """The members of a block of households; ``offsets`` from 0."""

    answers: Mapping[str, Ints]
    born_from: Ints
    born_to: Ints
    offsets: Ints


class Bands:
    """Bands of birth, oldest first, as ``Calendar`` divides them; two of them (earliest, latest) as one number."""

    def __init__(self, calendar: Calendar) -> None:
        self.count = calendar.count
        self.first = calendar.earliest - EPOCH
        days = np.arange(calendar.earliest, calendar.today + 1)
        self.band = np.searchsorted(np.array(calendar.steps, np.int64), days, side="right").astype(np.int16)
        self.alone = self.band * np.int16(self.count + 1)

    def pairs(self, people: People) -> Ints:
        if np.array_equal(people.born_from, people.born_to):
            return self.alone.take(people.born_from - self.first, mode="clip")
        latest = self.band.take(people.born_to - self.first, mode="clip") * np.int16(self.count)
        latest += self.band.take(people.born_from - self.first, mode="clip")
        return latest


@dataclass(frozen=True, slots=True)
class Counted:
    """Where the counts of one test stand in the words of its look-up."""

    words: Ints
    place: int

    def sure(self) -> Ints:
        return (self.words >> (2 * COUNT * self.place)) & FULL

    def possible(self) -> Ints:
        return (self.words >> (2 * COUNT * self.place + COUNT)) & FULL

    def reached(self, bound: int) -> tuple[Ints, Ints]:
        """At least so many, for sure and possibly: compared where the bits stand."""
        low, high = 2 * COUNT * self.place, 2 * COUNT * self.place + COUNT
        return (self.words & (FULL << low)) >= (bound << low), (self.words & (FULL << high)) >= (bound << high)


class MemberCounts:
    """All tests on members of a standard, made ready."""

    def __init__(self, tests: Iterable[Who], calendar: Calendar) -> None:
        self.bands = Bands(calendar)
        self.lookups = [Lookup(group, calendar) for group in grouped(dict.fromkeys(tests), calendar)]

    def of(self, people: People) -> dict[Who, Counted]:
        pairs = self.bands.pairs(people) if any(one.by_birth for one in self.lookups) else None
        found: dict[Who, Counted] = {}
        for lookup in self.lookups:
            words = lookup.words(people, pairs)
            found |= {who: Counted(words, place) for place, who in enumerate(lookup.tests)}
        return found


def fields_of(who: Who) -> dict[str, int]:
    """Answers that the alternatives read → number of their options and of being open."""
    member = vocabulary().member
    names = (one.field for alternative in who for one in alternative if not asks_birth(one))
    return {name: len(options(member[name])) + 1 for name in names}


def pairs_of(who: Who, calendar: Calendar) -> int:
    return calendar.count**2 if any(asks_birth(one) for alternative in who for one in alternative) else 1


def grouped(tests: Iterable[Who], calendar: Calendar) -> list[list[Who]]:
    """Tests that are looked up together: where the fewest combinations come on top, and few enough in all."""
    groups: list[list[Who]] = []

    def combinations(group: list[Who]) -> int:
        return size_of(group, calendar)

    for who in sorted(tests, key=lambda one: size_of([one], calendar), reverse=True):
        open_groups = [group for group in groups if len(group) < TESTS_A_WORD]
        fitting = [group for group in open_groups if combinations([*group, who]) <= SMALL]
        if fitting:
            min(fitting, key=lambda group: combinations([*group, who]) - combinations(group)).append(who)
        else:
            groups.append([who])
    return groups


def size_of(group: list[Who], calendar: Calendar) -> int:
    fields: dict[str, int] = reduce(lambda found, who: found | fields_of(who), group, {})
    return max(pairs_of(who, calendar) for who in group) * prod(fields.values())


class Lookup:
    """Some tests and their table: word by combination. The pair of bands runs fastest, an open answer stands first."""

    def __init__(self, tests: list[Who], calendar: Calendar) -> None:
        size = size_of(tests, calendar)
        if size > LARGEST:
            raise TooManyCombinationsError(f"Một phép thử đọc quá nhiều câu trả lời cùng lúc ({size} tổ hợp).")
        self.tests, self.calendar = tests, calendar
        self.fields: dict[str, int] = reduce(lambda found, who: found | fields_of(who), tests, {})
        self.by_birth = max(pairs_of(who, calendar) for who in tests) > 1
        self.index_type = np.int16 if size <= SMALL else np.int32
        self.strides = self._strides()
        self.start = sum(self.strides.values())
        self.table = self._tabulated()

    def _strides(self) -> dict[str, int]:
        found, stride = {}, self.calendar.count**2 if self.by_birth else 1
        for name, width in self.fields.items():
            found[name] = stride
            stride *= width
        return found

    def words(self, people: People, pairs: Ints | None) -> Ints:
        """One number per household."""
        running = np.empty(len(people.born_from) + 1, np.int64)
        running[0] = 0
        np.cumsum(self.table.take(self._index(people, pairs)), out=running[1:])
        return np.diff(running.take(people.offsets))

    def _index(self, people: People, pairs: Ints | None) -> Ints:
        """16 bits run over where the number is read without sign."""
        kind = self.index_type
        found = np.full(len(people.born_from), wrapped(self.start, kind))
        if pairs is not None and self.by_birth:
            found += pairs
        part = np.empty_like(found)
        for name, stride in self.strides.items():
            column = people.answers.get(name)
            if column is None:
                found -= wrapped(stride, kind)
            else:
                np.multiply(column, wrapped(stride, kind), out=part, dtype=kind, casting="unsafe")
                found += part
        return found.view(np.uint16) if kind is np.int16 else found

    def _tabulated(self) -> Ints:
        words = np.zeros(1, np.int64)
        for place, who in enumerate(self.tests):
            low = 2 * COUNT * place
            sure, possible = self._truths(who, open_as=False), self._truths(who, open_as=True)
            words = words | self._over_spans(sure, np.min) << low | self._over_spans(possible, np.max) << (low + COUNT)
        return np.ascontiguousarray(words).ravel()

    def _truths(self, who: Who, open_as: bool) -> Ints:
        """By answers and band of birth, where a condition on an open answer counts as ``open_as``. The axes are the fields,
        the last first, then the bands."""
        shape = [*reversed(self.fields.values()), self.calendar.count if self.by_birth else 1]
        found = np.zeros(shape, np.bool_)
        for alternative in who:
            found |= reduce(np.logical_and, [self._truth(one, open_as) for one in alternative], np.ones_like(found))
        return found

    def _truth(self, condition: Condition, open_as: bool) -> Ints:
        """Along its own axis, an open answer first; the other axes have length 1."""
        if asks_birth(condition):
            return np.array([self.calendar.holds(condition, band) for band in range(self.calendar.count)])
        axis = list(reversed(self.fields)).index(condition.field)
        accepted = condition.accepted or frozenset()
        known = [option in accepted for option in options(vocabulary().member[condition.field])]
        return np.array([open_as, *known]).reshape([-1 if one == axis else 1 for one in range(len(self.fields) + 1)])

    def _over_spans(self, truths: Ints, agreed: Callable[..., Ints]) -> Ints:
        """Of each pair of bands: sure is what holds in all between, possible what holds in one."""
        spans = self._spans() if self.by_birth else [slice(0, 1)]
        return np.stack([agreed(truths[..., span], axis=-1) for span in spans], -1).astype(np.int64)

    def _spans(self) -> Iterator[slice]:
        """Of each pair of bands; the earliest runs fastest."""
        bands = range(self.calendar.count)
        for latest in bands:
            yield from (slice(min(earliest, latest), max(earliest, latest) + 1) for earliest in bands)


def wrapped(value: int, kind: type) -> Ints:
    return np.array(value, np.int64).astype(kind)[()]
