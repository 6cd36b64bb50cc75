"""Keeps task workers alive: starts them, starts them again when they die, and re-queues what a dead one left."""

import logging
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from types import FrameType

from django.conf import settings
from django.db import DatabaseError, close_old_connections
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker

from povertyportal.child_process import end_with_parent
from povertyportal.core.accounts import system_user
from povertyportal.core.clock import today
from povertyportal.core.job_kinds import daily_kinds
from povertyportal.core.jobs import requeue_abandoned, start_job, worker_name

logger = logging.getLogger(__name__)

LOOK_SECONDS = 0.5
REQUEUE_SECONDS = 5.0
LONGEST_PAUSE = 30.0


class Supervisor:
    def __init__(self, workers: int) -> None:
        self.workers: dict[str, subprocess.Popen[bytes]] = {}
        self.wanted = workers
        self.stopping = False
        self.pause = 0.0
        self.resume_at = 0.0
        self.requeue_at = 0.0
        self.daily_asked: date | None = None

    def run(self) -> None:
        for ending in (signal.SIGTERM, signal.SIGINT):
            signal.signal(ending, self._stop)
        while not self.stopping:
            self.look()
            time.sleep(LOOK_SECONDS)
        for process in self.workers.values():
            process.terminate()
        for process in self.workers.values():
            process.wait()

    def look(self) -> None:
        now = time.monotonic()
        for name, process in list(self.workers.items()):
            if process.poll() is not None:
                del self.workers[name]
                logger.warning("worker %s ended (%s); another takes over", name, process.returncode)
                self.pause = min(LONGEST_PAUSE, self.pause * 2 or LOOK_SECONDS)
                self.resume_at = now + self.pause
                self._requeue(dead_worker=name)
        if now >= self.requeue_at:
            self.requeue_at = now + REQUEUE_SECONDS
            self._requeue()
            self._ask_daily(today())
        while len(self.workers) < self.wanted and now >= self.resume_at:
            self._start()
        if now > self.resume_at + LONGEST_PAUSE:
            self.pause = 0.0

    def _start(self) -> None:
        name = f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(4)}"
        manage = Path(settings.BASE_DIR) / "manage.py"
        command = [sys.executable, str(manage), "work", "--as-worker", name]
        # a killed supervisor takes its workers along, else two would do the work of one
        self.workers[name] = subprocess.Popen(command, preexec_fn=end_with_parent(signal.SIGTERM))

    def _requeue(self, dead_worker: str = "") -> None:
        try:
            close_old_connections()
            count = requeue_abandoned(at=timezone.now(), dead_worker=dead_worker)
        except DatabaseError:
            logger.warning("the database does not answer; trying again")
            return
        if count:
            logger.warning("%s job(s) of a dead worker put back into the queue", count)

    def _ask_daily(self, day: date) -> None:
        """One job of each daily kind, however many supervisors run: a job's key is asked for once."""
        if day == self.daily_asked:
            return
        try:
            for kind in daily_kinds():
                start_job(kind=kind, key=day.isoformat(), arguments={}, by=system_user(), at=timezone.now())
            self.daily_asked = day
        except DatabaseError:
            logger.warning("the database does not answer; the daily jobs are asked for later")

    def _stop(self, signum: int, frame: FrameType | None) -> None:
        self.stopping = True


def run_worker(name: str, *, interval: float) -> None:
    """One worker process: takes tasks until it is told to stop."""
    worker_name.set(name)
    worker = Worker(
        queue_names=["*"],
        interval=interval,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=name[-64:],
        excluded_queue_names=[],
    )
    worker.configure_signals()
    worker.run()
