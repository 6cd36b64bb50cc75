"""Engine and columns beside each other: the same households in, every column compared."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from typing import Any

import numpy as np

from households.criteria.b1.parts import B1Table
from households.criteria.columns.table import NO_MONEY, Columns, Ints
from households.criteria.engine.classify import prepare
from households.criteria.engine.result import Result
from households.criteria.law.parts import AreaType, Class, Standard

NUMBER = {one.value: number for number, one in enumerate(Class)} | {None: -1}
GATES = {None: -1, "survey": 0, "stop": 1}
SCORES = ("a", "b1", "b2", "deprivations")


def by_engine(
    standard: Standard,
    inputs: Sequence[dict[str, Any]],
    *,
    on: date,
    area_type: AreaType,
    b1_table: B1Table | None = None,
    variant: str | None = None,
) -> list[Result]:
    classifier = prepare(standard, on=on, area_type=area_type, b1_table=b1_table, variant=variant)
    return [classifier.classify(one, reasons=False) for one in inputs]


def as_columns(standard: Standard, results: Sequence[Result]) -> Columns:
    found = Columns.empty(len(results), len(standard.indicators))
    kinds = {None: -1} | {kind: number for number, kind in enumerate(standard.kinds)}
    found.klass[:] = [NUMBER[one.klass] for one in results]
    found.kind[:] = [kinds[one.kind] for one in results]
    found.unsure[:] = [one.unsure for one in results]
    for name in SCORES:
        getattr(found, name)[:] = [number(getattr(one.scores, name)) for one in results]
    found.income_month[:] = [number(one.scores.income_month, NO_MONEY) for one in results]
    found.gate[:] = [GATES[one.gate] for one in results]
    found.low_income_worker[:] = [number(one.low_income_worker) for one in results]
    found.indicators[:] = indicators_of(standard, results)
    found.complete[:] = [one.complete for one in results]
    return found


def indicators_of(standard: Standard, results: Sequence[Result]) -> Ints:
    """The engine names them in the order of the standard; none where there is no roster."""
    state, none = {None: -1, False: 0, True: 1}, [-1] * len(standard.indicators)
    rows = [[state[one] for one in result.indicators.values()] or none for result in results]
    return np.array(rows, np.int8).reshape(len(results), len(standard.indicators))


def number(value: int | None, without: int = -1) -> int:
    return without if value is None else int(value)


def differences(ours: Columns, engine: Columns) -> dict[str, tuple[int, int]]:
    """Column → how many households differ and the first of them."""
    found = {}
    for column in fields(Columns):
        one, other = getattr(ours, column.name), getattr(engine, column.name)
        if not np.array_equal(one, other):
            rows: Ints = np.unique(np.argwhere(one != other)[:, 0])
            found[column.name] = (len(rows), int(rows[0]))
    return found
