"""Reported figures as stored: those in force, the source of a report, and the reports they allow."""

from collections import Counter
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

_PROGRAMME_YEARS = 5


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
    """A wrap-up that stored figures allow, told on the latest boundary date of one version of a unit. ``figures`` counts
    those it would use, ``newest`` is the number of the last one stored."""

    area: Area
    boundary_on: date
    first_year: int
    last_year: int
    figures: int
    newest: int


def report_options(figures: QuerySet[ReportedFigure]) -> list[ReportOption]:
    """What these figures in force (those the reader may see) allow: one option for each version of a unit with a result,
    in the order of area codes."""
    rows = list(figures.select_related("area").order_by("area_code", "boundary_on", "id"))
    groups = [list(group) for _area, group in groupby(rows, key=lambda row: row.area_id)]
    return [option for option in map(_option, groups) if option]


def _option(rows: list[ReportedFigure]) -> ReportOption | None:
    figures = [row.as_figure() for row in rows]
    results = [figure.key for figure in figures if figure.qualifier is not Qualifier.TARGET]
    if not results:
        return None
    first, last = _years(figures, results)
    used = _used(figures, (first, last))
    boundary_on = max(figure.key.boundary_on for figure in used)
    return ReportOption(rows[0].area, boundary_on, first, last, len(used), max(row.pk for row in rows))


def _years(figures: list[Figure], results: list[FigureKey]) -> tuple[int, int]:
    """The span most results have. Where it leaves figures out, or there is none, all years that results speak of, unless
    a span stands and all years are more than the five of a programme."""
    everything = (min(key.period_from.year for key in results), max(key.period_to.year for key in results))
    spans = Counter((key.period_from.year, key.period_to.year) for key in results if not is_point(key)).most_common(1)
    if not spans:
        return everything
    [(common, _count)] = spans
    too_long = everything[1] - everything[0] >= _PROGRAMME_YEARS
    return common if too_long or len(_used(figures, common)) == len(figures) else everything


def _used(figures: list[Figure], years: tuple[int, int]) -> list[Figure]:
    first, last = date(years[0], 1, 1), date(years[1], 12, 31)
    return [figure for figure in figures if belongs(figure, first, last)]
