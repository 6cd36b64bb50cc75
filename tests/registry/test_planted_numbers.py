"""No personal number in plain text anywhere: planted by ``planting``, then looked for in everything that was left behind."""

import base64
import io
import json
import re
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from django.conf import settings

from tests.conftest import ROOT, Database, cloned_database, login

COUNT = 150


def new_numbers() -> dict[str, list[str]]:
    """Right ones that nobody has; drawn anew each time, so that whatever is found comes from here."""
    draw = secrets.randbelow
    return {
        "personal": [f"004190{draw(10**6):06}" for _one in range(COUNT)],
        "old": [f"0{draw(10**8):08}" for _one in range(COUNT)],
        "insurance": [f"HN404{draw(10**10):010}" for _one in range(COUNT)],
    }


def spellings(number: str) -> set[bytes]:
    """The number as text, in groups, in base64 and in hex."""
    groups = [number[at : at + 3] for at in range(0, len(number), 3)]
    plain = {number, *(mark.join(groups) for mark in (" ", ".", "-", "+", "%20", "\u00a0"))}
    return {text.encode() for text in plain} | {number.encode().hex().encode()} | set(_in_base64(number.encode()))


def _in_base64(text: bytes) -> Iterator[bytes]:
    """Wherever it starts inside what is encoded: the letters that it alone decides."""
    for before in range(3):
        whole = base64.b64encode(b"\0" * before + text + b"\0\0")
        yield whole[-(-before * 8 // 6) : (before + len(text)) * 8 // 6]


def found_in(content: bytes | Path, numbers: dict[str, list[str]]) -> list[str]:
    """Of some bytes, or of every file below a folder; grep looks for thousands of texts in one go."""
    wanted = b"\n".join(sorted(one for kind in numbers.values() for number in kind for one in spellings(number)))
    with tempfile.NamedTemporaryFile() as listed:
        listed.write(wanted)
        listed.flush()
        command = ["grep", "--text", "--only-matching", "--fixed-strings", "--no-messages", "--file", listed.name]
        if isinstance(content, Path):
            done = subprocess.run(
                [*command, "--recursive", str(content)], capture_output=True, timeout=120, check=False
            )
        else:
            done = subprocess.run(command, input=content, capture_output=True, timeout=120, check=False)
    return done.stdout.decode(errors="replace").splitlines()


@dataclass(frozen=True)
class Day:
    """``said``: what the process told of itself; ``log``: what it wrote to its log."""

    numbers: dict[str, list[str]]
    said: dict[str, Any]
    log: bytes
    database: Database


@pytest.fixture(scope="module")
def day(django_db_setup: None, django_db_blocker: Any) -> Iterator[Day]:
    with django_db_blocker.unblock(), cloned_database("planted") as database:
        numbers = new_numbers()
        done = subprocess.run(
            [sys.executable, "-m", "tests.registry.planting"],
            cwd=ROOT,
            env=database.environment | {"DJANGO_SETTINGS_MODULE": "povertyportal.settings"},
            input=json.dumps(numbers).encode(),
            capture_output=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()[-3000:]
        yield Day(numbers, json.loads(done.stdout), done.stderr, database)


def dumped(database: Database) -> bytes:
    """Every row of every table, as the owner copies it: the history, staging, jobs, sessions, all of it."""
    written = io.BytesIO()
    connection = psycopg2.connect(dbname=database.name, **login("owner"))
    with connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname NOT LIKE 'pg\\_%'"
            " AND schemaname <> 'information_schema'"
        )
        for (table,) in cursor.fetchall():
            cursor.copy_expert(f"COPY {table} TO STDOUT", written)
    connection.close()
    return written.getvalue()


def test_everything_happened_that_should_leave_a_trace(day: Day) -> None:
    outcomes = day.said["outcomes"]
    assert {key: outcomes[key] for key in ("registered", "found", "disclosed", "kept", "sealed")} == {
        "registered": "Hoàng Thị Bình", "found": True, "disclosed": True, "kept": 1, "sealed": True,
    }  # fmt: skip
    assert (outcomes["asked in the address"], outcomes["crashed"]) == (400, 500)
    assert {status for _path, status in day.said["statuses"]} == {200, 302, 400, 500}, day.said["statuses"]
    assert b"RuntimeError" in day.log
    assert b"tests.planting) failed" in day.log


@pytest.mark.parametrize(
    "what", ["reason", "address", "local code", "name", "why none", "wrong number", "kind", "purpose", "verdict", "job"]
)
def test_where_no_number_belongs_it_is_refused(day: Day, what: str) -> None:
    assert day.said["outcomes"][what] == "refused"


DESK = {
    **dict.fromkeys(("kept", "corrected", "before unknown", "conflict", "decided"), 200),
    **dict.fromkeys(
        ("in a name", "in a note", "in an amount", "old card in an amount", "health card", "as a field", "as a code",
         "as a person", "as a choice", "two in one"), 409,
    ),
    "locked": 423,
}  # fmt: skip


@pytest.mark.parametrize("what", DESK)
def test_on_a_form_a_number_goes_into_its_own_field_only(day: Day, what: str) -> None:
    assert day.said["outcomes"][f"desk {what}"] == DESK[what]


def test_in_a_review_nothing_is_stored_that_holds_a_number(day: Day) -> None:
    """The paper and the request that were there before stand alone."""
    assert day.said["outcomes"]["review refused"] == 2


def test_none_in_the_database(day: Day) -> None:
    content = dumped(day.database)
    assert "Hoàng Thị Bình".encode() in content
    assert found_in(content, day.numbers) == []


def test_none_in_the_log(day: Day) -> None:
    assert found_in(day.log, day.numbers) == []


def test_none_in_any_file_of_the_data_folder(day: Day) -> None:
    """The server's log, its tables and its journal as they lie on the disk, whatever else the portal keeps there."""
    assert found_in(Path(settings.DATA_DIR), day.numbers) == []


def test_none_in_addresses_headers_cookies_and_sessions(day: Day) -> None:
    said = json.dumps([day.said[part] for part in ("addresses", "headers", "sessions")], ensure_ascii=False)
    assert "sessionid" in said
    assert found_in(said.encode(), day.numbers) == []
    for cookie in re.findall(r"=([\w-]{16,})", said):
        assert found_in(base64.urlsafe_b64decode(cookie + "=" * (-len(cookie) % 4)), day.numbers) == []


def test_pages_show_the_last_digits_only(day: Day) -> None:
    pages = day.said["pages"]
    assert "•••••••••" in pages["household"]
    assert {name: found_in(page.encode(), day.numbers) for name, page in pages.items()} == {name: [] for name in pages}


@pytest.mark.parametrize("before", ["", "a", "số "])
def test_what_stands_in_the_open_would_be_found(before: str) -> None:
    number = "004190123456"
    numbers = {"personal": [number]}
    text = f"{before}{number} sau".encode()
    for hidden in (text, base64.b64encode(text), text.hex().encode(), f"{before}004 190 123 456".encode()):
        assert found_in(hidden, numbers), hidden
    assert not found_in(b"004190123457", numbers)
