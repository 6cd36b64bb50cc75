"""The client's address, also behind proxies; what a client writes itself is not believed."""

import pytest
from axes.models import AccessAttempt
from django.core.exceptions import ImproperlyConfigured
from django.test import RequestFactory

from povertyportal import environment
from povertyportal.core.addresses import client_address


def seen(forwarded: str | None, peer: str = "10.0.0.1") -> str:
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded is not None else {}
    return client_address(RequestFactory().get("/", REMOTE_ADDR=peer, **headers))


def test_without_a_proxy_the_header_is_not_believed():
    assert seen("1.2.3.4") == "10.0.0.1"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (1, "203.113.5.7", "203.113.5.7"),
        (1, "6.6.6.6, 203.113.5.7", "203.113.5.7"),
        (2, "6.6.6.6, 203.113.5.7, 10.0.0.9", "203.113.5.7"),
        (2, "203.113.5.7", "10.0.0.1"),
        (1, "<script>", "10.0.0.1"),
        (1, "", "10.0.0.1"),
        (1, "2001:DB8::1", "2001:db8::1"),
    ],
)
def test_behind_proxies_the_word_of_our_own_outermost_one_counts(settings, proxies, forwarded, address):
    settings.TRUSTED_PROXIES = proxies
    assert seen(forwarded) == address


def test_a_socket_file_has_no_address():
    assert seen(None, peer="") == ""


def test_failures_through_a_socket_file_are_counted_in_one_row(client, db):
    for _ in range(2):
        client.post("/sign-in/", {"username": "ai.do", "password": "sai"}, REMOTE_ADDR="")
    assert AccessAttempt.objects.get().failures_since_start == 2
    assert AccessAttempt.objects.get().ip_address is not None


@pytest.mark.parametrize("value", ["-1", "x", "6", "1.5", "٢"])
def test_a_number_of_proxies_that_is_none_is_refused(monkeypatch, value):
    monkeypatch.setenv("TRUSTED_PROXIES", value)
    with pytest.raises(ImproperlyConfigured, match=r"TRUSTED_PROXIES.*số nguyên từ 0 đến 5"):
        environment.count("TRUSTED_PROXIES", default=0, most=5)
