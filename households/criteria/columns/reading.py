"""From inputs as `manage.py classify` takes them to columns.

What is wrong with a household is said well by the engine's reader (`Classifier.read`), which should have seen it before;
here the first answer that no question knows stops the table."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np

from households.criteria.b1.parts import B1Table, Group
from households.criteria.columns.fitting import TableFaultError
from households.criteria.columns.members import EPOCH, options
from households.criteria.columns.table import BORN_UNKNOWN, NO_MONEY, Form, Ints, Table
from households.criteria.engine.fields import hundredths
from households.criteria.engine.forms import INCOME, SCORES, form_of
from households.criteria.vocabulary import Field, Kind, vocabulary

Input = Mapping[str, Any]
FORMS = {SCORES: Form.SCORES, INCOME: Form.INCOME}
PLAIN = (Kind.FLAG, Kind.CHOICE)


def table_of(inputs: Sequence[Input], b1_table: B1Table | None = None) -> Table:
    """``b1_table``: numbers the boxes ticked in ``household.b1``."""
    _check_ticks(inputs, b1_table)
    members = [member for one in inputs for member in one.get("members") or ()]
    households: list[Input] = [one.get("household") or {} for one in inputs]
    offsets = np.zeros(len(inputs) + 1, np.int64)
    np.cumsum([len(one.get("members") or ()) for one in inputs], out=offsets[1:])
    born = np.array([_birth(member) for member in members], np.int32).reshape(-1, 2)
    return Table(
        form=np.array([FORMS.get(form_of(one), Form.SURVEY) for one in inputs], np.int8),
        offsets=offsets,
        born_from=np.ascontiguousarray(born[:, 0]),
        born_to=np.ascontiguousarray(born[:, 1]),
        members=_plain(vocabulary().member, members),
        household=_plain(vocabulary().household, households) | dict(_others(households)),
        a=_numbers(inputs, "a"),
        b1=_numbers(inputs, "b1"),
        b2=_numbers(inputs, "b2"),
        deprivations=_numbers(inputs, "deprivations"),
        income_month=_money(one.get("income_month") for one in inputs),
        **_sheets(households, b1_table),
    )


def _birth(member: Input) -> tuple[int, int]:
    if day := member.get("birth_date"):
        number = date.fromisoformat(day).toordinal() - EPOCH
        return number, number
    if year := member.get("birth_year"):
        return date(year, 1, 1).toordinal() - EPOCH, date(year, 12, 31).toordinal() - EPOCH
    return BORN_UNKNOWN


def _plain(fields: Mapping[str, Field], answered: list[Input]) -> dict[str, Ints]:
    unknown_names = {name for one in answered for name in one} - set(fields)
    if unknown_names:
        raise TableFaultError(f"Không có câu hỏi nào tên là {', '.join(sorted(map(str, unknown_names)))}.")
    found = {}
    for name, field in fields.items():
        if field.kind in PLAIN:
            numbers: dict[Any, int] = {None: -1} | {option: number for number, option in enumerate(options(field))}
            try:
                found[name] = np.array([numbers[one.get(name)] for one in answered], np.int8)
            except (KeyError, TypeError) as unknown:
                raise TableFaultError(f"“{name}” ({field.title}): không nhận câu trả lời {unknown}.") from unknown
    return found


def _others(households: list[Input]) -> Iterator[tuple[str, Ints]]:
    for name, field in vocabulary().household.items():
        given = (one.get(name) for one in households)
        if field.kind is Kind.CHOICES:
            yield name, _bits(given, list(field.options))
        elif field.kind is Kind.AREA:
            yield name, np.array([-1 if area is None else hundredths(area) for area in given], np.int64)


def _bits(answers: Iterable[Sequence[str] | None], codes: list[str]) -> Ints:
    bit = {code: 1 << number for number, code in enumerate(codes)}
    return np.array([-1 if one is None else sum(bit[code] for code in one) for one in answers], np.int32)


def _numbers(inputs: Sequence[Input], key: str) -> Ints:
    return np.array([-1 if (value := one.get(key)) is None else value for one in inputs], np.int32)


def _money(amounts: Iterable[int | None]) -> Ints:
    return np.array([NO_MONEY if one is None else one for one in amounts], np.int64)


# the three sheets


def _check_ticks(inputs: Sequence[Input], b1_table: B1Table | None) -> None:
    for place, one in enumerate(inputs if b1_table is None else (), start=1):
        if any(value is not None for value in ((one.get("household") or {}).get("b1") or {}).values()):
            raise TableFaultError(f"Hộ thứ {place}: có ô B1 đã chọn nhưng chưa có bảng điểm B1; ghi tổng điểm B1.")


def _sheets(households: list[Input], b1_table: B1Table | None) -> dict[str, Any]:
    items, incomes = [one.get("a") or {} for one in households], [one.get("annual_income") or {} for one in households]
    sources: list[Input] = [{code: _net(amount) for code, amount in one.items()} for one in incomes]
    ticks = [one.get("b1") or {} for one in households]
    return {
        "sheet_a": {code: _flags(one.get(code) for one in items) for code in _codes(items)},
        "sources": {code: _money(one.get(code) for one in sources) for code in _codes(sources)},
        "asked_income": _begun(incomes),
        "ticks": {group.code: _ticks(ticks, group) for group in (b1_table.groups if b1_table else ())},
    }


def _codes(sheets: list[Input]) -> list[str]:
    return sorted({code for one in sheets for code in one})


def _begun(sheets: list[Input]) -> Ints:
    return np.array([any(value is not None for value in one.values()) for one in sheets], np.bool_)


def _flags(answers: Iterable[bool | None]) -> Ints:
    return np.array([-1 if one is None else one for one in answers], np.int8)


def _net(amount: Any) -> int | None:
    if not isinstance(amount, Mapping):
        return None if amount is None else int(amount)
    revenue, cost = amount.get("revenue"), amount.get("cost")
    return None if revenue is None or cost is None else revenue - cost


def _ticks(sheets: list[Input], group: Group) -> Ints:
    chosen = (one.get(group.code) for one in sheets)
    codes = [option.code for option in group.options]
    return _bits(([one] if isinstance(one, str) else one for one in chosen), codes)
