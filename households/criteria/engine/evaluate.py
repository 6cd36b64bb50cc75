"""Tests of the law made ready for many households: each becomes a function from members and answers to True, False or None.

A member is a dictionary of all member fields (None: not answered) and of "band", the bands of the calendar in which the
birth may lie. What alternatives say of one combination of answers is worked out once and kept: there are few of them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import itemgetter
from typing import Any

from households.criteria.engine.ages import Calendar, asks_birth
from households.criteria.engine.logic import Truth, agreed, all_of, any_of, at_least
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

BAND, BIRTH = "band", "birth_date"
Member = dict[str, Any]
Answered = Mapping[str, Any]
Check = Callable[[list[Member], Answered], Truth]
HOUSE = 1_000  # in the place of a member's number: the household, after all members
Place = tuple[int, str]  # number of the member or HOUSE; field
Waits = Callable[[list[Member], Answered], list[Place]]


class Fitting(dict[Any, Truth]):
    """Whether a member fits one of the alternatives, by the band of birth and the answers that they read."""

    def __init__(self, who: Who, calendar: Calendar) -> None:
        super().__init__()
        self.who, self.calendar = who, calendar
        self.fields = sorted({one.field for alternative in who for one in alternative if not asks_birth(one)})
        self.key = itemgetter(BAND, *self.fields)
        self._open: dict[Any, tuple[str, ...]] = {}

    def __missing__(self, key: Any) -> Truth:
        bands, *answers = key if self.fields else (key,)
        answered = dict(zip(self.fields, answers, strict=True))
        truth = agreed(self.by_band(bands, answered))
        self[key] = truth
        return truth

    def by_band(self, bands: int, answered: Answered) -> list[Truth]:
        """One truth for each band in which the birth may lie."""
        return [any_of(self.alternatives(band, answered)) for band in self.calendar.spread(bands)]

    def alternatives(self, band: int, answered: Answered) -> list[Truth]:
        return [all_of(self.condition(one, band, answered) for one in alternative) for alternative in self.who]

    def condition(self, condition: Condition, band: int, answered: Answered) -> Truth:
        if asks_birth(condition):
            return self.calendar.holds(condition, band)
        return holds(condition, answered[condition.field])

    def of(self, members: Iterable[Member]) -> list[Truth]:
        key = self.key
        return [self[key(member)] for member in members]

    def open_fields(self, member: Member) -> tuple[str, ...]:
        """What keeps the member from being settled: fields not answered, BIRTH where the day of birth matters."""
        key = self.key(member)
        found = self._open.get(key)
        if found is None:
            found = self._open[key] = tuple(dict.fromkeys(self._open_fields(member)))
        return found

    def _open_fields(self, member: Member) -> Iterator[str]:
        cases = self.by_band(member[BAND], member)
        if agreed(cases) is not None:
            return
        if len(set(cases)) > 1:
            yield BIRTH
        for band, case in zip(self.calendar.spread(member[BAND]), cases, strict=True):
            if case is None:
                yield from self._unanswered(band, member)

    def _unanswered(self, band: int, member: Member) -> Iterator[str]:
        for alternative in self.who:
            if all_of(self.condition(one, band, member) for one in alternative) is None:
                yield from (one.field for one in alternative if not asks_birth(one) and member[one.field] is None)


def holds(condition: Condition, answer: Any) -> Truth:
    if answer is None:
        return None
    if condition.none_of is not None:
        return condition.none_of.isdisjoint(answer)
    accepted = condition.accepted or frozenset()
    if isinstance(answer, frozenset):
        return not accepted.isdisjoint(answer)
    return answer in accepted


class Tests:
    """Tests of one standard on one day; who fits the same alternatives is worked out once for all that ask it."""

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self._fittings: dict[Who, Fitting] = {}

    def fitting(self, who: Who) -> Fitting:
        return self._fittings.setdefault(who, Fitting(who, self.calendar))

    def check(self, test: Test) -> Check:
        match test:
            case MemberTest():
                return _member_check(test.at_least, self.fitting(test.who))
            case ShareTest():
                return _share_check(test, self.fitting(test.who))
            case PerPersonTest():
                return _per_person_check(test)
            case AnswerTest():
                return _answer_check(test.condition)
            case SizeTest():
                return lambda members, answered: size_fits(test, len(members))
            case SeveralTest():
                return _several_check(test.at_least, [self.check(part) for part in test.parts])

    def waits(self, test: Test) -> Waits:
        """For the answers without which an unsettled test cannot be settled."""
        match test:
            case MemberTest() | ShareTest():
                return self.waits_for_members(test.who)
            case PerPersonTest():
                return _waits_for_answer(test.field)
            case AnswerTest():
                return _waits_for_answer(test.condition.field)
            case SeveralTest():
                parts = [self.waits(part) for part in test.parts]
                return lambda members, answered: [place for part in parts for place in part(members, answered)]
            case SizeTest():
                return lambda members, answered: []

    def waits_for_members(self, who: Who) -> Waits:
        fitting = self.fitting(who)
        return lambda members, answered: [
            (index, field) for index, member in enumerate(members) for field in fitting.open_fields(member)
        ]


def _waits_for_answer(field: str) -> Waits:
    return lambda members, answered: [(HOUSE, field)] if answered[field] is None else []


def _member_check(bound: int, fitting: Fitting) -> Check:
    key = fitting.key

    def one_fits(members: list[Member], answered: Answered) -> Truth:
        found: Truth = False
        for member in members:
            truth = fitting[key(member)]
            if truth:
                return True
            if truth is None:
                found = None
        return found

    return one_fits if bound == 1 else lambda members, answered: at_least(bound, fitting.of(members))


def _share_check(test: ShareTest, fitting: Fitting) -> Check:
    def share_fits(members: list[Member], answered: Answered) -> Truth:
        truths = fitting.of(members)
        sure, opened = truths.count(True), truths.count(None)
        if share_reached(test, sure, len(truths)):
            return True
        return None if opened and share_reached(test, sure + opened, len(truths)) else False

    return share_fits


def share_reached(test: ShareTest, part: int, whole: int) -> bool:
    return part * 100 > test.percent * whole if test.strict else part * 100 >= test.percent * whole


def _per_person_check(test: PerPersonTest) -> Check:
    field, bound, strict = test.field, test.bound, test.strict

    def little(members: list[Member], answered: Answered) -> Truth:
        amount = answered[field]
        if amount is None:
            return None
        limit = bound * len(members)
        return bool(amount < limit) if strict else bool(amount <= limit)

    return little


def _answer_check(condition: Condition) -> Check:
    field = condition.field
    return lambda members, answered: holds(condition, answered[field])


def size_fits(test: SizeTest, size: int) -> bool:
    return (test.low is None or size >= test.low) and (test.high is None or size < test.high)


def _several_check(bound: int, parts: list[Check]) -> Check:
    return lambda members, answered: at_least(bound, [part(members, answered) for part in parts])


def conditions(tests: Iterable[Test]) -> Iterator[Condition]:
    """All conditions of the tests, whatever they are part of."""
    for test in tests:
        match test:
            case SeveralTest():
                yield from conditions(test.parts)
            case MemberTest() | ShareTest():
                yield from who_conditions(test.who)
            case AnswerTest():
                yield test.condition
            case _:
                pass


def who_conditions(who: Who) -> Iterator[Condition]:
    for alternative in who:
        yield from alternative
