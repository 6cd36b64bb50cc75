"""Is the table one that can be classified by the standard? What the engine would refuse of one household is refused here.

A number beyond a question's options would not fail in a look-up: it would be another combination of answers."""

from collections.abc import Iterator, Mapping

import numpy as np

from households.criteria.b1.parts import B1Table, Group
from households.criteria.columns.contradicting import contradictions, first
from households.criteria.columns.members import EPOCH, options
from households.criteria.columns.table import NO_MONEY, Form, Ints, Table
from households.criteria.engine.ages import Calendar
from households.criteria.engine.answers import MOST_MEMBERS
from households.criteria.engine.classifying import possible_sums
from households.criteria.engine.fields import LARGEST_AREA
from households.criteria.engine.sheets import MOST_MONEY
from households.criteria.law.parts import Standard
from households.criteria.vocabulary import Field, Kind, vocabulary

NUMBERS = ("a", "b1", "b2", "deprivations")
MONEY = ("income_month",)
ASKED = (Kind.FLAG, Kind.CHOICE, Kind.CHOICES, Kind.AREA)
REQUIRED = {Form.SCORES: ("b1", "b2"), Form.INCOME: ("income_month", "deprivations")}


class TableFaultError(ValueError):
    """A sentence; households are counted from 1."""


def check_fits(standard: Standard, table: Table, b1_table: B1Table | None, calendar: Calendar) -> None:
    for faults in (
        _shapes(table),
        _rosters(table),
        _births(table, calendar),
        _answers(vocabulary().member, table.members, len(table.born_from), "thành viên"),
        _answers(vocabulary().household, table.household, table.n, "hộ"),
        _sheets(standard, table, b1_table),
        _numbers(standard, table),
        _halves(standard, table),
        contradictions(standard, table),
    ):
        for fault in faults:
            raise TableFaultError(fault)


# shapes, rosters, births


def _shapes(table: Table) -> Iterator[str]:
    columns = {name: getattr(table, name) for name in (*NUMBERS, *MONEY, "asked_income")}
    for name, column in {**table.sheet_a, **table.ticks, **table.sources, **columns}.items():
        if column is None:
            continue
        if len(column) != table.n:
            yield f"Cột “{name}” có {len(column)} dòng, bảng có {table.n} hộ."
        elif column.dtype.kind not in "iub":
            yield f"Cột “{name}” phải là số nguyên, không phải {column.dtype}."
    if len(table.offsets) != table.n + 1 or len(table.born_from) != len(table.born_to):
        yield "Cột vị trí hoặc cột ngày sinh không khớp số hộ, số thành viên."


def _rosters(table: Table) -> Iterator[str]:
    sizes = np.diff(table.offsets)
    if table.offsets[0] != 0 or table.offsets[-1] != len(table.born_from):
        yield f"Bảng có {len(table.born_from)} thành viên, các hộ nhận từ {table.offsets[0]} đến {table.offsets[-1]}."
    survey = table.form == Form.SURVEY
    yield from first(~survey & (table.form != Form.SCORES) & (table.form != Form.INCOME), "không có dạng nhập này.")
    yield from first(survey & (sizes < 1), "hộ không có thành viên nào.")
    yield from first(sizes > MOST_MEMBERS, f"hộ có quá {MOST_MEMBERS} thành viên.")
    yield from first(~survey & (sizes != 0), "hộ nhập theo điểm hoặc thu nhập không có danh sách thành viên.")


def _births(table: Table, calendar: Calendar) -> Iterator[str]:
    """Of an interval, one day at least must be possible."""
    for wrong, text in (
        (table.born_from > calendar.today - EPOCH, "có ngày sinh sau ngày rà soát."),
        (table.born_to < calendar.earliest - EPOCH, "có ngày sinh quá sớm."),
        (table.born_from > table.born_to, "có ngày sinh sớm nhất sau ngày sinh muộn nhất."),
    ):
        if wrong.any():
            owner = int(np.searchsorted(table.offsets, np.argmax(wrong), side="right"))
            yield f"Hộ thứ {owner}: {text}"


# answers


