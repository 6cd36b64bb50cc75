"""People who act at the same moment: processes of their own, let go together, on a database of their own."""

import sys
from collections.abc import Sequence
from subprocess import PIPE, Popen

from tests.conftest import Database

PATIENCE = 120  # seconds for one person's work on a busy machine


def person(script: str, name: str, database: Database) -> "Popen[str]":
    environment = database.environment | {"DJANGO_SETTINGS_MODULE": "povertyportal.settings"}
    return Popen([sys.executable, "-c", script, name], stdin=PIPE, stdout=PIPE, text=True, env=environment)


def alone(script: str, name: str, database: Database) -> str:
    """What one person says who works alone and ends well."""
    process = person(script, name, database)
    said = process.communicate(timeout=PATIENCE)[0].strip()
    assert process.returncode == 0
    return said


def at_once(script: str, names: Sequence[str], database: Database) -> list[str]:
    """What they said, sorted. ``script`` takes a name, says "ready", waits for a line, acts and says one word."""
    people = [person(script, name, database) for name in names]
    for one in people:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    for one in people:
        assert one.stdin is not None
        one.stdin.write("\n")
        one.stdin.flush()
    return sorted(one.communicate(timeout=PATIENCE)[0].strip() for one in people)


def outcomes(script: str, database: Database, *, proposer: str, deciders: Sequence[str]) -> list[str]:
    """What the deciders said, sorted. As the proposer the script prepares and ends."""
    alone(script, proposer, database)
    return at_once(script, deciders, database)
