"""The days for which the administrative map can be asked: one rule for pages and commands."""

import re
from datetime import date

from django.utils.translation import gettext as _

EARLIEST = date(1945, 9, 2)
YEARS_AHEAD = 2
_VIETNAMESE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)


class DayRefusedError(ValueError):
    """``text`` is what was typed; the message says what would be right."""

    def __init__(self, text: str, message: str) -> None:
        self.text = text
        super().__init__(message)


def read_day(text: str) -> date:
    """31/12/2019 as people write it, 2019-12-31 as addresses do. Raises DayRefusedError."""
    try:
        day = _parsed(text)
    except ValueError as error:
        message = _("“%s” không phải là một ngày; hãy ghi ngày/tháng/năm, ví dụ 31/12/2019.") % text
        raise DayRefusedError(text, message) from error
    if day < EARLIEST:
        message = _("Dữ liệu đơn vị hành chính không có trước ngày 02/09/1945; hãy ghi ngày sau đó.")
        raise DayRefusedError(text, message)
    return day


def too_far(on: date, *, day: date) -> str:
    """Why nothing is written for ``on`` yet, seen from ``day``; "" when it may be."""
    if on.year <= day.year + YEARS_AHEAD:
        return ""
    return _("Ngày này quá xa; chỉ ghi được thay đổi trong %(years)s năm tới.") % {"years": YEARS_AHEAD}


def _parsed(text: str) -> date:
    typed = _VIETNAMESE.fullmatch(text)
    return date(int(typed[3]), int(typed[2]), int(typed[1])) if typed else date.fromisoformat(text)