def _answers(fields: Mapping[str, Field], columns: Mapping[str, Ints], n: int, whose: str) -> Iterator[str]:
    for name, column in columns.items():
        field = fields.get(name)
        if field is None or field.kind not in ASKED:
            yield f"Không có câu hỏi “{name}” của {whose}."
        elif len(column) != n:
            yield f"Cột “{name}” có {len(column)} dòng; cần {n}."
        elif column.dtype.kind not in "iub":
            yield f"Cột “{name}” phải là số nguyên, không phải {column.dtype}."
        elif n and not -1 <= int(column.min()) <= int(column.max()) <= _highest(field):
            yield f"Cột “{name}” ({field.title}): có câu trả lời ngoài các số từ −1 đến {_highest(field)}."


def _highest(field: Field) -> int:
    match field.kind:
        case Kind.AREA:
            return LARGEST_AREA * 100
        case Kind.CHOICES:
            return (1 << len(field.options)) - 1
        case _:
            return len(options(field)) - 1


def _sheets(standard: Standard, table: Table, b1_table: B1Table | None) -> Iterator[str]:
    items = {item.code for item in standard.sheet_a.items} if standard.sheet_a else set()
    sources = {source.code for source in standard.income_survey.sources} if standard.income_survey else set()
    groups = {group.code: group for group in b1_table.groups} if b1_table else {}
    sheets = (("Phiếu A", table.sheet_a, items, -1), ("Phiếu B1", table.ticks, set(groups), -1))
    for sheet, columns, known, opened in (*sheets, ("Phụ lục VIII", table.sources, sources, NO_MONEY)):
        for code in set(columns) - known:
            yield from first(columns[code] != opened, f"{sheet} của chuẩn {standard.code} không có mục “{code}”.")
    for code, column in table.sheet_a.items():
        yield from first((column < -1) | (column > 1), f"Phiếu A, tiêu chí {code}: câu trả lời phải là −1, 0 hoặc 1.")
    for code, column in table.ticks.items():
        if code in groups:
            yield from _ticks(groups[code], column)


def _ticks(group: Group, column: Ints) -> Iterator[str]:
    name, boxes = (
        f"Phiếu B1, “{group.name}”",
        sum(1 << bit for bit, one in enumerate(group.options) if one.when is None),
    )
    yield from first((column != -1) & ((column & ~np.int64(boxes)) != 0), f"{name}: không có ô này để chọn.")
    if not group.multiple:
        yield from first((column > 0) & ((column & (column - 1)) != 0), f"{name}: chỉ chọn một ô.")


# numbers


def _halves(standard: Standard, table: Table) -> Iterator[str]:
    """The standard has score rules, income rules, or both."""
    by_scores, by_income = any(one.scores for one in standard.rules), any(one.income for one in standard.rules)
    for name, column, has in (
        ("điểm B1", table.b1, by_scores),
        ("điểm B2", table.b2, by_scores),
        ("thu nhập", table.income_month, by_income),
        ("số chỉ số thiếu hụt", table.deprivations, by_income),
    ):
        if column is not None and not has:
            yield from first(column >= 0, f"chuẩn {standard.code} không phân loại theo {name}.")
    for form, names in REQUIRED.items():
        chosen = table.form == form
        for name in names if chosen.any() else ():
            column = getattr(table, name)
            yield from first(chosen if column is None else chosen & (column < 0), f"thiếu “{name}”.")


def _numbers(standard: Standard, table: Table) -> Iterator[str]:
    for name in NUMBERS:
        column = getattr(table, name)
        if column is not None:
            yield from first(column < -1, f"“{name}” là số âm.")
    if table.income_month is not None:
        income = table.income_month
        wrong = (income != NO_MONEY) & ((income < 0) | (income > MOST_MONEY))
        yield from first(wrong, "thu nhập phải từ 0 đến một nghìn tỷ đồng.")
    items = len(standard.sheet_a.items) if standard.sheet_a else 0
    if table.a is not None:
        yield from first(table.a > (items or -1), f"Phiếu A của chuẩn {standard.code} có {items} tiêu chí.")
    n = len(standard.indicators)
    if n and table.deprivations is not None:
        yield from first(table.deprivations > n, f"chuẩn {standard.code} có {n} chỉ số.")
    if n and table.b2 is not None:
        sums = possible_sums(0, tuple(one.points for one in standard.indicators))
        known = np.array([-1, *sorted(sums)])
        yield from first(~np.isin(table.b2, known), "tổng điểm B2 không thể có từ các chỉ số của chuẩn.")
