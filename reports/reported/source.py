"""Which stored figures a report may use. Plain Python; the rules of map and period stand here and nowhere else.

**Map.** A figure belongs to a report told on a map when the version of the unit in force on its ``boundary_on`` is the
version in force on the map's date: the same territory. A figure stated on another territory stays out and is named.

**Period** (days inclusive). A point in time belongs when it lies within the report's period; the last day before it
counts as its opening. A span belongs when more than half of its own days lie within. A target belongs also when its
span starts within a year after the report's end: the next period's targets. A span that only touches stays out and is
named; what lies wholly outside is not part of the matter.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from reports.tables import Figure, FigureKey, Qualifier

_DAY = timedelta(days=1)
_YEAR = timedelta(days=366)


class Why(StrEnum):
    OTHER_MAP = "map"
    OTHER_PERIOD = "period"


@dataclass(frozen=True, slots=True)
class LeftOut:
    figure: Figure
    why: Why


@dataclass(frozen=True, slots=True)
class ReportedSource:
    """Published figures of one area for one report: those it may use, and those that stay out with the reason."""

    figures: tuple[Figure, ...]
    left_out: tuple[LeftOut, ...] = ()

    def figure(self, key: FigureKey) -> Figure | None:
        return next((figure for figure in self.figures if figure.key == key), None)


def sift(
    figures: Iterable[Figure], *, first: date, last: date, same_territory: Callable[[date], bool]
) -> ReportedSource:
    """``same_territory`` says of a boundary date whether the unit was the same then as on the report's map."""
    used: list[Figure] = []
    left_out: list[LeftOut] = []
    for figure in figures:
        if not _touches(figure, first, last):
            continue
        if not same_territory(figure.key.boundary_on):
            left_out.append(LeftOut(figure, Why.OTHER_MAP))
        elif belongs(figure, first, last):
            used.append(figure)
        else:
            left_out.append(LeftOut(figure, Why.OTHER_PERIOD))
    return ReportedSource(tuple(used), tuple(left_out))


def belongs(figure: Figure, first: date, last: date) -> bool:
    key = figure.key
    if is_next_target(figure, last):
        return True
    if is_point(key):
        return first - _DAY <= key.period_from <= last
    days = (key.period_to - key.period_from + _DAY).days
    return 2 * _shared_days(key, first, last) > days


def is_point(key: FigureKey) -> bool:
    return key.period_from == key.period_to


def is_next_target(figure: Figure, last: date) -> bool:
    return figure.qualifier is Qualifier.TARGET and last < figure.key.period_from <= last + _YEAR


def _touches(figure: Figure, first: date, last: date) -> bool:
    return _shared_days(figure.key, first - _DAY, last) > 0 or is_next_target(figure, last)


def _shared_days(key: FigureKey, first: date, last: date) -> int:
    return max(0, (min(key.period_to, last) - max(key.period_from, first) + _DAY).days)
