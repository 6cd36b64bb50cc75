"""My own rights, and giving and ending those of others."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from households.access.accounts import accounts_of
from households.access.grants import GrantRefusedError, end_grant, give_grant, giving_scope
from households.access.models import AccountUnit, Grant, Reach
from households.access.roles import Action, Role, catalogue, role_title
from households.access.scope import EVERYWHERE, effective, reach_of, scope_of
from households.web.access_forms import EndGrantForm, GrantForm, givable
from povertyportal.core.clock import now, today
from povertyportal.core.models import User
from povertyportal.core.periods import holds
from povertyportal.core.session_guard import account_of
from povertyportal.vietnamese import format_date


@dataclass(frozen=True, slots=True)
class Row:
    """A grant as a page shows it. ``last``: the last day on which it works."""

    grant: Grant
    role: str
    place: str
    code: str
    start: date | None
    last: date | None
    state: str
    may_end: bool = False


def row_of(grant: Grant, day: date, *, may_end: bool = False) -> Row:
    """``grant`` with its area loaded."""
    start, end = grant.validity.lower, grant.validity.upper
    area_end = grant.area.validity.upper if grant.area else None
    ends = min((one for one in (end, area_end) if one), default=None)
    empty = bool(grant.validity.isempty)
    state = "over" if empty or (ends and ends <= day) else "now" if holds(start, ends, day) else "later"
    return Row(
        grant=grant,
        role=role_title(grant.role),
        place=grant.place,
        code=grant.area.code if grant.area else "",
        start=start,
        last=ends - timedelta(days=1) if ends else None,
        state=state,
        may_end=may_end and state != "over",
    )


@dataclass(frozen=True, slots=True)
class Held:
    row: Row
    role: Role | None
    actions: list[Action]


@require_safe
def my_grants(request: HttpRequest) -> HttpResponse:
    user, day = account_of(request), today()
    rows = [row_of(grant, day) for grant in _grants(user)]
    unit = AccountUnit.objects.filter(user=user).select_related("area").first()
    context = {
        "held": [_held(row) for row in rows if row.state != "over"],
        "over": [row for row in rows if row.state == "over"],
        "unit": unit,
        "administrators": administrators_of(unit, day),
        "day": day,
    }
    return render(request, "households/grant_mine.html", context)


def _grants(user: User) -> QuerySet[Grant]:
    return Grant.objects.filter(user=user).select_related("area", "given_by", "ended_by").order_by("-given_at", "-pk")


def _held(row: Row) -> Held:
    known = catalogue()
    role = known.roles.get(row.grant.role)
    return Held(row, role, [known.actions[code] for code in known.actions if role and code in role.actions])


def administrators_of(unit: AccountUnit | None, day: date) -> list[User]:
    """Whom to ask: who may manage accounts of the unit today, the nearest first."""
    roles = catalogue().with_action("grants.give")
    given = effective(Grant.objects.filter(role__in=roles, user__is_active=True), day).select_related("user", "area")
    near, far = [], []
    for grant in given.order_by("user__full_name"):
        if grant.area_id is None:
            far.append(grant.user)
        elif unit and unit.area_id in reach_of([grant.area_id]).ids:
            near.append(grant.user)
    return near or far


@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, username: str) -> HttpResponse:
    by, day = account_of(request), today()
    user = managed(by, username, day)
    codes = {code for code in catalogue().roles if giving_scope(by, code, day=day)}
    form = GrantForm(
        request.POST or None,
        scope=scope_of(by, "grants.give", day=day),
        day=day,
        roles=givable(codes),
        initial={"on": day, "area_code": _unit_code(user)},
    )
    if request.method == "POST" and form.is_valid() and (grant := _given(form, user, by)):
        messages.success(request, _("Đã giao quyền cho %s.") % user)
        _tell_of_end(request, grant)
        return redirect("access:account", user.username)
    context = {"form": form, "account": user, "roles": givable(codes)}
    return render(request, "households/grant_give.html", context)


def _given(form: GrantForm, user: User, by: User) -> Grant | None:
    data = form.cleaned_data
    until = data["until"] + timedelta(days=1) if data["until"] else None
    try:
        return give_grant(
            user=user, role=data["role"], area_code=data["place"], on=data["on"], until=until,
            by=by, at=now(), reason=data["reason"],
        )  # fmt: skip
    except GrantRefusedError as refused:
        for problem in refused.problems:
            form.refuse(problem.field, problem.message)
        return None


def _tell_of_end(request: HttpRequest, grant: Grant) -> None:
    """A change of the map decided earlier asked for the rights that stood then; this one stops with its unit."""
    end, until = grant.area.validity.upper if grant.area else None, grant.validity.upper
    if grant.area and end and (until is None or end < until):
        told = {"place": grant.area.full_name, "day": format_date(end)}
        text = _(
            "%(place)s kết thúc hoặc thay đổi từ ngày %(day)s: quyền này dừng ngày đó. Hãy giao thêm quyền từ ngày ấy."
        )
        messages.warning(request, text % told)


def _unit_code(user: User) -> str:
    unit = AccountUnit.objects.filter(user=user).select_related("area").first()
    return unit.area.code if unit and unit.area else ""


def managed(by: User, username: str, day: date) -> User:
    """An account of the administrator's own area. Raises Http404: of others not even the name is confirmed."""
    user = accounts_of(by, day=day).filter(username=username).first()
    if user is None:
        raise Http404(_("Trong địa bàn bạn quản trị không có tài khoản “%s”.") % username[:40])
    return user


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    by, day = account_of(request), today()
    grant = _reached(by, day).select_related("area", "user").filter(pk=pk).first()
    if grant is None:
        raise Http404(_("Trong địa bàn bạn quản trị không có quyền mang số %s.") % pk)
    form = EndGrantForm(request.POST or None, initial={"on": day})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            end_grant(grant=grant, on=data["on"], by=by, at=now(), reason=data["reason"])
        except GrantRefusedError as refused:
            for problem in refused.problems:
                form.refuse(problem.field, problem.message)
        else:
            messages.success(request, _("Đã thu quyền: %(grant)s của %(user)s.") % {"grant": grant, "user": grant.user})
            return redirect(_back(by, grant.user, day))
    context = {"form": form, "row": row_of(grant, day), "account": grant.user, "back": _back(by, grant.user, day)}
    return render(request, "households/grant_end.html", context)


def _reached(by: User, day: date) -> QuerySet[Grant]:
    """Grants on units where the person gives rights."""
    scope = scope_of(by, "grants.give", day=day)
    return Grant.objects.all() if scope == EVERYWHERE else Grant.objects.filter(area__in=scope.ids, reach=Reach.AREA)


def _back(by: User, user: User, day: date) -> str:
    """The account's page where it is one of his; a grant in his area may be held by somebody of another unit."""
    own = accounts_of(by, day=day).filter(pk=user.pk).exists()
    return reverse("access:account", args=[user.username]) if own else reverse("access:rights")
