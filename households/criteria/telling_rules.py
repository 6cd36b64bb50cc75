"""Rules and lines of a standard in words, with their bounds in numbers. Plain Python."""

from collections.abc import Iterator, Sequence

from households.criteria.law.parts import IncomeRule, Line, Rule, ScoreRule, Standard
from povertyportal.vietnamese import format_number

UNITS = {"month": "đồng/người/tháng", "year": "đồng/người/năm", "points": "điểm"}


def amounts(line: Line) -> str:
    """ "1.500.000 (nông thôn), 2.000.000 (thành thị)", or one number where both are the same."""
    if line.rural == line.urban:
        return format_number(line.rural)
    return f"{format_number(line.rural)} (nông thôn), {format_number(line.urban)} (thành thị)"


def bound(code: str, lines: Sequence[Line]) -> str:
    """All values that the line has in the standard's years."""
    found = [f"{amounts(one)}{_years(one)}" for one in lines if one.code == code]
    return "; ".join(found) or f"mức “{code}”"


def _years(line: Line) -> str:
    if line.first is None and line.last is None:
        return ""
    if line.first == line.last:
        return f" năm {line.first}"
    return f" năm {line.first or '…'}–{line.last or '…'}"


def by_scores(rule: Rule, standard: Standard) -> str:
    """Empty where the rule has no half by scores."""
    return _sentence(_score_parts(rule.scores, standard)) if rule.scores else ""


def by_income(rule: Rule, standard: Standard) -> str:
    return _sentence(_income_parts(rule.income, standard)) if rule.income else ""


def _score_parts(half: ScoreRule, standard: Standard) -> Iterator[str]:
    if half.over:
        yield f"B1 trên {bound(half.over, standard.score_lines)} điểm"
    if half.up_to:
        yield f"B1 từ {bound(half.up_to, standard.score_lines)} điểm trở xuống"
    if half.b2_from is not None:
        yield f"B2 từ {half.b2_from} điểm trở lên"
    if half.b2_below is not None:
        yield f"B2 dưới {half.b2_below} điểm"


def _income_parts(half: IncomeRule, standard: Standard) -> Iterator[str]:
    unit = next((UNITS[line.unit] for line in standard.lines if line.code in (half.over, half.up_to)), "đồng")
    if half.over:
        yield f"thu nhập trên {bound(half.over, standard.lines)} {unit}"
    if half.up_to:
        yield f"thu nhập từ {bound(half.up_to, standard.lines)} {unit} trở xuống"
    if half.deprivations_from is not None:
        yield f"thiếu hụt từ {half.deprivations_from} chỉ số trở lên"
    if half.deprivations_below is not None:
        yield f"thiếu hụt dưới {half.deprivations_below} chỉ số"


def _sentence(parts: Iterator[str]) -> str:
    text = "; ".join(parts) or "mọi hộ còn lại"
    return text[:1].upper() + text[1:]
