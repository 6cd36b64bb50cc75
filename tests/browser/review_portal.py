"""A portal of its own for a journey through a review, on a day of its own: one commune, its people, a round."""

import base64
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, expect

from povertyportal.core.one_time_codes import code_at
from tests.browser.conftest import DESKTOP
from tests.conftest import ROOT, Database, cloned_database, free_port, wait_for

PEOPLE = {"reviewer": "rasoat", "official": "canbo", "leader": "lanhdao", "superior": "capso", "auditor": "kiemtoan"}
MORNING = time(9)
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass
class Clock:
    """The portal's, which the test sets: it is nine o'clock of that day, and goes on."""

    path: Path
    day: date

    def set(self, day: date) -> None:
        self.day = day
        wanted = datetime.combine(day, MORNING, tzinfo=VIETNAM)
        self.path.write_text(str((wanted - datetime.now(UTC)).total_seconds()))

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=float(self.path.read_text()))


@dataclass
class Review:
    """The portal with its five persons, each in a browser session of his own: whoever comes for the first time on a day signs
    in. ``made``: what the script in the database said."""

    browser: Browser
    database: Database
    url: str
    clock: Clock
    made: dict[str, Any]
    signed_in: dict[tuple[str, date], Page] = field(default_factory=dict)
    contexts: list[BrowserContext] = field(default_factory=list)
    takes: Callable[[Page, str], None] | None = None  # pictures for the guide, one of each name
    taken: set[str] = field(default_factory=set)

    def page(self, role: str) -> Page:
        key = (role, self.clock.day)
        if key not in self.signed_in:
            context = self.browser.new_context(viewport=DESKTOP, reduced_motion="reduce", locale="vi-VN")
            context.set_default_timeout(30_000)
            self.contexts.append(context)
            self.signed_in[key] = context.new_page()
            self._sign_in(self.signed_in[key], PEOPLE[role])
        return self.signed_in[key]

    def _sign_in(self, page: Page, username: str) -> None:
        page.goto(f"{self.url}/sign-in/")
        page.fill("#id_username", username)
        page.fill("#id_password", self.made["accounts"][username])
        page.click("main button")
        page.wait_for_load_state()
        if page.url.endswith("/sign-in/code/"):
            key = (settings.DATA_DIR / "secrets" / f"demo-{username}-key").read_text()
            page.fill("#id_code", code_at(base64.b32decode(key.strip()), self.clock.now()))
            page.click("main button")
        page.wait_for_url(f"{self.url}/")

    def open(self, role: str, path: str) -> Page:
        page = self.page(role)
        answer = page.goto(self.url + path)
        assert answer is not None
        assert answer.status == 200, f"{role} {path}: {answer.status}"
        return page

    def picture(self, page: Page, name: str) -> None:
        if self.takes and name not in self.taken:
            self.taken.add(name)
            self.takes(page, name)
            page.set_viewport_size(DESKTOP)

    def press(self, page: Page, button: str, said: str) -> None:
        """The button is pressed, and the page says that it was done."""
        page.get_by_role("button", name=button, exact=True).first.click()
        expect(page.get_by_role("status").first).to_contain_text(said)

    def tomorrow(self, days: int = 1) -> None:
        """Whoever was signed in comes again that day."""
        for context in self.contexts:
            context.close()
        self.contexts.clear()
        self.clock.set(self.clock.day + timedelta(days=days))

    def answered(self, form: int, klass: str) -> None:
        run(self.database, "answered", {"form": form, "class": klass})


def run(database: Database, what: str, wanted: dict[str, Any]) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.browser.review_forms", what, json.dumps(wanted)],
        cwd=ROOT, env=database.environment, capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@contextmanager
def reviewed(name: str, browser: Browser, folder: Path, day: date, wanted: dict[str, Any]) -> Iterator[Review]:
    """``day``: on which the journey begins."""
    clock = Clock(folder / f"clock-{name}", day)
    clock.set(day)
    with cloned_database(f"review_{name}") as database:
        database.environment["CLOCK"] = str(clock.path)
        made = run(database, "prepared", wanted)
        url = f"http://127.0.0.1:{(port := free_port())}"
        process = subprocess.Popen(
            [
                sys.executable, "-m", "gunicorn", "tests.browser.moved_wsgi:application", "--bind", f"127.0.0.1:{port}",
                "--workers", "1", "--threads", "4", "--no-control-socket",
            ],
            cwd=ROOT, env=database.environment,
        )  # fmt: skip
        try:
            wait_for(f"{url}/healthz", process)
            review = Review(browser, database, url, clock, made)
            yield review
            for context in review.contexts:
                context.close()
        finally:
            process.terminate()
            process.wait(timeout=30)
