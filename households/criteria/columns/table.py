"""Households as columns of numbers: what goes in (``Table``) and what comes out (``Columns``).

They say what the input and output of `manage.py classify` say (docs/classify.schema.json), in the same terms: a flag is 0
or 1, a choice the number of its option in vocabulary.toml, a list of choices one bit per option, an area hundredths of a
m². What was not answered, or does not follow, is −1 (money: ``NO_MONEY``). A field in no column was asked of nobody."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[Any]
BORN_UNKNOWN = (-(2**30), 2**30)  # earliest and latest day of birth of whom nothing is known
NO_MONEY = -(2**63)


class Form(IntEnum):
    SCORES = 0
    INCOME = 1
    SURVEY = 2


class Gate(IntEnum):
    SURVEY = 0
    STOP = 1


@dataclass(frozen=True, eq=False)
class Table:
    """The members of household i stand at ``offsets[i]:offsets[i + 1]`` of the member columns. Types: ``form``, ``members``,
    ``household`` (flags, choices), ``sheet_a`` (item of Phiếu A → answer) int8; lists of choices and ``ticks`` (group of the
    B1 table → one bit per option) int32; areas, ``offsets``, money int64; scores int32; days of birth int32, since 1/1/1970,
    a year alone is an interval. ``sources``: of Phụ lục VIII, net of cost;
    ``asked_income`` (bool): the sheet was begun, if only with revenue whose cost is not known (None: where a source is known)."""

    form: Ints
    offsets: Ints
    born_from: Ints
    born_to: Ints
    members: Mapping[str, Ints]
    household: Mapping[str, Ints]
    sheet_a: Mapping[str, Ints] = field(default_factory=dict)
    ticks: Mapping[str, Ints] = field(default_factory=dict)
    sources: Mapping[str, Ints] = field(default_factory=dict)
    a: Ints | None = None
    b1: Ints | None = None
    b2: Ints | None = None
    deprivations: Ints | None = None
    income_month: Ints | None = None
    asked_income: Ints | None = None

    @property
    def n(self) -> int:
        return len(self.form)

    @classmethod
    def from_scores(cls, b1: Ints, b2: Ints, a: Ints | None = None) -> "Table":
        points, more = np.asarray(b1, np.int32), np.asarray(b2, np.int32)
        return cls(**_without_roster(Form.SCORES, len(points)), b1=points, b2=more, a=_or_none(a))

    @classmethod
    def from_incomes(cls, income_month: Ints, deprivations: Ints, a: Ints | None = None) -> "Table":
        """Đồng per person and month."""
        income, number = np.asarray(income_month, np.int64), np.asarray(deprivations, np.int32)
        without = _without_roster(Form.INCOME, len(income))
        return cls(**without, income_month=income, deprivations=number, a=_or_none(a))


def _without_roster(form: Form, n: int) -> dict[str, Any]:
    nobody = np.zeros(0, np.int32)
    return {
        "form": np.full(n, form, np.int8),
        "offsets": np.zeros(n + 1, np.int64),
        "born_from": nobody,
        "born_to": nobody,
        "members": {},
        "household": {},
    }


def _or_none(column: Ints | None) -> Ints | None:
    return None if column is None else np.asarray(column, np.int32)


@dataclass(frozen=True, eq=False)
class Columns:
    """``klass``: order of ``Class``; ``kind``: order of the standard's kinds; ``gate``: ``Gate``; ``indicators``: households ×
    indicators in the standard's order, 1 deprived, 0 not; ``low_income_worker`` (int8 all). ``unsure``, ``complete`` bool,
    scores int32, ``income_month`` int64. (A table of points with negative ones may add up to −1: ``complete`` tells it from
    a sum that does not follow.)"""

    klass: Ints
    kind: Ints
    unsure: Ints
    a: Ints
    b1: Ints
    b2: Ints
    deprivations: Ints
    income_month: Ints
    gate: Ints
    low_income_worker: Ints
    indicators: Ints
    complete: Ints

    @classmethod
    def empty(cls, n: int, indicators: int) -> "Columns":
        """Nothing follows yet. Each indicator's column lies together in memory."""
        return cls(
            klass=np.full(n, -1, np.int8),
            kind=np.full(n, -1, np.int8),
            unsure=np.zeros(n, np.bool_),
            a=np.full(n, -1, np.int32),
            b1=np.full(n, -1, np.int32),
            b2=np.full(n, -1, np.int32),
            deprivations=np.full(n, -1, np.int32),
            income_month=np.full(n, NO_MONEY, np.int64),
            gate=np.full(n, -1, np.int8),
            low_income_worker=np.full(n, -1, np.int8),
            indicators=np.full((n, indicators), -1, np.int8, order="F"),
            complete=np.zeros(n, np.bool_),
        )
