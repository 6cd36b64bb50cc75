"""What the answers of a block say before any rule is asked: indicators, points of B1, income, and which of them decides."""

from dataclasses import dataclass

import numpy as np

from households.criteria.columns.block import Block, sure_and_open
from households.criteria.columns.sheets import Incomes, ReadyTable, incomes
from households.criteria.columns.table import NO_MONEY, Form, Ints
from households.criteria.law.parts import Standard


@dataclass(frozen=True, eq=False)
class Facts:
    """The same in whatever area type. ``survey``: has a roster; ``deprived``, ``opened``: how many of its ``indicators``;
    ``b1``: at least and at most, −1 where nothing is known; ``by_income``: income decides, not points. One truth stands
    for all households alike."""

    survey: Ints | bool
    indicators: Ints
    deprived: Ints
    opened: Ints
    b1: tuple[Ints, Ints]
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
    return Facts(
        survey,
        indicators,
        deprived,
        opened,
        _b1(table, block, variant, survey),
        _by_income(standard, block, form),
        incomes(standard.income_survey, block),
    )


def alike(truths: Ints) -> Ints | bool:
    """One truth where all agree."""
    if truths.all():
        return True
    return truths if truths.any() else False


def _b1(table: ReadyTable | None, block: Block, variant: Ints | int, survey: Ints | bool) -> tuple[Ints, Ints]:
    """The total of the paper sheet, else of the boxes ticked and of those that the roster answers."""
    given = block.of_or_open(block.table.b1, np.int32)
    summed = (given < 0) & survey
    if table is None or not summed.any():
        return given, given
    low, high = table.points(block, variant)
    return np.where(summed, low, given), np.where(summed, high, given)


def _by_income(standard: Standard, block: Block, form: Ints) -> Ints | bool:
    """B1 decides where it is given; else income; without either, what the standard asks for first."""
    if not any(rule.scores for rule in standard.rules):
        return True
    income = np.zeros(block.n, np.bool_)
    if any(rule.income for rule in standard.rules):
        if block.table.income_month is not None:
            income |= block.of(block.table.income_month) != NO_MONEY
        if block.table.asked_income is not None:
            income |= block.of(block.table.asked_income)
    if not income.any():
        return False
    if block.table.b1 is not None:
        income &= block.of(block.table.b1) < 0
    if block.table.asked_b1 is not None:
        income &= ~block.of(block.table.asked_b1)
    return alike(income & (form != Form.SCORES))
