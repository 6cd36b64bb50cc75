"""The two steps of signing in: the password, then a code where the account has a second factor."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import login
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from povertyportal.core import clock
from povertyportal.core.models import User
from povertyportal.core.sessions import close_session, session_of, start_session

BACKEND = "povertyportal.core.backends.PasswordBackend"
SECOND_STEP = "second_step"
SECOND_STEP_LASTS = timedelta(minutes=5)


def await_code(request: HttpRequest, user: User, *, target: str, at: datetime) -> None:
    """The password was right: remember for five minutes who has still to give a code, and where he wanted to go."""
    request.session.cycle_key()
    request.session[SECOND_STEP] = {
        "user": user.pk,
        "password": user.get_session_auth_hash(),
        "target": target,
        "at": at.isoformat(),
    }


def awaiting_code(request: HttpRequest, *, at: datetime) -> tuple[User, str] | None:
    """Who has still to give a code, and where he wanted to go; None when nobody or too late."""
    told = request.session.get(SECOND_STEP)
    if not isinstance(told, dict) or datetime.fromisoformat(told["at"]) + SECOND_STEP_LASTS < at:
        return None
    user = User.objects.filter(pk=told["user"], is_active=True).first()
    if user is None or not constant_time_compare(told["password"], user.get_session_auth_hash()):
        return None
    return user, told["target"]


def forget_step(request: HttpRequest) -> bool:
    """Whether a code was awaited."""
    return request.session.pop(SECOND_STEP, None) is not None


def sign_in(request: HttpRequest, user: User, *, second_factor: bool) -> None:
    """Both steps are done: a fresh session of Django's and of ours. Failures counted before are forgotten (axes)."""
    forget_step(request)
    request.second_factor_given = second_factor  # type: ignore[attr-defined]  # read below, by the signal's receiver
    login(request, user, backend=BACKEND)


def listen() -> None:
    """Called once, when the app is ready."""
    user_logged_in.connect(_signed_in, dispatch_uid="open_session")
    user_logged_out.connect(_signed_out, dispatch_uid="open_session")


def _signed_in(request: HttpRequest, user: User, **told: Any) -> None:
    start_session(request, user, at=clock.now(), second_factor=getattr(request, "second_factor_given", False))


def _signed_out(request: HttpRequest, user: User | None, **told: Any) -> None:
    session = session_of(request) if user is not None else None
    if session is not None:
        close_session(session, at=clock.now())
