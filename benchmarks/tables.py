"""Random households as columns, made by NumPy: a million in a second, about four members each, with answers that resemble
each other within a household so that all classes and all numbers of deprivations occur."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from households.criteria.columns.members import options
from households.criteria.columns.table import Form, Table
from households.criteria.law.parts import Standard
from households.criteria.vocabulary import Field, Kind, vocabulary

Numbers = NDArray[Any]
OLDEST, YOUNGEST = -12_000, 16_400  # days of birth: 1937 to the end of 2014
PLAIN = (Kind.FLAG, Kind.CHOICE)


class Maker:
    """``gaps``: share of the answers that are open; then births are sometimes a year alone."""

    def __init__(self, n: int, seed: int, gaps: float) -> None:
        self.n, self.gaps = n, gaps
        self.rng = np.random.default_rng(seed)
        self.sizes = self.rng.integers(1, 8, n)
        self.owner = np.repeat(np.arange(n), self.sizes)

    def open_some(self, column: Numbers) -> Numbers:
        if self.gaps:
            column[self.rng.random(len(column)) < self.gaps] = -1
        return column

    def of_household(self, field: Field) -> Numbers:
        good = self.rng.random(self.n) < 0.6
        drawn = self.rng.integers(0, len(options(field)), self.n)
        return self.open_some(np.where(good, 0 if field.kind is Kind.CHOICE else 1, drawn).astype(np.int8))

    def of_members(self, field: Field) -> Numbers:
        number = len(options(field))
        usual = np.where(self.rng.random(self.n) < 0.6, number - 1, self.rng.integers(0, number, self.n))[self.owner]
        drawn = self.rng.integers(0, number, len(self.owner))
        like_the_others = self.rng.random(len(self.owner)) < 0.9
        return self.open_some(np.where(like_the_others, usual, drawn).astype(np.int8))

    def births(self) -> tuple[Numbers, Numbers]:
        born = self.rng.integers(OLDEST, YOUNGEST, len(self.owner)).astype(np.int32)
        if not self.gaps:
            return born, born.copy()
        year_alone = self.rng.random(len(born)) < self.gaps
        first = (born.astype("datetime64[D]").astype("datetime64[Y]")).astype("datetime64[D]").astype(np.int32)
        return np.where(year_alone, first, born), np.where(year_alone, first + 364, born)


def random_table(standard: Standard, n: int, *, seed: int = 1, gaps: float = 0.0) -> Table:
    """Survey forms with a B1 total and, where the standard has it, all items of Phiếu A."""
    maker, asked = Maker(n, seed, gaps), vocabulary()
    offsets = np.zeros(n + 1, np.int64)
    np.cumsum(maker.sizes, out=offsets[1:])
    born_from, born_to = maker.births()
    household = {one.name: maker.of_household(one) for one in asked.household.values() if one.kind in PLAIN}
    devices = np.where(maker.rng.random(n) < 0.3, 0, maker.rng.integers(0, 128, n)).astype(np.int32)
    area = maker.sizes * 800 + maker.rng.integers(-800, 8000, n)
    items = standard.sheet_a.items if standard.sheet_a else ()
    return Table(
        form=np.full(n, Form.SURVEY, np.int8),
        offsets=offsets,
        born_from=born_from,
        born_to=born_to,
        members={one.name: maker.of_members(one) for one in asked.member.values() if one.kind in PLAIN},
        household=household | {"devices": maker.open_some(devices), "floor_area": maker.open_some(area)},
        sheet_a={item.code: maker.open_some((maker.rng.random(n) < 0.3).astype(np.int8)) for item in items},
        b1=maker.open_some(maker.rng.integers(40, 260, n).astype(np.int32)),
    )


def bytes_of(table: Table) -> int:
    columns = [*table.members.values(), *table.household.values(), *table.sheet_a.values()]
    columns += [table.form, table.offsets, table.born_from, table.born_to]
    columns += [] if table.b1 is None else [table.b1]
    return sum(one.nbytes for one in columns)
