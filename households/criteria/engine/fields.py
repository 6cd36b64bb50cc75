"""One answer to one question of the vocabulary: is it one that the question knows, and if not, the sentence that says so."""

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from difflib import get_close_matches
from operator import itemgetter
from typing import Any

from households.criteria.vocabulary import Field, Kind, vocabulary
from povertyportal.vietnamese import format_number

LONGEST_NAME = 200
LARGEST_AREA = 100_000  # m²


def hundredths(value: Any) -> int | None:
    """m² in hundredths; None for what is no area with at most two decimals."""
    if type(value) is int:
        return value * 100 if 0 <= value <= LARGEST_AREA else None
    if type(value) is float and 0 <= value <= LARGEST_AREA:
        found = round(value * 100)
        return found if found / 100 == value else None
    if type(value) is Decimal and value.is_finite() and 0 <= value <= LARGEST_AREA:
        found = round(value * 100)
        return found if Decimal(found) / 100 == value else None  # compared exactly, whatever the product was rounded to
    return None


MEMBER: Mapping[str, Field] = vocabulary().member
HOUSEHOLD: Mapping[str, Field] = vocabulary().household
AREAS = [name for name, one in HOUSEHOLD.items() if one.kind is Kind.AREA]
LISTS = [name for name, one in HOUSEHOLD.items() if one.kind is Kind.CHOICES]
NO_MEMBER: dict[str, Any] = dict.fromkeys(MEMBER)
NO_HOUSEHOLD: dict[str, Any] = dict.fromkeys(HOUSEHOLD)


def is_known(field: Field, value: Any) -> bool:
    """Whether the question knows the answer. Births and sheets have readers of their own."""
    match field.kind:
        case Kind.FLAG:
            return value is None or value is True or value is False
        case Kind.CHOICE:
            return value is None or (type(value) is str and value in field.options)
        case Kind.CHOICES:
            return _is_list(value, field.options)
        case Kind.AREA:
            return value is None or hundredths(value) is not None
        case Kind.TEXT:
            return is_name(value)
        case _:
            return True


def is_name(value: Any) -> bool:
    return value is None or (type(value) is str and len(value) <= LONGEST_NAME)


def _is_list(value: Any, options: Mapping[str, str]) -> bool:
    if value is None:
        return True
    if type(value) is not list or not all(type(one) is str and one in options for one in value):
        return False
    return len(set(value)) == len(value)


class Plain:
    """Whether all flags and choices of a record (with a key for each field) are known, at one glance: 1 is not true."""

    def __init__(self, fields: Mapping[str, Field]) -> None:
        flags = [name for name, one in fields.items() if one.kind is Kind.FLAG]
        self.choices = [name for name, one in fields.items() if one.kind is Kind.CHOICE]
        self.flag_values, self.choice_values = itemgetter(*flags), itemgetter(*self.choices)
        self.known = {(name, option) for name in self.choices for option in (None, *fields[name].options)}

    def __call__(self, record: Mapping[str, Any]) -> bool:
        chosen = self.choice_values(record)
        return (
            _FLAG_TYPES.issuperset(map(type, self.flag_values(record)))
            and _CHOICE_TYPES.issuperset(map(type, chosen))
            and self.known.issuperset(zip(self.choices, chosen, strict=True))
        )


_FLAG_TYPES = frozenset({bool, type(None)})
_CHOICE_TYPES = frozenset({str, type(None)})
PLAIN_MEMBER = Plain(MEMBER)
PLAIN_HOUSEHOLD = Plain(HOUSEHOLD)


def as_compared(raw: dict[str, Any]) -> dict[str, Any] | None:
    """A household's answers as tests compare them: areas in hundredths, lists as sets. None where one is not known;
    sheets have readers of their own."""
    household = {**NO_HOUSEHOLD, **raw}
    if len(household) > len(NO_HOUSEHOLD) or not PLAIN_HOUSEHOLD(household):
        return None
    for name in AREAS:
        if household[name] is not None:
            household[name] = hundredths(household[name])
            if household[name] is None:
                return None
    for name in LISTS:
        given = household[name]
        if given is not None:
            if not _is_list(given, HOUSEHOLD[name].options):
                return None
            household[name] = frozenset(given)
    return household


def shown(value: Any) -> str:
    """A bad value as the sentence quotes it."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str):
        return f"“{value[:40]}…”" if len(value) > 40 else f"“{value}”"
    if isinstance(value, int | float | Decimal):
        digits = str(value)
        return f"{digits[:40]}…" if len(digits) > 40 else digits
    return "một danh sách" if isinstance(value, list | tuple) else "một nhóm giá trị"


def why_not(field: Field, value: Any) -> str:
    """The sentence about a value that the question does not know."""
    match field.kind:
        case Kind.FLAG:
            return f"{shown(value)} không nhận; ghi true (có) hoặc false (không)."
        case Kind.CHOICE:
            return f"{shown(value)} không phải câu trả lời; nhận: {offered(field)}."
        case Kind.CHOICES:
            return _why_not_distinct(field, value)
        case Kind.AREA:
            return _why_no_area(value)
        case _:
            return f"{shown(value)} không nhận; ghi chữ, nhiều nhất {LONGEST_NAME} ký tự."


def offered(field: Field) -> str:
    return ", ".join(f"{code} ({words})" for code, words in field.options.items())


def _why_not_distinct(field: Field, value: Any) -> str:
    if not isinstance(value, list):
        return f"{shown(value)} không nhận; ghi một danh sách, ví dụ {json.dumps(list(field.options)[:2])}."
    unknown = [one for one in value if not isinstance(one, str) or one not in field.options]
    if unknown:
        return f"{', '.join(map(shown, unknown))} không phải câu trả lời; nhận: {offered(field)}."
    return "có câu trả lời ghi hai lần."


def _why_no_area(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return f"{shown(value)} không phải số; ghi số m², ví dụ 31.5."
    if value < 0:
        return f"{shown(value)} là số âm; diện tích không thể nhỏ hơn 0."
    if value <= LARGEST_AREA:
        return f"{shown(value)} có quá hai chữ số thập phân; ghi nhiều nhất hai, ví dụ 31.25."
    return f"{shown(value)} không phải diện tích nhà ở; nhiều nhất {format_number(LARGEST_AREA)} m²."


def unknown_key(key: Any, known: Iterable[str]) -> str:
    names = list(known)
    close = get_close_matches(str(key).lower(), names, n=1)
    hint = f"có phải “{close[0]}”?" if close else f"có: {', '.join(names)}."
    return f"không có mục {shown(key)}; {hint}"
