"""Of which communes a person may keep the villages."""

from collections.abc import Callable
from datetime import date

from django.core.exceptions import PermissionDenied

from households.access.scope import check_may, scope_of
from povertyportal.core.models import User


def refuses_for(user: User, *, day: date) -> Callable[[str, date], str]:
    """For a file of many rows: (commune's code, day of the map) → why this account may not keep its villages, or ""."""
    scope = scope_of(user, "villages.manage", day=day)

    def refuses(commune: str, on: date) -> str:
        if scope.covers(commune, on=on):
            return ""
        try:
            check_may(user, "villages.manage", code=commune, on=on, day=day)
        except PermissionDenied as refused:
            return str(refused)
        return ""

    return refuses
