"""Stands between a signed-in browser and every page: a session that ended lets nobody in, a locked one asks for the password,
and an account that is not set up (first password, second factor) can do nothing else before.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from povertyportal.core import account_rules, clock, kept_forms, sessions
from povertyportal.core.account_models import OpenSession
from povertyportal.core.models import User
from povertyportal.core.passwords import must_change_password
from povertyportal.core.second_factor import has_second_factor
from povertyportal.core.sessions import State

View = Callable[..., Any]

# pages that a locked session may open, and those that an account may open before it is set up
WHILE_LOCKED = {"unlock", "session_state", "session_lock", "logout", "set_language", "set_theme", "healthz"}
BEFORE_READY = WHILE_LOCKED | {"password_change", "second_factor", "session_ping"}
# forms in which nothing was typed that is worth keeping
NEVER_KEPT = WHILE_LOCKED | {"session_ping", "login", "sign_in_code", "kept_form"}
PASSIVE = {"session_state", "session_lock", "session_ping"}  # looking is not doing; a ping itself says when it was
PASSIVE_HEADER = "X-Passive"  # a page that looks again by itself (progress of a job) says so with this header


@dataclass(slots=True)
class Guarded:
    """What the guard found out about a request; pages read it through ``guarded``."""

    session: OpenSession | None = None
    state: State = State.OPEN
    left: User | None = None  # who was signed in until just now


def guarded(request: HttpRequest) -> Guarded:
    found = getattr(request, "guarded", None)
    return found if isinstance(found, Guarded) else Guarded()


def account_of(request: HttpRequest) -> User:
    """Who is signed in, for views whose door lets only accounts in. Raises PermissionDenied for anybody else."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


class SessionGuard:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            request.guarded = _look(request, request.user, at=clock.now())  # type: ignore[attr-defined]  # read by guarded()
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, args: Any, kwargs: Any) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        found, open_page = guarded(request), not getattr(view, "login_required", True)
        if found.state in (State.EXPIRED, State.ENDED):
            return None if open_page else _turned_away(request, found, name)
        if not request.user.is_authenticated or found.session is None:
            return _ended_for_script(found) if wants_data(request) and not open_page else None
        at = clock.now()
        if found.state is State.LOCKED:
            return None if name in WHILE_LOCKED else _ask_password(request, request.user, name, at=at)
        if name not in PASSIVE and PASSIVE_HEADER not in request.headers:
            sessions.note_activity(found.session, at=at)
        if name not in BEFORE_READY and (step := _first_step(request, found.session, request.user, at=at)):
            return step
        if request.method == "POST" and kept_forms.FIELD in request.POST:
            return _send_again(request, request.user, at=at)
        return None


def _look(request: HttpRequest, user: User, *, at: datetime) -> Guarded:
    """Find out what became of the session; one that is over is taken from the browser."""
    session = sessions.session_of(request)
    state = State.ENDED if session is None else sessions.state_of(session, at=at, idle=sessions.idle_limit(user))
    if state in (State.LOCKED, State.EXPIRED):
        kept_forms.read_whole(request)
    if state is State.LOCKED and session is not None and session.locked_at is None:
        sessions.lock(session, at=at, request=request)
    if state in (State.EXPIRED, State.ENDED):
        if state is State.EXPIRED and session is not None:
            sessions.end_session(session, at=at, why=_("Hết 12 giờ của một phiên"), request=request)
        request.session.flush()
        request.user = AnonymousUser()
    return Guarded(session, state, user)


def wants_data(request: HttpRequest) -> bool:
    """A script asks (fetch, htmx), not the browser for a page."""
    asked_by_script = request.headers.get("Sec-Fetch-Dest") == "empty" or "HX-Request" in request.headers
    return asked_by_script or "application/json" in request.headers.get("Accept", "")


def _ended_for_script(found: Guarded) -> JsonResponse:
    return JsonResponse({"state": str(State.ENDED), "sentence": _ended_sentence(found)}, status=401)


def _turned_away(request: HttpRequest, found: Guarded, name: str) -> HttpResponse | None:
    """The sign-in page follows (LoginRequiredMiddleware), with the reason; what was typed waits behind it."""
    if wants_data(request):
        return _ended_for_script(found)
    sentence = _ended_sentence(found)
    may_keep = found.state is State.EXPIRED and name not in BEFORE_READY | NEVER_KEPT
    if may_keep and found.left and kept_forms.keep(request, found.left, at=clock.now()):
        sentence += " " + _("Biểu mẫu bạn vừa gửi được giữ lại: đăng nhập rồi bấm gửi tiếp.")
    messages.warning(request, sentence)
    return None


def _ended_sentence(found: Guarded) -> str:
    if found.state is State.EXPIRED:
        return _("Phiên đăng nhập đã đủ 12 giờ nên kết thúc. Hãy đăng nhập lại.")
    if found.session is None or not found.session.ended_why:
        return _("Phiên đăng nhập này đã kết thúc. Hãy đăng nhập lại.")
    return _("Phiên đăng nhập này đã kết thúc (%(why)s). Hãy đăng nhập lại.") % {"why": found.session.ended_why}


def _ask_password(request: HttpRequest, user: User, name: str, *, at: datetime) -> HttpResponse:
    if wants_data(request):
        sentence = _("Màn hình đã khóa vì lâu không thao tác. Hãy nhập mật khẩu để làm tiếp.")
        return JsonResponse({"state": "locked", "sentence": sentence}, status=423)
    if request.method == "POST":
        lost = name not in NEVER_KEPT and not kept_forms.keep(request, user, at=at)
        return HttpResponseRedirect(reverse("unlock") + ("?lost=1" if lost else ""))
    return HttpResponseRedirect(f"{reverse('unlock')}?{urlencode({'next': request.get_full_path()})}")


def _first_step(request: HttpRequest, session: OpenSession, user: User, *, at: datetime) -> HttpResponse | None:
    """What the account's owner must do before anything else."""
    if must_change_password(user, at=at):
        return _step(request, "password_change")
    if session.second_factor or not account_rules.requires_second_factor(user):
        return None
    if has_second_factor(user):  # attached by another session while this one signed in with the password alone
        return _end_without_code(request, session, at=at)
    return _step(request, "second_factor")


def _end_without_code(request: HttpRequest, session: OpenSession, *, at: datetime) -> HttpResponse:
    why = _("Ứng dụng mã xác thực mới được gắn")
    sessions.end_session(session, at=at, why=why, request=request)
    session.ended_why = why
    found = Guarded(session, State.ENDED)
    if wants_data(request):
        return _ended_for_script(found)
    messages.warning(request, _ended_sentence(found))
    return HttpResponseRedirect(reverse("login"))


def _step(request: HttpRequest, name: str) -> HttpResponse:
    if wants_data(request):
        sentence = _("Hãy đổi mật khẩu và gắn mã xác thực trước, rồi làm tiếp.")
        return JsonResponse({"state": "not_ready", "sentence": sentence}, status=403)
    return HttpResponseRedirect(reverse(name))


def _send_again(request: HttpRequest, user: User, *, at: datetime) -> HttpResponse | None:
    if kept_forms.put_back(request, user, at=at):
        return None
    messages.warning(request, _("Biểu mẫu chờ gửi không còn: nó đã được gửi, đã bỏ, hoặc đã giữ quá một ngày."))
    return HttpResponseRedirect(reverse("home"))
