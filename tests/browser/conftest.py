"""A real Chromium against a real server process."""

import base64
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import APIResponse, Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

from povertyportal.core.one_time_codes import code_at

# The same engine without windows, which cost as much again; where only the whole browser is, that one.
CHROMIUM = shutil.which("chromium-headless-shell") or "/usr/bin/chromium"
ARGUMENTS = [
    "--headless=new",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
Accounts = dict[str, tuple[str, str]]  # role → user name and password
SCREENSHOTS = Path(__file__).resolve().parents[2] / "var/screenshots"
DESKTOP, TABLET, PHONE = (
    {"width": 1366, "height": 768},
    {"width": 768, "height": 1024},
    {"width": 360, "height": 740},
)


@dataclass
class Visitor:
    """A browser session that notes what a page must not do: complain, or ask another host for something."""

    context: BrowserContext
    home: str
    complaints: list[str] = field(default_factory=list)

    @cached_property
    def page(self) -> Page:
        """Made when first looked at: a page is a process of its own."""
        page = self.context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        page.on("request", self._asked)
        return page

    def close(self) -> None:
        if "page" in self.__dict__:
            self.page.close()

    def get(self, path: str) -> APIResponse:
        """The answer alone, in the same session."""
        return self.context.request.get(self.home + path)

    def open(self, path: str) -> Page:
        self.complaints.clear()
        self.page.goto(self.home + path)
        return self.page

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"console: {message.text}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.home + "/", "data:", "blob:")):
            self.complaints.append(f"outside: {request.url}")


@pytest.fixture(scope="session")
def browser(live_portal: str) -> Iterator[Browser]:
    """Playwright keeps an event loop in this thread, which Django would take for an async view: it is told otherwise."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    extra = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS + extra)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def signed_in_as(browser: Browser, live_portal: str, live_accounts: Accounts) -> Iterator[Callable[[str], Visitor]]:
    """Visitor of a role ("stranger", or one of live_accounts); each role signs in once and keeps its session."""
    contexts: dict[str, BrowserContext] = {}

    def visitor(role: str) -> Visitor:
        if role not in contexts:
            contexts[role] = browser.new_context(viewport=DESKTOP, reduced_motion="reduce", locale="vi-VN")
            if role != "stranger":
                _sign_in(contexts[role].new_page(), live_portal, *live_accounts[role])
        return Visitor(contexts[role], live_portal)

    yield visitor
    for context in contexts.values():
        context.close()


@pytest.fixture
def visit(signed_in_as) -> Iterator[Callable[[str], Visitor]]:
    opened: list[Visitor] = []

    def visit(role: str) -> Visitor:
        opened.append(signed_in_as(role))
        return opened[-1]

    yield visit
    for visitor in opened:
        visitor.close()


def _sign_in(page: Page, home: str, username: str, password: str) -> None:
    page.goto(f"{home}/sign-in/")
    page.fill("#id_username", username)
    page.fill("#id_password", password)
    page.click("main button")
    page.wait_for_load_state()
    if page.url.endswith("/sign-in/code/"):
        page.fill("#id_code", code_of(username))
        page.click("main button")
    page.wait_for_url(f"{home}/")
    page.close()


def code_of(username: str) -> str:
    """The one-time code that the demonstration account's application would show now."""
    key = (settings.DATA_DIR / "secrets" / f"demo-{username}-key").read_text()
    return code_at(base64.b32decode(key.strip()), datetime.now(UTC))
