"""What makes a figure acceptable, whoever enters it: a page, a file, or a correction. Plain data in, problems out."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from povertyportal.core.sheets import not_printed
from povertyportal.vietnamese import format_date, format_number
from reports.reported.vocabulary import Kind, find_measure, is_percent, stored_unit, whole_units
from reports.tables import FigureKey, Qualifier

MAX_VALUE = Decimal(10) ** 15
MAX_DECIMALS = 6
_FIRST_YEAR, _LAST_YEAR = 1945, 2100
_LIMITS = {"report": 60, "standard": 60, "programme": 60, "measure": 100, "unit": 40, "published": 60, "note": 1000}
_TEXTS = ("area_code", *_LIMITS)
_NOT_PRINTED = ("Cc", "Cf", "Cn", "Co", "Cs")  # Unicode categories: control, format, unassigned, private, surrogate


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A figure as somebody states it, before it is checked and stored; ``published`` is the value's text."""

    report: str
    area_code: str
    boundary_on: date
    standard: str = ""
    programme: str = ""
    measure: str
    unit: str
    period_from: date
    period_to: date
    published: str
    value: Decimal
    upper: Decimal | None = None
    qualifier: Qualifier = Qualifier.EXACT
    note: str = ""

    def __post_init__(self) -> None:
        """Single blanks in every text, one spelling of percent: the same figure is stored the same from every door."""
        for name in _TEXTS:
            object.__setattr__(self, name, " ".join(getattr(self, name).split()))
        object.__setattr__(self, "unit", stored_unit(self.unit))

    @property
    def key(self) -> FigureKey:
        return FigureKey(
            self.area_code,
            self.boundary_on,
            self.standard,
            self.programme,
            self.measure,
            self.period_from,
            self.period_to,
        )


@dataclass(frozen=True, slots=True)
class Problem:
    """``field`` is the name of the Statement's field, ``message`` what is wrong with it and what would be right."""

    field: str
    message: str


def check_statement(statement: Statement) -> tuple[Problem, ...]:
    """Every problem of a statement taken alone; the area and stored rows are looked at by the actions."""
    if not all(number.is_finite() for number in _numbers(statement)):
        return (Problem("value", _("không phải một số")),)
    checks = (_texts, _period, _size, _against_qualifier, _sign, _wholeness, _share)
    return tuple(problem for check in checks for problem in check(statement))


def _texts(statement: Statement) -> Iterator[Problem]:
    for name in ("report", "measure", "unit", "published"):
        if not getattr(statement, name).strip():
            yield Problem(name, _("còn trống; cần nhập"))
    for name, limit in _LIMITS.items():
        if len(getattr(statement, name)) > limit:
            yield Problem(name, _("dài quá %(limit)s ký tự") % {"limit": limit})
    for name in _TEXTS:
        hidden = [mark for mark in getattr(statement, name) if unicodedata.category(mark) in _NOT_PRINTED]
        if hidden:
            yield Problem(name, not_printed(hidden[0]))


def _period(statement: Statement) -> Iterator[Problem]:
    if statement.period_to < statement.period_from:
        yield Problem(
            "period_to",
            _("%(last)s trước ngày bắt đầu %(first)s; ngày kết thúc phải từ ngày bắt đầu trở đi")
            % {"last": format_date(statement.period_to), "first": format_date(statement.period_from)},
        )
    for name in ("boundary_on", "period_from", "period_to"):
        if not _FIRST_YEAR <= getattr(statement, name).year <= _LAST_YEAR:
            yield Problem(name, _("năm %(year)s không hợp lý") % {"year": getattr(statement, name).year})


def _size(statement: Statement) -> Iterator[Problem]:
    for number in _numbers(statement):
        if abs(number) >= MAX_VALUE:
            yield Problem("value", _("lớn quá mức; cần số nhỏ hơn một triệu tỷ"))
        elif _decimals(number) > MAX_DECIMALS:
            yield Problem("value", _("có quá %(limit)s chữ số sau dấu thập phân") % {"limit": MAX_DECIMALS})


def _against_qualifier(statement: Statement) -> Iterator[Problem]:
    value, upper, qualifier = statement.value, statement.upper, statement.qualifier
    takes_upper = qualifier in (Qualifier.RANGE, Qualifier.OF)
    if takes_upper is (upper is None):
        yield Problem("qualifier", _("loại giá trị “%(kind)s” không khớp với số đã ghi") % {"kind": qualifier.value})
    elif qualifier is Qualifier.RANGE and upper is not None and upper <= value:
        yield Problem("value", _("khoảng phải đi từ số nhỏ đến số lớn, ví dụ 1.15-1.2"))
    elif qualifier is Qualifier.OF and upper is not None and upper <= 0:
        yield Problem("value", _("tổng số đứng sau dấu “/” phải lớn hơn 0"))
    elif qualifier is Qualifier.OF and upper is not None and value > upper:
        yield Problem("value", _("phần lớn hơn tổng số; cần ghi phần/tổng như 10/12"))


def _sign(statement: Statement) -> Iterator[Problem]:
    kind = find_measure(statement.measure).kind
    may_be_negative = kind in (Kind.CHANGE, Kind.UNKNOWN) and statement.unit not in whole_units()
    if not may_be_negative and min(_numbers(statement)) < 0:
        yield Problem(
            "value", _("%(value)s là số âm; chỉ tiêu này không thể âm") % {"value": format_number(statement.value)}
        )


def _wholeness(statement: Statement) -> Iterator[Problem]:
    averaged = find_measure(statement.measure).kind in (Kind.AVERAGE, Kind.CHANGE)
    if statement.unit not in whole_units() or averaged:
        return
    for number in _numbers(statement):
        if _decimals(number):
            yield Problem("value", _not_whole(number, statement.unit))


def _not_whole(number: Decimal, unit: str) -> str:
    """Also "1.000": a file from a Vietnamese Excel means 1000 by it, and nobody publishes a thousandth of a thing."""
    message = _("%(value)s %(unit)s không phải số nguyên") % {"value": number, "unit": unit}
    if _decimals(number) == 3:
        meant = f"{number:f}".replace(".", "")
        message += _("; nếu dấu chấm là để ngăn hàng nghìn (%(read)s) thì ghi %(meant)s") % {
            "read": f"{number:f}",
            "meant": meant,
        }
    return message


def _share(statement: Statement) -> Iterator[Problem]:
    measure = find_measure(statement.measure)
    if measure.share and is_percent(statement.unit) and max(_numbers(statement)) > 100:
        yield Problem(
            "value",
            _("%(value)s%% vượt quá 100%%, trong khi đây là một tỷ lệ trên tổng số")
            % {"value": format_number(statement.value)},
        )


def _numbers(statement: Statement) -> list[Decimal]:
    return [statement.value] + ([statement.upper] if statement.upper is not None else [])


def _decimals(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0
