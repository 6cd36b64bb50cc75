"""Conditions of the classification rules as short expressions for a form: "120 < B1 ≤ 150, B2 ≥ 30". Plain Python."""

from collections.abc import Iterable

from households.criteria.law.parts import AreaType, IncomeRule, Line, Rule, ScoreRule, Standard, Sureness
from povertyportal.vietnamese import format_number

AREA_NAMES = {AreaType.RURAL: "nông thôn", AreaType.URBAN: "thành thị"}


def decides_by_scores(rule: Rule) -> bool:
    """A half that is unsure never gives a class, so a form does not print it."""
    return rule.scores is not None and rule.scores.provenance.confidence is not Sureness.UNSURE


def score_words(standard: Standard, rule: ScoreRule, area_type: AreaType) -> str:
    first = _between("B1", rule.over, rule.up_to, standard.score_lines, area_type)
    return ", ".join(filter(None, (first, _b2(rule))))


def income_words(standard: Standard, rule: IncomeRule, area_type: AreaType) -> str:
    """In đồng per person and month (or year, as the line says)."""
    first = _between("thu nhập", rule.over, rule.up_to, standard.lines, area_type)
    if rule.deprivations_from is not None:
        return f"{first}, thiếu hụt từ {rule.deprivations_from} chỉ số"
    if rule.deprivations_below is not None:
        return f"{first}, thiếu hụt dưới {rule.deprivations_below} chỉ số"
    return first


def _between(name: str, over: str | None, up_to: str | None, lines: Iterable[Line], area_type: AreaType) -> str:
    amounts = {line.code: format_number(line.of(area_type)) for line in lines}
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
