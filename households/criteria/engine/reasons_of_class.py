"""Reasons about the sum of deprivations and the class."""

from collections.abc import Iterable, Iterator

from households.criteria.engine.answers import Answers
from households.criteria.engine.bounds import MONTHS
from households.criteria.engine.classifying import Outcome
from households.criteria.engine.deciding import Decision
from households.criteria.engine.forms import SCORES
from households.criteria.engine.income import per_month
from households.criteria.engine.logic import Truth
from households.criteria.engine.ready import Ready
from households.criteria.engine.reasons_of_money import income_figure
from households.criteria.engine.result import Reason
from households.criteria.engine.words import CLASSES, articles, money, one_of, raised
from households.criteria.law.parts import Class, IncomeRule, Line, Provenance, Rule, ScoreRule, Sureness
from povertyportal.vietnamese import format_number

UNSURE = "chưa chắc chắn theo văn bản nên chưa dùng để xếp loại."


def count_reason(ready: Ready, answers: Answers, decision: Decision) -> Iterator[Reason]:
    """Points of B2, or deprivations where income decides."""
    by_scores = decision.way == SCORES
    count = decision.points if by_scores else decision.deprivations
    if count is None:
        return
    name, unit = ("B2", "điểm") if by_scores else ("Thiếu hụt", "chỉ số")
    opened = _names(ready, decision, None)
    answer = f"{'ít nhất ' if opened else ''}{count} {unit}"
    thresholds = _thresholds(ready, by_scores)
    comparison = _against(count, [edge for edge in thresholds if not opened or count >= edge])
    deprived = _names(ready, decision, True)
    more = f" ({', '.join(deprived)})" if deprived else ""
    more += f"; {len(opened)} chỉ số chưa kết luận: {', '.join(opened)}" if opened else ""
    more += "" if thresholds else "; chuẩn này không xét số chỉ số thiếu hụt"
    halves = [rule.scores if by_scores else rule.income for rule in ready.standard.rules]
    cited = articles(*dict.fromkeys(one.provenance for one in halves if one and _counted(one)))
    subject = ("Điểm B2" if opened else "Điểm B2 là") if by_scores else "Số chỉ số thiếu hụt:"
    text = f"{subject} {answer}{more}."
    yield Reason("b2" if by_scores else "deprivations", f"{name}: {answer}", comparison, cited, text)


def _names(ready: Ready, decision: Decision, truth: Truth) -> list[str]:
    """Of the indicators that turned out so."""
    return [one.indicator.name for one in ready.indicators if decision.indicators.get(one.code, False) is truth]


def _counted(half: ScoreRule | IncomeRule) -> bool:
    return _from(half) is not None or _below(half) is not None


def _from(half: ScoreRule | IncomeRule) -> int | None:
    return half.b2_from if isinstance(half, ScoreRule) else half.deprivations_from


def _below(half: ScoreRule | IncomeRule) -> int | None:
    return half.b2_below if isinstance(half, ScoreRule) else half.deprivations_below


def _thresholds(ready: Ready, by_scores: bool) -> list[int]:
    halves = [rule.scores if by_scores else rule.income for rule in ready.standard.rules]
    found = {edge for half in halves if half for edge in (_from(half), _below(half)) if edge is not None}
    return sorted(found)


def _against(count: int, thresholds: list[int]) -> str:
    return "; ".join(f"{count} {'≥' if count >= edge else '<'} {edge}" for edge in thresholds)


def reason_of_class(ready: Ready, answers: Answers, decision: Decision) -> Reason:
    if decision.klass is None:
        return _open(decision)
    if decision.average:
        return _average(ready, answers, decision)
    outcomes = decision.verdict.outcomes
    if len(outcomes) > 1:
        words, cited = CLASSES[decision.klass], articles(*(one for each in outcomes for one in _cited(each, decision)))
        text = f"{raised(words)}: những gì còn thiếu dù thế nào cũng không làm đổi kết quả.{_doubted(outcomes)}"
        return Reason(f"class.{decision.klass}", _figures(ready, answers, decision), "", cited, text)
    return _settled(ready, answers, decision, outcomes[0])


def _open(decision: Decision) -> Reason:
    possible = one_of(CLASSES[one] for one in Class if one in decision.possible)
    why = "tổng điểm B1 mới biết một phần" if decision.least_only else "còn thiếu câu trả lời"
    return Reason("class.open", "chưa đủ câu trả lời", "", "", f"Chưa xếp loại được: {why}; có thể là {possible}.")


def _doubted(outcomes: Iterable[Outcome]) -> str:
    """The cases that would apply, but are not sure: a sentence more, or nothing."""
    names = dict.fromkeys(one.rule.name for one in outcomes if one.unsure and one.rule)
    return f" Trường hợp “{'”, “'.join(names)}” {UNSURE}" if names else ""


def _settled(ready: Ready, answers: Answers, decision: Decision, outcome: Outcome) -> Reason:
    figures, rule = _figures(ready, answers, decision), outcome.rule
    if rule is None:
        return _of_no_rule(ready, decision, figures)
    half = _half(rule, decision)
    asked = _asked(ready, half) if half else ""
    cited = articles(*_cited(outcome, decision))
    if outcome.unsure:
        text = f"Hộ không nghèo: {figures}. Trường hợp “{rule.name}” ({asked}) {UNSURE}"
    else:
        text = f"{rule.name}: {figures}; chuẩn quy định {asked}."
    return Reason(f"class.{rule.code}", figures, asked, cited, text)


