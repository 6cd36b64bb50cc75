"""The decision on one household: every figure and truth that follows from its answers, and the class."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from households.criteria.engine.answers import Answers
from households.criteria.engine.bounds import MONTHS
from households.criteria.engine.classifying import Ladder, Span, Verdict, possible_sums, verdict_of
from households.criteria.engine.forms import INCOME, SCORES
from households.criteria.engine.income import per_person, total_of
from households.criteria.engine.logic import Truth, all_of
from households.criteria.engine.ready import Ready
from households.criteria.engine.scoring import Range, count_items, gate
from households.criteria.law.parts import Class

POOREST = frozenset({Class.POOR, Class.NEAR_POOR})
NOT_POOR = frozenset({Class.NOT_POOR})
NOTHING = verdict_of(())


@dataclass(slots=True)
class Decision:
    """``way``: by scores or by income. ``points``, ``deprivations``: of the settled indicators; ``open_points``: of the
    others. ``amounts``: points of B1 or đồng per person and year, at least and at most. ``total``: the household's đồng of
    the year. ``least_only``: the table of points lacks groups, so that the highest B1 is not known whatever was answered.
    ``verdict``: of the rules, before ``average``, which Phụ lục VIII says of a household they find not poor.
    ``possible``: all classes that the missing answers leave open."""

    way: str
    indicators: dict[str, Truth]
    points: int | None = None
    deprivations: int | None = None
    open_points: tuple[int, ...] = ()
    a: Range | None = None
    gate: str | None = None
    b1_by_group: Mapping[str, Range] = field(default_factory=dict)
    total: int | None = None
    least_only: bool = False
    amounts: Span = (None, None)
    verdict: Verdict = NOTHING
    average: Truth = False
    possible: frozenset[Class] = frozenset()
    low_income_worker: Truth = None

    @property
    def klass(self) -> Class | None:
        return next(iter(self.possible)) if len(self.possible) == 1 else None

    @property
    def kind(self) -> str | None:
        return None if self.average or self.klass is None else self.verdict.kind

    @property
    def unsure(self) -> bool:
        """The class is that of no rule, because a rule that would apply is not sure."""
        return self.verdict.unsure and self.average is False


def decide(ready: Ready, answers: Answers) -> Decision:
    decision = Decision(_way(ready, answers), {})
    _indicators(ready, answers, decision)
    _sheet_a(ready, answers, decision)
    _amounts(ready, answers, decision)
    ladder = ready.by_scores if decision.way == SCORES else ready.by_income
    if ladder is not None:
        decision.verdict = ladder.verdict(decision.amounts, _counts(ladder, decision))
        decision.possible = decision.verdict.possible
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
    members, household, opened = answers.members, answers.household, []
    if not members:
        decision.points, decision.deprivations = answers.b2, answers.deprivations
        return
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
    """What the rules compare."""
    if answers.annual is not None:
        decision.total = total_of(answers.annual)
    if decision.way == SCORES:
        decision.amounts = _b1(ready, answers, decision)
    elif answers.income_month is not None:
        decision.amounts = (answers.income_month * MONTHS,) * 2
    elif decision.total is not None:
        decision.amounts = (per_person(decision.total, len(answers.members)),) * 2


def _b1(ready: Ready, answers: Answers, decision: Decision) -> Span:
    if answers.b1 is not None:
        return answers.b1, answers.b1
    if ready.table is None or not answers.members:
        return 0, None
    groups = decision.b1_by_group = ready.table.by_group(answers.members, answers.household, answers.ticks or {})
    least, most = sum(low for low, _ in groups.values()), sum(high for _, high in groups.values())
    decision.least_only = ready.table.table.partial
    return least, None if decision.least_only else most


def _counts(ladder: Ladder, decision: Decision) -> frozenset[int]:
    """Points of B2 or deprivations. An open indicator may turn out either way, each on its own."""
    if decision.way == SCORES and decision.points is not None:
        return possible_sums(decision.points, decision.open_points)
    if decision.way == INCOME and decision.deprivations is not None:
        return possible_sums(decision.deprivations, (1,) * len(decision.open_points))
    return ladder.all_counts()


def _income_survey(ready: Ready, answers: Answers, decision: Decision) -> None:
    survey, size = ready.survey, len(answers.members)
    if survey is None:
        return
    if decision.way == SCORES and decision.possible == NOT_POOR:
        decision.average = all_of((answers.household["farming"], survey.is_average(decision.total, size)))
        if decision.average is not False:
            decision.possible = frozenset({Class.AVERAGE}) if decision.average else NOT_POOR | {Class.AVERAGE}
    if survey.worker_up_to is not None:
        decision.low_income_worker = all_of((survey.is_low(decision.total, size), _better_off(decision.possible)))


def _better_off(possible: frozenset[Class]) -> Truth:
    """Neither poor nor near-poor."""
    if not possible & POOREST:
        return True
    return None if possible - POOREST else False
