"""Why a household has its class: one reason a line, each with the answer, the comparison, the article and a sentence."""

from collections.abc import Iterator

from households.criteria.engine.answers import Answers
from households.criteria.engine.deciding import Decision
from households.criteria.engine.evidence import evidence
from households.criteria.engine.forms import SCORES
from households.criteria.engine.ready import Ready
from households.criteria.engine.reasons_of_class import count_reason, reason_of_class
from households.criteria.engine.reasons_of_money import b1_reasons, income_reason, unused_income
from households.criteria.engine.reasons_of_survey import survey_reasons
from households.criteria.engine.result import Reason
from households.criteria.engine.scoring import STOP, SURVEY
from households.criteria.engine.words import article
from households.criteria.law.parts import Indicator

VERDICTS = {True: "Thiếu hụt", False: "Không thiếu hụt", None: "Chưa kết luận được"}


def reasons_of(ready: Ready, answers: Answers, decision: Decision) -> tuple[Reason, ...]:
    return tuple(_reasons(ready, answers, decision))


def _reasons(ready: Ready, answers: Answers, decision: Decision) -> Iterator[Reason]:
    yield from _sheet_a(ready, decision)
    if decision.way == SCORES:
        yield from b1_reasons(ready, answers, decision)
        yield from unused_income(answers)
    else:
        yield income_reason(ready, answers, decision)
    if answers.members:
        yield from (_indicator(one.indicator, ready, answers) for one in ready.indicators)
    yield from count_reason(ready, answers, decision)
    yield reason_of_class(ready, answers, decision)
    yield from survey_reasons(ready, answers, decision)


def _sheet_a(ready: Ready, decision: Decision) -> Iterator[Reason]:
    sheet = ready.standard.sheet_a
    if sheet is None or decision.a is None:
        return
    least, most = decision.a
    opened = f", {most - least} tiêu chí chưa trả lời" if most > least else ""
    answer = f"{least} trong {len(sheet.items)} tiêu chí có{opened}"
    comparisons = {SURVEY: f"{most} < {sheet.stop_at}", STOP: f"{least} ≥ {sheet.stop_at}", None: ""}
    meanings = {
        SURVEY: f"ít hơn {sheet.stop_at} nên hộ được đưa vào danh sách rà soát bằng Phiếu B",
        STOP: f"từ {sheet.stop_at} trở lên nên hộ không phải rà soát bằng Phiếu B",
        None: "nên chưa biết có phải rà soát bằng Phiếu B hay không",
    }
    text = f"Phiếu A: {answer}, {meanings[decision.gate]}."
    yield Reason("sheet_a", answer, comparisons[decision.gate], article(sheet.provenance), text)


def _indicator(one: Indicator, ready: Ready, answers: Answers) -> Reason:
    seen = evidence(one.test, ready, answers)
    text = f"{VERDICTS[seen.truth]} “{one.name}”: {seen.because}."
    return Reason(f"indicator.{one.code}", seen.answer, seen.comparison, article(one.provenance), text)
