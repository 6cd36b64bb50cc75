"""What was found about a block, into the columns of the answer."""

import numpy as np

from households.criteria.columns.block import Block
from households.criteria.columns.deciding import Verdict
from households.criteria.columns.facts import Facts
from households.criteria.columns.sheets import sheet_a
from households.criteria.columns.table import NO_MONEY, Columns, Ints
from households.criteria.engine.bounds import MONTHS
from households.criteria.law.parts import Standard


def write(standard: Standard, found: Columns, block: Block, facts: Facts, verdict: Verdict) -> None:
    rows = block.rows
    found.klass[rows], found.kind[rows], found.unsure[rows] = verdict.klass, verdict.kind, verdict.unsure
    if verdict.worker is not None:
        found.low_income_worker[rows] = verdict.worker
    complete = (verdict.klass >= 0) & (facts.opened == 0)
    complete &= _amount(found, block, facts, verdict)
    _counts(standard, found, block, facts)
    sheet = sheet_a(standard.sheet_a, block) if standard.sheet_a else None
    if sheet is not None:
        found.gate[rows], found.a[rows] = sheet.gate, sheet.ticks
        complete &= ~sheet.waiting
    if facts.incomes is not None and verdict.worker is not None:
        complete &= ~(facts.incomes.asked & ~facts.incomes.known & (verdict.worker < 0))
    found.complete[rows] = complete


def _amount(found: Columns, block: Block, facts: Facts, verdict: Verdict) -> Ints | bool:
    """Whether B1, or the income where it decides, is known, or nothing depends on what is not known of it."""
    low, high = facts.b1
    settled = low == high
    found.b1[block.rows] = np.where(settled & ~np.asarray(facts.by_income), low, np.int32(-1))
    if facts.least_only is not None and verdict.single is not None:
        settled = settled | (facts.least_only & verdict.single)
    month, known = block.table.income_month, np.asarray(False)
    if month is not None:
        found.income_month[block.rows] = block.of(month)
        known = block.of(month) != NO_MONEY
    if facts.incomes is not None:
        incomes = facts.incomes
        a_month = incomes.total // (MONTHS * np.maximum(block.sizes, 1))
        found.income_month[block.rows] = np.where(~known & incomes.known, a_month, found.income_month[block.rows])
        known = known | incomes.asked
    return settled if facts.by_income is False else np.where(facts.by_income, known, settled)


def _counts(standard: Standard, found: Columns, block: Block, facts: Facts) -> None:
    """Points of B2 and deprivations: of the roster's indicators, or as given."""
    rows, table = block.rows, block.table
    settled = np.asarray(facts.survey) & (facts.opened == 0) if standard.indicators else np.asarray(False)
    points = _points(standard, facts)
    for column, counted, given in (
        (found.b2, points, table.b2),
        (found.deprivations, facts.deprived, table.deprivations),
    ):
        other = np.int32(-1) if facts.survey is True or given is None else block.of(given)
        column[rows] = np.where(settled, counted, other)


def _points(standard: Standard, facts: Facts) -> Ints:
    weights = {one.points for one in standard.indicators}
    if len(weights) == 1:
        return facts.deprived * np.int32(weights.pop())
    found = np.zeros(len(facts.deprived), np.int32)
    for column, one in zip(facts.indicators.T, standard.indicators, strict=True):
        found += (column == 1) * np.int32(one.points)
    return found
