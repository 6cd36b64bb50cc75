from collections.abc import Iterator

from households.criteria.law.parts import Class, IncomeRule, Line, ScoreRule, Standard, Sureness
from households.criteria.law.places import Path

POVERTY = (Class.POOR, Class.NEAR_POOR)


def unsure_decides(standard: Standard) -> Iterator[tuple[Path, str]]:
    """Nobody becomes or ceases to be poor by a bound that is not sure."""
    for number, rule in enumerate(standard.rules):
        for key, half, lines in (
            ("scores", rule.scores, standard.score_lines),
            ("income", rule.income, standard.lines),
        ):
            if half is None:
                continue
            path = ("rules", number, key)
            if half.provenance.confidence is Sureness.UNSURE:
                if rule.result in POVERTY:
                    yield path, "quy tắc “unsure” (chưa chắc chắn) không được xếp hộ nghèo hay hộ cận nghèo."
            else:
                yield from _unsure_lines(path, half, lines)


def _unsure_lines(path: Path, half: ScoreRule | IncomeRule, lines: tuple[Line, ...]) -> Iterator[tuple[Path, str]]:
    unsure = {line.code for line in lines if line.provenance.confidence is Sureness.UNSURE}
    for key, code in (("over", half.over), ("up_to", half.up_to)):
        if code in unsure:
            yield (
                (*path, key),
                f"mức “{code}” là “unsure” (chưa chắc chắn): quy tắc dùng mức này cũng phải ghi confidence = “unsure”.",
            )
