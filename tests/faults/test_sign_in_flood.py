"""1,000 attempts within a minute against one account of the really running portal, while others sign in, rightly and wrongly."""

import http.client
import re
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode, urlsplit

import pytest

from tests.conftest import Portal, served_portal

pytestmark = pytest.mark.faults
ATTEMPTS, ATTACKERS = 1000, 8
VICTIM, COLLEAGUES = "canbo", ("canbo-ql", "rasoat")


@pytest.fixture
def portal(django_db_setup: None, django_db_blocker) -> Iterator[Portal]:
    with django_db_blocker.unblock(), served_portal("flood", DJANGO_SETTINGS_MODULE="povertyportal.settings") as portal:
        yield portal


class Visitor:
    """One connection kept alive, with the token and cookie of the sign-in page."""

    def __init__(self, portal: Portal) -> None:
        self.connection = http.client.HTTPConnection(urlsplit(portal.url).netloc, timeout=60)
        page, headers = self._ask("GET")
        self.token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page).group(1)
        self.cookie = headers["Set-Cookie"].split(";")[0]

    def __enter__(self) -> "Visitor":
        return self

    def __exit__(self, *error: object) -> None:
        self.connection.close()

    def try_password(self, username: str, password: str) -> tuple[int, str]:
        """Status and page: 302 is a sign-in."""
        fields = {"csrfmiddlewaretoken": self.token, "username": username, "password": password}
        page, headers = self._ask(
            "POST", urlencode(fields), {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        )
        return int(headers["status"]), page

    def _ask(self, method: str, body: str | None = None, headers: dict[str, str] | None = None):
        self.connection.request(method, "/sign-in/", body, headers or {})
        answer = self.connection.getresponse()
        return answer.read().decode(), {**dict(answer.getheaders()), "status": str(answer.status)}


def once(portal: Portal, username: str, password: str) -> tuple[int, str]:
    with Visitor(portal) as visitor:
        return visitor.try_password(username, password)


def attack(portal: Portal) -> float:
    """Seconds that all attempts took."""

    def some(number: int) -> None:
        with Visitor(portal) as visitor:
            for attempt in range(ATTEMPTS // ATTACKERS):
                assert visitor.try_password(VICTIM, f"đoán {number} {attempt}")[0] == 200

    started = time.monotonic()
    with ThreadPoolExecutor(ATTACKERS) as pool:
        list(pool.map(some, range(ATTACKERS)))
    return time.monotonic() - started


def test_a_flood_locks_one_account_and_leaves_the_others_working(portal: Portal) -> None:
    ended, waits, refused = threading.Event(), [], []

    def work() -> None:
        """Colleagues of the same office sign in one after the other, once in a while with a typing error."""
        while not ended.is_set():
            for name in COLLEAGUES:
                started = time.monotonic()
                status, _ = once(portal, name, portal.accounts[name])
                waits.append(time.monotonic() - started)
                refused.extend([name] if status != 302 else [])
            assert "không đúng" in once(portal, COLLEAGUES[0], "gõ nhầm")[1]

    with ThreadPoolExecutor(1) as office:
        working = office.submit(work)
        seconds = attack(portal)
        ended.set()
        working.result()
    assert seconds < 60, f"{ATTEMPTS} attempts took {seconds:.0f} s"
    assert refused == []
    assert len(waits) >= 2
    assert max(waits) < 15, f"a colleague waited {max(waits):.1f} s"
    status, page = once(portal, VICTIM, portal.accounts[VICTIM])
    assert (status, "bị khóa đến" in page) == (200, True)
