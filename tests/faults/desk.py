"""A form and people who are signed in, made in the database of a really running portal; and a browser without a screen.

As a script it makes them and says as JSON who has which session.
"""

import http.client
import json
import secrets
import subprocess
import sys
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from tests.conftest import ROOT, Database

SCRIPT = """
import django; django.setup()
import json, sys
from django.conf import settings
from tests.access.people import AREAS, person, signed_in
from tests.surveys.filled import answers, form
browser = signed_in(person("commune_official", AREAS.COMMUNE))
session = browser.cookies[settings.SESSION_COOKIE_NAME].value
for _one in range(int(sys.argv[1])):
    print(json.dumps({"form": form(answers()).pk, "cookie": settings.SESSION_COOKIE_NAME, "session": session}))
"""


@dataclass(frozen=True)
class Desk:
    form: int
    cookie: str
    session: str


def desks(database: Database, forms: int) -> list[Desk]:
    """Forms of one official who is signed in."""
    environment = database.environment | {"DJANGO_SETTINGS_MODULE": "povertyportal.settings"}
    command = [sys.executable, "-c", SCRIPT, str(forms)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [Desk(**json.loads(line)) for line in done.stdout.splitlines()]


@dataclass
class Typist:
    """What a page does: a save is sent unchanged, under its key, until it is answered."""

    url: str
    desk: Desk
    version: int = 0
    token: str = field(default_factory=lambda: secrets.token_hex(16))

    def save(self, name: str, before: str, after: str) -> dict[str, Any]:
        change = {"name": name, "before": [before] if before else [], "after": [after] if after else []}
        return {"key": str(uuid4()), "base": self.version, "changes": [change]}

    def send(self, save: dict[str, Any], timeout: float = 20) -> dict[str, Any]:
        """The answer. Raises OSError or http.client.HTTPException where there is none, AssertionError for a refusal."""
        status, answer = self.ask("POST", f"/surveys/{self.desk.form}/save/", json.dumps(save), timeout)
        assert status == 200, (status, answer)
        if not isinstance(answer, dict):
            raise http.client.HTTPException("half an answer")
        self.version = answer["version"]
        return answer

    def insist(self, save: dict[str, Any], times: int = 100) -> dict[str, Any]:
        """As long as it takes: no answer, half an answer, a server that is not there."""
        for _one in range(times):
            try:
                return self.send(save)
            except (OSError, http.client.HTTPException, AssertionError):
                time.sleep(0.2)
        raise AssertionError("the save never arrived")

    def ask(self, method: str, path: str, body: str | None = None, timeout: float = 20) -> tuple[int, Any]:
        connection = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=timeout)
        headers = {
            "Cookie": f"{self.desk.cookie}={self.desk.session}; csrftoken={self.token}", "X-CSRFToken": self.token,
            "Content-Type": "application/json", "Accept": "application/json", "Origin": self.url,
        }  # fmt: skip
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            connection.close()
        is_json = answer.headers.get("Content-Type", "").startswith("application/json")
        return answer.status, json.loads(text) if is_json else text
