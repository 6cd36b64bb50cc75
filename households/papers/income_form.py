"""What Phụ lục VIII prints: income of twelve months by source, and the bounds it is held against."""

from collections.abc import Mapping
from typing import Any

from households.criteria.b1.parts import B1Table
from households.criteria.law.parts import AreaType, Line, Standard, Variant
from households.criteria.rule_words import AREA_NAMES, by_years
from households.papers.places import place_lines
from povertyportal.vietnamese import format_number


def income_form(standard: Standard, variant: Variant | None, table: B1Table | None) -> dict[str, Any]:
    if (survey := standard.income_survey) is None:
        return {}
    areas = [variant.area_type] if variant else list(AreaType)
    return {
        "sources": survey.sources,
        "average": _bounds(standard, survey.average_over, survey.average_up_to, areas),
        "worker": _bounds(standard, None, survey.worker_up_to, areas),
        "areas": [AREA_NAMES[one] for one in areas],
        "worker_basis": survey.worker_provenance.basis.number if survey.worker_provenance else "",
        "places": place_lines(standard),
    }


def _bounds(standard: Standard, over: str | None, up_to: str | None, areas: list[AreaType]) -> list[str]:
    """ "nông thôn: trên 1.500.000 đến 2.250.000 đồng/người/tháng"; nothing where the standard has no such class."""
    return [_bound(standard, over, up_to, area) for area in areas] if up_to else []


def _bound(standard: Standard, over: str | None, up_to: str, area_type: AreaType) -> str:
    def words(lines: Mapping[str, Line]) -> str:
        unit = "năm" if lines[up_to].unit == "year" else "tháng"
        upper = format_number(lines[up_to].of(area_type))
        between = f"trên {format_number(lines[over].of(area_type))} đến {upper}" if over else f"từ {upper} trở xuống"
        return f"{between} đồng/người/{unit}"

    return f"{AREA_NAMES[area_type]}: {by_years(standard, standard.lines, words)}"
