from collections.abc import Iterator

from households.criteria.law.parts import Rule, Standard
from households.criteria.law.places import Path


def halves_agree(standard: Standard) -> Iterator[tuple[Path, str]]:
    """The count of indicators in one half is the points of B2 in the other; and no count is out of reach."""
    points = {indicator.points for indicator in standard.indicators}
    for number, rule in enumerate(standard.rules):
        if len(points) == 1:
            yield from _disagreeing(("rules", number, "scores"), rule, min(points))
        elif points and rule.scores and rule.income and (rule.scores.b2_from or rule.scores.b2_below):
            yield (
                ("rules", number, "scores"),
                "các chỉ số không cùng số điểm: điểm B2 và số chỉ số thiếu hụt không thể khớp.",
            )
        yield from _out_of_reach(("rules", number), rule, standard)


def _disagreeing(path: Path, rule: Rule, points: int) -> Iterator[tuple[Path, str]]:
    if rule.scores is None or rule.income is None:
        return
    for key, scored, counted in (
        ("b2_from", rule.scores.b2_from, rule.income.deprivations_from),
        ("b2_below", rule.scores.b2_below, rule.income.deprivations_below),
    ):
        if (counted is None) is not (scored is None) or (counted and scored != counted * points):
            right = f"{counted * points} điểm ({counted} chỉ số × {points} điểm)" if counted else "không ghi"
            yield (*path, key), f"không khớp nửa theo thu nhập: phải là {right}."


def _out_of_reach(path: Path, rule: Rule, standard: Standard) -> Iterator[tuple[Path, str]]:
    if not standard.indicators:
        return
    most, total = len(standard.indicators), sum(indicator.points for indicator in standard.indicators)
    if rule.income and (rule.income.deprivations_from or 0) > most:
        yield (*path, "income", "deprivations_from"), f"chuẩn chỉ có {most} chỉ số."
    if rule.scores and (rule.scores.b2_from or 0) > total:
        yield (*path, "scores", "b2_from"), f"tổng điểm B2 cao nhất là {total}."
