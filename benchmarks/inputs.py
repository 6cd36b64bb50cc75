"""The households of tables.py as `manage.py classify` takes them."""

from datetime import date, timedelta
from typing import Any

from benchmarks.tables import random_table
from households.criteria.columns.members import options
from households.criteria.columns.table import Ints, Table
from households.criteria.law.parts import Standard
from households.criteria.vocabulary import Field, Kind, vocabulary

EPOCH = date(1970, 1, 1)
Input = dict[str, Any]


def random_inputs(standard: Standard, n: int, *, gaps: float = 0.0) -> list[Input]:
    table = random_table(standard, n, gaps=gaps)
    members, offsets = members_of(table), table.offsets.tolist()
    households, b1 = households_of(table), [] if table.b1 is None else table.b1.tolist()
    return [
        {"members": members[first:last], "household": household, "b1": None if points < 0 else points}
        for first, last, household, points in zip(offsets[:-1], offsets[1:], households, b1, strict=True)
    ]


def members_of(table: Table) -> list[Input]:
    named = {name: answers(vocabulary().member[name], column) for name, column in table.members.items()}
    rows = [dict(zip(named, row, strict=True)) for row in zip(*named.values(), strict=True)]
    for row, earliest, latest in zip(rows, table.born_from.tolist(), table.born_to.tolist(), strict=True):
        day = EPOCH + timedelta(days=earliest)
        row.update({"birth_date": day.isoformat()} if earliest == latest else {"birth_year": day.year})
    return rows


def households_of(table: Table) -> list[Input]:
    named = {name: answers(vocabulary().household[name], column) for name, column in table.household.items()}
    sheets = [
        dict(zip(table.sheet_a, map(NO_YES.get, row), strict=True))
        for row in zip(*(column.tolist() for column in table.sheet_a.values()), strict=True)
    ]
    rows = zip(*named.values(), strict=True)
    return [dict(zip(named, row, strict=True)) | {"a": sheet} for row, sheet in zip(rows, sheets, strict=True)]


NO_YES = {0: False, 1: True}


def answers(field: Field, column: Ints) -> list[Any]:
    match field.kind:
        case Kind.CHOICES:
            codes = list(enumerate(field.options))
            return [
                None if bits < 0 else [code for place, code in codes if bits >> place & 1] for bits in column.tolist()
            ]
        case Kind.AREA:
            return [None if area < 0 else area / 100 for area in column.tolist()]
        case _:
            values = [*options(field), None]  # −1, an open answer, is the last
            return [values[number] for number in column.tolist()]
