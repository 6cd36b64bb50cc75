"""Which answers a household still owes: only those that something unsettled needs."""

from collections.abc import Iterator

from households.criteria.engine.answers import Answers
from households.criteria.engine.deciding import Decision
from households.criteria.engine.evaluate import BIRTH, holds, open_fields
from households.criteria.engine.fields import HOUSEHOLD, MEMBER
from households.criteria.engine.forms import INCOME, SCORES, SURVEY, TITLES
from households.criteria.engine.ready import Ready
from households.criteria.engine.result import Missing
from households.criteria.engine.words import member_words
from households.criteria.law.parts import (
    AnswerTest,
    Class,
    MemberTest,
    PerPersonTest,
    SeveralTest,
    ShareTest,
    Test,
    Who,
)

Place = tuple[int, str]  # number of the member, or HOUSE; field
HOUSE = 1_000  # after the members
ORDER = {name: place for place, name in enumerate([*MEMBER, *HOUSEHOLD])}


def missing_answers(ready: Ready, answers: Answers, decision: Decision) -> tuple[Missing, ...]:
    found: list[Missing] = []
    if decision.gate is None and decision.a is not None:
        found += _of_sheet_a(ready, answers)
    if decision.open_points:
        found += _of_indicators(ready, answers, decision)
    if answers.form == SURVEY:
        found += _of_class(ready, answers, decision)
    return tuple(found)


def _of_sheet_a(ready: Ready, answers: Answers) -> Iterator[Missing]:
    sheet = ready.standard.sheet_a
    for item in sheet.items if sheet and answers.items else ():
        if answers.items and answers.items[item.code] is None:
            yield Missing(f"household.a.{item.code}", f"Phiếu A, tiêu chí {item.code}")


def _of_indicators(ready: Ready, answers: Answers, decision: Decision) -> list[Missing]:
    places = {
        place
        for one in ready.indicators
        if decision.indicators[one.code] is None
        for place in open_places(one.indicator.test, ready, answers)
    }
    return [_named(place, answers) for place in sorted(places, key=lambda place: (place[0], ORDER[place[1]]))]


def open_places(test: Test, ready: Ready, answers: Answers) -> Iterator[Place]:
    """Answers not given that the test waits for."""
    match test:
        case MemberTest() | ShareTest():
            yield from _open_members(test.who, ready, answers)
        case PerPersonTest():
            if answers.household[test.field] is None:
                yield HOUSE, test.field
        case AnswerTest():
            if holds(test.condition, answers.household[test.condition.field]) is None:
                yield HOUSE, test.condition.field
        case SeveralTest():
            for part in test.parts:
                yield from open_places(part, ready, answers)
        case _:
            pass


def _open_members(who: Who, ready: Ready, answers: Answers) -> Iterator[Place]:
    for index, member in enumerate(answers.members):
        for name in open_fields(who, ready.calendar, member):
            yield index, name


def _named(place: Place, answers: Answers) -> Missing:
    index, name = place
    if index == HOUSE:
        return Missing(f"household.{name}", HOUSEHOLD[name].title)
    words = member_words(index, answers.members[index]["name"])
    title = "ngày sinh đầy đủ (ngày, tháng, năm)" if name == BIRTH else MEMBER[name].title.lower()
    return Missing(f"members[{index}].{name}", f"{words}: {title}")


def _of_class(ready: Ready, answers: Answers, decision: Decision) -> Iterator[Missing]:
    """Points of B1, income and the sheet of Phụ lục VIII."""
    if decision.way == SCORES:
        yield from _of_b1(ready, answers, decision)
    elif answers.income_month is None and answers.annual is None:
        yield Missing("income_month", f"{TITLES['income_month']} (đồng)")
    if decision.klass is None and decision.deprivations is None:
        yield Missing("deprivations", "Số chỉ số thiếu hụt: tài liệu của chuẩn chưa có danh sách chỉ số")
    if answers.annual is not None:
        yield from _of_income_survey(ready, answers, decision)


def _of_b1(ready: Ready, answers: Answers, decision: Decision) -> Iterator[Missing]:
    if answers.ticks is None or ready.table is None:
        if answers.b1 is None:
            yield Missing("b1", "Tổng điểm B1")
        return
    for one in ready.table.groups:
        low, high = decision.b1_by_group.get(one.group.code, (0, 0))
        if low == high:
            continue
        if not one.group.derived and answers.ticks[one.group.code] is None:
            yield Missing(f"household.b1.{one.group.code}", f"Phiếu B1: {one.group.name}")
        places = {
            place
            for ready_one in one.options
            if ready_one.option.when
            for place in open_places(ready_one.option.when, ready, answers)
        }
        if one.zero_if_all:
            places |= set(_open_members(one.zero_if_all.who, ready, answers))
        for place in sorted(places, key=lambda place: (place[0], ORDER[place[1]])):
            yield _named(place, answers)


def _of_income_survey(ready: Ready, answers: Answers, decision: Decision) -> Iterator[Missing]:
    survey = ready.survey
    worker_open = survey is not None and survey.worker_up_to is not None and decision.low_income_worker is None
    if survey is None or not (decision.klass is None or worker_open):
        return
    if decision.average is None and answers.household["farming"] is None:
        yield Missing("household.farming", HOUSEHOLD["farming"].title)
    for source in survey.survey.sources:
        if answers.annual and answers.annual[source.code] is None:
            yield Missing(f"household.annual_income.{source.code}", f"Phụ lục VIII: {source.name.lower()}")
