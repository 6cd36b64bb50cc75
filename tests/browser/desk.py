"""What the browser tests of the survey desk share: forms of their own, whoever types, and what a server did with a save."""

import json
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import BrowserContext, Page, Response, expect

from tests.browser.conftest import DESKTOP, _sign_in
from tests.conftest import ROOT, Database, Portal, free_port, wait_for


def made_forms(database: Database) -> dict[str, int]:
    """Story → key of its form."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.browser.desk_forms"],
        cwd=ROOT, env=database.environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: dict[str, int] = json.loads(done.stdout)
    return found


def stored(database: Database, form: int) -> dict[str, list[str]]:
    with database.connect() as connection, connection.cursor() as cursor:
        cursor.execute("SELECT answers FROM households_surveysheet WHERE form_id = %s", [form])
        row = cursor.fetchone()
    return row[0] if row else {}


def saves(database: Database, form: int, name: str) -> int:
    """How often a field was written."""
    with database.connect() as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM households_surveysave, jsonb_array_elements(changes) one"
            " WHERE form_id = %s AND one ->> 'name' = %s",
            [form, name],
        )
        return int(cursor.fetchone()[0])


@dataclass
class Server:
    """A server of one's own on the running portal's database, to be killed."""

    portal: Portal
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [sys.executable, "-m", "gunicorn", "povertyportal.wsgi", "--bind", f"127.0.0.1:{self.port}"]
        self.process = subprocess.Popen(
            [*command, "--workers", "1", "--threads", "4", "--no-control-socket"],
            cwd=ROOT, env=self.portal.database.environment, start_new_session=True,
        )  # fmt: skip
        wait_for(f"{self.url}/healthz", self.process)

    def kill(self) -> None:
        """The master and its worker at once, in the middle of whatever they do."""
        assert self.process is not None
        subprocess.run(["kill", "-KILL", "--", f"-{self.process.pid}"], check=True)
        self.process.wait(timeout=20)


@contextmanager
def own_server(portal: Portal) -> Iterator[Server]:
    server = Server(portal)
    server.start()
    yield server
    server.kill()


def signed_in(context: BrowserContext, portal: Portal, username: str = "canbo", home: str = "") -> Page:
    context.set_default_timeout(15_000)
    _sign_in(context.new_page(), home or portal.url, username, portal.accounts[username])
    return context.new_page()


def opened(page: Page, home: str, form: int) -> Page:
    page.goto(f"{home}/surveys/{form}/")
    expect(page.locator("#saved")).not_to_have_text("")
    until(page, "window.desk.store.ready()")
    return page


def until(page: Page, told: str) -> None:
    """Asked again and again from here: the page's content policy forbids what a wait inside of it evaluates."""
    for _turn in range(300):
        if page.evaluate(told):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"not within 15 s: {told}")


def said(page: Page, words: str) -> None:
    expect(page.locator("#saved")).to_contain_text(words)


def kept(page: Page) -> None:
    """What is unsent stands on the device, to the last letter."""
    said(page, "giữ trên máy này")
    expect(page.locator("#saved")).to_have_attribute("data-kept", "yes")


def put(page: Page, name: str, text: str) -> None:
    """Typed by keyboard into the field, which is then left."""
    page.locator(f"[name='{name}']").focus()
    if page.locator(f"input[name='{name}']").count():
        page.keyboard.press("Control+a")
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def value(page: Page, name: str) -> str:
    return page.locator(f"[name='{name}']").input_value()


def keys_of(text: str) -> int:
    """Strokes to write it with Telex: a mark or a hat is a stroke more, a capital letter one too."""
    strokes = 0
    for letter in unicodedata.normalize("NFD", text):
        strokes += 2 if letter in "đĐ" or letter.isupper() else 1
    return strokes


@dataclass
class Typist:
    """Types on a page by keyboard alone and counts: strokes, answers, requests that a page makes meanwhile."""

    page: Page
    strokes: int = 0
    answers: int = 0
    sent: list[Response] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("response", self._heard)

    def _heard(self, response: Response) -> None:
        if response.request.method == "POST":
            self.sent.append(response)

    def type(self, *answers: str) -> None:
        """Each answer and Enter; "" leaves the field as it is."""
        for text in answers:
            self.page.keyboard.type(text)
            self.press("Enter")
            self.strokes += keys_of(text)
            self.answers += bool(text)

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.strokes += 1


def at_desk(browser: Any) -> BrowserContext:
    context: BrowserContext = browser.new_context(viewport=DESKTOP, reduced_motion="reduce", locale="vi-VN")
    return context
