"""The class by the standard's ordered rules, read off a table that the engine's own ladder of rules filled.

A rule sees of an amount only between which bounds it lies, of a count only its stretch (reaching.py). The few
combinations are asked of the ladder once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from households.criteria.columns.reaching import Reach
from households.criteria.columns.table import Ints
from households.criteria.engine.classifying import Ladder, Verdict
from households.criteria.engine.deciding import POOREST
from households.criteria.law.parts import Class

CLASSES = list(Class)
NOT_POOR, AVERAGE = CLASSES.index(Class.NOT_POOR), CLASSES.index(Class.AVERAGE)


@dataclass(frozen=True, eq=False)
class Results:
    """By combination: class and kind (−1 open), unsure, poor or near-poor (1, 0, −1 open); ``single``: one outcome only."""

    klass: Ints
    kind: Ints
    unsure: Ints
    poor: Ints
    single: Ints


class Outcomes:
    """Of one ladder: which combination a household is, and what it results in."""

    def __init__(self, ladder: Ladder, weights: Sequence[int], kinds: Sequence[str]) -> None:
        self.reach = Reach(ladder, weights)
        self.bounds = ladder.edges
        self.top = len(self.bounds)
        self.results = self._tabulated(ladder, list(kinds))

    def stretch(self, amounts: Ints, scale: Ints | int = 1) -> Ints:
        """How many bounds the amount is over."""
        found = np.zeros(len(amounts), np.intp)
        for bound in self.bounds:
            found += amounts > bound * scale
        return found

    def combination(self, low: Ints, high: Ints, counts: Ints) -> Ints:
        """``low``, ``high``: stretches of the least and greatest possible amount; ``counts``: set of stretches."""
        return (low * (self.top + 1) + high) * self.reach.sets + counts

    def _tabulated(self, ladder: Ladder, kinds: list[str]) -> Results:
        n = (self.top + 1) ** 2 * self.reach.sets
        klass, kind, poor = (np.full(n, -1, np.int8) for _ in range(3))
        results = Results(klass, kind, np.zeros(n, np.bool_), poor, np.zeros(n, np.bool_))
        for low in range(self.top + 1):
            for high in range(low, self.top + 1):
                for counts in range(1, self.reach.sets):
                    span = self._example(low), self._example(high)
                    place = (low * (self.top + 1) + high) * self.reach.sets + counts
                    _enter(results, place, ladder.verdict(span, self.reach.examples(counts)), kinds)
        return results

    def _example(self, stretch: int) -> int:
        """An amount of the stretch: its upper bound, which it includes."""
        if not self.bounds:
            return 0
        return self.bounds[stretch] if stretch < self.top else self.bounds[-1] + 1


def _enter(results: Results, place: int, verdict: Verdict, kinds: list[str]) -> None:
    if not verdict.possible - POOREST or not verdict.possible & POOREST:
        results.poor[place] = bool(verdict.possible & POOREST)
    results.single[place] = len(verdict.outcomes) == 1
    if len(verdict.possible) == 1:
        results.klass[place] = CLASSES.index(next(iter(verdict.possible)))
        results.unsure[place] = verdict.unsure
        results.kind[place] = -1 if verdict.kind is None else kinds.index(verdict.kind)