def _half(rule: Rule, decision: Decision) -> ScoreRule | IncomeRule | None:
    return rule.scores if decision.way == SCORES else rule.income


def _cited(outcome: Outcome, decision: Decision) -> Iterator[Provenance]:
    """The class in law, and the half of the rule that was used."""
    if outcome.rule is not None:
        halves = (outcome.rule.income, _half(outcome.rule, decision))
        yield from (half.provenance for half in halves if half)


def _of_no_rule(ready: Ready, decision: Decision, figures: str) -> Reason:
    """Above the highest bound of the rules that are sure, as a rule; else simply none of them."""
    halves = [(rule, half) for rule in ready.standard.rules if (half := _half(rule, decision))]
    lines = ready.bounds.score_lines if decision.way == SCORES else ready.bounds.lines
    sure = [(rule, half) for rule, half in halves if half.provenance.confidence is not Sureness.UNSURE]
    tops = [lines[half.up_to] for _, half in sure if half.up_to]
    highest = max(tops, key=lambda line: line.of(ready.area_type), default=None)
    subject = "B1" if decision.way == SCORES else "thu nhập bình quân"
    asked = f"{subject} trên {_line(highest, ready)}" if highest else "không trường hợp nào phù hợp"
    others = one_of(dict.fromkeys(CLASSES[rule.result] for rule, _ in sure))
    text = f"Hộ không nghèo: {figures}; {asked}{f' thì không phải là {others}' if others else ''}."
    return Reason("class.not_poor", figures, asked, articles(*(half.provenance for _, half in sure)), text)


def _figures(ready: Ready, answers: Answers, decision: Decision) -> str:
    """The household's own figures that the rules compare."""
    known = [_b1_figure(ready, decision) if decision.way == SCORES else income_figure(ready, answers, decision)]
    count = decision.points if decision.way == SCORES else decision.deprivations
    least = "ít nhất " if decision.open_points else ""
    if count is not None and (count or not least):
        known.append(
            f"điểm B2 {least or 'là '}{count}" if decision.way == SCORES else f"thiếu hụt {least}{count} chỉ số"
        )
    return ", ".join(filter(None, known)) or "câu trả lời chưa đủ"


def _b1_figure(ready: Ready, decision: Decision) -> str:
    least, most = decision.amounts
    official = " (theo bảng điểm minh họa, không có giá trị chính thức)" if _by_demonstration(ready, decision) else ""
    if decision.least_only:
        return f"điểm B1 ít nhất {least}{official}"
    if most is None:
        return ""
    return f"điểm B1 là {least}{official}" if least == most else f"điểm B1 từ {least} đến {most}{official}"


def _by_demonstration(ready: Ready, decision: Decision) -> bool:
    return bool(ready.table and ready.table.table.demonstration and decision.b1_by_group)


def _asked(ready: Ready, half: ScoreRule | IncomeRule) -> str:
    """ "B1 trên 120, không quá 150 và B2 từ 30 trở lên"."""
    by_scores = isinstance(half, ScoreRule)
    lines = ready.bounds.score_lines if by_scores else ready.bounds.lines
    bounds = [f"trên {_line(lines[half.over], ready)}" if half.over else ""]
    bounds += [f"không quá {_line(lines[half.up_to], ready)}" if half.up_to else ""]
    first = ", ".join(filter(None, bounds))
    name, unit = ("B2", " điểm") if by_scores else ("thiếu hụt", " chỉ số")
    counts = [f"{name} từ {_from(half)}{unit} trở lên" if _from(half) is not None else ""]
    counts += [f"{name} dưới {_below(half)}{unit}" if _below(half) is not None else ""]
    subject = "B1" if by_scores else "thu nhập bình quân"
    return " và ".join(filter(None, [f"{subject} {first}" if first else "", *counts]))


def _line(line: Line, ready: Ready) -> str:
    bound = line.of(ready.area_type)
    if line.unit == "points":
        return f"{format_number(bound)} điểm"
    return f"{money(bound)}/người/{'tháng' if line.unit == 'month' else 'năm'}"


def _average(ready: Ready, answers: Answers, decision: Decision) -> Reason:
    """A farming household that scores find not poor, by Phụ lục VIII."""
    survey, size = ready.survey, len(answers.members)
    if survey is None or decision.total is None or survey.average_up_to is None:
        raise AssertionError("an average class without Phụ lục VIII")
    month = f"{money(per_month(decision.total, size))}/người/tháng"
    low, high = ((bound or 0) // MONTHS for bound in (survey.average_over, survey.average_up_to))
    asked = f"thu nhập bình quân trên {money(low)}, không quá {money(high)}/người/tháng"
    text = (
        "Hộ làm nông nghiệp, lâm nghiệp, ngư nghiệp, diêm nghiệp có mức sống trung bình: "
        f"theo điểm hộ không nghèo, thu nhập bình quân {month}; chuẩn quy định {asked}."
    )
    answer = f"hộ làm nông nghiệp, lâm nghiệp, ngư nghiệp, diêm nghiệp; thu nhập bình quân {month}"
    return Reason("class.average", answer, asked, articles(survey.survey.provenance), text)
