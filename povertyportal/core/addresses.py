"""Where a request comes from."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The client's address, or "" when it is none (a socket file).

    Each proxy appends whom it heard to X-Forwarded-For; only the last TRUSTED_PROXIES of these words are ours, whatever
    stands before them the client may have written itself.
    """
    proxies: int = settings.TRUSTED_PROXIES
    heard = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    told = heard[-proxies] if 0 < proxies <= len(heard) else ""
    return _checked(told) or _checked(request.META.get("REMOTE_ADDR", ""))


def own_host(request: HttpRequest) -> str:
    """The name of this portal as the client asked for it (the log's destination)."""
    return request.META.get("HTTP_HOST", "")[:200]


def _checked(text: str) -> str:
    try:
        return str(ip_address(text))
    except ValueError:
        return ""
