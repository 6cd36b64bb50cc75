"""Proofs of who sits in front of the screen: what was typed is compared, and every wrong try is counted."""

from datetime import datetime

from django.http import HttpRequest

from povertyportal.core import sessions
from povertyportal.core.lockout import count_failure
from povertyportal.core.models import User
from povertyportal.core.second_factor import take_code, take_recovery_code
from povertyportal.core.session_guard import guarded
from povertyportal.core.signals import sign_in_event


def proven_password(request: HttpRequest, user: User, typed: str, *, at: datetime) -> bool:
    """The password of somebody signed in already. Five wrong ones end this session, and each counts towards the lock-out.

    A lock-out that strangers brought about elsewhere does not keep the owner out of his open session.
    """
    session = guarded(request).session
    if user.check_password(typed):
        if session is not None:
            sessions.forget_wrong_unlocks(session)
        return True
    count_failure(request, user.username)
    sign_in_event.send(sender=User, request=request, kind="wrong_password", username=user.username, user=user)
    if session is not None:
        sessions.count_wrong_unlock(session, at=at, request=request)
    return False


def proven_code(request: HttpRequest, user: User, typed: str, *, at: datetime) -> bool:
    """A one-time code or a recovery code of somebody whose password was right."""
    if take_code(user=user, typed=typed, at=at):
        return True
    if take_recovery_code(user=user, typed=typed, at=at):
        sign_in_event.send(sender=User, request=request, kind="recovery_code", username=user.username, user=user)
        return True
    count_failure(request, user.username)
    sign_in_event.send(sender=User, request=request, kind="wrong_code", username=user.username, user=user)
    return False
