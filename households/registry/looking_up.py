"""A household by what people call it: its number in the system, or the code that the local office gives it."""

import re
from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext as _

from households.areas.models import Area
from households.registry.models import Household, Residence
from povertyportal.core.periods import on as holding_on
from povertyportal.vietnamese import format_date

_NUMBER = re.compile(r"[Hh]?([0-9]{1,18})")


class UnknownHouseholdError(Exception):
    """The sentence says what was looked for, and what would find one household."""


def look_up(number: str | None, *, code: str | None, area: str, on: date, seen: Collection[str] | None) -> int:
    """``number``: "H123" or "123". ``area``: the village's or commune's code that a local code belongs to. ``seen``: codes
    of the places whose households the asker sees on the day, None for the nation; local codes are looked for there only.
    Raises UnknownHouseholdError, also when several households have the local code."""
    if bool(number) == bool(code):
        raise UnknownHouseholdError(_("Ghi số của hộ (H123), hoặc mã hộ của địa phương sau --code; một trong hai."))
    return _by_code(code, area, on, seen) if code else _by_number(number or "")


def _by_number(text: str) -> int:
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        raise UnknownHouseholdError(_("“%s” không phải là số của hộ; ví dụ đúng: H123.") % text)
    key = int(found[1])
    if not Household.objects.filter(pk=key).exists():
        raise UnknownHouseholdError(_("Không có hộ H%s.") % key)
    return key


def _by_code(code: str, area: str, on: date, seen: Collection[str] | None) -> int:
    rows = holding_on(Residence.objects.filter(local_code=code.strip(), household__merged_into=None), on)
    if area:
        below = holding_on(Area.objects.filter(parent_code=area), on).values_list("code", flat=True)
        rows = rows.filter(area_code__in=[area, *below])
    if seen is not None:
        rows = rows.filter(area_code__in=seen)
    found = sorted(set(rows.values_list("household_id", flat=True)[:6]))
    told = {"code": code, "day": format_date(on)}
    if not found:
        raise UnknownHouseholdError(_("Ngày %(day)s không có hộ nào mang mã %(code)s ở đó.") % told)
    if len(found) > 1:
        listed = ", ".join(f"H{key}" for key in found[:5]) + (", …" if len(found) > 5 else "")
        message = _("Nhiều hộ mang mã %(code)s ngày %(day)s: %(found)s. Hãy thêm --area, hoặc ghi số của hộ.")
        raise UnknownHouseholdError(message % {**told, "found": listed})
    return found[0]
