"""What every page needs beside its own content."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from povertyportal.core.models import User
from povertyportal.core.navigation import menu
from povertyportal.core.session_guard import guarded
from povertyportal.core.sessions import State, idle_limit
from povertyportal.core.views.preferences import theme_of


def portal(request: HttpRequest) -> dict[str, Any]:
    return {
        "navigation": SimpleLazyObject(lambda: menu(request)),
        "theme": theme_of(request),
        "idle_seconds": SimpleLazyObject(lambda: idle_seconds(request)),
        "portal_version": settings.PORTAL_VERSION,
    }


def idle_seconds(request: HttpRequest) -> int:
    """After how long without activity the page's script locks the screen; 0 where there is nothing to lock."""
    found, user = guarded(request), getattr(request, "user", None)
    if found.session is None or found.state is not State.OPEN or not isinstance(user, User):
        return 0
    return int(idle_limit(user).total_seconds())
