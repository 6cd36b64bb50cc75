"""The version of an administrative unit that a figure is stated on, and sentences for when there is none."""

from datetime import date

from django.utils.translation import gettext as _

from households.areas.models import Area
from povertyportal.core.periods import on as valid_on
from povertyportal.vietnamese import fold, format_date

_CODE_LENGTHS = (2, 3, 5)


def find_area_of(*, code: str, on: date) -> tuple[Area | None, str]:
    """The unit with this code on this day, or None with a sentence that says when the code exists."""
    area = valid_on(Area.objects.filter(code=code), on).first() if code.isalnum() else None
    return (area, "") if area else (None, _no_such_area(code, on))


def _no_such_area(code: str, on: date) -> str:
    if not code.isalnum():
        return _("“%(code)s” không phải mã đơn vị hành chính; mã chỉ gồm chữ số, ví dụ 045") % {
            "code": ascii(code)[1:-1]
        }
    versions = list(Area.objects.filter(code=code).order_by("validity"))
    if versions:
        return _("mã %(code)s không có hiệu lực ngày %(day)s; mã này là: %(versions)s") % {
            "code": code,
            "day": format_date(on),
            "versions": "; ".join(f"{area.full_name} ({validity_text(area)})" for area in versions),
        }
    hint = lost_zero_hint(code)
    return _("không có đơn vị hành chính mang mã “%(code)s”%(hint)s") % {"code": code, "hint": hint}


def lost_zero_hint(code: str, name: str = "") -> str:
    """Said when the code becomes that of a unit (of this name) with the noughts that Excel takes away from "045"."""
    longer = [code.zfill(length) for length in _CODE_LENGTHS if code.isdigit() and length > len(code)]
    units = sorted(Area.objects.filter(code__in=longer), key=lambda area: longer.index(area.code))
    found = [area for area in units if not name or is_name_of(area, name)]
    return _("; có thể Excel đã bỏ số 0 ở đầu: %(code)s") % {"code": found[0].code} if found else ""


def is_name_of(area: Area, name: str) -> bool:
    return fold(name) in {fold(area.full_name), fold(area.name)}


def validity_text(area: Area) -> str:
    """ "từ 01/01/2020 đến hết 30/06/2025": the range's end is the first day it no longer holds."""
    first, end = area.validity.lower, area.validity.upper
    start = _("từ %(day)s") % {"day": format_date(first)} if first else _("chưa rõ ngày bắt đầu")
    if end is None:
        return start
    return _("%(start)s đến trước ngày %(day)s") % {"start": start, "day": format_date(end)}
