"""Two people who act at the same moment: processes of their own, let go together, on a database of their own."""

import sys
from collections.abc import Sequence
from subprocess import PIPE, Popen

from tests.conftest import Database


def person(script: str, name: str, database: Database) -> "Popen[str]":
    environment = database.environment | {"DJANGO_SETTINGS_MODULE": "povertyportal.settings"}
    return Popen([sys.executable, "-c", script, name], stdin=PIPE, stdout=PIPE, text=True, env=environment)


def outcomes(script: str, database: Database, *, proposer: str, deciders: Sequence[str]) -> list[str]:
    """What the deciders said, sorted. ``script`` takes a name: as the proposer it prepares and ends; as a decider it says
    "ready", waits for a line, acts and says one word."""
    first = person(script, proposer, database)
    first.communicate(timeout=60)
    assert first.returncode == 0
    waiting = [person(script, name, database) for name in deciders]
    for decider in waiting:
        assert decider.stdout is not None
        assert decider.stdout.readline() == "ready\n"
    for decider in waiting:
        assert decider.stdin is not None
        decider.stdin.write("\n")
        decider.stdin.flush()
    return sorted(decider.communicate(timeout=60)[0].strip() for decider in waiting)
