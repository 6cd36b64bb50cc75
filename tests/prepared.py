"""One database with areas, standards and figures, made once for these sources, and one with what a portal of the browser tests
shows today; every test process works in copies of them. As a command it makes the first ahead of them."""

import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import django
import psycopg2
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.utils import timezone

from povertyportal.embedded import SUPERUSER, running

ROOT = Path(__file__).resolve().parent.parent
FIGURES = ROOT / "reports" / "examples" / "figures.csv"
PACKAGES = ("povertyportal", "households", "programs", "reports")
# No page and no paper writes what stands in them, and the loading of the first knows nobody above areas and standards.
SHOWING = {"web", "papers", "rendering", "static", "templates"}
ABOVE = {"registry", "surveys", "review"}
BESIDE = ("requirements.txt", "deploy/constraints.txt", "tests/prepared.py")  # and what they are made with
BESIDE_LIVE = (
    "tests/conftest.py", "tests/served_settings.py", "tests/browser/villages.csv", "tests/browser/waiting_change.py",
    "tests/browser/waiting_standards.py",
)  # fmt: skip
LOCK = 5_021_977  # of those who make or copy it
COMMANDS = (["load_areas"], ["load_standards"], ["load_reported", str(FIGURES)])


def digest() -> str:
    """Of everything that the content of the first comes from."""
    return _digest(BESIDE, SHOWING | ABOVE)


def digest_live() -> str:
    """The same of the other, for which everybody writes."""
    return _digest(BESIDE + BESIDE_LIVE, SHOWING)


def _digest(beside: tuple[str, ...], without: set[str]) -> str:
    found = sha256()
    for path in [*(ROOT / one for one in beside), *_sources(without | {"__pycache__"})]:
        found.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return found.hexdigest()[:16]


def _sources(without: set[str]) -> Iterator[Path]:
    for package in PACKAGES:
        found = (ROOT / package).rglob("*.*")
        yield from sorted(path for path in found if without.isdisjoint(path.relative_to(ROOT).parts))


@contextmanager
def prepared_database() -> Iterator[str]:
    """Its name, for ``CREATE DATABASE … TEMPLATE``; made first where it is missing. Those of older sources go."""
    name = f"prepared_{digest()}"
    with _alone() as cursor:
        there = _there(cursor)
        for old in there:
            if not old.startswith(name):
                cursor.execute(f'DROP DATABASE IF EXISTS "{old}" WITH (FORCE)')
        if name not in there:
            _make(f"{name}_half")
            cursor.execute(f'ALTER DATABASE "{name}_half" RENAME TO "{name}"')
        yield name


@contextmanager
def prepared_portal(seed: str, fill: Callable[[str], None]) -> Iterator[str]:
    """The same with what a portal shows today. ``seed``: a copy of the first; ``fill`` is given the name of another to fill."""
    first = f"prepared_{digest()}_live_"
    name = f"{first}{digest_live()}_{timezone.localdate():%Y%m%d}"
    with _alone() as cursor:
        there = _there(cursor)
        if name not in there:
            for old in there:
                if old.startswith(first):
                    cursor.execute(f'DROP DATABASE "{old}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{name}_half" TEMPLATE "{seed}"')
            fill(f"{name}_half")
            cursor.execute(f'ALTER DATABASE "{name}_half" RENAME TO "{name}"')
        yield name


@contextmanager
def _alone() -> Iterator[Any]:
    """Of those who make or copy one at a time."""
    with connections["owner"]._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        yield cursor


def _there(cursor: Any) -> set[str]:
    cursor.execute(r"SELECT datname FROM pg_database WHERE datname LIKE 'prepared\_%'")
    return {found for (found,) in cursor.fetchall()}


def _make(name: str) -> None:
    connections["owner"].settings_dict["TEST"]["NAME"] = name
    plain = {alias: connections[alias].settings_dict["NAME"] for alias in ("default", "owner")}
    connections["owner"].creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    connections["default"].close()
    connections["default"].settings_dict["NAME"] = name
    for command in COMMANDS:
        call_command(*command, commit=True, stdout=io.StringIO())
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")  # as the server would by itself a little later: copies then plan alike
    connections.close_all()
    for alias, before in plain.items():
        connections[alias].settings_dict["NAME"] = before


def spare_the_disk() -> None:
    """The embedded server of ``var/test`` need not outlive a power cut; killed processes lose nothing by it."""
    if settings.DATA_DIR != ROOT / "var/test" or "DATABASE_URL" in os.environ:
        return
    connection = psycopg2.connect(dbname="postgres", user=SUPERUSER, **running(settings.DATA_DIR).connection(SUPERUSER))
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("ALTER SYSTEM SET fsync = off")
        cursor.execute("SELECT pg_reload_conf()")
    connection.close()


if __name__ == "__main__":
    django.setup()
    spare_the_disk()
    with prepared_database():
        pass
