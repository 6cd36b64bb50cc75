"""The server killed in the middle of a village's step: all of the step stands, or nothing of it, and it can be made after."""

import http.client
import json
import secrets
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

from tests.conftest import ROOT, Database, cloned_database
from tests.faults.server import Server, asked, held, until_somebody_waits

pytestmark = pytest.mark.faults

SCRIPT = """
import django; django.setup()
import json
from django.conf import settings
from tests.access.people import AREAS, person, signed_in
from tests.people import on_the_record
from tests.review.dossiers import LAST_DAY, OTHER, VILLAGE, complain, done, done_again, dossier, end_posting, meet, post
from tests.surveys.filled import a_round
from datetime import date

def told(dossier, **more):
    dossier.refresh_from_db()
    return {"dossier": dossier.pk, "version": dossier.version, **more}

with on_the_record():
    browser = signed_in(person("commune_official", AREAS.COMMUNE))
    cases = {}
    of = dossier(round=a_round())
    good, bad = (done(name, round=of.round) for name in ("Nông Văn An", "Lý Thị Bình"))
    cases["meeting"] = told(of, village=VILLAGE, good=good.pk, bad=bad.pk)
    of = dossier("in_year", round=a_round("2026-08-inyear"))
    for village in (VILLAGE, OTHER):
        done(area=village, round=of.round), meet(of, village)
    cases["posting"] = told(of, villages=[VILLAGE, OTHER])
    of = dossier("in_year", round=a_round("2026-09-inyear"))
    form = done(round=of.round)
    meet(of), post(of)
    found = complain(of, form)
    end_posting(of)
    done_again(form, "near_poor", day=date(2026, 10, 21))
    cases["answer"] = told(of, village=VILLAGE, complaint=found.pk)
cases["cookies"] = {settings.SESSION_COOKIE_NAME: browser.cookies[settings.SESSION_COOKIE_NAME].value}
print(json.dumps(cases))
"""
STEPS = "SELECT count(*) FROM households_reviewstep WHERE dossier_id = %s AND move = %s"
STATES = "SELECT state FROM households_dossierpart WHERE dossier_id = %s ORDER BY area_code"


@dataclass
class Official:
    """At the commune's desk, with a page open that shows the dossier as it was."""

    server: Server
    cookies: dict[str, str]
    token: str = field(default_factory=lambda: secrets.token_hex(16))

    def send(self, path: str, said: dict[str, Any]) -> str:
        """Where it leads; "" where the page comes back. Raises OSError or http.client.HTTPException where nobody answers."""
        connection = http.client.HTTPConnection(urlsplit(self.server.url).netloc, timeout=60)
        cookies = "; ".join(f"{name}={value}" for name, value in (self.cookies | {"csrftoken": self.token}).items())
        headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded", "Origin": self.server.url}
        try:
            connection.request("POST", path, urlencode(said | {"csrfmiddlewaretoken": self.token}, doseq=True), headers)
            answer = connection.getresponse()
            answer.read()
        finally:
            connection.close()
        assert answer.status in (200, 302), (path, answer.status)
        return answer.headers.get("Location", "")


@pytest.fixture(scope="module")
def database(django_db_setup: None, django_db_blocker: Any) -> Iterator[Database]:
    with django_db_blocker.unblock(), cloned_database("steps") as database:
        yield database


@pytest.fixture(scope="module")
def cases(database: Database) -> dict[str, Any]:
    environment = database.environment | {"DJANGO_SETTINGS_MODULE": "povertyportal.settings"}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def server(database: Database) -> Iterator[Server]:
    server = Server(database)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def official(server: Server, cases: dict[str, Any]) -> Official:
    return Official(server, cases["cookies"])


def sent_and_killed(official: Official, path: str, said: dict[str, Any], lock: str, *whose: Any) -> None:
    """The server is killed while the step waits for a row that it comes to last; whoever sent it gets no answer."""
    lost: list[BaseException] = []

    def send() -> None:
        try:
            official.send(path, said)
        except (OSError, http.client.HTTPException) as error:
            lost.append(error)

    with held(official.server.database, lock, *whose):
        waiting = threading.Thread(target=send)
        waiting.start()
        until_somebody_waits(official.server.database)
        official.server.kill()
        waiting.join(timeout=60)
    assert lost
    official.server.start()


