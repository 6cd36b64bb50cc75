"""One database with areas, standards and figures, made once for these sources; every test process works in copies of it."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from django.core.management import call_command
from django.db import connections

ROOT = Path(__file__).resolve().parent.parent
FIGURES = ROOT / "reports" / "examples" / "figures.csv"
PACKAGES = ("povertyportal", "households", "programs", "reports")
BESIDE = ("requirements.txt", "deploy/constraints.txt", "tests/prepared.py")  # and what they are made with
LOCK = 5_021_977  # of those who make or copy it
COMMANDS = (["load_areas"], ["load_standards"], ["load_reported", str(FIGURES)])


def digest() -> str:
    """Of everything that its content comes from."""
    found = sha256()
    for path in [*(ROOT / one for one in BESIDE), *_sources()]:
        found.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return found.hexdigest()[:16]


def _sources() -> Iterator[Path]:
    for package in PACKAGES:
        yield from sorted(path for path in (ROOT / package).rglob("*.*") if "__pycache__" not in path.parts)


@contextmanager
def prepared_database() -> Iterator[str]:
    """Its name, for ``CREATE DATABASE … TEMPLATE``; made first where it is missing. Those of older sources go."""
    name = f"prepared_{digest()}"
    with connections["owner"]._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        cursor.execute(r"SELECT datname FROM pg_database WHERE datname LIKE 'prepared\_%'")
        there = {found for (found,) in cursor.fetchall()}
        for old in there - {name}:
            cursor.execute(f'DROP DATABASE IF EXISTS "{old}" WITH (FORCE)')
        if name not in there:
            _make(f"{name}_half")
            cursor.execute(f'ALTER DATABASE "{name}_half" RENAME TO "{name}"')
        yield name


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
