"""From points or income and deprivations to the class, by the standard's ordered rules; also where these lie in a range."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from households.criteria.engine.bounds import Bounds
from households.criteria.law.parts import Class, IncomeRule, Rule, ScoreRule, Standard, Sureness

Span = tuple[int | None, int | None]  # lowest and highest possible, None: no bound


@dataclass(frozen=True, slots=True)
class Outcome:
    """``rule`` None: no rule fits. ``unsure``: the rule's half is not sure and decides nothing."""

    klass: Class
    kind: str | None = None
    unsure: bool = False
    rule: Rule | None = None


NO_RULE = Outcome(Class.NOT_POOR)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the outcomes that are possible have in common. ``unsure``: one of them is, and the class is settled."""

    outcomes: tuple[Outcome, ...]
    possible: frozenset[Class]
    kind: str | None
    unsure: bool


def verdict_of(outcomes: tuple[Outcome, ...]) -> Verdict:
    possible, kinds = frozenset(one.klass for one in outcomes), {one.kind for one in outcomes}
    settled = len(possible) == 1
    kind = next(iter(kinds)) if settled and len(kinds) == 1 else None
    return Verdict(outcomes, possible, kind, settled and any(one.unsure for one in outcomes))


@dataclass(frozen=True, slots=True)
class Step:
    """Fits where over < amount <= up_to and from <= count < below; None: no bound on that side."""

    over: int | None
    up_to: int | None
    count_from: int | None
    count_below: int | None
    outcome: Outcome

    def fits(self, amount: int, count: int) -> bool:
        if self.over is not None and amount <= self.over:
            return False
        if self.up_to is not None and amount > self.up_to:
            return False
        if self.count_from is not None and count < self.count_from:
            return False
        return self.count_below is None or count < self.count_below


class Ladder:
    """The rules in their order. Amounts between the same two bounds get the same answer, which is worked out once."""

    def __init__(self, steps: list[Step]) -> None:
        self.steps = steps
        self.edges = sorted({edge for one in steps for edge in (one.over, one.up_to) if edge is not None})
        self._verdicts: dict[tuple[int, int, frozenset[int]], Verdict] = {}

    def verdict(self, amounts: Span, counts: frozenset[int]) -> Verdict:
        low, high = amounts
        first = 0 if low is None else bisect_left(self.edges, low)
        last = len(self.edges) if high is None else bisect_left(self.edges, high)
        key = first, last, counts
        found = self._verdicts.get(key)
        if found is None:
            found = self._verdicts[key] = self._work_out(range(first, last + 1), counts)
        return found

    def _work_out(self, stretches: range, counts: frozenset[int]) -> Verdict:
        amounts = [self._amount(stretch) for stretch in stretches]
        found = dict.fromkeys(self._outcome(amount, count) for amount in amounts for count in sorted(counts))
        return verdict_of(tuple(found))

    def _amount(self, stretch: int) -> int:
        """One of the stretch: its upper bound, which it includes."""
        if stretch < len(self.edges):
            return self.edges[stretch]
        return self.edges[-1] + 1 if self.edges else 0

    def _outcome(self, amount: int, count: int) -> Outcome:
        return next((step.outcome for step in self.steps if step.fits(amount, count)), NO_RULE)

    def all_counts(self) -> frozenset[int]:
        """One number of deprivations for each way the rules can see it: where it is not known at all."""
        edges = {edge for one in self.steps for edge in (one.count_from, one.count_below) if edge}
        return frozenset({0} | edges | {edge - 1 for edge in edges})


@lru_cache(maxsize=10_000)
def possible_sums(sure: int, opened: tuple[int, ...] = ()) -> frozenset[int]:
    """Of points that are certain and points that may come in, each on its own."""
    sums = {sure}
    for one in opened:
        sums |= {known + one for known in sums}
    return frozenset(sums)


def score_ladder(standard: Standard, bounds: Bounds) -> Ladder | None:
    """Its amounts are points of B1, its counts points of B2."""
    steps = [_score_step(rule, rule.scores, bounds.scores) for rule in standard.rules if rule.scores]
    return Ladder(steps) if steps else None


def income_ladder(standard: Standard, bounds: Bounds) -> Ladder | None:
    """Its amounts are đồng per person and year, its counts deprivations."""
    steps = [_income_step(rule, rule.income, bounds.income) for rule in standard.rules if rule.income]
    return Ladder(steps) if steps else None


def _score_step(rule: Rule, half: ScoreRule, bounds: Mapping[str, int]) -> Step:
    over, up_to = _bound(half.over, bounds), _bound(half.up_to, bounds)
    return Step(over, up_to, half.b2_from, half.b2_below, _outcome(rule, half))


def _income_step(rule: Rule, half: IncomeRule, bounds: Mapping[str, int]) -> Step:
    over, up_to = _bound(half.over, bounds), _bound(half.up_to, bounds)
    return Step(over, up_to, half.deprivations_from, half.deprivations_below, _outcome(rule, half))


def _bound(code: str | None, bounds: Mapping[str, int]) -> int | None:
    return None if code is None else bounds[code]


def _outcome(rule: Rule, half: ScoreRule | IncomeRule) -> Outcome:
    if half.provenance.confidence is Sureness.UNSURE:
        return Outcome(Class.NOT_POOR, None, True, rule)
    return Outcome(rule.result, rule.kind or None, False, rule)
