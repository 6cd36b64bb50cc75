"""How many points or deprivations are possible, as far as the rules can tell them apart.

The bounds that a ladder of rules puts on a count divide all counts into stretches. What is possible for a household is a
set of stretches, one bit each: of a household whose indicators are all settled exactly one."""

from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np

from households.criteria.columns.table import Ints
from households.criteria.engine.classifying import Ladder, possible_sums


class Reach:
    """For one ladder; ``weights``: what each indicator counts (its points; 1 for deprivations)."""

    def __init__(self, ladder: Ladder, weights: Sequence[int]) -> None:
        self.weights = tuple(weights)
        bounds = {bound for step in ladder.steps for bound in (step.count_from, step.count_below) if bound}
        self.bounds = sorted(bounds)
        self.sets = 1 << (len(self.bounds) + 1)

    def stretch(self, count: int) -> int:
        return sum(bound <= count for bound in self.bounds)

    def set_of(self, counts: Iterable[int]) -> int:
        return sum({1 << self.stretch(count) for count in counts})

    def examples(self, stretches: int) -> frozenset[int]:
        """One count of each stretch of the set."""
        firsts = [0, *self.bounds]
        return frozenset(first for number, first in enumerate(firsts) if stretches >> number & 1)

    def of_numbers(self, counts: Ints) -> Ints:
        """Of counts that are given."""
        return np.left_shift(1, np.searchsorted(np.array(self.bounds, np.int64), counts, side="right"))

    def of_indicators(self, indicators: Ints, deprived: Ints, opened: Ints) -> Ints:
        """``indicators``: households × indicators; ``deprived``, ``opened``: how many of them."""
        if not self.weights:
            return np.full(len(indicators), self.sets - 1)
        if self.even:
            return self._by_number.take(deprived.astype(np.intp) * (len(self.weights) + 1) + opened)
        return self._one_by_one(indicators)

    @cached_property
    def even(self) -> bool:
        return len(set(self.weights)) == 1

    @cached_property
    def _by_number(self) -> Ints:
        """By the number of deprived and of open indicators, where all weigh the same."""
        weight, most = self.weights[0], len(self.weights)
        found = np.zeros((most + 1, most + 1), np.intp)
        for deprived in range(most + 1):
            for opened in range(most + 1 - deprived):
                counts = range(deprived * weight, (deprived + opened) * weight + 1, weight)
                found[deprived, opened] = self.set_of(counts)
        return found.ravel()

    def _one_by_one(self, indicators: Ints) -> Ints:
        """Each pattern that occurs once."""
        patterns, where = np.unique(indicators, axis=0, return_inverse=True)
        return np.array([self._pattern(row) for row in patterns.tolist()], np.intp)[where.ravel()]

    def _pattern(self, states: list[int]) -> int:
        sure = sum(weight for state, weight in zip(states, self.weights, strict=True) if state == 1)
        opened = tuple(weight for state, weight in zip(states, self.weights, strict=True) if state < 0)
        return self.set_of(possible_sums(sure, opened))
