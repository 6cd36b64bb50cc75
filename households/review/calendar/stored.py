"""The calendar as administrators put it right, and the one door for doing so."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from households.access.scope import scope_of
from households.registry.problems import Problem
from households.review.calendar.shipped import shipped
from households.review.calendar.working_days import Calendar
from households.review.refusals import ReviewRefusedError
from households.review.superior_models import CalendarDay
from povertyportal.core.history import acting
from povertyportal.core.models import User
from povertyportal.vietnamese import format_date

EDIT = "review.calendar"
LONGEST_NAME, LONGEST_BASIS = 120, 400


def calendar() -> Calendar:
    """1 query."""
    said = dict(shipped().said)
    said.update(CalendarDay.objects.order_by("at", "pk").values_list("day", "off"))
    return Calendar(said)


def set_day(*, day: date, off: bool, name: str, basis: str, by: User, at: datetime) -> CalendarDay:
    """All communes go by the one calendar; days that were counted before stay as they were stored.

    Raises ReviewRefusedError, PermissionDenied.
    """
    if not may_edit(by, on=timezone.localdate(at)):
        raise PermissionDenied(
            _("Lịch nghỉ dùng chung cho mọi xã: chỉ người được giao quyền này ở cấp tỉnh hoặc toàn quốc sửa được.")
        )
    name, basis = name.strip(), basis.strip()
    with transaction.atomic(), acting(by=by, reason=_("Sửa lịch nghỉ ngày %s") % format_date(day)):
        problems = [*_told(name, basis), *_needed(day, off)]
        if problems:
            raise ReviewRefusedError(problems)
        return CalendarDay.objects.create(day=day, off=off, name=name, basis=basis, by=by, at=at)


def may_edit(user: object, *, on: date) -> bool:
    scope = scope_of(user, EDIT, day=on)
    return scope.nation or scope.areas().filter(level="province").exists()


def _told(name: str, basis: str) -> list[Problem]:
    problems = []
    if not 0 < len(name) <= LONGEST_NAME:
        problems.append(Problem("name", _("Ghi tên ngày nghỉ hoặc ngày làm bù, không quá %s chữ.") % LONGEST_NAME))
    if not 0 < len(basis) <= LONGEST_BASIS:
        message = _("Ghi văn bản làm căn cứ (số, ngày, cơ quan), không quá %s chữ.")
        problems.append(Problem("basis", message % LONGEST_BASIS))
    return problems


def _needed(day: date, off: bool) -> list[Problem]:
    if calendar().is_off(day) is not off:
        return []
    told = _("Ngày %s đã là ngày nghỉ.") if off else _("Ngày %s đã là ngày làm việc.")
    return [Problem("day", told % format_date(day))]
