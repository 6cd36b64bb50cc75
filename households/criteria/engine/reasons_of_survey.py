"""Reasons from Phụ lục VIII: farming households of average living standard, low-income workers."""

from collections.abc import Iterator

from households.criteria.engine.answers import Answers
from households.criteria.engine.bounds import MONTHS
from households.criteria.engine.deciding import NOT_POOR, Decision
from households.criteria.engine.forms import SCORES
from households.criteria.engine.income import ReadySurvey, annual_words
from households.criteria.engine.ready import Ready
from households.criteria.engine.result import Reason
from households.criteria.engine.words import articles, lowered, money
from povertyportal.vietnamese import format_number

FARMING = "hộ làm nông nghiệp, lâm nghiệp, ngư nghiệp, diêm nghiệp có mức sống trung bình"


def survey_reasons(ready: Ready, answers: Answers, decision: Decision) -> Iterator[Reason]:
    survey = ready.survey
    if survey is None or answers.annual is None:
        return
    if decision.way == SCORES and decision.verdict.possible == NOT_POOR and survey.average_up_to is not None:
        yield _average(survey, answers, decision)
    if survey.worker_up_to is not None:
        yield _worker(survey, answers, decision)


def _average(survey: ReadySurvey, answers: Answers, decision: Decision) -> Reason:
    low, high = ((bound or 0) // MONTHS for bound in (survey.average_over, survey.average_up_to))
    bounds = f"trên {money(low)}, không quá {money(high)}/người/tháng"
    verdicts = {True: "Thuộc", False: "Không thuộc", None: "Chưa kết luận được"}
    answer = _answer(survey, answers, decision)
    text = f"{verdicts[decision.average]} {FARMING}: {answer}; mức quy định {bounds}."
    size = len(answers.members)
    comparison = _between(decision.total, (survey.average_over or 0) * size, (survey.average_up_to or 0) * size)
    return Reason("average_survey", answer, comparison, articles(survey.survey.provenance), text)


def _not_enough(survey: ReadySurvey) -> str:
    return f"chưa đủ các nguồn thu nhập của {survey.survey.called}"


def _answer(survey: ReadySurvey, answers: Answers, decision: Decision) -> str:
    farming = {
        True: "hộ làm nông nghiệp",
        False: "hộ không làm nông nghiệp",
        None: "chưa rõ hộ có làm nông nghiệp không",
    }
    total, size = decision.total, len(answers.members)
    income = _not_enough(survey) if total is None else lowered(annual_words(total, size))
    return f"{farming[answers.household['farming']]}, {income}"


def _between(total: int | None, low: int, high: int) -> str:
    if total is None:
        return ""
    amount, below, above = format_number(total), format_number(low), format_number(high)
    if total <= low:
        return f"{amount} ≤ {below}"
    return f"{below} < {amount} ≤ {above}" if total <= high else f"{above} < {amount}"


def _worker(survey: ReadySurvey, answers: Answers, decision: Decision) -> Reason:
    cited = articles(survey.survey.worker_provenance or survey.survey.provenance)
    total, size, bound = decision.total, len(answers.members), survey.worker_up_to or 0
    if total is None:
        why = _not_enough(survey)
        text = f"Chưa xét được người lao động có thu nhập thấp: {why}."
        return Reason("low_income_worker", why, "", cited, text)
    answer, low = annual_words(total, size), survey.is_low(total, size)
    comparison = f"{format_number(total)} {'≤' if low else '>'} {format_number(bound * size)}"
    text = f"{_worker_words(decision, bool(low))} {answer}; mức quy định {money(bound // MONTHS)}/người/tháng."
    return Reason("low_income_worker", answer, comparison, cited, text)


def _worker_words(decision: Decision, low: bool) -> str:
    if decision.low_income_worker:
        return "Người lao động trong hộ thuộc diện có thu nhập thấp: hộ không nghèo, không cận nghèo."
    if not low:
        return "Người lao động trong hộ không thuộc diện có thu nhập thấp."
    if decision.low_income_worker is False:
        return "Không xét diện người lao động có thu nhập thấp vì hộ đã là hộ nghèo hoặc hộ cận nghèo."
    return "Chưa xét được diện người lao động có thu nhập thấp vì chưa xếp loại được hộ."
