"""The value column of a figures file: a number with a decimal point, "1.15-1.2" for a range, "10/12" for a part of."""

import re
from decimal import Decimal

from django.utils.translation import gettext as _

from reports.tables import Qualifier

_NUMBER = r"-?\d+(?:\.\d+)?"
_SHAPES = {
    Qualifier.RANGE: re.compile(rf"({_NUMBER})\s*[-–]\s*({_NUMBER})"),
    Qualifier.OF: re.compile(rf"({_NUMBER})\s*/\s*({_NUMBER})"),
}
_PLAIN = re.compile(rf"({_NUMBER})")
_GROUPED = re.compile(r"-?\d{1,3}(\.\d{3})+(,\d+)?|-?\d{1,3}(\.\d{3}){2,}|-?\d+,\d+")


def parse_value(text: str, qualifier: Qualifier) -> tuple[Decimal, Decimal | None]:
    """Value and upper value of a published text. Raises ValueError with a sentence for the person who typed it."""
    typed = text.strip()
    if not typed:
        raise ValueError(_("ô trống; cần một số"))
    if typed[0] in "=@" or (typed[0] == "+" and not typed[1:2].isdigit()):
        raise ValueError(_("“%(text)s” là công thức; cần ghi kết quả bằng số") % {"text": typed})
    shape = _SHAPES.get(qualifier, _PLAIN)
    matched = shape.fullmatch(typed)
    if matched is None:
        raise ValueError(_why_not(typed, qualifier))
    numbers = [Decimal(number) for number in matched.groups()]
    return numbers[0], numbers[1] if len(numbers) > 1 else None


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
