"""Conditions of the classification rules as short expressions for a form: "120 < B1 ≤ 150, B2 ≥ 30". Plain Python."""

from collections.abc import Callable, Mapping
from itertools import groupby

from households.criteria.engine.bounds import in_year
from households.criteria.law.parts import AreaType, IncomeRule, Line, Rule, ScoreRule, Standard, Sureness
from povertyportal.vietnamese import format_number

AREA_NAMES = {AreaType.RURAL: "nông thôn", AreaType.URBAN: "thành thị"}


def decides_by_scores(rule: Rule) -> bool:
    """A half that is unsure never gives a class, so a form does not print it."""
    return rule.scores is not None and rule.scores.provenance.confidence is not Sureness.UNSURE


def score_words(standard: Standard, rule: ScoreRule, area_type: AreaType) -> str:
    def words(lines: Mapping[str, Line]) -> str:
        first = _between("B1", rule.over, rule.up_to, lines, area_type)
        return ", ".join(filter(None, (first, _b2(rule))))

    return by_years(standard, standard.score_lines, words)


def income_words(standard: Standard, rule: IncomeRule, area_type: AreaType) -> str:
    """In đồng per person and month (or year, as the line says)."""

    def words(lines: Mapping[str, Line]) -> str:
        first = _between("thu nhập", rule.over, rule.up_to, lines, area_type)
        return ", ".join(filter(None, (first, _deprivations(rule))))

    return by_years(standard, standard.lines, words)


def by_years(standard: Standard, lines: tuple[Line, ...], words: Callable[[Mapping[str, Line]], str]) -> str:
    """``words`` of the lines by code; where amounts change from year to year each with its years: "… (năm 2021–2024)"."""
    years = sorted({year for one in standard.applications for year in range(one.first, one.last + 1)})
    found = [(text, list(span)) for text, span in groupby(years, lambda year: words(in_year(lines, year)))]
    if len(found) == 1:
        return found[0][0]
    return ", ".join(f"{text} (năm {_span(span)})" for text, span in found)


def _span(years: list[int]) -> str:
    return str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"


def _deprivations(rule: IncomeRule) -> str:
    if rule.deprivations_from is not None:
        return f"thiếu hụt từ {rule.deprivations_from} chỉ số"
    return "" if rule.deprivations_below is None else f"thiếu hụt dưới {rule.deprivations_below} chỉ số"


def _between(name: str, over: str | None, up_to: str | None, lines: Mapping[str, Line], area_type: AreaType) -> str:
    amounts = {code: format_number(line.of(area_type)) for code, line in lines.items()}
    if over and up_to:
        return f"{amounts[over]} < {name} ≤ {amounts[up_to]}"
    if over:
        return f"{name} > {amounts[over]}"
    return f"{name} ≤ {amounts[up_to]}" if up_to else ""


def _b2(rule: ScoreRule) -> str:
    if rule.b2_from is not None and rule.b2_below is not None:
        return f"{rule.b2_from} ≤ B2 < {rule.b2_below}"
    if rule.b2_from is not None:
        return f"B2 ≥ {rule.b2_from}"
    return f"B2 < {rule.b2_below}" if rule.b2_below is not None else ""
