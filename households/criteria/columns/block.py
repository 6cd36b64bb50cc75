"""Some thousands of households at a time: what is worked out on the way stays in the processor's cache."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from households.criteria.columns.members import Counted, People
from households.criteria.columns.table import Ints, Table
from households.criteria.law.parts import Who

BLOCK = 1 << 14


@dataclass(eq=False)
class Block:
    """Rows ``start`` to ``stop`` (excluded) of a table. ``counts``: filled in by the classifier before tests are asked."""

    table: Table
    start: int
    stop: int
    counts: Mapping[Who, Counted]

    @property
    def n(self) -> int:
        return self.stop - self.start

    @property
    def rows(self) -> slice:
        return slice(self.start, self.stop)

    def of(self, column: Ints) -> Ints:
        return column[self.start : self.stop]

    @cached_property
    def people(self) -> People:
        table, offsets = self.table, self.table.offsets[self.start : self.stop + 1]
        first, last = int(offsets[0]), int(offsets[-1])
        answers = {name: column[first:last] for name, column in table.members.items()}
        return People(answers, table.born_from[first:last], table.born_to[first:last], offsets - first)

    @cached_property
    def sizes(self) -> Ints:
        return np.diff(self.people.offsets)

    def household(self, name: str) -> Ints:
        return self.of_or_open(self.table.household.get(name))

    def of_or_open(self, column: Ints | None, kind: type = np.int8, open_as: int = -1) -> Ints:
        return np.full(self.n, open_as, kind) if column is None else self.of(column)


def blocks(table: Table) -> Iterator[Block]:
    for start in range(0, table.n, BLOCK):
        yield Block(table, start, min(start + BLOCK, table.n), {})


def sure_and_open(columns: Iterable[Ints], n: int) -> tuple[Ints, Ints]:
    """How many of the columns are 1, and how many −1."""
    total, opened = np.zeros(n, np.int8), np.zeros(n, np.int8)
    for column in columns:
        total += column
        opened += column < 0
    total += opened
    return total, opened
