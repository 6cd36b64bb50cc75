"""A portal of its own for a journey through a review: one commune, its people, the round of this year."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.conftest import DESKTOP, _sign_in
from tests.conftest import ROOT, Portal, cloned_database, free_port, wait_for

SETTINGS = {"DJANGO_SETTINGS_MODULE": "povertyportal.settings"}
PEOPLE = {"reviewer": "rasoat", "official": "canbo", "leader": "lanhdao", "superior": "capso", "auditor": "kiemtoan"}


@dataclass(frozen=True)
class Place:
    """``made``: what the script in the database said."""

    portal: Portal
    made: dict[str, Any]


@contextmanager
def reviewed_portal(name: str, script: str, *arguments: str) -> Iterator[Place]:
    """``script``: a module that prepares the database and prints JSON."""
    with cloned_database(name) as database:
        told = database.manage("demo_accounts", "--json")
        assert told.returncode == 0, told.stderr
        accounts = {row["username"]: row["password"] for row in json.loads(told.stdout)}
        done = subprocess.run(
            [sys.executable, "-m", script, *arguments],
            cwd=ROOT, env=database.environment | SETTINGS, capture_output=True, text=True, timeout=600, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        url = f"http://127.0.0.1:{(port := free_port())}"
        process = subprocess.Popen(
            [
                sys.executable, "-m", "gunicorn", "povertyportal.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "1",
                "--threads", "4", "--no-control-socket",
            ],
            cwd=ROOT, env=database.environment,
        )  # fmt: skip
        try:
            wait_for(f"{url}/healthz", process)
            yield Place(Portal(url, database, accounts), json.loads(done.stdout))
        finally:
            process.terminate()
            process.wait(timeout=30)


@dataclass
class Company:
    """The five persons of a review, each with a browser session of his own; who comes for the first time signs in."""

    browser: Browser
    place: Place

    def __post_init__(self) -> None:
        self.contexts: dict[str, BrowserContext] = {}
        self.pages: dict[str, Page] = {}

    @property
    def url(self) -> str:
        return self.place.portal.url

    def page(self, role: str) -> Page:
        if role not in self.pages:
            username = PEOPLE.get(role, role)
            context = self.browser.new_context(viewport=DESKTOP, reduced_motion="reduce", locale="vi-VN")
            context.set_default_timeout(30_000)
            _sign_in(context.new_page(), self.url, username, self.place.portal.accounts[username])
            self.contexts[role], self.pages[role] = context, context.new_page()
        return self.pages[role]

    def open(self, role: str, path: str) -> Page:
        page = self.page(role)
        page.goto(self.url + path)
        return page

    def close(self) -> None:
        for context in self.contexts.values():
            context.close()
