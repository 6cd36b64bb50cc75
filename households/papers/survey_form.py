"""What Phiếu B prints: the household, its roster, B1, B2, the result."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from households.criteria.asked import fields_read, household_questions, member_questions, table_fields_read
from households.criteria.b1.parts import B1Table, Option
from households.criteria.law.parts import AreaType, Dimension, Indicator, Rule, Standard, Variant
from households.criteria.rule_words import AREA_NAMES, decides_by_scores, income_words, score_words
from households.criteria.vocabulary import Field, Kind
from households.papers.places import place_lines

ROSTER_ROWS = 8
FLAG = {"1": "Có", "2": "Không"}
WRITTEN_OUT = {"name", "birth_date", "birth_year"}  # columns of every roster


@dataclass(frozen=True, slots=True)
class RosterLine:
    number: int
    name: str = ""
    relation: str = ""
    sex: str = ""
    birth: str = ""
    ethnicity: str = ""
    identity: str = ""


@dataclass(frozen=True, slots=True)
class Coded:
    """A question answered by the number of its answer."""

    title: str
    asked: str
    answers: tuple[tuple[int, str], ...]
    several: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    name: str
    conditions: tuple[str, ...]


def survey_form(standard: Standard, variant: Variant | None, table: B1Table | None) -> dict[str, Any]:
    fields = fields_read(standard)
    if table:
        fields |= table_fields_read(table)
    columns = [_coded(one) for one in member_questions(fields) if one.name not in WRITTEN_OUT]
    questions = [one for one in household_questions(fields) if one.kind is not Kind.AREA]
    return {
        "places": place_lines(standard),
        "areas": [AREA_NAMES[one] for one in _areas(variant)],
        "columns": columns,
        "legends": [one for one in columns if one.answers != _answers(FLAG)],
        "rows": [RosterLine(number) for number in range(1, ROSTER_ROWS + 1)],
        "areas_asked": [one for one in household_questions(fields) if one.kind is Kind.AREA],
        "questions": [_coded(one) for one in questions],
        "dimensions": _by_dimension(standard),
        "most_points": sum(one.points for one in standard.indicators),
        "by_scores": bool(standard.score_lines),
        "table": table,
        "groups": _groups(table, variant) if table and variant else [],
        "results": _results(standard, _areas(variant)),
        "code_lists": standard.code_lists,
    }


def _areas(variant: Variant | None) -> list[AreaType]:
    return [variant.area_type] if variant else list(AreaType)


def _coded(field: Field) -> Coded:
    options = field.options or FLAG
    return Coded(field.title, field.asked, _answers(options), field.kind is Kind.CHOICES)


def _answers(options: Mapping[str, str]) -> tuple[tuple[int, str], ...]:
    return tuple(enumerate(options.values(), start=1))


def _by_dimension(standard: Standard) -> list[tuple[Dimension, list[Indicator]]]:
    return [
        (dimension, [one for one in standard.indicators if one.dimension == dimension])
        for dimension in standard.dimensions
    ]


def _groups(table: B1Table, variant: Variant) -> list[dict[str, Any]]:
    return [
        {"name": group.name, "multiple": group.multiple, "options": _options(group.options, variant)}
        for group in table.groups
    ]


def _options(options: Iterable[Option], variant: Variant) -> list[tuple[str, int]]:
    """Boxes of the region, with their points; a box the form does not give this region is not printed."""
    shown = ((option.name, option.points.get(variant.code)) for option in options)
    return [(name, points) for name, points in shown if points is not None]


def _results(standard: Standard, areas: list[AreaType]) -> list[Result]:
    """By points, or by income where the standard has no cut-offs in points."""
    words = _by_scores if standard.score_lines else _by_income
    results = [
        Result(
            rule.name, tuple(f"{AREA_NAMES[area]}: {found}" for area in areas if (found := words(standard, rule, area)))
        )
        for rule in standard.rules
        if words(standard, rule, areas[0])
    ]
    return [*results, Result("Hộ không nghèo, không cận nghèo", ("các trường hợp còn lại",))]


def _by_scores(standard: Standard, rule: Rule, area_type: AreaType) -> str:
    return score_words(standard, rule.scores, area_type) if rule.scores and decides_by_scores(rule) else ""


def _by_income(standard: Standard, rule: Rule, area_type: AreaType) -> str:
    return income_words(standard, rule.income, area_type) if rule.income else ""