def one(database: Database, query: str, *values: Any) -> Any:
    ((found,),) = asked(database, query, *values)
    return found


def states(database: Database, dossier: int) -> list[str]:
    return [state for (state,) in asked(database, STATES, dossier)]


def test_a_meeting_is_written_whole_or_not_at_all(official: Official, cases: dict[str, Any]) -> None:
    """Its votes are written, and one household's form is on its way back."""
    case, database = cases["meeting"], official.server.database
    path = f"/review/{case['dossier']}/villages/{case['village']}/meeting/"
    said = {
        "version": case["version"], "held_on": "12/10/2026", "starts": "19:00", "place": "Nhà văn hóa",
        "chair": "Hoàng Văn Páo", "secretary": "Lục Thị Hà", "present_count": "40", f"disagree-{case['bad']}": "21",
    }  # fmt: skip
    votes = """SELECT count(*) FROM households_meetingvote v JOIN households_surveyform f ON f.id = v.form_id
                WHERE f.id IN (%s, %s)"""
    forms = "SELECT state FROM households_surveyform WHERE id IN (%s, %s) ORDER BY id"
    ours = (case["good"], case["bad"])

    lock = "SELECT 1 FROM households_surveyform WHERE id = %s FOR NO KEY UPDATE"
    sent_and_killed(official, path, said, lock, case["bad"])
    assert one(database, votes, *ours) == 0
    assert one(database, STEPS, case["dossier"], "meet") == 0
    assert asked(database, forms, *ours) == [("done",), ("done",)]

    assert official.send(path, said)
    assert official.send(path, said) == ""  # the answer was lost, the page is sent again
    assert (one(database, votes, *ours), one(database, STEPS, case["dossier"], "meet")) == (2, 1)
    assert asked(database, forms, *ours) == [("done",), ("returned",)]
    assert states(database, case["dossier"]) == ["survey"]


def test_several_villages_are_posted_all_or_none(official: Official, cases: dict[str, Any]) -> None:
    """The first is written, the second is on its way."""
    case, database = cases["posting"], official.server.database
    path = f"/review/{case['dossier']}/posting/"
    said = {
        "version": case["version"], "step": "post", "turn": "1", "village": case["villages"], "starts_on": "13/10/2026",
        "place1": "Nhà văn hóa", "place2": "Trụ sở UBND xã",
    }  # fmt: skip
    hung = """SELECT count(*) FROM households_posting o JOIN households_dossierpart d ON d.id = o.part_id
               WHERE d.dossier_id = %s"""
    lock = "SELECT 1 FROM households_dossierpart WHERE dossier_id = %s AND area_code = %s FOR UPDATE"
    sent_and_killed(official, path, said, lock, case["dossier"], case["villages"][-1])
    assert (one(database, hung, case["dossier"]), states(database, case["dossier"])) == (0, ["agreed", "agreed"])
    assert one(database, STEPS, case["dossier"], "post") == 0

    assert official.send(path, said)
    assert official.send(path, said) == ""
    assert (one(database, hung, case["dossier"]), states(database, case["dossier"])) == (2, ["posted", "posted"])
    assert one(database, STEPS, case["dossier"], "post") == 2


def test_a_complaint_is_answered_whole_or_not_at_all(official: Official, cases: dict[str, Any]) -> None:
    """The answer is written; the step by which the new result counts without a meeting is not yet."""
    case, database = cases["answer"], official.server.database
    path = f"/review/{case['dossier']}/complaints/{case['complaint']}/"
    said = {
        "version": case["version"], "outcome": "changed", "answer": "Máy cày mượn của em trai", "answered_on": "22/10/2026",
    }  # fmt: skip
    outcome = "SELECT outcome FROM households_complaint WHERE id = %s"
    lock = "SELECT 1 FROM households_dossierpart WHERE dossier_id = %s AND area_code = %s FOR UPDATE"
    sent_and_killed(official, path, said, lock, case["dossier"], case["village"])
    assert one(database, outcome, case["complaint"]) == ""
    assert one(database, STEPS, case["dossier"], "answer") == 0

    assert official.send(path, said)
    assert official.send(path, said) == ""
    assert one(database, outcome, case["complaint"]) == "changed"
    assert one(database, STEPS, case["dossier"], "answer") == 1
    assert states(database, case["dossier"]) == ["recheck"]
