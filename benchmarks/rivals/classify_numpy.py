"""What a programmer writes who knows one standard and NumPy: nd07 and qd59 by hand, no document, no generality.

Survey forms with a B1 total, with all or some answers; the same columns as households.criteria.columns, checked equal by
benchmarks/columns.py. Written before the thing it measures, and as fast as its author could: a look-up table from day of
birth to age band, look-up tables over the answers of a member that give several indicators at once as counts in bits of
one number, running sums instead of a pass per household, blocks that stay in the cache."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import cache, reduce
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from households.criteria.columns.table import Columns, Form, Table

Numbers = NDArray[Any]
Classes = tuple[Numbers, Numbers | int, Numbers | bool]  # class, kind, unsure
BLOCK = 1 << 14
POOR, NEAR_POOR, NOT_POOR = 0, 1, 3
EPOCH, OLDEST = date(1970, 1, 1), date(1890, 1, 1)
BITS = 6  # a count of members: at most 60


def day_number(day: date) -> int:
    return (day - EPOCH).days


def latest_birth(on: date, years: int) -> date:
    """Last day of birth of those who are so old; who is born on 29 February has the birthday on 28 February."""
    leap = (on.year - years) % 4 == 0 and (on.year - years) != 1900
    if (on.month, on.day) == (2, 29) and not leap:
        return date(on.year - years, 2, 28)
    if (on.month, on.day) == (2, 28) and leap and on.year % 4:
        return date(on.year - years, 2, 29)
    return on.replace(year=on.year - years)


# look-up tables


def with_gaps(exact: Numbers, band_pairs: bool) -> tuple[Numbers, Numbers]:
    """From the truth of each full combination (band × answers): for sure, and possibly, also where answers are open. An
    open answer stands first on its axis; a pair of bands (oldest, youngest) on one axis, of which the first runs fastest."""
    sure, possible = exact, exact
    for axis in range(1, exact.ndim):
        sure = np.concatenate([sure.min(axis, keepdims=True), sure], axis)
        possible = np.concatenate([possible.max(axis, keepdims=True), possible], axis)
    if not band_pairs:
        return sure.min(0), possible.max(0)
    bands = len(exact)
    pairs = [(min(old, young), max(old, young) + 1) for young in range(bands) for old in range(bands)]
    return (
        np.stack([sure[first:last].min(0) for first, last in pairs]),
        np.stack([possible[first:last].max(0) for first, last in pairs]),
    )


def packed(shape: tuple[int, ...], rules: list[Callable[..., bool]]) -> Numbers:
    """``shape``: bands and options. For each rule two counts: sure and possible, as bits of one number."""
    words = []
    for number, rule in enumerate(rules):
        exact = np.zeros(shape, np.uint64)
        for combination in product(*map(range, shape)):
            exact[combination] = rule(*combination)
        sure, possible = with_gaps(exact, band_pairs=True)
        words.append(sure << np.uint64(2 * BITS * number) | possible << np.uint64(2 * BITS * number + BITS))
    return reduce(np.bitwise_or, words).ravel().view(np.int64)


class Ages:
    """Bands from the oldest (0) to the youngest: ``bounds`` are ages from the highest down, and days of birth."""

    def __init__(self, on: date, bounds: list[int | date]) -> None:
        days = [day_number(one) if isinstance(one, date) else day_number(latest_birth(on, one)) + 1 for one in bounds]
        self.first, self.last = day_number(OLDEST), day_number(on)
        every_day = np.arange(self.first, self.last + 1)
        self.band = np.searchsorted(np.array(sorted(days)), every_day, side="right").astype(np.int16)
        self.count = len(bounds) + 1
        self.alone = self.band * np.int16(self.count + 1)

    def pairs(self, born_from: Numbers, born_to: Numbers, alike: bool) -> Numbers:
        if alike:
            return self.alone.take(born_from - self.first, mode="clip")
        youngest = self.band.take(born_to - self.first, mode="clip") * np.int16(self.count)
        return youngest + self.band.take(born_from - self.first, mode="clip")


def index(pairs: Numbers, *answers: tuple[Numbers, int]) -> Numbers:
    """Place in a packed table: bands, then each answer with its number of options; −1 is open and stands first. 16 bits run
    over as they should."""
    found = pairs
    for column, options in answers:
        found = found * np.int16(options + 1)
        found += column
        found += 1
    return found.view(np.uint16)


def state(counts: Numbers, place: int) -> Numbers:
    """1, 0, −1 from the counts of a rule: is there at least one?"""
    sure = (counts & (63 << 2 * BITS * place)) != 0
    possible = (counts & (63 << (2 * BITS * place + BITS))) != 0
    return 2 * sure.view(np.int8) - possible.view(np.int8)


def summed(words: Numbers, offsets: Numbers) -> Numbers:
    running = np.empty(len(words) + 1, np.int64)
    running[0] = 0
    np.cumsum(words, out=running[1:])
    return np.diff(running[offsets])


# both standards


def classify(standard: str, table: Table, *, on: date, urban: bool) -> Columns:
    if (table.form != Form.SURVEY).any() or table.b1 is None or table.sources:
        raise ValueError("The rival takes survey forms with B1 totals and without incomes.")
    indicators, stop, classes = (nd07(on), 4, nd07_class) if standard == "nd07-2021" else (qd59(on), 3, qd59_class)
    found = Columns.empty(table.n, 12 if standard == "nd07-2021" else 10)
    for start in range(0, table.n, BLOCK):
        rows = slice(start, min(start + BLOCK, table.n))
        indicators(table, rows, found.indicators[rows])
        waiting = sheet_a(table, rows, found, stop)
        scores(table, rows, found, classes, urban)
        found.complete[rows] &= ~waiting
    return found


def sheet_a(table: Table, rows: slice, found: Columns, stop: int) -> Numbers | np.bool_:
    """Whether its open items could still change the answer."""
    if not table.sheet_a:
        return np.False_
    items = [column[rows] for column in table.sheet_a.values()]
    ticks, opened = np.zeros(len(items[0]), np.int8), np.zeros(len(items[0]), np.int8)
    for item in items:
        ticks += item == 1
        opened += item < 0
    asked = opened < len(items)
    gate = np.where(ticks >= stop, 1, np.where(ticks + opened < stop, 0, -1))
    found.gate[rows] = np.where(asked, gate, -1)
    found.a[rows] = np.where(asked & (opened == 0), ticks, -1)
    return asked & (gate < 0)


def scores(table: Table, rows: slice, found: Columns, classes: Callable[..., Classes], urban: bool) -> None:
    indicators = found.indicators[rows]
    deprived, opened = np.zeros(len(indicators), np.int8), np.zeros(len(indicators), np.int8)
    for column in indicators.T:
        deprived += column == 1
        opened += column < 0
    settled = opened == 0
    found.b1[rows] = b1 = table.b1[rows]
    found.deprivations[rows] = np.where(settled, deprived, -1)
    found.b2[rows] = np.where(settled, deprived * np.int16(10), -1)
    klass, found.kind[rows], found.unsure[rows] = classes(b1, deprived >= 3, deprived + opened < 3, urban)
    found.klass[rows] = klass
    found.complete[rows] = settled & (klass >= 0)


def nd07_class(b1: Numbers, three: Numbers, fewer: Numbers, urban: bool) -> Classes:
    by_b2 = np.where(three, POOR, np.where(fewer, NEAR_POOR, -1))
    return np.where(b1 < 0, -1, np.where(b1 > (175 if urban else 140), NOT_POOR, by_b2)), -1, False


def qd59_class(b1: Numbers, three: Numbers, fewer: Numbers, urban: bool) -> Classes:
    low, high, average = (140, 175, 250) if urban else (120, 150, 200)
    lowest, by_b2 = b1 <= low, np.where(three, POOR, np.where(fewer, NEAR_POOR, -1))
    given = np.where(lowest, POOR, np.where(b1 <= high, by_b2, NOT_POOR))
    klass = np.where(b1 < 0, -1, given)
    return klass, np.where(klass == POOR, np.where(lowest, 0, 1), -1), (b1 > high) & (b1 <= average)


Indicators = Callable[[Table, slice, Numbers], None]


def member_rows(table: Table, rows: slice) -> tuple[slice, Numbers, Numbers, Numbers, bool]:
    offsets = table.offsets[rows.start : rows.stop + 1]
    people = slice(int(offsets[0]), int(offsets[-1]))
    born_from, born_to = table.born_from[people], table.born_to[people]
    return people, offsets - offsets[0], born_from, born_to, bool((born_from == born_to).all())


# Decree 07/2021


def nd07(on: date) -> Indicators:
    ages, learning, living = Ages(on, [60, 31, 18, 16, 15, 12, 6, 3]), nd07_learning(), nd07_living()

    def fill(table: Table, rows: slice, out: Numbers) -> None:
        people, offsets, born_from, born_to, alike = member_rows(table, rows)
        of = {name: column[people] for name, column in table.members.items()}
        pairs = ages.pairs(born_from, born_to, alike)
        place = index(
            pairs, (of["studying"], 7), (of["education"], 8), (of["certified_on_job"], 2), (of["health_insurance"], 2)
        )
        taught = summed(learning.take(place), offsets)
        place = index(
            pairs,
            (of["work"], 5),
            (of["disabled"], 2),
            (of["monthly_assistance"], 2),
            (of["nutrition"], 4),
        )
        lived = summed(living.take(place), offsets)
        size = np.diff(offsets)
        out[:, 0], out[:, 2], out[:, 3] = state(lived, 0), state(lived, 2), state(taught, 2)
        sure, possible = lived >> 2 * BITS & 63, lived >> 3 * BITS & 63
        out[:, 1] = 2 * (sure * 2 > size).view(np.int8) - (possible * 2 > size).view(np.int8)
        out[:, 4], out[:, 5] = state(taught, 0), state(taught, 1)
        home = {name: column[rows] for name, column in table.household.items()}
        out[:, 6] = HOUSE.take(home["walls"] * np.int8(9) + home["columns"] * np.int8(3) + home["roof"] + 13)
        out[:, 7] = little_area(home["floor_area"], size)
        out[:, 8], out[:, 9] = WATER[home["water_source"]], TOILET[home["toilet"]]
        out[:, 10] = NO_NOT_OPEN[home["internet"]]
        out[:, 11] = np.where(home["devices"] < 0, -1, home["devices"] == 0)

    return fill


def little_area(area: Numbers, size: Numbers) -> Numbers:
    return np.where(area < 0, -1, area < size * 800)


@cache
def nd07_learning() -> Numbers:
    """Bands 60+, 31-59, 18-30, 16-17, 15, 12-14, 6-11, 3-5, 0-2."""

    def adult(band: int, studying: int, education: int, certified: int, _insured: int) -> bool:
        if band == 2:  # below upper secondary
            return studying <= 3 and education <= 2 and not certified
        return band == 3 and studying <= 2 and education <= 1 and not certified

    def child(band: int, studying: int, *_: int) -> bool:
        return studying <= {4: 2, 5: 2, 6: 1, 7: 0}.get(band, -1)

    def uninsured(band: int, *answers: int) -> bool:
        return band <= 6 and not answers[-1]

    return packed((9, 7, 8, 2, 2), [adult, child, uninsured])


@cache
def nd07_living() -> Numbers:
    def jobless(band: int, work: int, *_: int) -> bool:
        return band <= 4 and work in {1, 3}

    def dependent(band: int, work: int, disabled: int, assisted: int, nutrition: int) -> bool:
        return band >= 4 or bool(assisted and (band == 0 or disabled))

    def badly_fed(band: int, *answers: int) -> bool:
        return band >= 4 and answers[-1] > 0

    return packed((9, 5, 2, 2, 4), [jobless, dependent, badly_fed])


def _house() -> Iterator[int]:
    for parts in product((-1, 0, 1), repeat=3):
        yield 1 if parts.count(1) >= 2 else 0 if parts.count(0) >= 2 else -1


HOUSE = np.array(list(_house()), np.int8)
WATER = np.array([0, 0, 0, 0, 0, 0, 1, -1], np.int8)  # the open answer, −1, is the last
TOILET = np.array([0, 0, 0, 0, 1, 1, -1], np.int8)
NO_NOT_OPEN = np.array([1, 0, -1], np.int8)


# Decision 59/2015


def qd59(on: date) -> Indicators:
    ages, table_of = Ages(on, [15, date(1986, 1, 1), 6, 5]), qd59_members()

    def fill(table: Table, rows: slice, out: Numbers) -> None:
        people, offsets, born_from, born_to, alike = member_rows(table, rows)
        of = {name: column[people] for name, column in table.members.items()}
        place = index(
            ages.pairs(born_from, born_to, alike),
            (of["studying"], 7),
            (of["education"], 8),
            (of["health_care"], 3),
            (of["health_insurance"], 2),
        )
        counts = summed(table_of.take(place), offsets)
        for number in range(4):
            out[:, number] = state(counts, number)
        home = {name: column[rows] for name, column in table.household.items()}
        out[:, 4] = POOR_HOUSE[home["house_class"]]
        out[:, 5] = little_area(home["floor_area"], np.diff(offsets))
        out[:, 6], out[:, 7] = WATER[home["water_source"]], TOILET[home["toilet"]]
        out[:, 8] = BOTH_NO.take(home["phone"] * np.int8(3) + home["internet"] + 4)
        devices = np.where(home["devices"] < 0, -1, (home["devices"] & TELLING) != 0).astype(np.int8)
        out[:, 9] = BOTH_NO.take(devices * np.int8(3) + home["loudspeaker"] + 4)

    return fill


@cache
def qd59_members() -> Numbers:
    """Bands born before 1986, since (15 and older), 6-14, 5, 0-4."""

    def untreated(band: int, studying: int, education: int, care: int, insured: int) -> bool:
        return care == 2

    def uninsured(band: int, studying: int, education: int, care: int, insured: int) -> bool:
        return band <= 2 and not insured

    def adult(band: int, studying: int, education: int, care: int, insured: int) -> bool:
        return band == 1 and education <= 1 and studying == 0

    def child(band: int, studying: int, education: int, care: int, insured: int) -> bool:
        return band in {2, 3} and studying == 0

    return packed((5, 7, 8, 3, 2), [untreated, uninsured, adult, child])


POOR_HOUSE = np.array([0, 0, 1, 1, -1], np.int8)
TELLING = np.int32(0b0110111)  # television, radio, desktop, laptop, tablet
BOTH_NO = np.array([-1, -1, 0, -1, 1, 0, 0, 0, 0], np.int8)  # by two flags that are open, no, yes
