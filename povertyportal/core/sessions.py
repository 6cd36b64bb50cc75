"""Who is signed in where, since when, and whether the screen is locked.

A session is open for twelve hours at most. After 15 minutes without anybody doing something (administrators: 5) it is locked
until the password is given again. The browser's session carries the id of its row; without a row that is open it is worth
nothing.
"""

import uuid
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from povertyportal.core import account_rules
from povertyportal.core.account_models import OpenSession
from povertyportal.core.addresses import client_address
from povertyportal.core.models import User
from povertyportal.core.signals import sign_in_event

LONGEST = timedelta(hours=12)
IDLE = timedelta(minutes=15)
IDLE_ADMINISTRATOR = timedelta(minutes=5)
NOTED_EVERY = timedelta(seconds=10)  # activity is written down at most this often
WRONG_UNLOCKS = 5
KEY = "open_session"


class State(StrEnum):
    OPEN = "open"
    LOCKED = "locked"
    EXPIRED = "expired"  # twelve hours are over
    ENDED = "ended"  # by its owner, an administrator or a change of the account


def idle_limit(user: User) -> timedelta:
    return IDLE_ADMINISTRATOR if account_rules.is_administrator(user) else IDLE


def start_session(request: HttpRequest, user: User, *, at: datetime, second_factor: bool) -> OpenSession:
    fresh = OpenSession.objects.create(
        user=user,
        started_at=at,
        active_at=at,
        second_factor=second_factor,
        address=client_address(request),
        user_agent=request.META.get("HTTP_USER_AGENT", "").replace("\0", "")[:300],
    )
    request.session[KEY] = str(fresh.pk)
    return fresh


def session_of(request: HttpRequest) -> OpenSession | None:
    """The row behind this request's session, whatever its state, when it is the signed-in user's own."""
    if not request.user.is_authenticated:
        return None
    try:
        key = uuid.UUID(request.session.get(KEY, ""))
    except ValueError:
        return None
    return OpenSession.objects.filter(pk=key, user_id=request.user.pk).first()


def state_of(session: OpenSession, *, at: datetime, idle: timedelta) -> State:
    if session.ended_at is not None:
        return State.ENDED
    if session.started_at + LONGEST <= at:
        return State.EXPIRED
    return State.LOCKED if session.locked_at is not None or session.active_at + idle <= at else State.OPEN


def note_activity(session: OpenSession, *, at: datetime) -> None:
    """Somebody did something at this moment (which may be up to a minute ago). Never moves backwards."""
    if at - session.active_at >= NOTED_EVERY:
        OpenSession.objects.filter(pk=session.pk, active_at__lt=at, locked_at=None).update(active_at=at)


def lock(session: OpenSession, *, at: datetime, request: HttpRequest | None = None) -> None:
    """Told once, however many tabs ask."""
    if OpenSession.objects.filter(pk=session.pk, locked_at=None, ended_at=None).update(locked_at=at):
        _tell("idle_locked", session, request)
    session.locked_at = session.locked_at or at


def unlock(session: OpenSession, *, at: datetime, request: HttpRequest | None = None) -> None:
    OpenSession.objects.filter(pk=session.pk).update(locked_at=None, active_at=at, wrong_unlocks=0)
    _tell("unlocked", session, request)


def count_wrong_unlock(session: OpenSession, *, at: datetime, request: HttpRequest | None = None) -> bool:
    """Whether that was one too many: the session has ended then."""
    OpenSession.objects.filter(pk=session.pk).update(wrong_unlocks=F("wrong_unlocks") + 1)
    session.refresh_from_db(fields=["wrong_unlocks"])
    if session.wrong_unlocks < WRONG_UNLOCKS:
        return False
    end_session(
        session, at=at, why=_("Nhập sai mật khẩu mở khóa %(count)d lần") % {"count": WRONG_UNLOCKS}, request=request
    )
    return True


def forget_wrong_unlocks(session: OpenSession) -> None:
    OpenSession.objects.filter(pk=session.pk, wrong_unlocks__gt=0).update(wrong_unlocks=0)


def open_sessions(user: User, *, at: datetime) -> QuerySet[OpenSession]:
    """The newest activity first."""
    return OpenSession.objects.filter(user=user, ended_at=None, started_at__gt=at - LONGEST).order_by("-active_at")


def close_session(session: OpenSession, *, at: datetime) -> None:
    """Its owner signed out; Django's own signal tells the record."""
    OpenSession.objects.filter(pk=session.pk, ended_at=None).update(ended_at=at, ended_why=_("Đăng xuất"))


def end_session(session: OpenSession, *, at: datetime, why: str, request: HttpRequest | None = None) -> None:
    if OpenSession.objects.filter(pk=session.pk, ended_at=None).update(ended_at=at, ended_why=why[:300]):
        _tell("session_ended", session, request, detail=why)


def end_sessions(user: User, *, at: datetime, why: str, but: OpenSession | None = None) -> int:
    """All sessions of the account, or all but one. Returns how many were open."""
    found = open_sessions(user, at=at)
    left = list(found.exclude(pk=but.pk) if but is not None else found)
    for session in left:
        end_session(session, at=at, why=why)
    return len(left)


def _tell(kind: str, session: OpenSession, request: HttpRequest | None, detail: str = "") -> None:
    user = session.user
    sign_in_event.send(sender=OpenSession, request=request, kind=kind, username=user.username, user=user, detail=detail)
