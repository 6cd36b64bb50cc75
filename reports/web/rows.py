"""A stored figure as a row of a page."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from povertyportal.vietnamese import format_date, period_name
from programs.catalogue import find_programme
from reports.reported.models import ReportedFigure
from reports.reported.vocabulary import find_measure, find_standard, source_title
from reports.sentences.writing import bare_text, unit_of, with_unit
from reports.tables import Qualifier
from reports.web.wording import QUALIFIERS


@dataclass(frozen=True, slots=True)
class FigureRow:
    figure: ReportedFigure
    url: str
    area: str
    measure: str
    measure_known: bool
    programme: str
    programme_known: bool
    period: str
    boundary_on: str
    value: str
    unit: str
    said: str
    qualifier: str
    is_target: bool
    standard: str
    source: str


def as_row(figure: ReportedFigure) -> FigureRow:
    """``figure`` with its area loaded."""
    stated, key = figure.as_figure(), figure.key
    measure, programme = find_measure(key.measure), find_programme(key.programme)
    return FigureRow(
        figure=figure,
        url=reverse("reports:figure", args=[figure.pk]),
        area=figure.area.full_name,
        measure=measure.name,
        measure_known=measure.known,
        programme=programme.name if key.programme else "",
        programme_known=programme.known,
        period=period(key.period_from, key.period_to),
        boundary_on=format_date(key.boundary_on),
        value=bare_text(stated),
        unit="%" if unit_of(stated) == "percent" else unit_of(stated),
        said=with_unit(bare_text(stated), unit_of(stated)),
        qualifier=str(QUALIFIERS[stated.qualifier]),
        is_target=stated.qualifier is Qualifier.TARGET,
        standard=find_standard(key.standard).name if key.standard else "",
        source=source_title(stated.report),
    )


def period(first: date, last: date) -> str:
    """As a heading of its own: "Giai đoạn 2016 - 2020", "31/12/2020"."""
    if first == last:
        return format_date(first)
    name = period_name(first, last)
    return name[:1].upper() + name[1:]
