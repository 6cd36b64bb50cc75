"""The lines of a standard in one area type and review year, by code."""

from collections.abc import Mapping
from dataclasses import dataclass

from households.criteria.engine.faults import NotPreparedError
from households.criteria.law.parts import AreaType, Line, Standard

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Bounds:
    """``scores``: points of B1; ``income``: đồng per person and *year*, whatever unit the line is written in."""

    year: int
    scores: Mapping[str, int]
    income: Mapping[str, int]
    lines: Mapping[str, Line]
    score_lines: Mapping[str, Line]


def in_year(lines: tuple[Line, ...], year: int) -> dict[str, Line]:
    return {
        line.code: line
        for line in lines
        if (line.first is None or line.first <= year) and (line.last is None or year <= line.last)
    }


def bounds_of(standard: Standard, area_type: AreaType, year: int) -> Bounds:
    lines, score_lines = in_year(standard.lines, year), in_year(standard.score_lines, year)
    _all_there(standard.lines, lines, standard, year)
    _all_there(standard.score_lines, score_lines, standard, year)
    return Bounds(
        year,
        {code: line.of(area_type) for code, line in score_lines.items()},
        {code: line.of(area_type) * (MONTHS if line.unit == "month" else 1) for code, line in lines.items()},
        lines,
        score_lines,
    )


def _all_there(lines: tuple[Line, ...], found: Mapping[str, Line], standard: Standard, year: int) -> None:
    for line in lines:
        if line.code not in found:
            raise NotPreparedError(f"Chuẩn {standard.code} không có mức “{line.name}” cho năm {year}.")
