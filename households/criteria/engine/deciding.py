"""The decision on one household: every figure and truth that follows from its answers, and the class."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from households.criteria.engine.answers import Answers
from households.criteria.engine.classifying import Ladder, Outcome, Span, a_year
from households.criteria.engine.forms import INCOME, SCORES, possible_sums
from households.criteria.engine.income import total_of
from households.criteria.engine.logic import Truth, all_of
from households.criteria.engine.ready import Ready
from households.criteria.engine.scoring import Range, count_items, gate
from households.criteria.law.parts import Class

POOREST = frozenset({Class.POOR, Class.NEAR_POOR})


@dataclass(slots=True)
class Decision:
    """``way``: by scores or by income. ``points``, ``deprivations``: of the settled indicators; ``open_points``: of the
    others. ``b1``: at least and at most (None: no bound). ``total``: đồng of the year. ``outcomes``: all that are still
    possible, before ``average``, the answer of Phụ lục VIII for a household that scores find not poor."""

    way: str
    indicators: dict[str, Truth]
    points: int | None = None
    deprivations: int | None = None
    open_points: tuple[int, ...] = ()
    a: Range | None = None
    gate: str | None = None
    b1: Span | None = None
    b1_by_group: Mapping[str, Range] = field(default_factory=dict)
    total: int | None = None
    amounts: Span = (None, None)
    scale: int = 1
    outcomes: list[Outcome] = field(default_factory=list)
    average: Truth = False
    possible: frozenset[Class] = frozenset()
    low_income_worker: Truth = None

    @property
    def klass(self) -> Class | None:
        return next(iter(self.possible)) if len(self.possible) == 1 else None

    @property
    def kind(self) -> str | None:
        kinds = {one.kind for one in self.outcomes}
        return kinds.pop() if len(kinds) == 1 and len(self.possible) == 1 and not self.average else None

    @property
    def unsure(self) -> bool:
        """A rule that is not sure could apply: the class is then that of no rule."""
        return len(self.possible) == 1 and not self.average and any(one.unsure for one in self.outcomes)


def decide(ready: Ready, answers: Answers) -> Decision:
    decision = Decision(_way(ready, answers), {})
    _indicators(ready, answers, decision)
    _sheet_a(ready, answers, decision)
    _amounts(ready, answers, decision)
    ladder = ready.by_scores if decision.way == SCORES else ready.by_income
    if ladder is not None:
        decision.outcomes = _outcomes(ladder, ready, decision)
        decision.possible = frozenset(one.klass for one in decision.outcomes)
    if answers.annual is not None:
        _income_survey(ready, answers, decision)
    return decision


def _way(ready: Ready, answers: Answers) -> str:
    """B1 decides where it is given; else income; without either, what the standard asks for first."""
    if answers.form in (SCORES, INCOME):
        return answers.form
    if ready.by_scores is None:
        return INCOME
    by_points = answers.b1 is not None or answers.ticks is not None
    by_income = ready.by_income is not None and (answers.income_month is not None or answers.annual is not None)
    return INCOME if by_income and not by_points else SCORES


def _indicators(ready: Ready, answers: Answers, decision: Decision) -> None:
    if not answers.members:
        decision.points, decision.deprivations = answers.b2, answers.deprivations
        return
    members, household, opened = answers.members, answers.household, []
    points = count = 0
    for one in ready.indicators:
        truth = decision.indicators[one.code] = one.check(members, household)
        if truth:
            points += one.points
            count += 1
        elif truth is None:
            opened.append(one.points)
    decision.open_points = tuple(opened)
    if ready.indicators:
        decision.points, decision.deprivations = points, count


def _sheet_a(ready: Ready, answers: Answers, decision: Decision) -> None:
    sheet = ready.standard.sheet_a
    decision.a = count_items(answers.a, answers.items)
    if sheet is not None and decision.a is not None:
        decision.gate = gate(sheet, decision.a)


def _amounts(ready: Ready, answers: Answers, decision: Decision) -> None:
    """What the ladder compares: points of B1, or đồng of a year (of the household where ``scale`` is its size)."""
    if answers.annual is not None:
        decision.total = total_of(answers.annual)
    if decision.way == SCORES:
        decision.b1 = decision.amounts = _b1(ready, answers, decision)
    elif answers.income_month is not None:
        decision.amounts = (a_year(answers.income_month),) * 2
    elif answers.annual is not None:
        decision.amounts, decision.scale = (decision.total, decision.total), len(answers.members)


def _b1(ready: Ready, answers: Answers, decision: Decision) -> Span:
    if answers.b1 is not None:
        return answers.b1, answers.b1
    if ready.table is None or answers.ticks is None:
        return 0, None
    groups = decision.b1_by_group = ready.table.by_group(answers.members, answers.household, answers.ticks)
    return sum(low for low, _ in groups.values()), sum(high for _, high in groups.values())


def _outcomes(ladder: Ladder, ready: Ready, decision: Decision) -> list[Outcome]:
    low, high = decision.amounts
    count = decision.points if decision.way == SCORES else decision.deprivations
    if count is not None and not decision.open_points and low is not None and low == high:
        return [ladder.outcome(low, count, decision.scale)]
    return ladder.outcomes(decision.amounts, _counts(ladder, count, decision), decision.scale)


def _counts(ladder: Ladder, count: int | None, decision: Decision) -> Iterable[int]:
    """An open indicator may turn out either way, each on its own."""
    if count is None:
        return ladder.counts()
    if decision.way == SCORES:
        return [count + more for more in possible_sums(decision.open_points)]
    return range(count, count + len(decision.open_points) + 1)


def _income_survey(ready: Ready, answers: Answers, decision: Decision) -> None:
    survey, size = ready.survey, len(answers.members)
    if survey is None:
        return
    if decision.way == SCORES and decision.possible == {Class.NOT_POOR}:
        decision.average = all_of((answers.household["farming"], survey.is_average(decision.total, size)))
        if decision.average is not False:
            others = () if decision.average else (Class.NOT_POOR,)
            decision.possible = frozenset({Class.AVERAGE, *others})
    low = survey.is_low(decision.total, size)
    poor = None if decision.possible & POOREST and decision.possible - POOREST else bool(decision.possible & POOREST)
    if survey.worker_up_to is not None:
        decision.low_income_worker = all_of((low, None if poor is None else not poor))
