"""Accounts nobody has used for 45 days are closed: at the next attempt to sign in, and by a daily job."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.sessions.backends.db import SessionStore
from django.db.models import QuerySet
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext as _

from povertyportal.core import clock
from povertyportal.core.accounts import SYSTEM_USERNAME, AccountRefused, close_unused, system_user
from povertyportal.core.job_kinds import Progress
from povertyportal.core.kept_files import forget_old
from povertyportal.core.kept_forms import drop_old
from povertyportal.core.models import User

DORMANT_AFTER = timedelta(days=45)


def unused_accounts(*, at: datetime) -> QuerySet[User]:
    """Open accounts nobody has signed in to, that were neither made nor opened again, in the last 45 days."""
    used = Greatest(
        "date_joined", Coalesce("last_login", "date_joined"), Coalesce("reopened_at", "date_joined")
    )  # fmt: skip
    open_ones = User.objects.filter(is_active=True).exclude(username=SYSTEM_USERNAME)
    return open_ones.alias(used=used).filter(used__lte=at - DORMANT_AFTER).order_by("username")


def close_if_unused(user: User, *, at: datetime) -> bool:
    """Whether the account is closed now for want of use."""
    if not unused_accounts(at=at).filter(pk=user.pk).exists():
        return False
    _close(user, at=at, by=system_user())
    return True


def close_dormant(*, at: datetime, by: User) -> list[User]:
    """Those that were closed."""
    closed = []
    for user in unused_accounts(at=at):
        try:
            _close(user, at=at, by=by)
        except AccountRefused:  # somebody else closed it between our look and our lock
            continue
        closed.append(user)
    return closed


def daily(progress: Progress, arguments: dict[str, Any]) -> dict[str, int]:
    """The handler of the daily job; also drops kept forms and files whose day is over, and browser sessions that have run out."""
    at = clock.now()
    closed = close_dormant(at=at, by=system_user())
    SessionStore.clear_expired()
    return {"closed": len(closed), "forms_dropped": drop_old(at=at), "files_dropped": forget_old(at=at)}


def _close(user: User, *, at: datetime, by: User) -> None:
    reason = _("Không đăng nhập trong %(days)d ngày") % {"days": DORMANT_AFTER.days}
    close_unused(user=user, by=by, at=at, reason=reason)
