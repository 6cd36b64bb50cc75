"""People who act at the same moment: processes of their own, let go together, on a database of their own.

Each is a fork of one process in which the portal is loaded already: loading it takes longer than most of what they do."""

import atexit
import os
import socket
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from subprocess import Popen
from typing import TextIO

from tests.conftest import ROOT, Database


@dataclass(frozen=True)
class Person:
    """Told and heard by pipes; ``ended`` says "0" for one who ended well."""

    hears: TextIO
    says: TextIO
    ended: TextIO

    def rest(self) -> tuple[str, bool]:
        """What is said until the end, and whether it was a good one."""
        self.hears.close()
        with self.says, self.ended:
            return self.says.read().strip(), self.ended.read() == "0"


@dataclass
class Loaded:
    """The process they are forked from, for one database."""

    database: Database
    line: socket.socket = field(init=False)
    process: "Popen[bytes]" = field(init=False)

    def __post_init__(self) -> None:
        self.line, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = [sys.executable, "-m", "tests.forked", str(other.fileno())]
        with other:
            self.process = Popen(command, cwd=ROOT, env=self.database.environment, pass_fds=[other.fileno()])

    def person(self, script: str, name: str) -> Person:
        (reads, tells), (hears, writes), (ends, marks) = os.pipe(), os.pipe(), os.pipe()
        socket.send_fds(self.line, [f"{name}\0{script}".encode()], [reads, writes, marks])
        for one in (reads, writes, marks):
            os.close(one)
        return Person(os.fdopen(tells, "w"), os.fdopen(hears), os.fdopen(ends))

    def close(self) -> None:
        self.line.close()
        self.process.wait(timeout=60)


_loaded: list[Loaded] = []  # at most one


@atexit.register
def _close() -> None:
    while _loaded:
        _loaded.pop().close()


def person(script: str, name: str, database: Database) -> Person:
    if not _loaded or _loaded[0].database != database:
        _close()
        _loaded.append(Loaded(database))
    return _loaded[0].person(script, name)


def alone(script: str, name: str, database: Database) -> str:
    """What one person says who works alone and ends well."""
    said, well = person(script, name, database).rest()
    assert well
    return said


def at_once(script: str, names: Sequence[str], database: Database) -> list[str]:
    """What they said, sorted. ``script`` takes a name, says "ready", waits for a line, acts and says one word."""
    people = [person(script, name, database) for name in names]
    for one in people:
        assert one.says.readline() == "ready\n"
    for one in people:
        one.hears.write("\n")
        one.hears.flush()
    return sorted(one.rest()[0] for one in people)


def outcomes(script: str, database: Database, *, proposer: str, deciders: Sequence[str]) -> list[str]:
    """What the deciders said, sorted. As the proposer the script prepares and ends."""
    alone(script, proposer, database)
    return at_once(script, deciders, database)
