"""The years of a household: what each review gave, by which decision, and where two years cannot be compared."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from households.access.scope import Scope
from households.criteria.law.parts import Purpose, Standard
from households.criteria.queries import standards_in_force
from households.registry.codes import RecognisedClass, RecognitionOrigin
from households.registry.models import Recognition, Residence
from households.registry.places import PlaceName
from households.registry.state import recognised_on
from households.registry.visible import Seen, seen_of
from households.review.superior_models import DecisionLine


@dataclass(frozen=True, slots=True)
class Break:
    """Between a year and the next the standard changed (titles): their classes measure different things."""

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
    """A recognition as the table tells it. ``now``: in force on the day shown. ``correction``: it corrects this one. ``line``: of
    the decision made on the portal."""

    row: Recognition
    now: bool
    corrected: Recognition | None
    correction: Recognition | None
    place: str
    standard: str
    kind: str
    line: DecisionLine | None = None

    @property
    def computed(self) -> str:
        """What the form came to, where another class was recognised."""
        if self.line is None or not self.line.reason:
            return ""
        return str(dict(RecognisedClass.choices).get(self.line.computed, self.line.computed))


@dataclass(frozen=True, slots=True)
class Standards:
    """``closing``: review year → code of the nation's standard that closes it; ``by_code``: those in force."""

    closing: Mapping[int, str]
    by_code: Mapping[str, Standard]

    def title(self, code: str) -> str:
        return self.by_code[code].title if code in self.by_code else code

    def kind(self, row: Recognition) -> str:
        """The kind of poverty in words."""
        known = self.by_code.get(row.standard)
        return known.kinds.get(row.kind, row.kind) if known else row.kind

    def used(self, year: int, rows: Iterable[Recognition]) -> str:
        """What the year's classes rest on: the nation's standard, or the local one that all of them name."""
        named = {row.standard for row in rows if row.year == year}
        national = self.closing.get(year, "")
        return national if national in named or not named else min(named)


def known_standards() -> Standards:
    """1 query."""
    found = standards_in_force()
    national = [
        (year, one.code)
        for one in found
        for span in one.applications
        if not one.scope and span.purpose == Purpose.CLOSING
        for year in range(span.first, span.last + 1)
    ]
    return Standards(dict(national), {one.code: one for one in found})


def visible(rows: Iterable[Recognition], seen: Seen) -> list[Recognition]:
    """Of a household that moved away, its old place sees what was decided while it lived there, and how that was corrected."""
    found: dict[int, Recognition] = {}
    for row in sorted(rows, key=lambda one: one.pk):
        if seen.on(row.decision_date) or row.corrects_id in found:
            found[row.pk] = row
    return list(found.values())


def years_of(rows: Sequence[Recognition], standards: Standards) -> list[Year]:
    """From the first year with a recognition to the last one, gaps included; empty without any."""
    replaced = {row.corrects_id for row in rows}
    current = [row for row in rows if row.pk not in replaced]
    current.sort(key=lambda row: (row.validity.lower, row.pk))
    if not current:
        return []
    first, last = min(row.year for row in current), max(row.year for row in current)
    return [
        Year(
            year,
            tuple(row for row in current if row.year == year),
            _break(standards, year, current) if year > first else None,
        )
        for year in range(first, last + 1)
    ]


def _break(standards: Standards, year: int, rows: Sequence[Recognition]) -> Break | None:
    """What changed since the year before."""
    before, after = standards.used(year - 1, rows), standards.used(year, rows)
    return Break(standards.title(before), standards.title(after)) if before and after and before != after else None


def in_force(rows: Iterable[Recognition], on: date) -> Recognition | None:
    """Of the rows that hold on the day and that no other corrects: the latest start, then the latest entry."""
    every = list(rows)
    replaced = {row.corrects_id for row in every}
    holding = [row for row in every if row.pk not in replaced and on in row.validity]
    return max(holding, key=lambda row: (row.validity.lower, row.at, row.pk), default=None)


def classes_on(households: Collection[int], on: date, scope: Scope, *, day: date) -> dict[int, str]:
    """What was in force on the day, as far as the scope shows it; ``day``: today. 1 query, 2 for an earlier day."""
    if on >= day or scope.nation:
        return {key: given.klass for key, given in recognised_on(households, on).items()}
    stays: dict[int, list[Residence]] = {}
    for stay in Residence.objects.filter(household__in=households):
        stays.setdefault(stay.household_id, []).append(stay)
    given: dict[int, list[Recognition]] = {}
    for row in Recognition.objects.filter(household__in=households):
        given.setdefault(row.household_id, []).append(row)
    seen = {key: seen_of(stays.get(key, []), scope, day=day) for key in given}
    holding = {key: in_force(visible(rows, seen[key]), on) for key, rows in given.items()}
    return {key: row.klass for key, row in holding.items() if row}


def told(
    rows: Sequence[Recognition], on: date, places: Mapping[tuple[str, date], PlaceName], standards: Standards
) -> Iterator[Told]:
    """Newest first."""
    by_key = {row.pk: row for row in rows}
    corrections = {row.corrects_id: row for row in rows if row.corrects_id}
    now = in_force(rows, on)
    for row in sorted(rows, key=lambda one: (one.year, one.decision_date, one.pk), reverse=True):
        yield Told(
            row=row,
            now=row == now,
            corrected=by_key.get(row.corrects_id) if row.corrects_id else None,
            correction=corrections.get(row.pk),
            place=places[row.area_code, row.decision_date].near,
            standard=standards.title(row.standard),
            kind=standards.kind(row),
            line=getattr(row, "decided_by", None) if row.origin == RecognitionOrigin.DECIDED else None,
        )
