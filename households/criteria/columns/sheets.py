"""Phiếu A, the B1 table and Phụ lục VIII, column-wise; each sum as the least and the greatest that is possible."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from households.criteria.b1.parts import B1Table, Group, Option
from households.criteria.columns.block import Block, sure_and_open
from households.criteria.columns.holding import Holds, ready
from households.criteria.columns.table import NO_MONEY, Gate, Ints
from households.criteria.law.parts import IncomeSurvey, SheetA


@dataclass(frozen=True, eq=False)
class SheetColumns:
    gate: Ints
    ticks: Ints
    waiting: Ints  # bool: begun, and the open items could still change the answer


def sheet_a(sheet: SheetA, block: Block) -> SheetColumns | None:
    """None where nobody filled it in. A number written down counts before the items."""
    table = block.table
    if table.a is None and not table.sheet_a:
        return None
    sure, opened = sure_and_open((block.of_or_open(table.sheet_a.get(item.code)) for item in sheet.items), block.n)
    low, high, asked = sure, sure + opened, opened < len(sheet.items)
    if table.a is not None:
        given = block.of(table.a)
        low, high, asked = np.where(given < 0, low, given), np.where(given < 0, high, given), asked | (given >= 0)
    stop, survey = asked & (low >= sheet.stop_at), asked & (high < sheet.stop_at)
    gate = np.where(stop, np.int8(Gate.STOP), np.where(survey, np.int8(Gate.SURVEY), np.int8(-1)))
    return SheetColumns(gate, np.where(asked & (low == high), low, np.int8(-1)), asked & ~stop & ~survey)


@dataclass(frozen=True)
class ReadyOption:
    """``points`` by number of the variant; ``on_form``: whether the variant's form has the box; ``holds`` None: ticked."""

    points: Ints
    on_form: Ints
    holds: Holds | None
    bit: int


class ReadyTable:
    """``variants``: codes in the order of their numbers."""

    def __init__(self, table: B1Table, variants: Sequence[str]) -> None:
        self.partial = table.partial
        self.groups = [ReadyGroup(group, variants) for group in table.groups]

    def points(self, block: Block, variant: Ints | int) -> tuple[Ints, Ints]:
        """At least and at most."""
        low, high = np.zeros(block.n, np.int64), np.zeros(block.n, np.int64)
        for group in self.groups:
            least, most = group.points(block, variant)
            low += least
            high += most
        return low, high


class ReadyGroup:
    def __init__(self, group: Group, variants: Sequence[str]) -> None:
        self.group = group
        self.options = [_ready_option(bit, option, variants) for bit, option in enumerate(group.options)]

    def points(self, block: Block, variant: Ints | int) -> tuple[Ints, Ints]:
        low, high = (self._added if self.group.multiple else self._first)(block, variant)
        if self.group.zero_if_all is None:
            return low, high
        fitting, size = block.counts[self.group.zero_if_all], block.sizes
        every, maybe = fitting.sure() == size, fitting.possible() == size
        low, high = np.where(maybe, np.minimum(low, 0), low), np.where(maybe, np.maximum(high, 0), high)
        return np.where(every, 0, low), np.where(every, 0, high)

    def _added(self, block: Block, variant: Ints | int) -> tuple[Ints, Ints]:
        """All boxes that hold."""
        low, high = np.zeros(block.n, np.int64), np.zeros(block.n, np.int64)
        for option in self.options:
            holds, points = self._holds(option, block, variant), option.points[variant]
            low += np.where(holds == 1, points, np.where(holds < 0, np.minimum(points, 0), 0))
            high += np.where(holds == 1, points, np.where(holds < 0, np.maximum(points, 0), 0))
        return low, high

    def _first(self, block: Block, variant: Ints | int) -> tuple[Ints, Ints]:
        """The first box that holds; before it, boxes that are open may be the one. No box: 0 points."""
        low, high = np.zeros(block.n, np.int64), np.zeros(block.n, np.int64)
        for option in reversed(self.options):
            holds, points = self._holds(option, block, variant), option.points[variant]
            low = np.where(holds == 1, points, np.where(holds < 0, np.minimum(points, low), low))
            high = np.where(holds == 1, points, np.where(holds < 0, np.maximum(points, high), high))
        return low, high

    def _holds(self, option: ReadyOption, block: Block, variant: Ints | int) -> Ints:
        if option.holds is not None:
            found = option.holds(block)
        else:
            ticks = block.of_or_open(block.table.ticks.get(self.group.code), np.int32)
            found = np.where(ticks < 0, np.int8(-1), (ticks >> option.bit & 1).astype(np.int8))
        return np.where(option.on_form[variant], found, np.int8(0))


def _ready_option(bit: int, option: Option, variants: Sequence[str]) -> ReadyOption:
    points = [option.points.get(code) for code in variants]
    return ReadyOption(
        np.array([one or 0 for one in points], np.int64),
        np.array([one is not None for one in points], np.bool_),
        ready(option.when) if option.when else None,
        bit,
    )


@dataclass(frozen=True, eq=False)
class Incomes:
    """Đồng of the year; ``total`` is meaningless where ``known`` is false."""

    asked: Ints
    total: Ints
    known: Ints


def incomes(survey: IncomeSurvey | None, block: Block) -> Incomes | None:
    """None where nobody answered Phụ lục VIII."""
    if survey is None or not block.table.sources:
        return None
    total, known = np.zeros(block.n, np.int64), np.ones(block.n, np.bool_)
    asked = block.of_or_open(block.table.asked_income, np.bool_, open_as=False).copy()
    for source in survey.sources:
        amounts = block.of_or_open(block.table.sources.get(source.code), np.int64, NO_MONEY)
        answered = amounts != NO_MONEY
        asked |= answered
        known &= answered
        total += np.where(answered, amounts, 0)
    return Incomes(asked, total, known) if asked.any() else None
