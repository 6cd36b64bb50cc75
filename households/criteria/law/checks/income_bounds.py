from collections.abc import Iterator
from itertools import product

from households.criteria.law.parts import AreaType, IncomeSurvey, Standard
from households.criteria.law.places import Path
from households.criteria.law.wording import offer


def income_bounds(standard: Standard) -> Iterator[tuple[Path, str]]:
    """Phụ lục VIII compares with income lines of the same document."""
    survey = standard.income_survey
    if survey is None:
        return
    if not survey.sources:
        yield ("income_survey",), "thiếu “sources”: phiếu chưa có nguồn thu nhập nào."
    known = list(dict.fromkeys(line.code for line in standard.lines))
    for key in ("average_over", "average_up_to", "worker_up_to"):
        code = getattr(survey, key)
        if code is not None and code not in known:
            yield ("income_survey", key), f"không có mức “{code}” trong lines; {offer(code, known)}"
    if (survey.average_over is None) is not (survey.average_up_to is None):
        yield ("income_survey",), "“average_over” và “average_up_to” đi cùng nhau."
    elif survey.average_over in known and survey.average_up_to in known:
        yield from _upside_down(standard, survey)


def _upside_down(standard: Standard, survey: IncomeSurvey) -> Iterator[tuple[Path, str]]:
    below = [line for line in standard.lines if line.code == survey.average_over]
    above = [line for line in standard.lines if line.code == survey.average_up_to]
    for area in AreaType:
        if any(low.of(area) >= high.of(area) for low, high in product(below, above)):
            yield ("income_survey", "average_up_to"), "mức trên không cao hơn mức dưới (average_over)."
            return
