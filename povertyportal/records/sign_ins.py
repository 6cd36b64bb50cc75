"""The record of the door: every sign-in, failure and end of a session, from the signals that tell of them."""

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest

from povertyportal.core import clock
from povertyportal.core.history import origin
from povertyportal.core.models import User
from povertyportal.core.signals import sign_in_event
from povertyportal.records.models import SignInKind, SignInRecord


def listen() -> None:
    """Called once, when the app is ready."""
    user_logged_in.connect(_signed_in, dispatch_uid="records")
    user_logged_out.connect(_signed_out, dispatch_uid="records")
    user_login_failed.connect(_failed, dispatch_uid="records")
    sign_in_event.connect(_told, dispatch_uid="records")


def _signed_in(request: HttpRequest | None, user: User, **told: Any) -> None:
    _record(SignInKind.SIGNED_IN, request, username=user.username, user=user)


def _signed_out(request: HttpRequest | None, user: User | None, **told: Any) -> None:
    if user is not None:  # a visitor who had not signed in may press "sign out" in an old tab
        _record(SignInKind.SIGNED_OUT, request, username=user.username, user=user)


def _failed(credentials: dict[str, Any], request: HttpRequest | None = None, **told: Any) -> None:
    locked = getattr(request, "axes_locked_out", False)
    username = str(credentials.get("username") or "")
    _record(SignInKind.LOCKED_OUT if locked else SignInKind.WRONG_PASSWORD, request, username=username)


def _told(
    request: HttpRequest | None, kind: str, username: str, user: User | None = None, detail: str = "", **told: Any
) -> None:
    _record(SignInKind(kind), request, username=username, user=user, detail=detail)


def _record(
    kind: SignInKind, request: HttpRequest | None, *, username: str, user: User | None = None, detail: str = ""
) -> None:
    username = _storable(username, 150)
    user = user or User.objects.filter(username=username).first()
    SignInRecord.objects.create(
        at=clock.now(), kind=kind, username=username, user=user, detail=detail[:300],
        address=(origin.get() or {}).get("address", "")[:64], host=_storable(_header(request, "HTTP_HOST"), 255),
        user_agent=_storable(_header(request, "HTTP_USER_AGENT"), 300),
    )  # fmt: skip


def _header(request: HttpRequest | None, name: str) -> str:
    return str(request.META.get(name, "")) if request is not None else ""


def _storable(text: str, length: int) -> str:
    """Whatever a stranger sent, as a text that PostgreSQL takes."""
    return text.replace("\0", "�").encode("utf-8", "replace").decode("utf-8")[:length]
