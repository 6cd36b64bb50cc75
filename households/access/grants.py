"""The only door through which grants are given and ended. Each call is one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from households.access.models import Grant, GrantOrigin, Reach
from households.access.roles import NATION, Role, catalogue
from households.access.scope import EVERYWHERE, NOTHING, Scope, effective, reach_of
from households.areas.models import LEVELS, Area
from households.areas.queries import UnknownAreaError, find_area
from povertyportal.core.accounts import SYSTEM_USERNAME
from povertyportal.core.history import acting
from povertyportal.core.models import User
from povertyportal.core.periods import on as valid_on
from povertyportal.vietnamese import format_date


@dataclass(frozen=True, slots=True)
class Problem:
    """``field``: user, role, area_code, on, until, reason, or empty for the whole."""

    field: str
    message: str


class GrantRefusedError(Exception):
    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__(" ".join(problem.message for problem in problems))


def giving_scope(by: User, role: str, *, day: date) -> Scope:
    """Where the person may give and end this role today; at most 2 queries."""
    if by.username == SYSTEM_USERNAME:
        return EVERYWHERE
    givers = [one.code for one in catalogue().roles.values() if role in one.gives and "grants.give" in one.actions]
    held = list(effective(Grant.objects.filter(user=by, role__in=givers), day).values_list("reach", "area_id"))
    if not by.is_active or not held:
        return NOTHING
    if any(reach == Reach.NATION for reach, _area in held):
        return EVERYWHERE
    return reach_of(area for _reach, area in held if area is not None)


def give_grant(
    *,
    user: User,
    role: str,
    area_code: str | None,
    on: date,
    until: date | None = None,
    by: User,
    at: datetime,
    reason: str,
) -> Grant:
    """A role in the area that has the code on the day ``on`` (None: nationwide), from that day until before ``until``.

    Raises GrantRefusedError with a problem for each field.
    """
    day = timezone.localdate(at)
    problems = [*_problems_of_period(on, until, day), *_problems_of_person(user, by, reason)]
    area, area_problems = _place(role, area_code, on)
    problems += area_problems
    if not problems and not giving_scope(by, role, day=day).holds(area):
        problems.append(Problem("area_code", _not_his_to_give(role, area)))
    if problems:
        raise GrantRefusedError(*problems)
    return _store(user, role, area, DateRange(on, until), by=by, at=at, reason=reason.strip())


def end_grant(*, grant: Grant, on: date, by: User, at: datetime, reason: str) -> Grant:
    """The grant no longer works from the day ``on``. Raises GrantRefusedError, also when it ends before that anyway."""
    day = timezone.localdate(at)
    with transaction.atomic(), acting(by=by, reason=reason.strip() or "-"):
        row = Grant.objects.select_for_update(of=("self",)).select_related("area").get(pk=grant.pk)
        problems = _problems_of_ending(row, on, day, reason)
        if not problems and not giving_scope(by, row.role, day=day).holds(row.area):
            problems.append(Problem("", _not_his_to_give(row.role, row.area)))
        if problems:
            raise GrantRefusedError(*problems)
        _end(row, on, by=by, at=at, reason=reason.strip())
    return row


def _end(grant: Grant, on: date, *, by: User, at: datetime, reason: str) -> None:
    start = grant.validity.lower
    grant.validity = DateRange(start, max(on, start))
    grant.ended_by, grant.ended_at, grant.end_reason = by, at, reason
    grant.save(update_fields=["validity", "ended_by", "ended_at", "end_reason"])


def carry_grant(*, grant: Grant, to: Area, on: date, by: User, at: datetime, reason: str) -> Grant:
    """The same role on the unit that the grant's unit became, from that day. Its caller has made sure of the right.

    Raises GrantRefusedError when the person holds the role there already.
    """
    period = DateRange(max(on, grant.validity.lower), grant.validity.upper)
    given_by = by if by.pk != grant.user_id else grant.given_by
    return _store(grant.user, grant.role, to, period, by=given_by, at=at, reason=reason, origin=GrantOrigin.CARRIED)


def _store(
    user: User,
    role: str,
    area: Area | None,
    period: DateRange,
    *,
    by: User,
    at: datetime,
    reason: str,
    origin: GrantOrigin = GrantOrigin.GIVEN,
) -> Grant:
    place = {"reach": Reach.AREA if area else Reach.NATION, "area": area}
    row = Grant(user=user, role=role, validity=period, given_by=by, given_at=at, reason=reason, origin=origin, **place)
    try:
        with acting(by=by, reason=reason), transaction.atomic():
            User.objects.select_for_update().get(pk=user.pk)  # two who give at once see each other's grant
            if beside := _held_beside(row):
                raise GrantRefusedError(Problem("role", _not_together(row, beside)))
            row.save(force_insert=True)
    except IntegrityError as error:
        if "grant_once_a_day" not in str(error):
            raise
        raise GrantRefusedError(Problem("role", _held_already(user, row))) from error
    return row


def _problems_of_period(on: date, until: date | None, day: date) -> list[Problem]:
    found = []
    if on < day:
        message = _("Ngày bắt đầu không được trước hôm nay (%s): quyền không được giao lùi ngày.") % format_date(day)
        found.append(Problem("on", message))
    if until is not None and until <= on:
        found.append(Problem("until", _("Ngày cuối phải từ ngày bắt đầu trở đi.")))
    return found


def _problems_of_person(user: User, by: User, reason: str) -> list[Problem]:
    found = []
    if user.pk == by.pk:
        found.append(Problem("user", _("Không ai tự giao quyền cho mình; hãy đề nghị người quản trị khác.")))
    if not user.is_active or user.username == SYSTEM_USERNAME:
        found.append(Problem("user", _("Tài khoản “%s” không hoạt động nên không giao quyền được.") % user.username))
    if not reason.strip():
        found.append(Problem("reason", _("Hãy ghi lý do hoặc văn bản phân công.")))
    return found


def _place(code: str, area_code: str | None, on: date) -> tuple[Area | None, list[Problem]]:
    """The version the role would stand on, and what speaks against it."""
    role = catalogue().roles.get(code)
    if role is None:
        return None, [Problem("role", _("Không có vai trò mang mã “%s”.") % code)]
    if area_code is None:
        return None, [] if NATION in role.levels else [Problem("area_code", _not_at_this_level(role, _("toàn quốc")))]
    try:
        unit = find_area(code=area_code, on=on)
    except UnknownAreaError as error:
        return None, [Problem("area_code", str(error))]
    area = valid_on(Area.objects.filter(code=area_code), on).get()
    if unit.level.value in role.levels:
        return area, []
    return area, [Problem("area_code", _not_at_this_level(role, area.full_name))]


def _not_at_this_level(role: Role, place: str) -> str:
    return _("Vai trò “%(role)s” không giao ở %(place)s; chỉ giao ở: %(levels)s.") % {
        "role": role.title,
        "place": place,
        "levels": ", ".join(level_titles(role)),
    }


def level_titles(role: Role) -> Sequence[str]:
    """ "cấp xã", "cấp tỉnh", "toàn quốc"."""
    titles = {**dict(LEVELS), NATION: _("toàn quốc")}
    return [str(title) for level, title in titles.items() if level in role.levels]


def _problems_of_ending(grant: Grant, on: date, day: date, reason: str) -> list[Problem]:
    found = []
    ends = grant.validity.upper
    if grant.ended_at is not None and (grant.validity.isempty or (ends and ends <= on)):
        message = _("Quyền này đã được %(who)s thu lúc %(at)s.")
        told = {"who": grant.ended_by, "at": timezone.localtime(grant.ended_at).strftime("%H:%M %d/%m/%Y")}
        found.append(Problem("", message % told))
    elif ends is not None and ends <= on:
        found.append(Problem("on", _("Quyền này đã hết hạn trước ngày đó.")))
    if on < day:
        found.append(Problem("on", _("Ngày thu không được trước hôm nay (%s).") % format_date(day)))
    if not reason.strip():
        found.append(Problem("reason", _("Hãy ghi lý do thu quyền.")))
    return found


def _not_his_to_give(role: str, area: Area | None) -> str:
    return _("Bạn không được giao hay thu vai trò “%(role)s” ở %(place)s: ngoài địa bàn hoặc ngoài quyền của bạn.") % {
        "role": catalogue().roles[role].title if role in catalogue().roles else role,
        "place": f"{area.full_name} ({area.code})" if area else _("toàn quốc"),
    }


def _held_beside(grant: Grant) -> Grant | None:
    """A grant of another role that works on some day of this one's period, where one of the two roles stands alone."""
    alone = {role.code for role in catalogue().roles.values() if role.alone}
    found = Grant.objects.filter(user=grant.user, validity__overlap=grant.validity).exclude(role=grant.role)
    found = found if grant.role in alone else found.filter(role__in=alone)
    lasting = found.filter(Q(reach=Reach.NATION) | Q(area__validity__overlap=grant.validity))
    return lasting.select_related("area").order_by("pk").first()


def _not_together(grant: Grant, beside: Grant) -> str:
    return _(
        "%(user)s giữ vai trò “%(beside)s” trong thời gian này. Quản trị và kiểm toán không giữ cùng vai trò khác: "
        "hãy thu vai trò kia trước, hoặc giao cho tài khoản khác."
    ) % {"user": grant.user, "beside": beside}


def _held_already(user: User, grant: Grant) -> str:
    return _("%(user)s đã giữ vai trò “%(grant)s” trong khoảng thời gian này. Hãy thu quyền cũ trước.") % {
        "user": user,
        "grant": grant,
    }
