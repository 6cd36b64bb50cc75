"""Accounts by area: whose an administrator may make and manage. Their states themselves: ``povertyportal.core.accounts``."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from households.access.models import AccountUnit, Grant, Reach
from households.access.scope import Scope, scope_of
from households.areas.models import Area
from households.areas.queries import UnknownAreaError, find_area
from povertyportal.core.accounts import SYSTEM_USERNAME, AccountRefused, make_account
from povertyportal.core.history import acting
from povertyportal.core.models import User
from povertyportal.core.periods import on as valid_on

MANAGE = "accounts.manage"


@transaction.atomic
def open_account(
    *,
    username: str,
    full_name: str,
    area_code: str | None,
    email: str = "",
    phone: str = "",
    by: User,
    at: datetime,
    reason: str,
) -> tuple[User, str]:
    """An account for somebody who works in the unit (None: nationwide) and its first password.

    Raises AccountRefused with the field it belongs to.
    """
    day = timezone.localdate(at)
    if not reason.strip():
        raise AccountRefused(_("Hãy ghi lý do hoặc văn bản phân công."), "reason")
    place = _place(area_code, scope_of(by, MANAGE, day=day), day)
    with acting(by=by, reason=reason.strip()):
        user, password = make_account(
            username=username, full_name=full_name, email=email, phone=phone, by=by, at=at, reason=reason.strip()
        )
        AccountUnit.objects.create(user=user, reach=Reach.AREA if place else Reach.NATION, area=place)
    return user, password


@transaction.atomic
def move_account(*, user: User, area_code: str | None, by: User, at: datetime, reason: str) -> None:
    """The person works in another unit now; grants stay as they are. Raises AccountRefused, PermissionDenied."""
    day = timezone.localdate(at)
    check_may_manage(user, by=by, day=day)
    if not reason.strip():
        raise AccountRefused(_("Hãy ghi lý do hoặc văn bản phân công."), "reason")
    place = _place(area_code, scope_of(by, MANAGE, day=day), day)
    with acting(by=by, reason=reason.strip()):
        AccountUnit.objects.update_or_create(
            user=user, defaults={"reach": Reach.AREA if place else Reach.NATION, "area": place}
        )


def accounts_of(by: User, *, day: date) -> QuerySet[User]:
    """Accounts of people who work in a unit of the administrator's scope; those without a unit belong to the nation."""
    scope = scope_of(by, MANAGE, day=day)
    people = User.objects.exclude(username=SYSTEM_USERNAME)
    if scope.nation:
        return people
    return people.filter(unit__area__in=scope.ids)


def check_may_manage(user: User, *, by: User, day: date) -> None:
    """Suspend, end, give a new password …: an account of one's own area that reaches nowhere beyond it.

    Else the administrator of a commune could give himself the password of somebody who sees the whole province. Nobody
    manages his own account. Raises PermissionDenied.
    """
    scope = scope_of(by, MANAGE, day=day)
    if user.pk == by.pk:
        raise PermissionDenied(_("Không ai quản lý tài khoản của chính mình; hãy đề nghị người quản trị khác."))
    unit = AccountUnit.objects.filter(user=user).select_related("area").first()
    if not scope.nation and (unit is None or not scope.holds(unit.area)):
        raise PermissionDenied(_("Tài khoản %(name)s không thuộc địa bàn bạn quản trị.") % {"name": user.username})
    standing = unended(user, day=day).select_related("area")
    beyond = [grant for grant in standing if not (scope.holds(grant.area) or _comes_from(scope, grant.area, day))]
    if beyond:
        raise PermissionDenied(
            _(
                "%(user)s còn giữ quyền ngoài địa bàn bạn quản trị (%(grant)s); việc này phải do người quản trị cấp trên làm."
            )
            % {"user": user, "grant": beyond[0]}
        )


def _comes_from(scope: Scope, area: Area | None, day: date) -> bool:
    """A unit to come that takes over land of the scope and no other: a right carried there reaches no further."""
    if area is None or area.validity.lower is None or area.validity.lower <= day:
        return False
    origins = [row.from_area_id for row in area.origins.all()]
    return bool(origins) and all(origin in scope.ids for origin in origins)


def can_manage(user: User, *, by: User, day: date) -> bool:
    try:
        check_may_manage(user, by=by, day=day)
    except PermissionDenied:
        return False
    return True


def unended(user: User, *, day: date) -> QuerySet[Grant]:
    """Grants that work on the day or will work later."""
    return Grant.objects.filter(user=user).filter(
        Q(validity__endswith=None, validity__isempty=False) | Q(validity__endswith__gt=day)
    )


def _place(area_code: str | None, scope: Scope, day: date) -> Area | None:
    """Raises AccountRefused."""
    if area_code is None:
        if not scope.nation:
            raise AccountRefused(_("Chỉ người quản trị toàn quốc lập tài khoản không thuộc đơn vị nào."), "area_code")
        return None
    try:
        find_area(code=area_code, on=day)
    except UnknownAreaError as error:
        raise AccountRefused(str(error), "area_code") from error
    area = valid_on(Area.objects.filter(code=area_code), day).get()
    if not scope.holds(area):
        message = _("%(area)s (%(code)s) không thuộc địa bàn bạn quản trị.")
        raise AccountRefused(message % {"area": area.full_name, "code": area.code}, "area_code")
    return area
