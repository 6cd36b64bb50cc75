"""Sending strangers to the sign-in page, and telling in words what an address takes."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from povertyportal.core.session_guard import wants_data


class SignInFirst(LoginRequiredMiddleware):
    """Leads back, after signing in, to the page that was asked for; after a form was sent, to the page it stood on.

    The form's own address may take nothing but forms and show a blank page instead.
    """

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseRedirect:
        if request.method in ("GET", "HEAD"):
            return super().handle_no_permission(request, view_func)
        page = page_behind(request)
        return HttpResponseRedirect(reverse("login") + (f"?{urlencode({'next': page})}" if page else ""))


def page_behind(request: HttpRequest) -> str:
    """The page of this portal from which the request was sent; empty when the browser does not say."""
    sender = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(sender, {request.get_host()}, require_https=request.is_secure()):
        return ""
    parts = urlsplit(sender)
    return parts.path + (f"?{parts.query}" if parts.query else "")


class NoBlankPages:
    """An address that takes forms only, opened as a page (a reload, an old bookmark): says so instead of staying white."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 405 or response.content or wants_data(request):
            return response
        page = render(request, "405.html", status=405)
        page["Allow"] = response.get("Allow", "")
        return page
