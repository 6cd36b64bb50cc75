"""The date of the map that a page shows: taken from the address, today when there is none."""

from datetime import date

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy

from households.areas.days import read_day

# Days on either side of the changes that the loaded data know in full.
MAPS = (
    (date(2019, 12, 31), gettext_lazy("trước khi Hoành Bồ nhập vào Hạ Long")),
    (date(2025, 6, 30), gettext_lazy("ngày cuối của ba cấp: 63 tỉnh, 696 huyện, 10.035 xã")),
    (date(2025, 7, 1), gettext_lazy("hai cấp: 34 tỉnh, 3.321 xã, phường, đặc khu")),
    (date(2026, 4, 30), gettext_lazy("Đồng Nai trở thành thành phố")),
)


def date_asked(request: HttpRequest) -> date:
    """DayRefusedError for a text that is no date; the clock is read here, at the door, and nowhere below."""
    text = request.GET.get("on", "").strip()
    return read_day(text) if text else timezone.localdate()
