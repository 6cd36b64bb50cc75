"""Five wrong passwords or codes lock a name for twelve hours; unknown names alike, so that nobody learns which exist.

django-axes counts; asking costs one small query and no hash, so that a flood of attempts stays cheap.
"""

from datetime import datetime
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict

from povertyportal.core.addresses import client_address
from povertyportal.core.models import User
from povertyportal.core.signals import sign_in_event


class CountingHandler(AxesDatabaseHandler):
    """Counts failures and keeps nothing of what was sent: the form may hold a new password beside the wrong one."""

    def user_login_failed(
        self, sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **told: Any
    ) -> None:
        if request is None:
            return
        asked, sent = request.GET, request.POST
        request.GET, request.POST = QueryDict(), QueryDict()
        try:
            super().user_login_failed(sender, credentials, request, **told)
        finally:
            request.GET, request.POST = asked, sent


def locked_until(username: str, *, at: datetime) -> datetime | None:
    """When the name may be tried again; None when it may be now."""
    since = at - settings.AXES_COOLOFF_TIME
    attempts = AccessAttempt.objects.filter(username=username, attempt_time__gte=since)
    found = list(attempts.values_list("failures_since_start", "attempt_time"))
    if sum(failures for failures, _ in found) < settings.AXES_FAILURE_LIMIT:
        return None
    newest: datetime = max(time for _, time in found)
    return newest + settings.AXES_COOLOFF_TIME


def count_failure(request: HttpRequest, username: str) -> None:
    """A wrong code, or a wrong password where nobody asked ``authenticate``, counts like any other."""
    AxesProxyHandler.user_login_failed(User, {"username": username}, request)


def forget_failures(username: str) -> bool:
    """Whether there were any."""
    return bool(AxesProxyHandler.reset_attempts(username=username))


def tell_refused(request: HttpRequest, username: str) -> None:
    user = User.objects.filter(username=username).first()
    sign_in_event.send(sender=User, request=request, kind="locked_out", username=username, user=user)


def answer(request: HttpRequest, response: HttpResponse, credentials: object) -> HttpResponse:
    """What axes' middleware makes of the attempt that locked the name: the page has said it already."""
    return response


def address_of(request: HttpRequest) -> str:
    """Never empty: of two rows without an address the database would not say that they are one and the same."""
    return client_address(request) or "::"
