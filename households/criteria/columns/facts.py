"""What the answers of a block say before any rule is asked: indicators, points of B1, income, and which of them decides."""

from dataclasses import dataclass

import numpy as np

from households.criteria.columns.block import Block, sure_and_open
from households.criteria.columns.sheets import Incomes, ReadyTable, incomes
from households.criteria.columns.table import NO_MONEY, Form, Ints
from households.criteria.law.parts import Standard

NO_BOUND = 2**31 - 1


@dataclass(frozen=True, eq=False)
class Facts:
    """The same in whatever area type. ``survey``: has a roster; ``deprived``, ``opened``: how many of its ``indicators``;
    ``b1``: at least and at most, the same column where all are known; ``least_only``: every box is answered, but the table
    lacks groups (None: it lacks none); ``by_income``: income decides, not points. One truth stands for all households alike."""

    survey: Ints | bool
    indicators: Ints
    deprived: Ints
    opened: Ints
    b1: tuple[Ints, Ints]
    least_only: Ints | None
    by_income: Ints | bool
    incomes: Incomes | None


def facts_of(
    standard: Standard, table: ReadyTable | None, block: Block, variant: Ints | int, indicators: Ints
) -> Facts:
    form = block.of(block.table.form)
    survey = alike(form == Form.SURVEY)
    deprived, opened = sure_and_open(indicators.T, block.n)
    if survey is not True:
        opened[form != Form.SURVEY] = 0
    money = incomes(standard.income_survey, block)
    return Facts(
        survey,
        indicators,
        deprived,
        opened,
        *_b1(table, block, variant, survey),
        _by_income(standard, block, form, money),
        money,
    )


def alike(truths: Ints) -> Ints | bool:
    """One truth where all agree."""
    if truths.all():
        return True
    return truths if truths.any() else False


def _b1(
    table: ReadyTable | None, block: Block, variant: Ints | int, survey: Ints | bool
) -> tuple[tuple[Ints, Ints], Ints | None]:
    """The total of the paper sheet, else of the boxes ticked and of those that the roster answers; and ``least_only``."""
    given = block.of_or_open(block.table.b1, np.int32)
    opened = given < 0
    if not opened.any():
        return (given, given), None
    low, high = np.where(opened, 0, given), np.where(opened, NO_BOUND, given)
    if table is None or survey is False:
        return (low, high), None
    least, most = table.points(block, variant)
    summed = opened & survey
    low = np.where(summed, least, low)
    if table.partial:
        return (low, high), summed & (least == most)
    return (low, np.where(summed, most, high)), None


def _by_income(standard: Standard, block: Block, form: Ints, incomes: Incomes | None) -> Ints | bool:
    """B1 decides where it is given; else income; without either, what the standard asks for first."""
    if not any(rule.scores for rule in standard.rules):
        return True
    given = np.zeros(block.n, np.bool_)
    if any(rule.income for rule in standard.rules):
        if block.table.income_month is not None:
            given |= block.of(block.table.income_month) != NO_MONEY
        if incomes is not None:
            given |= incomes.asked
    if not given.any():
        return False
    for column in (block.table.b1, *block.table.ticks.values()):
        if column is not None:
            given &= block.of(column) < 0
    return alike(given & (form != Form.SCORES))
