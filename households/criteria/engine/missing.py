"""Which answers a household still owes: only those that something unsettled needs."""

from collections.abc import Iterator, Mapping

from households.criteria.engine.answers import Answers
from households.criteria.engine.deciding import Decision
from households.criteria.engine.evaluate import BIRTH, HOUSE, Place
from households.criteria.engine.fields import HOUSEHOLD, MEMBER
from households.criteria.engine.forms import INCOME, SCORES, SURVEY, TITLES
from households.criteria.engine.ready import Ready
from households.criteria.engine.result import Missing
from households.criteria.engine.scoring import ReadyGroup
from households.criteria.engine.words import lacking, lowered, member_words

ORDER = {name: place for place, name in enumerate([*MEMBER, *HOUSEHOLD])}
FULL_BIRTH = "ngày sinh đầy đủ (ngày, tháng, năm)"


def missing_answers(ready: Ready, answers: Answers, decision: Decision) -> tuple[Missing, ...]:
    found: list[Missing] = []
    if decision.gate is None and answers.items is not None:
        found += _of_sheet_a(answers.items)
    if answers.form == SURVEY:
        open_groups = _open_groups(ready, answers, decision)
        found += _of_roster(ready, answers, decision, open_groups)
        found += _of_total(ready, decision)
        found += _of_b1(ready, answers, decision, open_groups)
        found += _of_income(ready, answers, decision)
    return tuple(found)


def _of_sheet_a(items: Mapping[str, bool | None]) -> Iterator[Missing]:
    for code, answer in items.items():
        if answer is None:
            yield Missing(f"household.a.{code}", f"Phiếu A: tiêu chí {code}")


def _open_groups(ready: Ready, answers: Answers, decision: Decision) -> list[ReadyGroup]:
    """Of the table of B1, where it decides."""
    if decision.way != SCORES or ready.table is None or answers.b1 is not None:
        return []
    ranges = decision.b1_by_group
    return [one for one in ready.table.groups if ranges[one.group.code][0] != ranges[one.group.code][1]]


def _of_roster(ready: Ready, answers: Answers, decision: Decision, groups: list[ReadyGroup]) -> list[Missing]:
    """What indicators and boxes of B1 wait for, among members and in the household."""
    if not decision.open_points and not groups:
        return []
    waits = [one.waits for one in ready.indicators if decision.indicators[one.code] is None]
    waits += [one.waits for one in groups]
    return _in_order({place for one in waits for place in one(answers.members, answers.household)}, answers)


def _in_order(places: set[Place], answers: Answers) -> list[Missing]:
    """Member by member, then the household, each as the paper asks."""
    ordered = sorted((index, ORDER[name], name) for index, name in places)
    called = {index: member_words(index, answers.members[index]["name"]) for index, _ in places if index != HOUSE}
    return [
        Missing(f"household.{name}", HOUSEHOLD[name].title)
        if index == HOUSE
        else Missing(f"members[{index}].{name}", f"{called[index]}: {TITLES_OF_MEMBER[name]}")
        for index, _, name in ordered
    ]


TITLES_OF_MEMBER = {name: lowered(one.title) for name, one in MEMBER.items()} | {BIRTH: FULL_BIRTH}


def _of_total(ready: Ready, decision: Decision) -> Iterator[Missing]:
    """Points of groups that the table lacks, where they could still change anything."""
    if ready.table is not None and decision.least_only and len(decision.verdict.outcomes) > 1:
        yield Missing("b1", f"{TITLES['b1']}: {lacking(ready.table.table)}")


def _of_b1(ready: Ready, answers: Answers, decision: Decision, groups: list[ReadyGroup]) -> Iterator[Missing]:
    if decision.way == SCORES and ready.table is None and answers.b1 is None:
        yield Missing("b1", TITLES["b1"])
    for one in groups:
        if not one.group.derived and (answers.ticks or {}).get(one.group.code) is None:
            yield Missing(f"household.b1.{one.group.code}", f"Phiếu B1: {lowered(one.group.name)}")


def _of_income(ready: Ready, answers: Answers, decision: Decision) -> Iterator[Missing]:
    if decision.way == INCOME and answers.income_month is None and answers.annual is None:
        yield Missing("income_month", f"{TITLES['income_month']} (đồng)")
    if decision.klass is None and decision.deprivations is None and _counts(ready, decision):
        yield Missing("deprivations", "Số chỉ số thiếu hụt: tài liệu của chuẩn chưa có danh sách chỉ số")
    if answers.annual is not None:
        yield from _of_income_survey(ready, answers, decision)


def _counts(ready: Ready, decision: Decision) -> bool:
    """Whether the rules look at deprivations at all."""
    ladder = ready.by_scores if decision.way == SCORES else ready.by_income
    return ladder is not None and len(ladder.all_counts()) > 1


def _of_income_survey(ready: Ready, answers: Answers, decision: Decision) -> Iterator[Missing]:
    survey = ready.survey
    worker_open = survey is not None and survey.worker_up_to is not None and decision.low_income_worker is None
    if survey is None or not (decision.klass is None or worker_open):
        return
    if decision.average is None and answers.household["farming"] is None:
        yield Missing("household.farming", HOUSEHOLD["farming"].title)
    for source in survey.survey.sources:
        if answers.annual and answers.annual[source.code] is None:
            yield Missing(f"household.annual_income.{source.code}", f"{survey.survey.called}: {lowered(source.name)}")
