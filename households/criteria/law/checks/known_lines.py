from collections.abc import Iterator

from households.criteria.law.parts import IncomeRule, Line, ScoreRule, Standard
from households.criteria.law.places import Path
from households.criteria.law.wording import offer


def known_lines(standard: Standard) -> Iterator[tuple[Path, str]]:
    for number, rule in enumerate(standard.rules):
        yield from _unknown(("rules", number, "scores"), rule.scores, standard.score_lines, "score_lines")
        yield from _unknown(("rules", number, "income"), rule.income, standard.lines, "lines")


def _unknown(
    path: Path, half: ScoreRule | IncomeRule | None, lines: tuple[Line, ...], section: str
) -> Iterator[tuple[Path, str]]:
    known = list(dict.fromkeys(line.code for line in lines))
    for key, code in (("over", half.over), ("up_to", half.up_to)) if half else ():
        if code is not None and code not in known:
            yield (*path, key), f"không có mức “{code}” trong {section}; {offer(code, known)}"
