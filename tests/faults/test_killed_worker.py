"""Real processes, killed for real: what a dead worker left is finished by the next, all of it or nothing."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psutil
import pytest

from tests.conftest import ROOT, Database, cloned_database

pytestmark = pytest.mark.faults
START = """
import json, sys
from django.utils import timezone
from povertyportal.core.accounts import acting_user
from povertyportal.core.jobs import start_job
kind, key, arguments = json.loads(sys.argv[1])
print(start_job(kind=kind, key=key, arguments=arguments, by=acting_user(None), at=timezone.now()).pk)
"""


class Queue:
    """The jobs of a database seen from outside, and the processes that work on them."""

    def __init__(self, database: Database) -> None:
        self.environment = database.environment | {"DJANGO_SETTINGS_MODULE": "tests.faults.worker_settings"}
        self.connection = database.connect()

    def start(self, kind: str, key: str, **arguments: Any) -> str:
        code = "import django; django.setup()\n" + START
        command = [sys.executable, "-c", code, json.dumps([kind, key, arguments])]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def ask(self, query: str, *values: Any) -> Any:
        with self.connection, self.connection.cursor() as cursor:
            cursor.execute(query, values)
            return cursor.fetchone()

    def job(self, key: str) -> dict[str, Any]:
        columns = ("state", "attempt", "done", "result", "error", "worker")
        row = self.ask(f"SELECT {', '.join(columns)} FROM core_job WHERE key = %s ORDER BY created_at DESC", key)
        return dict(zip(columns, row, strict=True))

    def groups(self, prefix: str) -> int:
        return int(self.ask("SELECT count(*) FROM django_session WHERE session_key LIKE %s", f"{prefix} %")[0])

    @contextmanager
    def supervisor(self) -> Iterator["subprocess.Popen[bytes]"]:
        command = [sys.executable, str(ROOT / "manage.py"), "work", "--interval", "0.1"]
        process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stderr=subprocess.DEVNULL)
        try:
            yield process
        finally:
            process.terminate()
            process.wait(timeout=30)


def until(condition: Callable[[], Any], seconds: float = 60) -> Any:
    deadline = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < deadline, "did not happen in time"
        time.sleep(0.05)
    return value


def worker_of(supervisor: "subprocess.Popen[bytes]") -> int:
    children = until(lambda: psutil.Process(supervisor.pid).children())
    return int(children[0].pid)


@pytest.fixture(scope="module")
def queue(django_db_setup: None, django_db_blocker: Any) -> Iterator[Queue]:
    """One database for these tests; each uses keys of its own."""
    with django_db_blocker.unblock(), cloned_database("jobs") as database:
        queue = Queue(database)
        yield queue
        queue.connection.close()


def test_a_killed_workers_job_is_finished_by_the_next(queue: Queue) -> None:
    queue.start("make_rows", "a", prefix="Tổ", count=8, pause=0.4)
    with queue.supervisor() as supervisor:
        until(lambda: queue.job("a")["done"] >= 2)
        os.kill(worker_of(supervisor), signal.SIGKILL)
        assert queue.groups("Tổ") == 0, "what the dead worker had begun is undone"
        until(lambda: queue.job("a")["state"] == "succeeded")
    job = queue.job("a")
    assert (job["attempt"], job["result"], queue.groups("Tổ")) == (2, {"made": 8}, 8)


def test_a_killed_supervisor_takes_its_worker_along_and_the_next_one_finishes(queue: Queue) -> None:
    queue.start("make_rows", "b", prefix="Nhóm", count=6, pause=0.4)
    with queue.supervisor() as supervisor:
        until(lambda: queue.job("b")["done"] >= 1)
        worker = worker_of(supervisor)
        supervisor.kill()
        supervisor.wait()
        until(lambda: not psutil.pid_exists(worker) or psutil.Process(worker).status() == "zombie")
    if queue.job("b")["state"] == "running":  # its lease still runs: let it end now instead of in half a minute
        queue.ask("UPDATE core_job SET lease_until = now() - interval '1 second' WHERE key = 'b' RETURNING 1")
    with queue.supervisor():
        until(lambda: queue.job("b")["state"] == "succeeded")
    assert queue.groups("Nhóm") == 6


def test_a_job_that_kills_every_worker_is_given_up_with_a_sentence(queue: Queue) -> None:
    queue.start("kill_myself", "c")
    with queue.supervisor():
        until(lambda: queue.job("c")["state"] == "failed", seconds=90)
    assert "03 lần" in queue.job("c")["error"] or "3 lần" in queue.job("c")["error"]


def test_the_same_work_asked_twice_is_one_job(queue: Queue) -> None:
    first = queue.start("make_rows", "d", prefix="Xóm", count=2, pause=0)
    assert queue.start("make_rows", "d", prefix="Xóm", count=2, pause=0) == first
    with queue.supervisor():
        until(lambda: queue.job("d")["state"] == "succeeded")
    assert queue.groups("Xóm") == 2


def test_a_running_job_is_cancelled_and_leaves_nothing(queue: Queue) -> None:
    queue.start("make_rows", "e", prefix="Bản", count=100, pause=0.2)
    with queue.supervisor():
        until(lambda: queue.job("e")["done"] >= 2)
        queue.ask("UPDATE core_job SET cancel_requested = true WHERE key = 'e' RETURNING 1")
        until(lambda: queue.job("e")["state"] == "cancelled")
    assert queue.groups("Bản") == 0


def test_a_refused_job_says_why_and_a_failed_one_tells_no_personal_data(queue: Queue) -> None:
    queue.start("refuse", "f")
    queue.start("fail", "g")
    with queue.supervisor():
        until(lambda: queue.job("f")["state"] == "failed" and queue.job("g")["state"] == "failed")
    assert queue.job("f")["error"] == "Tệp không có dòng nào."
    assert "012345678901" not in queue.job("g")["error"]
    assert "quản trị" in queue.job("g")["error"]


def test_a_job_asked_again_after_a_failure_is_a_new_one(queue: Queue) -> None:
    first = queue.start("refuse", "h")
    with queue.supervisor():
        until(lambda: queue.job("h")["state"] == "failed")
        assert queue.start("refuse", "h") != first
