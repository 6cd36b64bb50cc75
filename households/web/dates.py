"""The date of the map that a page shows: taken from the address, today when there is none."""

from datetime import date

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

EARLIEST = date(1945, 9, 2)

# Days on either side of the changes that the loaded data know in full.
MAPS = (
    (date(2019, 12, 31), gettext_lazy("trước khi Hoành Bồ nhập vào Hạ Long")),
    (date(2025, 6, 30), gettext_lazy("ngày cuối của ba cấp: 63 tỉnh, 696 huyện, 10.035 xã")),
    (date(2025, 7, 1), gettext_lazy("hai cấp: 34 tỉnh, 3.321 xã, phường, đặc khu")),
    (date(2026, 4, 30), gettext_lazy("Đồng Nai trở thành thành phố")),
)


def date_asked(request: HttpRequest) -> date:
    """BadRequest for a text that is no date; the clock is read here, at the door, and nowhere below."""
    text = request.GET.get("on", "")
    if not text:
        return timezone.localdate()
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise BadRequest(_("“%s” không phải là ngày; cần dạng 2019-12-31.") % text) from error
    if day < EARLIEST:
        raise BadRequest(_("Ngày %s quá xa: dữ liệu đơn vị hành chính không có trước năm 1945.") % text)
    return day
