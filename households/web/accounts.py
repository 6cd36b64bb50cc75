"""Accounts of one's area: list, make, look at, and what may be done to one, each with its reason."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from households.access.accounts import MANAGE, accounts_of, check_may_manage, move_account, open_account
from households.access.grants import giving_scope
from households.access.models import AccountUnit, Grant
from households.access.roles import catalogue, role_title
from households.access.scope import Scope, effective, scope_of
from households.access.visible import WHOLE_MAP, things_seen, units_seen
from households.web.access_forms import AccountForm, PlaceForm, ReasonForm
from households.web.grants import managed, row_of
from povertyportal.core import accounts
from povertyportal.core.accounts import AccountRefused
from povertyportal.core.clock import now, today
from povertyportal.core.devices import device_words
from povertyportal.core.lockout import locked_until
from povertyportal.core.models import AccountStatus, User
from povertyportal.core.paging import page_asked
from povertyportal.core.second_factor import has_second_factor
from povertyportal.core.session_guard import account_of
from povertyportal.core.sessions import end_sessions, open_sessions
from povertyportal.vietnamese import fold

FILTERS = ("q", "status", "page")
PAGE_SIZE = 30
UNITS_SHOWN_FOR = ("figures.read", "villages.manage", "accounts.manage", "records.read")


@require_safe
def account_list(request: HttpRequest) -> HttpResponse:
    by, day = account_of(request), today()
    text, status = request.GET.get("q", "").strip(), request.GET.get("status", "")
    if status and status not in AccountStatus.values:
        raise BadRequest(_("Không có tình trạng “%s”; hãy chọn trong danh sách.") % status[:40])
    found = _found(accounts_of(by, day=day), text, status)
    page = page_asked(request, found, PAGE_SIZE)
    context = {
        "page": page,
        "rows": [(user, _roles_of(user)) for user in page],
        "text": text,
        "status": status,
        "statuses": AccountStatus.choices,
        "filtered": bool(text or status),
    }
    return render(request, "households/account_list.html", context)


def _found(people: QuerySet[User], text: str, status: str) -> QuerySet[User]:
    if status:
        people = people.filter(status=status)
    if key := fold(text):
        units = Q(unit__area__code=text) | Q(unit__area__search_key__contains=key)
        people = people.filter(Q(pk__in=_named(people, key)) | units)
    standing = effective(Grant.objects.select_related("area"), today())
    return (
        people.select_related("unit__area").prefetch_related(Prefetch("grants", standing)).order_by("full_name", "pk")
    )


def _named(people: QuerySet[User], key: str) -> list[int]:
    """Accents and case aside, which the database without ICU cannot do: "đào" finds Đào."""
    names = people.values_list("pk", "username", "full_name")
    return [pk for pk, username, full_name in names if key in fold(username) or key in fold(full_name)]


def _roles_of(user: User) -> list[str]:
    return [f"{role_title(grant.role)}, {grant.place}" for grant in user.grants.all()]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def account_new(request: HttpRequest) -> HttpResponse:
    by, day = account_of(request), today()
    form = AccountForm(request.POST or None, scope=scope_of(by, MANAGE, day=day), day=day)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            user, password = open_account(
                username=data["username"], full_name=data["full_name"], area_code=data["place"], email=data["email"],
                phone=data["phone"], by=by, at=now(), reason=data["reason"],
            )  # fmt: skip
        except AccountRefused as refused:
            form.refuse(refused.field, str(refused))
        else:
            return _password_page(request, user, password, made=True)
    return render(request, "households/account_new.html", {"form": form})


def _password_page(request: HttpRequest, user: User, password: str, *, made: bool) -> HttpResponse:
    """The only page that ever shows it."""
    context = {"account": user, "password": password, "made": made}
    return render(request, "households/account_password.html", context)


@require_safe
def account_detail(request: HttpRequest, username: str) -> HttpResponse:
    by, day, at = account_of(request), today(), now()
    user = managed(by, username, day)
    problem = _why_not(user, by, day)
    locked, factor = locked_until(user.username, at=at), has_second_factor(user)
    sessions = [(one, device_words(one.user_agent)) for one in open_sessions(user, at=at)]
    useless = {"unlock": not locked, "reset-second-factor": not factor, "end-sessions": not sessions}
    scopes = {code: giving_scope(by, code, day=day) for code in {grant.role for grant in user.grants.all()}}
    grants = user.grants.select_related("area", "given_by", "ended_by").order_by("-given_at", "-pk")
    context = {
        "account": user,
        "unit": AccountUnit.objects.filter(user=user).select_related("area").first(),
        "problem": problem,
        "changes": [] if problem else [one for one in CHANGES.values() if one.fits(user) and not useless.get(one.code)],
        "may_give": user.pk != by.pk and user.is_active,
        "grants": [row_of(grant, day, may_end=scopes[grant.role].holds(grant.area)) for grant in grants],
        "locked_until": locked,
        "second_factor": factor,
        "sessions": sessions,
    }
    return render(request, "households/account_detail.html", context)


def _why_not(user: User, by: User, day: date) -> str:
    try:
        check_may_manage(user, by=by, day=day)
    except PermissionDenied as refused:
        return str(refused)
    return ""


@require_safe
def account_sees(request: HttpRequest, username: str) -> HttpResponse:
    """Counts, never names: an administrator learns how far an account sees without seeing it himself."""
    day = today()
    user = managed(account_of(request), username, day)
    actions = catalogue().actions
    held = [code for code in UNITS_SHOWN_FOR if user.has_perm(code)]
    context = {
        "account": user,
        "day": day,
        "units": [(actions[code], units_seen(user, code, day=day)) for code in held],
        "things": [(seen, actions[seen.action]) for seen in things_seen(user, day=day)],
        "actions": [action for code, action in actions.items() if user.has_perm(code)],
        "whole_map": WHOLE_MAP,
    }
    return render(request, "households/account_sees.html", context)


@dataclass(frozen=True, slots=True)
class Change:
    """Something done to an account. ``run`` returns a new password where there is one to be shown."""

    code: str
    title: str | Promise
    explains: str | Promise
    done: str | Promise
    run: Callable[[User, User, datetime, dict[str, Any]], str | None]
    statuses: frozenset[AccountStatus] = frozenset(AccountStatus) - {AccountStatus.ENDED}
    grave: bool = False

    def fits(self, user: User) -> bool:
        return user.status in self.statuses


def _told(action: Callable[..., Any]) -> Callable[[User, User, datetime, dict[str, Any]], str | None]:
    """An action of core.accounts as a change; only a new password is handed on."""

    def run(user: User, by: User, at: datetime, data: dict[str, Any]) -> str | None:
        result = action(user=user, by=by, at=at, reason=data["reason"])
        return result if isinstance(result, str) else None

    return run


def _end_sessions(user: User, by: User, at: datetime, data: dict[str, Any]) -> None:
    end_sessions(user, at=at, why=_("%(by)s: %(reason)s") % {"by": by.username, "reason": data["reason"]})


def _move(user: User, by: User, at: datetime, data: dict[str, Any]) -> None:
    move_account(user=user, area_code=data["place"], by=by, at=at, reason=data["reason"])


OPEN = frozenset({AccountStatus.ACTIVE})
CLOSED = frozenset({AccountStatus.SUSPENDED, AccountStatus.DORMANT})
CHANGES = {
    change.code: change
    for change in (
        Change(
            "unlock", gettext_lazy("Mở khóa đăng nhập"),
            gettext_lazy("Bỏ khóa do nhập sai mật khẩu 5 lần. Hãy chắc chắn người gọi đến đúng là chủ tài khoản."),
            gettext_lazy("Đã mở khóa đăng nhập."), _told(accounts.unlock), OPEN,
        ),
        Change(
            "reset-password", gettext_lazy("Cấp lại mật khẩu"),
            gettext_lazy("Mật khẩu tạm mới hiện một lần ở trang sau; mọi phiên đang mở kết thúc."),
            "", _told(accounts.reset_password), OPEN,
        ),
        Change(
            "reset-second-factor", gettext_lazy("Gỡ ứng dụng mã xác thực"),
            gettext_lazy("Dùng khi mất điện thoại: lần đăng nhập sau phải đổi mật khẩu và gắn lại ứng dụng."),
            gettext_lazy("Đã gỡ ứng dụng mã xác thực."), _told(accounts.reset_second_factor), OPEN,
        ),
        Change(
            "end-sessions", gettext_lazy("Kết thúc mọi phiên"),
            gettext_lazy("Mọi thiết bị đang đăng nhập bằng tài khoản này phải đăng nhập lại."),
            gettext_lazy("Đã kết thúc mọi phiên."), _end_sessions, OPEN,
        ),
        Change(
            "move", gettext_lazy("Đổi đơn vị công tác"),
            gettext_lazy("Người quản trị của đơn vị mới sẽ quản lý tài khoản. Quyền đã giao không đổi theo."),
            gettext_lazy("Đã đổi đơn vị công tác."), _move,
        ),
        Change(
            "suspend", gettext_lazy("Tạm ngừng tài khoản"),
            gettext_lazy("Không đăng nhập được cho đến khi mở lại; mọi phiên kết thúc. Quyền đã giao giữ nguyên."),
            gettext_lazy("Đã tạm ngừng tài khoản."), _told(accounts.suspend), OPEN, grave=True,
        ),
        Change(
            "resume", gettext_lazy("Mở lại tài khoản"),
            gettext_lazy("Tài khoản đăng nhập lại được với mật khẩu và quyền như trước."),
            gettext_lazy("Đã mở lại tài khoản."), _told(accounts.resume), CLOSED,
        ),
        Change(
            "end", gettext_lazy("Kết thúc tài khoản"),
            gettext_lazy("Không mở lại được nữa: người quay lại làm việc cần tài khoản mới. Nhật ký được giữ."),
            gettext_lazy("Đã kết thúc tài khoản."), _told(accounts.end_account), grave=True,
        ),
    )
}  # fmt: skip


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def account_change(request: HttpRequest, username: str, code: str) -> HttpResponse:
    by, day = account_of(request), today()
    user, change = managed(by, username, day), CHANGES.get(code)
    if change is None:
        raise Http404(_("Không có việc “%s” với tài khoản.") % code[:40])
    check_may_manage(user, by=by, day=day)
    form = _form_of(change, request, scope_of(by, MANAGE, day=day), day)
    if request.method == "POST" and form.is_valid():
        try:
            password = change.run(user, by, now(), form.cleaned_data)
        except AccountRefused as refused:
            form.refuse(refused.field, str(refused))
        else:
            if password:
                return _password_page(request, user, password, made=False)
            messages.success(request, f"{user}: {change.done}")
            return _after(by, user, day)
    return render(request, "households/account_change.html", {"form": form, "account": user, "change": change})


def _form_of(change: Change, request: HttpRequest, scope: Scope, day: date) -> ReasonForm:
    if change.code == "move":
        return PlaceForm(request.POST or None, scope=scope, day=day)
    return ReasonForm(request.POST or None)


def _after(by: User, user: User, day: date) -> HttpResponse:
    """An account that moved away is no longer the administrator's to look at."""
    if accounts_of(by, day=day).filter(pk=user.pk).exists():
        return redirect("access:account", user.username)
    return redirect("access:accounts")
