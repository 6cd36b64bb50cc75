"""The embedded PostgreSQL: where no DATABASE_URL is set, the portal brings its own server.

A process that wants the database calls ``running(data_dir)``. It takes a shared lock on ``users.lock`` and, where none is
at work, starts a *keeper* (povertyportal.keeper), which starts PostgreSQL, brings it back when it is killed, and stops it
when the last user's lock is gone. Locks are the kernel's, so a killed process leaves nothing to clean up.

The server listens on a private socket only and asks every role for a password (scram-sha-256). PostgreSQL refuses to run
as root: there it runs as a system user of its own, and what that user cannot reach (a checkout below a private folder)
is put below /var/lib/povertyportal; no folder's permissions are loosened (docs/decisions/0002).
"""

import fcntl
import json
import os
import secrets
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg2

from povertyportal.environment import kept_secret

PATIENCE_SECONDS = 120
MOST_KEEPERS = 5  # a keeper that ends at once, five times over, will not get better
DATABASE = "povertyportal"
OWNER, WEB, SUPERUSER = "portal_owner", "portal_web", "postgres"

_servers: dict[Path, "Server"] = {}


class ServerDidNotStart(RuntimeError):
    """The embedded server could not be reached in PATIENCE_SECONDS; the message ends with the last lines of its log."""


@dataclass(frozen=True, slots=True)
class Place:
    """``home`` holds the cluster and its log, ``socket_dir`` the socket, ``binaries`` the server programs."""

    home: Path
    socket_dir: Path
    binaries: Path

    def write(self, path: Path) -> None:
        fresh = path.with_suffix(".new")
        fresh.write_text(json.dumps({name: str(getattr(self, name)) for name in self.__slots__}), encoding="utf-8")
        fresh.replace(path)

    @classmethod
    def read(cls, path: Path) -> "Place | None":
        if not path.exists():
            return None
        stored = json.loads(path.read_text(encoding="utf-8"))
        return cls(**{name: Path(stored[name]) for name in cls.__slots__})


class Server:
    """One process's hold on the server of a data folder; get it by ``running``."""

    def __init__(self, data_dir: Path) -> None:
        self.folder = data_dir / "postgres"
        self.folder.mkdir(mode=0o711, parents=True, exist_ok=True)
        self._hold: int | None = None

    @property
    def place_file(self) -> Path:
        return self.folder / "place.json"

    @property
    def users_lock(self) -> Path:
        return self.folder / "users.lock"

    @property
    def keeper_lock(self) -> Path:
        return self.folder / "keeper.lock"

    def password(self, role: str) -> str:
        return kept_secret(self.folder / "passwords" / role, lambda: secrets.token_urlsafe(32))

    def place(self) -> Place | None:
        return Place.read(self.place_file)

    def connection(self, role: str) -> dict[str, Any]:
        """psycopg2's parameters for a role, the database's name apart."""
        place = self.place()
        if place is None:
            raise ServerDidNotStart("Máy chủ cơ sở dữ liệu kèm theo chưa được tạo.")
        return {"host": str(place.socket_dir), "port": "5432", "password": self.password(role)}

    def hold(self) -> None:
        """Become a user of the server until this process ends."""
        if self._hold is None:
            self._hold = os.open(self.users_lock, os.O_RDWR | os.O_CREAT, 0o600)
            fcntl.flock(self._hold, fcntl.LOCK_SH)

    def wait_until_ready(self) -> None:
        """Start a keeper if none is at work and wait for an answer, as long as a recovery takes."""
        self.hold()
        deadline, keepers = time.monotonic() + PATIENCE_SECONDS, 0
        while not self._answers():
            if time.monotonic() > deadline or keepers > MOST_KEEPERS:
                raise ServerDidNotStart(f"Máy chủ cơ sở dữ liệu kèm theo không khởi động được:\n{self._last_log()}")
            if is_free(self.keeper_lock):
                keepers += 1
                self._start_keeper()
            time.sleep(0.1)

    def _answers(self) -> bool:
        if self.place() is None or not (self.folder / "provisioned").exists():
            return False
        try:
            psycopg2.connect(dbname=DATABASE, user=WEB, connect_timeout=5, **self.connection(WEB)).close()
        except psycopg2.OperationalError:
            return False
        return True

    def _start_keeper(self) -> None:
        log = (self.folder / "keeper.log").open("ab")
        keeper = subprocess.Popen(
            [sys.executable, "-m", "povertyportal.keeper", str(self.folder.parent)],
            cwd=Path(__file__).resolve().parent.parent,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        log.close()
        keeper.returncode = 0  # it outlives us on purpose: nothing to wait for
        time.sleep(0.5)

    def _last_log(self) -> str:
        logs = [self.folder / "keeper.log"]
        place = self.place()
        if place is not None:
            logs.append(place.home / "log")
        lines = [line for log in logs if log.exists() for line in log.read_text(errors="replace").splitlines()[-15:]]
        return "\n".join(lines)


def is_free(lock: Path) -> bool:
    with lock.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def running(data_dir: Path) -> Server:
    """The server of this data folder, started if need be, held until this process ends.

    Raises ServerDidNotStart when it cannot be reached within PATIENCE_SECONDS.
    """
    server = _servers.get(data_dir)
    if server is None:
        server = Server(data_dir)
        server.wait_until_ready()
        _servers[data_dir] = server
    return server


def hold_while(data_dir: Path, command: list[str]) -> int:
    """Run a command with the server held, so that a chain of short commands starts it once; its exit code.

    Ctrl-C reaches the command directly and a request to end is passed on: the command decides when it has ended.
    """
    try:
        running(data_dir)
    except ServerDidNotStart as failure:
        print(failure, file=sys.stderr)  # noqa: T201  this is the command's answer
        return 1
    process = subprocess.Popen(command)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    code = process.wait()
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.exit(hold_while(Path(os.environ["DATA_DIR"]), sys.argv[1:]))
