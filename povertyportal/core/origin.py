"""Where a change comes from, for the history: the page and the client's address, or the command."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.http import HttpRequest, HttpResponse

from povertyportal.core.addresses import client_address
from povertyportal.core.history import origin


class OriginMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with coming_from(via=request.path, address=client_address(request)):
            return self.get_response(request)


@contextmanager
def coming_from(*, via: str, address: str) -> Iterator[None]:
    token = origin.set({"via": via[:200], "address": address})
    try:
        yield
    finally:
        origin.reset(token)
