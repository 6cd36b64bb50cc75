"""The date of the map that a page shows: taken from the address, today when there is none."""

import re
from datetime import date

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

EARLIEST = date(1945, 9, 2)
_VIETNAMESE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)

# Days on either side of the changes that the loaded data know in full.
MAPS = (
    (date(2019, 12, 31), gettext_lazy("trước khi Hoành Bồ nhập vào Hạ Long")),
    (date(2025, 6, 30), gettext_lazy("ngày cuối của ba cấp: 63 tỉnh, 696 huyện, 10.035 xã")),
    (date(2025, 7, 1), gettext_lazy("hai cấp: 34 tỉnh, 3.321 xã, phường, đặc khu")),
    (date(2026, 4, 30), gettext_lazy("Đồng Nai trở thành thành phố")),
)


class DayRefusedError(ValueError):
    """``text`` is what was typed; the message says what would be right."""

    def __init__(self, text: str, message: str) -> None:
        self.text = text
        super().__init__(message)


def date_asked(request: HttpRequest) -> date:
    """DayRefusedError for a text that is no date; the clock is read here, at the door, and nowhere below."""
    text = request.GET.get("on", "").strip()
    return read_day(text) if text else timezone.localdate()


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


def _parsed(text: str) -> date:
    typed = _VIETNAMESE.fullmatch(text)
    return date(int(typed[3]), int(typed[2]), int(typed[1])) if typed else date.fromisoformat(text)
