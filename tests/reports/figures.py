"""Figures for tests: a short way to state one, and those of the example file."""

import csv
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from reports.build import build_report
from reports.definitions.base import Place
from reports.definitions.tong_ket import TONG_KET
from reports.reported.source import ReportedSource, sift
from reports.reported.values import parse_value
from reports.tables import Figure, FigureKey, Qualifier, ReportData, Scope, Section

EXAMPLES = Path(__file__).parents[2] / "reports" / "examples" / "figures.csv"
FIRST, LAST = date(2016, 1, 1), date(2020, 12, 31)
HA_LONG = Place("193", "district", "Thành phố", "Hạ Long", "Tỉnh", "Quảng Ninh")
HA_QUANG = Place("045", "district", "Huyện", "Hà Quảng", "Tỉnh", "Cao Bằng")


def figure(measure: str, value: str, unit: str = "hộ", *, on: date | None = None, **more: Any) -> Figure:
    """``on`` for a point in time, else ``first`` and ``last``, else 2016 - 2020."""
    first, last = (on, on) if on else (more.get("first", FIRST), more.get("last", LAST))
    qualifier = Qualifier(more.get("qualifier", "exact"))
    number, upper = parse_value(value, qualifier)
    boundary_on = more.get("boundary_on", date(2020, 12, 29))
    place = (more.get("area", "193"), boundary_on, more.get("standard", ""), more.get("programme", ""))
    key = FigureKey(*place, measure, first, last)
    told = (value, more.get("note", ""), more.get("report", "S1"), more.get("same_since"))
    return Figure(key, number, unit, upper, qualifier, *told)


def from_row(row: Mapping[str, str]) -> Figure:
    return figure(
        row["measure"],
        row["value"],
        row["unit"],
        area=row["area_code"],
        boundary_on=date.fromisoformat(row["boundary_on"]),
        standard=row["standard"],
        programme=row["program"],
        first=date.fromisoformat(row["period_from"]),
        last=date.fromisoformat(row["period_to"]),
        qualifier=row["qualifier"],
        note=row["note"],
        report=row["report"],
    )


def example_rows() -> list[dict[str, str]]:
    with EXAMPLES.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def example_figures(area: str) -> list[Figure]:
    return [from_row(row) for row in example_rows() if row["area_code"] == area]


def source_of(figures: list[Figure], *, first: date = FIRST, last: date = LAST) -> ReportedSource:
    return sift(figures, first=first, last=last, same_territory=lambda _day: True)


def wrap_up(place: Place, figures: list[Figure], *, first: date = FIRST, last: date = LAST) -> ReportData:
    boundary_on = max((one.key.boundary_on for one in figures), default=last)
    scope = Scope(place.code, f"{place.type} {place.name}", place.type, boundary_on, first, last, boundary_on)
    return build_report(TONG_KET, source=source_of(figures, first=first, last=last), scope=scope, place=place)


def sections_of(report: ReportData) -> dict[str, Section]:
    """Every heading by its title."""
    found: dict[str, Section] = {}
    waiting = list(report.sections)
    while waiting:
        section = waiting.pop()
        found[section.title] = section
        waiting += section.children
    return found


def value(text: str) -> Decimal:
    return Decimal(text)
