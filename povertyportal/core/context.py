"""What every page needs beside its own content."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from povertyportal.core.navigation import menu
from povertyportal.core.views.preferences import theme_of


def portal(request: HttpRequest) -> dict[str, Any]:
    return {
        "navigation": SimpleLazyObject(lambda: menu(request)),
        "theme": theme_of(request),
        "portal_version": settings.PORTAL_VERSION,
    }
