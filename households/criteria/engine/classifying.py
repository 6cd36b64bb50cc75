"""From points or income and deprivations to the class, by the standard's ordered rules; also where these lie in a range."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from households.criteria.engine.bounds import MONTHS, Bounds
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
class Step:
    """Fits where over < amount <= up_to and from <= count < below; None: no bound on that side."""

    over: int | None
    up_to: int | None
    count_from: int | None
    count_below: int | None
    outcome: Outcome

    def fits(self, amount: int, count: int, scale: int) -> bool:
        if self.over is not None and amount <= self.over * scale:
            return False
        if self.up_to is not None and amount > self.up_to * scale:
            return False
        if self.count_from is not None and count < self.count_from:
            return False
        return self.count_below is None or count < self.count_below


@dataclass(frozen=True, slots=True)
class Ladder:
    """The rules in their order. ``scale``: bounds are multiplied by it (a household's sum against a line per person)."""

    steps: tuple[Step, ...]

    def outcome(self, amount: int, count: int, scale: int = 1) -> Outcome:
        for step in self.steps:
            if step.fits(amount, count, scale):
                return step.outcome
        return NO_RULE

    def outcomes(self, amounts: Span, counts: Iterable[int], scale: int = 1) -> list[Outcome]:
        """All that are possible, each once, the poorest rule first."""
        found = {
            self.outcome(amount, count, scale): None for amount in self._amounts(amounts, scale) for count in counts
        }
        return list(found)

    def _amounts(self, span: Span, scale: int) -> list[int]:
        """One amount of each stretch between two bounds."""
        low, high = span
        edges = {bound * scale for step in self.steps for bound in (step.over, step.up_to) if bound is not None}
        inside = {amount for edge in edges for amount in (edge, edge + 1)}
        inside |= {edge for edge in span if edge is not None} or {0}
        return sorted(
            amount for amount in inside if (low is None or amount >= low) and (high is None or amount <= high)
        )

    def counts(self) -> list[int]:
        """One number of deprivations for each way the rules can see it: where it is not known at all."""
        edges = {bound for step in self.steps for bound in (step.count_from, step.count_below) if bound}
        return sorted({0} | edges | {edge - 1 for edge in edges})


def score_ladder(standard: Standard, bounds: Bounds) -> Ladder | None:
    steps = [_score_step(rule, rule.scores, bounds.scores) for rule in standard.rules if rule.scores]
    return Ladder(tuple(steps)) if steps else None


def income_ladder(standard: Standard, bounds: Bounds) -> Ladder | None:
    """Its amounts are đồng per person and year."""
    steps = [_income_step(rule, rule.income, bounds.income) for rule in standard.rules if rule.income]
    return Ladder(tuple(steps)) if steps else None


def _score_step(rule: Rule, half: ScoreRule, bounds: Mapping[str, int]) -> Step:
    outcome = _outcome(rule, half)
    return Step(_bound(half.over, bounds), _bound(half.up_to, bounds), half.b2_from, half.b2_below, outcome)


def _income_step(rule: Rule, half: IncomeRule, bounds: Mapping[str, int]) -> Step:
    over, up_to = _bound(half.over, bounds), _bound(half.up_to, bounds)
    return Step(over, up_to, half.deprivations_from, half.deprivations_below, _outcome(rule, half))


def _bound(code: str | None, bounds: Mapping[str, int]) -> int | None:
    return None if code is None else bounds[code]


def _outcome(rule: Rule, half: ScoreRule | IncomeRule) -> Outcome:
    if half.provenance.confidence is Sureness.UNSURE:
        return Outcome(Class.NOT_POOR, None, True, rule)
    return Outcome(rule.result, rule.kind or None, False, rule)


def a_year(income_month: int) -> int:
    return income_month * MONTHS
