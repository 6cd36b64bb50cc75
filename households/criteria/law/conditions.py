"""Tests of members and of answers, as a document writes them (``indicators.test`` and its ``who``)."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from households.criteria.law.cursor import Table
from households.criteria.law.parts import (
    AnswerTest,
    Condition,
    MemberTest,
    PerPersonTest,
    SeveralTest,
    ShareTest,
    SizeTest,
    Test,
    Who,
)
from households.criteria.law.wording import offer

AGE, BORN = "age", "born"  # conditions on the day of birth, beside the fields of the vocabulary


def read_test(table: Table) -> Test:
    kind = table.text("kind")
    reader = _READERS.get(kind)
    if reader is None:
        if kind:
            table.fault("kind", f"không có loại phép thử “{kind}”; {offer(kind, _READERS)}")
        return AnswerTest(Condition(""))
    test = reader(table)
    table.end()
    return test


def read_who(table: Table) -> Who:
    """The alternatives ``[[….who]]``; at least one, each with at least one condition."""
    alternatives = [(one, tuple(_conditions(one))) for one in table.tables("who")]
    if not alternatives:
        table.fault(None, "cần ít nhất một bảng [[….who]].")
    for one, conditions in alternatives:
        if not conditions:
            one.fault(None, "bảng who này chưa có điều kiện nào, nên đúng với mọi người.")
    return tuple(conditions for _, conditions in alternatives)


def _conditions(table: Table) -> Iterator[Condition]:
    for field, written in table.data.items():
        if field == AGE:
            yield _range(table.table(AGE), AGE)
        elif field == BORN:
            born = table.table(BORN)
            yield Condition(BORN, born_from=born.day("from"))
            born.end()
        else:
            yield Condition(field, accepted=_accepted(table, field, written))


def _range(table: Table, field: str) -> Condition:
    low, high = table.number_or_none("from"), table.number_or_none("below", low=1)
    if low is None and high is None:
        table.fault(None, "cần “from” (kể cả) hoặc “below” (không kể).")
    table.end()
    return Condition(field, low=low, high=high)


def _accepted(table: Table, field: str, written: Any) -> frozenset[str | bool]:
    if isinstance(written, bool):
        return frozenset({written})
    if not isinstance(written, list):
        table.fault(field, 'phải là true, false hoặc danh sách câu trả lời, ví dụ ["no_contract"].')
        return frozenset()
    return _listed(table, field)


def _listed(table: Table, key: str) -> frozenset[str]:
    words = table.texts(key)
    if not words and table.data.get(key) == []:
        table.fault(key, "danh sách trống: không câu trả lời nào được nhận.")
    for number, word in enumerate(words):
        if word in words[:number]:
            table.fault(key, f"“{word}” ghi hai lần.")
    return frozenset(words)


def _member(table: Table) -> MemberTest:
    return MemberTest(table.number("at_least", low=1), read_who(table), table.text("phrase"))


def _share(table: Table) -> ShareTest:
    over, from_ = table.number_or_none("over"), table.number_or_none("from", low=1)
    percent = over if over is not None else from_
    if (over is None) is (from_ is None):
        table.fault(None, "cần đúng một trong hai: “over” (lớn hơn) hoặc “from” (từ), tính bằng phần trăm.")
    elif (percent or 0) > 100 or over == 100:
        table.fault("over" if over is not None else "from", f"{percent}% không bao giờ đạt được.")
    return ShareTest(percent or 0, over is not None, read_who(table), table.text("phrase"))


def _per_person(table: Table) -> PerPersonTest:
    strict = "below" in table
    if strict is ("up_to" in table):
        table.fault(None, "cần đúng một trong hai: “below” (nhỏ hơn) hoặc “up_to” (từ … trở xuống).")
    below, up_to = _hundredths(table, "below"), _hundredths(table, "up_to")
    return PerPersonTest(table.text("field"), below or up_to or 0, strict)


def _hundredths(table: Table, key: str) -> int | None:
    written = table.data.get(key)
    if isinstance(written, Decimal):
        table.touch(key)
        exact = written * 100
        if not exact.is_finite() or exact <= 0 or exact != exact.to_integral_value():
            table.fault(key, f"“{written}” phải lớn hơn 0 và có nhiều nhất hai chữ số thập phân.")
            return None
        return int(exact)
    number = table.number_or_none(key, low=1)
    return None if number is None else number * 100


def _answer(table: Table) -> AnswerTest:
    field = table.text("field")
    ways = [key for key in ("in", "is", "none_of") if key in table]
    if len(ways) != 1:
        table.fault(None, "cần đúng một trong ba: “in”, “is”, “none_of”.")
        for key in ("in", "is", "none_of"):
            table.touch(key)
        return AnswerTest(Condition(field))
    if ways == ["is"]:
        return AnswerTest(Condition(field, accepted=frozenset({table.flag("is")})))
    words = _listed(table, ways[0])
    return AnswerTest(Condition(field, accepted=words) if ways == ["in"] else Condition(field, none_of=words))


def _several(table: Table) -> SeveralTest:
    parts = tuple(read_test(part) for part in table.tables("parts"))
    at_least = table.number("at_least", low=1)
    if at_least > len(parts):
        table.fault("at_least", f"cần {at_least} phần đúng nhưng chỉ có {len(parts)} phần (parts).")
    return SeveralTest(at_least, parts)


def _size(table: Table) -> SizeTest:
    bounds = _range(table, "size")
    return SizeTest(bounds.low, bounds.high)


_READERS: Mapping[str, Callable[[Table], Test]] = {
    "member": _member,
    "share": _share,
    "per_person": _per_person,
    "answer": _answer,
    "several": _several,
    "size": _size,
}
TEST_KINDS = tuple(_READERS)

LEAP_BIRTHDAYS = {"02-28": (2, 28), "03-01": (3, 1)}


def read_leap_birthday(table: Table, default: tuple[int, int] | None) -> tuple[int, int]:
    if default is not None and "leap_birthday" not in table:
        table.touch("leap_birthday")
        return default
    written = table.text("leap_birthday")
    if written and written not in LEAP_BIRTHDAYS:
        table.fault("leap_birthday", f"“{written}” không nhận; người sinh 29/02 tròn tuổi “02-28” hoặc “03-01”.")
    return LEAP_BIRTHDAYS.get(written, (2, 28))
