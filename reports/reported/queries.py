"""Reported figures as stored: those in force, the source of a report, and the reports they allow."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from django.db.models import QuerySet

from households.areas.models import Area
from povertyportal.core.periods import holds
from reports.reported.areas import find_area_of
from reports.reported.models import ReportedFigure, key_filter
from reports.reported.source import ReportedSource, belongs, is_point, sift
from reports.tables import Figure, FigureKey, Qualifier


def figures_in_force() -> QuerySet[ReportedFigure]:
    """The newest revision of every figure."""
    return ReportedFigure.objects.filter(superseded_by__isnull=True)


def revisions(key: FigureKey) -> QuerySet[ReportedFigure]:
    """All revisions of a figure, newest first."""
    return ReportedFigure.objects.filter(**key_filter(key)).select_related("entered_by").order_by("-revision")


def figure_in_force(key: FigureKey) -> ReportedFigure | None:
    return figures_in_force().filter(**key_filter(key)).first()


def latest_map(*, area_code: str, first: date, last: date) -> date | None:
    """The latest boundary date that the figures of the area and period are stated on."""
    days = [figure.key.boundary_on for figure in _figures(area_code) if belongs(figure, first, last)]
    return max(days, default=None)


def reported_source(*, area_code: str, map_on: date, first: date, last: date) -> ReportedSource:
    """The figures a report of the area may use on this map (rules: reports.reported.source), each with the day since
    which the unit is known to be the one it was stated on."""
    area, _problem = find_area_of(code=area_code, on=map_on)

    def same_territory(day: date) -> bool:
        return area is not None and holds(area.validity.lower, area.validity.upper, day)

    figures = _figures(area_code)
    if area is not None:
        figures = [replace(one, same_since=area.same_since(one.key.boundary_on)) for one in figures]
    return sift(figures, first=first, last=last, same_territory=same_territory)


def _figures(area_code: str) -> list[Figure]:
    if not area_code.isalnum():
        return []
    rows = figures_in_force().filter(area_code=area_code).order_by("id")
    return [row.as_figure() for row in rows]


@dataclass(frozen=True, slots=True)
class ReportOption:
    """A wrap-up that stored figures allow: the years most of them speak of, and the map they are stated on."""

    area: Area
    boundary_on: date
    first_year: int
    last_year: int
    figures: int


def report_options() -> list[ReportOption]:
    """One option for each area and boundary date found, in the order of area codes."""
    rows = list(figures_in_force().select_related("area").order_by("area_code", "boundary_on", "id"))
    options = []
    for (_code, boundary_on), group in groupby(rows, key=lambda row: (row.area_code, row.boundary_on)):
        figures = list(group)
        years = Counter(_years(figures)).most_common(1)
        if years:
            options.append(ReportOption(figures[0].area, boundary_on, *years[0][0], len(figures)))
    return options


def _years(rows: list[ReportedFigure]) -> Iterator[tuple[int, int]]:
    """First and last year of each result's span; of all points together where no result has a span."""
    results = [row for row in rows if row.qualifier != Qualifier.TARGET]
    spans = [row for row in results if not is_point(row.key)]
    yield from ((row.period_from.year, row.period_to.year) for row in spans)
    if results and not spans:
        yield min(row.period_from.year for row in results), max(row.period_to.year for row in results)
