"""What a test saw in a household's answers: the answer, the comparison, and the clause of a sentence that says both."""

from dataclasses import dataclass
from decimal import Decimal
from functools import singledispatch

from households.criteria.engine.answers import Answers
from households.criteria.engine.evaluate import Fitting, holds, share_reached, size_fits
from households.criteria.engine.fields import HOUSEHOLD
from households.criteria.engine.logic import Truth, at_least
from households.criteria.engine.ready import Ready
from households.criteria.engine.words import answer_words, area, lowered, person
from households.criteria.law.parts import (
    AnswerTest,
    Condition,
    MemberTest,
    PerPersonTest,
    SeveralTest,
    ShareTest,
    SizeTest,
    Test,
    Who,
)
from households.criteria.vocabulary import Kind
from povertyportal.vietnamese import format_number


@dataclass(frozen=True, slots=True)
class Evidence:
    truth: Truth
    answer: str
    comparison: str
    because: str


@dataclass(frozen=True, slots=True)
class Seen:
    """Members by what is known of them, in words."""

    fit: list[str]
    unknown: list[str]
    all: int


@singledispatch
def evidence(test: Test, ready: Ready, answers: Answers) -> Evidence:
    raise TypeError(f"no words for {test!r}")


def _seen(who: Who, ready: Ready, answers: Answers) -> Seen:
    truths = Fitting(who, ready.calendar).of(answers.members)
    called = [person(index, one, ready.calendar) for index, one in enumerate(answers.members)]
    by_truth = [(truth, words) for truth, words in zip(truths, called, strict=True)]
    fit = [words for truth, words in by_truth if truth]
    return Seen(fit, [words for truth, words in by_truth if truth is None], len(truths))


def _open_words(seen: Seen) -> str:
    return f"chưa đủ câu trả lời của {', '.join(seen.unknown)}"


@evidence.register
def _(test: MemberTest, ready: Ready, answers: Answers) -> Evidence:
    seen = _seen(test.who, ready, answers)
    count, bound = len(seen.fit), test.at_least
    truth = at_least(bound, [True] * count + [None] * len(seen.unknown))
    answer = f"{count} người {test.phrase}" + (f": {', '.join(seen.fit)}" if seen.fit else "")
    if truth is None:
        return Evidence(None, f"{answer}; {_open_words(seen)}", "", f"{_open_words(seen)}")
    comparison = f"{count} người {'≥' if truth else '<'} {bound} người"
    if truth:
        return Evidence(True, answer, comparison, f"có {answer}")
    only = f"chỉ có {answer}, dưới {bound} người" if count else f"không có người nào được tính là “{test.phrase}”"
    return Evidence(False, answer, comparison, only)


@evidence.register
def _(test: ShareTest, ready: Ready, answers: Answers) -> Evidence:
    seen = _seen(test.who, ready, answers)
    part, whole = len(seen.fit), seen.all
    reached = share_reached(test, part, whole)
    truth = reached or (None if share_reached(test, part + len(seen.unknown), whole) else False)
    names = f": {', '.join(seen.fit)}" if seen.fit else ""
    answer = f"{part} trong {whole} thành viên {test.phrase}{names}"
    if truth is None:
        return Evidence(None, f"{answer}; {_open_words(seen)}", "", _open_words(seen))
    share = f"{format_number(Decimal((part * 20_000 + whole) // (2 * whole)) / 100)}%"  # half up, as reports have it
    signs = (">", "≤") if test.strict else ("≥", "<")
    than = ("nhiều hơn", "không quá") if test.strict else ("từ", "dưới")
    onwards = " trở lên" if truth and not test.strict else ""
    because = (
        f"{part} trong {whole} thành viên ({share}) {test.phrase}, {than[not truth]} {test.percent}%{onwards}{names}"
    )
    return Evidence(truth, answer, f"{share} {signs[not truth]} {test.percent}%", because)


@evidence.register
def _(test: PerPersonTest, ready: Ready, answers: Answers) -> Evidence:
    amount, size, title = answers.household[test.field], len(answers.members), HOUSEHOLD[test.field].title
    plain = lowered(title.removesuffix(" (m²)"))
    if amount is None:
        return Evidence(None, f"{plain}: chưa trả lời", "", f"chưa có câu trả lời về {plain}")
    truth = amount < test.bound * size if test.strict else amount <= test.bound * size
    bound, share = area(test.bound), _share(amount, size, test.bound)
    signs = ("<", "≥") if test.strict else ("≤", ">")
    than = ("nhỏ hơn", "không nhỏ hơn") if test.strict else ("không quá", "lớn hơn")
    answer = f"{area(amount)} cho {size} người"
    because = f"{plain} {area(amount)} cho {size} người, bình quân {share} một người, {than[not truth]} {bound}"
    return Evidence(truth, answer, f"{share.removeprefix('khoảng ')} {signs[not truth]} {bound}", because)


def _share(amount: int, size: int, bound: int) -> str:
    """Cut, never rounded over the bound: "khoảng 7,99 m²" for 7,998 when the bound is 8."""
    down, rest = divmod(amount, size)
    if not rest:
        return area(down)
    return f"khoảng {area(down if amount < bound * size else down + 1)}"


@evidence.register
def _(test: AnswerTest, ready: Ready, answers: Answers) -> Evidence:
    condition, field = test.condition, HOUSEHOLD[test.condition.field]
    given = answers.household[condition.field]
    truth = holds(condition, given)
    words, title = answer_words(field, given), lowered(field.title)
    because = f"“{field.title}”: {words}" if field.kind is Kind.FLAG else f"{title}: “{words}”"
    because = f"chưa có câu trả lời về “{field.title}”" if truth is None else because
    return Evidence(truth, f"{title}: {words}", "" if truth is None else _comparison(condition, truth), because)


def _comparison(condition: Condition, truth: bool) -> str:
    field, counted = HOUSEHOLD[condition.field], condition.none_of or condition.accepted or frozenset()
    if condition.none_of is not None:
        listed = ", ".join(lowered(words) for code, words in field.options.items() if code in counted)
        return f"{'không có thứ nào' if truth else 'có ít nhất một thứ'} trong: {listed}"
    listed = "; ".join(words for code, words in field.options.items() if code in counted)
    listed = listed or ("có" if True in counted else "không")
    return f"{'thuộc' if truth else 'không thuộc'} câu trả lời được tính là thiếu hụt: {listed}"


@evidence.register
def _(test: SizeTest, ready: Ready, answers: Answers) -> Evidence:
    size = len(answers.members)
    low, high = test.low, None if test.high is None else test.high - 1
    bounds = f"{'' if low is None else f'{low} ≤ '}{size}{'' if high is None else f' ≤ {high}'}"
    words = f"hộ có {size} người"
    return Evidence(size_fits(test, size), words, bounds, words)


@evidence.register
def _(test: SeveralTest, ready: Ready, answers: Answers) -> Evidence:
    parts = [evidence(part, ready, answers) for part in test.parts]
    truths = [one.truth for one in parts]
    truth, count = at_least(test.at_least, truths), truths.count(True)
    answer, said = "; ".join(one.answer for one in parts), "; ".join(one.because for one in parts)
    if truth is None:
        return Evidence(None, answer, "", said)
    comparison = f"{count} trong {len(parts)} điều đúng {'≥' if truth else '<'} {test.at_least}"
    needed = f"{count} trong {len(parts)} điều thuộc diện thiếu hụt; từ {test.at_least} điều là thiếu hụt"
    return Evidence(truth, answer, comparison, f"{said} ({needed})")
