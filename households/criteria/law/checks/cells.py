"""The plane of income (or points of B1) and deprivations (or points of B2), cut where any rule cuts it: one point of each
cell, and the rules that hold there. Shared by the checks of gaps, overlaps and slope."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from households.criteria.law.parts import AreaType, IncomeRule, Line, Rule, ScoreRule, Standard

HALVES = ("income", "scores")


@dataclass(frozen=True, slots=True)
class Band:
    """What one half of a rule covers: ``over`` excluded, ``up_to`` included (None: no end), ``low`` included, ``high`` not."""

    rule: int
    over: int
    up_to: int | None
    low: int
    high: int | None

    def holds(self, amount: int, count: int) -> bool:
        return (
            self.over < amount
            and (self.up_to is None or amount <= self.up_to)
            and self.low <= count
            and (self.high is None or count < self.high)
        )

    @property
    def empty(self) -> bool:
        return (self.up_to is not None and self.over >= self.up_to) or (self.high is not None and self.low >= self.high)


@dataclass(frozen=True, slots=True)
class Plane:
    """Of one half, area type and set of amounts (``year``: the first for which they hold)."""

    half: str
    area: AreaType
    year: int
    bands: tuple[Band, ...]

    def amounts(self) -> list[int]:
        edges = {edge for band in self.bands for edge in (band.over, band.up_to) if edge is not None and edge >= 0}
        return sorted({0} | edges | {edge + 1 for edge in edges})

    def counts(self) -> list[int]:
        edges = {edge for band in self.bands for edge in (band.low, band.high or 0)}
        return sorted({0} | edges | {edge - 1 for edge in edges if edge})

    def points(self) -> Iterator[tuple[int, int, tuple[Band, ...]]]:
        for amount, count in product(self.amounts(), self.counts()):
            yield amount, count, tuple(band for band in self.bands if band.holds(amount, count))


def planes(standard: Standard) -> Iterator[Plane]:
    """Each different set of amounts once. None where a rule names an unknown line: known_lines says so."""
    seen = set()
    years = sorted({year for one in standard.applications for year in range(one.first, one.last + 1)})
    for half, area, year in product(HALVES, AreaType, years):
        bands = _bands(standard, half, area, year)
        if bands and (half, area, bands) not in seen:
            seen.add((half, area, bands))
            yield Plane(half, area, year, bands)


def _bands(standard: Standard, half: str, area: AreaType, year: int) -> tuple[Band, ...]:
    lines = standard.lines if half == "income" else standard.score_lines
    amounts = {line.code: line.of(area) for line in lines if _holds(line, year)}
    found = []
    for number, rule in enumerate(standard.rules):
        part = _half(rule, half)
        if part is None:
            continue
        if not {part.over, part.up_to} - {None} <= set(amounts):
            return ()
        low, high = _counts(part)
        over = -1 if part.over is None else amounts[part.over]
        found.append(Band(number, over, None if part.up_to is None else amounts[part.up_to], low or 0, high))
    return tuple(found)


def _half(rule: Rule, half: str) -> IncomeRule | ScoreRule | None:
    return rule.income if half == "income" else rule.scores


def _counts(part: IncomeRule | ScoreRule) -> tuple[int | None, int | None]:
    if isinstance(part, IncomeRule):
        return part.deprivations_from, part.deprivations_below
    return part.b2_from, part.b2_below


def _holds(line: Line, year: int) -> bool:
    return (line.first or year) <= year <= (line.last or year)
