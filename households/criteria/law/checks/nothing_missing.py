from collections.abc import Iterator

from households.criteria.law.parts import Rule, Standard
from households.criteria.law.places import Path


def nothing_missing(standard: Standard) -> Iterator[tuple[Path, str]]:
    """A draft may wait for its indicators; a standard that counts deprivations may not be used without them."""
    if not standard.lines:
        yield (), "thiếu “lines”: chưa có mức thu nhập nào."
    if not standard.rules:
        yield (), "thiếu “rules”: chưa có quy tắc xếp loại nào."
    if standard.indicators or standard.draft:
        return
    for number, rule in enumerate(standard.rules):
        if _counts(rule):
            yield ("rules", number), "quy tắc đếm chỉ số thiếu hụt nhưng chuẩn chưa có chỉ số nào (indicators)."


def _counts(rule: Rule) -> bool:
    scores, income = rule.scores, rule.income
    return bool(
        (scores and (scores.b2_from or scores.b2_below))
        or (income and (income.deprivations_from or income.deprivations_below))
    )
