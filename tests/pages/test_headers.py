"""What a page tells browsers and proxies about itself."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from povertyportal.core.headers import PageHeadersMiddleware

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
}


@pytest.mark.parametrize("address", ["/", "/sign-in/", "/password/", "/khong-co/"])
def test_pages_are_kept_by_no_cache_and_load_nothing_foreign(signed_in, address):
    headers = signed_in.get(address).headers
    assert "no-store" in headers["Cache-Control"]
    assert "private" in headers["Cache-Control"]
    assert set(headers["Content-Security-Policy"].split("; ")) == POLICY
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert "geolocation=()" in headers["Permissions-Policy"]


def test_a_view_that_may_be_cached_keeps_its_own_rule():
    answer = HttpResponse(headers={"Cache-Control": "public, max-age=60"})
    middleware = PageHeadersMiddleware(lambda request: answer)
    assert middleware(RequestFactory().get("/")).headers["Cache-Control"] == "public, max-age=60"


def test_the_session_cookie_is_out_of_reach_of_scripts_and_foreign_pages(client, official):
    client.post("/sign-in/", {"username": "can-bo", "password": "ruộng bậc thang 2026"})
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
