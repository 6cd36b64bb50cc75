"""A portal that really runs and may be killed; rows that somebody else holds, so that a step stands still in the middle."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psutil

from tests.conftest import ROOT, Database, free_port, wait_for


class Server:
    """Gunicorn as bin/demo starts it, on one address; killed and started again."""

    def __init__(self, database: Database) -> None:
        self.database, self.port = database, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "gunicorn", "povertyportal.wsgi", "--bind", f"127.0.0.1:{self.port}"]
        options = ["--workers", "2", "--threads", "4", "--no-control-socket", "--log-level", "critical"]
        environment = self.database.environment
        self.process = subprocess.Popen([*command, *options], cwd=ROOT, env=environment, start_new_session=True)
        wait_for(f"{self.url}/healthz", self.process)

    def kill(self) -> None:
        assert self.process
        children = psutil.Process(self.process.pid).children(recursive=True)
        for one in (self.process.pid, *(child.pid for child in children)):
            os.kill(one, signal.SIGKILL)
        self.process.wait(timeout=30)
        psutil.wait_procs(children, timeout=30)

    @property
    def is_up(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def stop(self) -> None:
        if self.process and self.is_up:
            self.process.terminate()
            self.process.wait(timeout=30)


def asked(database: Database, query: str, *values: Any) -> list[tuple[Any, ...]]:
    connection = database.connect()
    with connection, connection.cursor() as cursor:
        cursor.execute(query, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    connection.close()
    return found


@contextmanager
def held(database: Database, statement: str, *values: Any) -> Iterator[None]:
    """Rows locked by somebody else, so that whoever needs them waits in the middle of his work."""
    connection = database.connect()
    connection.cursor().execute(statement, values)
    try:
        yield
    finally:
        connection.rollback()
        connection.close()


def until_somebody_waits(database: Database) -> None:
    deadline = time.monotonic() + 30
    while not asked(
        database, "SELECT 1 FROM pg_stat_activity WHERE datname = %s AND wait_event_type = 'Lock'", database.name
    ):
        assert time.monotonic() < deadline, "nobody waits"
        time.sleep(0.02)
