"""What applies in which year, the nation and each province with a standard of its own, as rows of a table."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from households.criteria.law.parts import Purpose
from households.criteria.models import LegalStandard, StandardApplication, State

Names = Mapping[tuple[int, str], str]


@dataclass(frozen=True, slots=True)
class Cell:
    """``span`` years wide; without a row nothing applies there."""

    span: int
    row: LegalStandard | None = None

    @property
    def draft(self) -> bool:
        return self.row is not None and self.row.state == State.DRAFT


@dataclass(frozen=True, slots=True)
class Lane:
    place: str
    purpose: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    years: range
    lanes: tuple[Lane, ...]


def timeline(applications: Iterable[StandardApplication], names: Names) -> Timeline:
    """``applications`` of standards in force and of drafts; ``names``: as web.standards.place_names gives them."""
    shown = list(applications)
    if not shown:
        return Timeline(range(0), ())
    years = range(min(one.years.lower for one in shown), max(one.years.upper for one in shown))
    keys = sorted({(one.scope, one.purpose) for one in shown}, key=lambda key: (key[0], key[1] == Purpose.OPENING))
    return Timeline(years, tuple(_lane(key, shown, years, names) for key in keys))


def _lane(key: tuple[str, str], shown: Sequence[StandardApplication], years: range, names: Names) -> Lane:
    scope, purpose = key
    own = [one for one in shown if (one.scope, one.purpose) == key]
    last = max(own, key=lambda one: (one.years.upper, one.standard_id))
    place = names.get((last.standard_id, scope), scope) if scope else _("Cả nước")
    told = _("đầu kỳ chuẩn sau") if purpose == Purpose.OPENING else _("kết quả cuối năm")
    return Lane(place, told, tuple(_cells(own, years)))


def _cells(own: Iterable[StandardApplication], years: range) -> Iterator[Cell]:
    """What is in force hides a draft of the same year."""
    by_year: dict[int, LegalStandard] = {}
    for one in sorted(own, key=lambda one: one.standard.state == State.IN_FORCE):
        by_year |= dict.fromkeys(range(one.years.lower, one.years.upper), one.standard)
    for _key, group in groupby(years, key=lambda year: by_year[year].pk if year in by_year else None):
        same = list(group)
        yield Cell(len(same), by_year.get(same[0]))
