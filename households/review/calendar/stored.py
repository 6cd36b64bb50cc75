"""The calendar as administrators put it right, and the one door for doing so."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from households.access.scope import scope_of
from households.registry.actions.working import problems_of_text
from households.registry.problems import Problem
from households.review.calendar.shipped import shipped
from households.review.calendar.working_days import Calendar
from households.review.refusals import ReviewRefusedError
from households.review.rights import CALENDAR
from households.review.superior_models import CalendarDay
from povertyportal.core.history import acting
from povertyportal.core.models import User
from povertyportal.vietnamese import format_date

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
            _("Lịch nghỉ dùng chung cho cả nước: chỉ người được giao quyền này trên toàn quốc sửa được.")
        )
    name, basis = name.strip(), basis.strip()
    with transaction.atomic(), acting(by=by, reason=_("Sửa lịch nghỉ ngày %s") % format_date(day)):
        problems = [*_told(name, basis), *_needed(day, off)]
        if problems:
            raise ReviewRefusedError(problems)
        return CalendarDay.objects.create(day=day, off=off, name=name, basis=basis, by=by, at=at)


def may_edit(user: object, *, on: date) -> bool:
    """Deadlines of every commune of the country go by it, and the law lets nobody below the government say a day off."""
    return scope_of(user, CALENDAR, day=on).nation


def _told(name: str, basis: str) -> list[Problem]:
    problems = [*problems_of_text("name", name, LONGEST_NAME), *problems_of_text("basis", basis, LONGEST_BASIS)]
    if not name:
        problems.append(Problem("name", _("Ghi tên ngày nghỉ hoặc ngày làm bù.")))
    if not basis:
        problems.append(Problem("basis", _("Ghi văn bản làm căn cứ: số, ngày, cơ quan.")))
    return problems


def _needed(day: date, off: bool) -> list[Problem]:
    if calendar().is_off(day) is not off:
        return []
    told = _("Ngày %s đã là ngày nghỉ.") if off else _("Ngày %s đã là ngày làm việc.")
    return [Problem("day", told % format_date(day))]
