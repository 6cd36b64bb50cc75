"""The years of a household: what each review gave, by which decision, and where two years cannot be compared."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from households.criteria.law.parts import Purpose
from households.criteria.models import StandardApplication
from households.registry.models import Recognition
from households.registry.visible import Seen


@dataclass(frozen=True, slots=True)
class Break:
    """Between a year and the next the nation's standard changed: their classes measure different things."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Year:
    """``given``: the classes of the year in the order of their decisions, without those corrected later."""

    year: int
    given: tuple[Recognition, ...]
    broken: Break | None


@dataclass(frozen=True, slots=True)
class Told:
    """A recognition as the table tells it. ``now``: in force on the day shown. ``correction``: it corrects this one."""

    row: Recognition
    now: bool
    corrected: Recognition | None
    correction: Recognition | None
    place: str


def national_standards() -> dict[int, str]:
    """Review year → code of the nation's standard that closes it; 1 query."""
    rows = StandardApplication.objects.filter(scope="", purpose=Purpose.CLOSING, holds=True)
    found: dict[int, str] = {}
    for span, code in rows.values_list("years", "standard__code"):
        found |= dict.fromkeys(range(span.lower, span.upper), code)
    return found


def visible(rows: Iterable[Recognition], seen: Seen) -> list[Recognition]:
    """Of a household that moved away, its old place sees what was decided while it lived there, and how that was corrected."""
    found: dict[int, Recognition] = {}
    for row in sorted(rows, key=lambda one: one.pk):
        if seen.on(row.decision_date) or row.corrects_id in found:
            found[row.pk] = row
    return list(found.values())


def years_of(rows: Sequence[Recognition], standards: Mapping[int, str]) -> list[Year]:
    """From the first year with a recognition to the last one, gaps included; empty without any."""
    replaced = {row.corrects_id for row in rows}
    current = [row for row in rows if row.pk not in replaced]
    if not current:
        return []
    years = range(min(row.year for row in current), max(row.year for row in current) + 1)
    return [
        Year(
            year,
            tuple(row for row in current if row.year == year),
            _break(year, standards) if year != years[0] else None,
        )
        for year in years
    ]


def _break(year: int, standards: Mapping[int, str]) -> Break | None:
    """What changed since the year before."""
    before, after = standards.get(year - 1), standards.get(year)
    return Break(before, after) if before and after and before != after else None


def in_force(rows: Iterable[Recognition], on: date) -> Recognition | None:
    """Of the rows that hold on the day and that no other corrects: the latest start, then the latest entry."""
    every = list(rows)
    replaced = {row.corrects_id for row in every}
    holding = [row for row in every if row.pk not in replaced and on in row.validity]
    return max(holding, key=lambda row: (row.validity.lower, row.at, row.pk), default=None)


def told(rows: Sequence[Recognition], on: date, places: Mapping[tuple[str, date], str]) -> Iterator[Told]:
    """Newest first."""
    by_key = {row.pk: row for row in rows}
    corrections = {row.corrects_id: row for row in rows if row.corrects_id}
    now = in_force(rows, on)
    for row in sorted(rows, key=lambda one: (one.year, one.decision_date, one.pk), reverse=True):
        corrected = by_key.get(row.corrects_id) if row.corrects_id else None
        place = places.get((row.area_code, row.decision_date), row.area_code)
        yield Told(row, row == now, corrected, corrections.get(row.pk), place)
