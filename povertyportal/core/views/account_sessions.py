"""One's own sessions: where one is signed in, and ending those one does not know."""

import uuid
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from povertyportal.core import clock
from povertyportal.core.account_models import OpenSession
from povertyportal.core.devices import device_words
from povertyportal.core.models import User
from povertyportal.core.session_guard import account_of, guarded
from povertyportal.core.sessions import LONGEST, end_session, end_sessions, open_sessions

ENDED_SHOWN = 10


@dataclass(frozen=True, slots=True)
class ShownSession:
    session: OpenSession
    device: str
    this_one: bool


@require_http_methods(["GET", "HEAD", "POST"])
def my_sessions(request: HttpRequest) -> HttpResponse:
    user, at, mine = account_of(request), clock.now(), guarded(request).session
    if request.method == "POST":
        return _end(request, user, request.POST.get("session", ""), mine)
    rows = OpenSession.objects.filter(user=user)
    ended = rows.exclude(pk__in=open_sessions(user, at=at).values("pk")).order_by("-started_at")[:ENDED_SHOWN]
    shown = {
        "open_ones": [_shown(session, mine) for session in open_sessions(user, at=at)],
        "ended_ones": [_shown(session, mine) for session in ended],
        "hours": int(LONGEST.total_seconds() // 3600),
    }
    return render(request, "core/my_sessions.html", shown)


def _shown(session: OpenSession, mine: OpenSession | None) -> ShownSession:
    return ShownSession(session, device_words(session.user_agent), mine is not None and session.pk == mine.pk)


def _end(request: HttpRequest, user: User, wish: str, mine: OpenSession | None) -> HttpResponse:
    """One session by its id, or "others". One's own current session is ended by signing out."""
    at, why = clock.now(), _("Chủ tài khoản kết thúc từ thiết bị khác")
    if wish == "others":
        count = end_sessions(user, at=at, why=why, but=mine)
        messages.success(request, _("Đã kết thúc %(count)d phiên khác.") % {"count": count})
        return redirect("my_sessions")
    key = _as_uuid(wish)
    found = open_sessions(user, at=at).filter(pk=key).first() if key else None
    if found is None:
        messages.warning(request, _("Phiên này đã kết thúc trước đó."))
    elif mine is not None and found.pk == mine.pk:
        messages.warning(request, _("Đây là phiên bạn đang dùng: hãy bấm Đăng xuất để kết thúc."))
    else:
        end_session(found, at=at, why=why, request=request)
        messages.success(request, _("Đã kết thúc phiên trên %(device)s.") % {"device": device_words(found.user_agent)})
    return redirect("my_sessions")


def _as_uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
