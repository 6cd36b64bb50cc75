"""The value column of a figures file: a number with a decimal point, "1.15-1.2" for a range, "10/12" for a part of."""

import re
from decimal import Decimal

from django.utils.translation import gettext as _

from reports.tables import Qualifier

_NUMBER = r"-?[0-9]+(?:\.[0-9]+)?"
_SHAPES = {
    Qualifier.RANGE: re.compile(rf"({_NUMBER})\s*[-–]\s*({_NUMBER})"),
    Qualifier.OF: re.compile(rf"({_NUMBER})\s*/\s*({_NUMBER})"),
}
_PLAIN = re.compile(rf"({_NUMBER})")
_GROUPED = re.compile(r"-?[0-9]{1,3}(\.[0-9]{3})+(,[0-9]+)?|-?[0-9]{1,3}(\.[0-9]{3}){2,}|-?[0-9]+,[0-9]+")
_BETWEEN = re.compile(r"(?<=[0-9])\s*[-–/]\s*")


def parse_value(text: str, qualifier: Qualifier) -> tuple[Decimal, Decimal | None]:
    """Value and upper value of a published text. Raises ValueError with a sentence for the person who typed it."""
    typed = text.strip()
    if not typed:
        raise ValueError(_("ô trống; cần một số"))
    if typed[0] in "=@" or (typed[0] == "+" and typed[1:2] not in "0123456789"):
        raise ValueError(_("“%(text)s” là công thức; cần ghi kết quả bằng số") % {"text": typed})
    shape = _SHAPES.get(qualifier, _PLAIN)
    matched = shape.fullmatch(typed)
    if matched is None:
        raise ValueError(_why_not(typed, qualifier))
    numbers = [Decimal(number) for number in matched.groups()]
    return numbers[0], numbers[1] if len(numbers) > 1 else None


def in_file_notation(published: str, value: Decimal, upper: Decimal | None) -> str:
    """A stored text as files write it ("1.10", "1.15-1.2", "10/12"), with the decimals it was published with.

    A page means 1046 by "1.046" and a file 1,046; which of the two a text was is told by its value. A text that gives
    the value in neither way is replaced by the value's own digits.
    """
    numbers = [value] if upper is None else [value, upper]
    parts = _BETWEEN.split(published.strip(), maxsplit=1)
    if len(parts) != len(numbers):
        parts = [""] * len(numbers)
    return ("/" if "/" in published else "-").join(map(_in_file_notation, parts, numbers))


def half_step(published: str, value: Decimal) -> Decimal:
    """How far the true value may lie from a published one: half a unit of its last digit shown."""
    _whole, point, decimals = in_file_notation(published, value, None).partition(".")
    return Decimal(5).scaleb(-len(decimals) - 1) if point else Decimal("0.5")


def _in_file_notation(text: str, number: Decimal) -> str:
    for reading in (text, text.replace(".", "").replace(",", ".")):
        if _PLAIN.fullmatch(reading) and Decimal(reading) == number:
            return reading
    return f"{number:f}"


def _why_not(typed: str, qualifier: Qualifier) -> str:
    if _GROUPED.fullmatch(typed):
        plain = typed.replace(".", "").replace(",", ".")
        return _(
            "“%(text)s” viết theo kiểu Việt Nam; trong tệp số liệu phải ghi %(plain)s "
            "(dấu chấm trước phần lẻ, không ngăn hàng nghìn)"
        ) % {
            "text": typed,
            "plain": plain,
        }
    expected = {
        Qualifier.RANGE: _("một khoảng như 1.15-1.2"),
        Qualifier.OF: _("phần trên tổng như 10/12"),
    }.get(qualifier, _("một số như 991 hoặc 84184.73"))
    return _("“%(text)s” không hợp với loại giá trị “%(qualifier)s”; cần ghi %(expected)s") % {
        "text": typed,
        "qualifier": qualifier.value,
        "expected": expected,
    }
