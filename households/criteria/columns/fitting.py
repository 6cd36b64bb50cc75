"""Is the table one that can be classified by the standard? What the engine would refuse of one household is refused here."""

from collections.abc import Iterator, Mapping

import numpy as np

from households.criteria.b1.parts import B1Table
from households.criteria.columns.members import MOST_MEMBERS, options
from households.criteria.columns.table import NO_MONEY, Form, Ints, Table
from households.criteria.law.parts import Standard
from households.criteria.vocabulary import Field, Kind, vocabulary


class TableFaultError(ValueError):
    """A sentence; rows are counted from 1."""


def check_fits(standard: Standard, table: Table, b1_table: B1Table | None) -> None:
    for fault in _faults(standard, table, b1_table):
        raise TableFaultError(fault)


def _faults(standard: Standard, table: Table, b1_table: B1Table | None) -> Iterator[str]:
    yield from _lengths(table)
    yield from _rosters(table)
    yield from _answers(vocabulary().member, table.members, len(table.born_from), "thành viên")
    yield from _answers(vocabulary().household, table.household, table.n, "hộ")
    yield from _sheets(standard, table, b1_table)
    yield from _numbers(standard, table)


def _lengths(table: Table) -> Iterator[str]:
    sheets = {**table.sheet_a, **table.ticks, **table.sources}
    numbers = {name: getattr(table, name) for name in _NUMBERS}
    for name, column in (sheets | numbers).items():
        if column is not None and len(column) != table.n:
            yield f"Cột “{name}” có {len(column)} dòng, bảng có {table.n} hộ."
    if len(table.offsets) != table.n + 1 or len(table.born_from) != len(table.born_to):
        yield "Cột vị trí hoặc cột ngày sinh không khớp số hộ, số thành viên."


_NUMBERS = ("a", "b1", "b2", "deprivations", "income_month", "asked_a", "asked_b1", "asked_income")


def _rosters(table: Table) -> Iterator[str]:
    sizes = np.diff(table.offsets)
    if table.n and (table.offsets[0] != 0 or table.offsets[-1] != len(table.born_from)):
        yield f"Bảng có {len(table.born_from)} thành viên, các hộ nhận từ {table.offsets[0]} đến {table.offsets[-1]}."
    survey = table.form == Form.SURVEY
    yield from _first(survey & (sizes < 1), "hộ không có thành viên nào.")
    yield from _first(sizes > MOST_MEMBERS, f"hộ có quá {MOST_MEMBERS} thành viên.")
    yield from _first(~survey & (sizes != 0), "hộ nhập theo điểm hoặc thu nhập không có danh sách thành viên.")


def _first(wrong: Ints, text: str) -> Iterator[str]:
    if wrong.any():
        yield f"Hộ thứ {int(np.argmax(wrong)) + 1}: {text}"


def _answers(fields: Mapping[str, Field], columns: Mapping[str, Ints], n: int, whose: str) -> Iterator[str]:
    for name, column in columns.items():
        field = fields.get(name)
        if field is None or field.kind not in _HIGHEST:
            yield f"Không có câu hỏi “{name}” của {whose}."
        elif len(column) != n:
            yield f"Cột “{name}” có {len(column)} dòng; cần {n}."
        elif n and not -1 <= int(column.min()) <= int(column.max()) <= _highest(field):
            yield f"Cột “{name}” ({field.title}): có câu trả lời ngoài các số từ −1 đến {_highest(field)}."


_HIGHEST = (Kind.FLAG, Kind.CHOICE, Kind.CHOICES, Kind.AREA)
LARGEST_AREA = 10_000_000  # hundredths of m²


def _highest(field: Field) -> int:
    if field.kind is Kind.AREA:
        return LARGEST_AREA
    return (1 << len(field.options)) - 1 if field.kind is Kind.CHOICES else len(options(field)) - 1


def _sheets(standard: Standard, table: Table, b1_table: B1Table | None) -> Iterator[str]:
    items = {item.code for item in standard.sheet_a.items} if standard.sheet_a else set()
    sources = {source.code for source in standard.income_survey.sources} if standard.income_survey else set()
    groups = {group.code for group in b1_table.groups} if b1_table else set()
    named = (("Phiếu A", table.sheet_a, items, -1), ("Phiếu B1", table.ticks, groups, -1))
    for sheet, columns, known, opened in (*named, ("Phụ lục VIII", table.sources, sources, NO_MONEY)):
        for code, column in columns.items():
            if code not in known:
                yield from _first(column != opened, f"{sheet} của chuẩn {standard.code} không có mục “{code}”.")
    if b1_table is None and table.asked_b1 is not None:
        yield from _first(table.asked_b1, "có ô B1 đã chọn nhưng chưa có bảng điểm B1; ghi tổng điểm B1.")


def _numbers(standard: Standard, table: Table) -> Iterator[str]:
    items = len(standard.sheet_a.items) if standard.sheet_a else -1
    if table.a is not None:
        yield from _first(table.a > items, f"Phiếu A có nhiều nhất {max(items, 0)} tiêu chí.")
    for name, given, halves in (
        ("B1", table.b1, [rule.scores for rule in standard.rules]),
        ("B2", table.b2, [rule.scores for rule in standard.rules]),
        ("Thu nhập", table.income_month, [rule.income for rule in standard.rules]),
        ("Số chỉ số thiếu hụt", table.deprivations, [rule.income for rule in standard.rules]),
    ):
        if given is not None and not any(halves):
            yield from _first(given >= 0, f"chuẩn {standard.code} không phân loại theo “{name}”.")
    yield from _required(table)
    yield from _possible(standard, table)


def _required(table: Table) -> Iterator[str]:
    for form, names in ((Form.SCORES, ("b1", "b2")), (Form.INCOME, ("income_month", "deprivations"))):
        chosen = table.form == form
        for name in names if chosen.any() else ():
            column = getattr(table, name)
            yield from _first(chosen & (True if column is None else column < 0), f"thiếu “{name}”.")


def _possible(standard: Standard, table: Table) -> Iterator[str]:
    if not standard.indicators:
        return
    n = len(standard.indicators)
    if table.deprivations is not None:
        yield from _first(table.deprivations > n, f"chuẩn {standard.code} có {n} chỉ số.")
    if table.b2 is not None:
        from_points = {0}
        for one in standard.indicators:
            from_points |= {known + one.points for known in from_points}
        known = np.array([-1, *sorted(from_points)])
        yield from _first(~np.isin(table.b2, known), "tổng điểm B2 không thể có từ các chỉ số của chuẩn.")
