"""The embedded PostgreSQL, on a data folder of its own: started when wanted, back after a kill, gone with its last user."""

import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from povertyportal.keeper import forget_dead_postmaster
from tests.conftest import ROOT, free_port, wait_for

pytestmark = pytest.mark.faults
ANSWER = "from django.db import connection as c; k = c.cursor(); k.execute('SELECT 41 + 1'); print(k.fetchone()[0])"


@pytest.fixture
def data_dir() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="portal-test-"))
    folder.chmod(0o711)
    yield folder
    clean(folder)


def clean(data_dir: Path) -> None:
    """Stop the server of a data folder and remove both."""
    homes = [home(data_dir)] if (data_dir / "postgres" / "place.json").exists() else []
    for process in server_processes(data_dir):
        process.kill()
    for folder in (*homes, data_dir):
        shutil.rmtree(folder, ignore_errors=True)


def home(data_dir: Path) -> Path:
    return Path(json.loads((data_dir / "postgres" / "place.json").read_text())["home"])


@pytest.fixture
def environment(data_dir: Path) -> dict[str, str]:
    hidden = ("DATABASE_URL", "DATABASE_OWNER_URL", "PORTAL_SERVER_HELD")
    kept = {name: value for name, value in os.environ.items() if name not in hidden}
    return kept | {"DATA_DIR": str(data_dir), "DEBUG": "1"}


def server_processes(data_dir: Path) -> list[psutil.Process]:
    """The postmaster and the keeper of this data folder, by the path they were started with."""
    cluster = str(home(data_dir)) if (data_dir / "postgres" / "place.json").exists() else str(data_dir)
    found = []
    for process in psutil.process_iter(["cmdline"]):
        line = " ".join(process.info["cmdline"] or [])
        if f"povertyportal.keeper {data_dir}" in line or f"postgres -D {cluster}" in line:
            found.append(process)
    return found


def postmaster(data_dir: Path) -> psutil.Process:
    return next(p for p in server_processes(data_dir) if "postgres -D" in " ".join(p.cmdline()))


def until(condition: Callable[[], Any], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "did not happen in time"
        time.sleep(0.1)


def answer(environment: dict[str, str]) -> str:
    command = [sys.executable, "-c", f"import django; django.setup(); {ANSWER}"]
    settings = {"DJANGO_SETTINGS_MODULE": "povertyportal.settings"}
    done = subprocess.run(
        command, cwd=ROOT, env=environment | settings, capture_output=True, text=True, timeout=150, check=False
    )
    return done.stdout.strip() or done.stderr


def test_importing_the_settings_starts_nothing(environment: dict[str, str], data_dir: Path) -> None:
    subprocess.run([sys.executable, "-c", "import povertyportal.settings"], cwd=ROOT, env=environment, check=True)
    assert not (data_dir / "postgres").exists()


def test_the_first_query_starts_the_server_and_the_last_user_stops_it(
    environment: dict[str, str], data_dir: Path
) -> None:
    assert answer(environment) == "42"
    until(lambda: not server_processes(data_dir))
    assert answer(environment) == "42", "and it starts again"


def test_two_that_come_first_together_share_one_server(environment: dict[str, str], data_dir: Path) -> None:
    code = f"import django; django.setup(); {ANSWER}; import time; time.sleep(3)"
    settings = environment | {"DJANGO_SETTINGS_MODULE": "povertyportal.settings"}
    both = [
        subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, env=settings, stdout=subprocess.PIPE) for _ in range(2)
    ]
    assert [process.communicate(timeout=150)[0].strip() for process in both] == [b"42", b"42"]
    until(lambda: not server_processes(data_dir))


def test_a_killed_database_server_comes_back_under_a_running_portal(
    environment: dict[str, str], data_dir: Path
) -> None:
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "povertyportal.wsgi",
        "--bind",
        f"127.0.0.1:{port}",
        "--no-control-socket",
    ]
    portal = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz", portal, seconds=150)
        for victim in (postmaster(data_dir), *server_processes(data_dir)):
            if victim.is_running():
                victim.send_signal(signal.SIGKILL)
        until(lambda: healthy(port), seconds=150)
    finally:
        portal.terminate()
        portal.wait(timeout=30)
    until(lambda: not server_processes(data_dir))


def healthy(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=150) as reply:
            return bool(reply.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def test_the_trace_of_a_killed_server_is_removed_whatever_has_its_number_now(tmp_path: Path) -> None:
    """A zombie that nobody reaps, or another program that got the number, must not keep the server from starting."""
    zombie = subprocess.Popen(["true"])
    until(lambda: psutil.Process(zombie.pid).status() == psutil.STATUS_ZOMBIE)
    other = subprocess.Popen(["bash", "-c", "exec -a postgres sleep 60"], cwd="/")
    for number in (zombie.pid, other.pid):
        traces = [tmp_path / "postmaster.pid", tmp_path / ".s.PGSQL.5432", tmp_path / ".s.PGSQL.5432.lock"]
        for trace in traces:
            trace.write_text(f"{number}\n{tmp_path}\n")
        forget_dead_postmaster(tmp_path, tmp_path)
        assert not any(trace.exists() for trace in traces)
    zombie.wait()
    other.kill()
    other.wait()


def test_the_trace_stays_while_a_process_of_the_server_still_works(tmp_path: Path) -> None:
    with subprocess.Popen(["sleep", "60"], cwd=tmp_path) as backend:
        (tmp_path / "postmaster.pid").write_text("1\n")
        forget_dead_postmaster(tmp_path, tmp_path)
        assert (tmp_path / "postmaster.pid").exists()
        backend.kill()


def test_a_stranger_on_the_machine_gets_no_way_in(environment: dict[str, str], data_dir: Path) -> None:
    """Password files for their owner only; the socket in a private folder; no port; every role by password."""
    assert answer(environment) == "42"
    folder = data_dir / "postgres"
    for secret in (folder / "passwords").iterdir():
        assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    cluster = folder / "cluster"
    rules = [line for line in (cluster / "data" / "pg_hba.conf").read_text().splitlines() if line[:1] not in ("#", "")]
    assert {line.split()[-1] for line in rules} == {"scram-sha-256"}
    assert "listen_addresses = ''" in (cluster / "data" / "postgresql.conf").read_text()
    assert stat.S_IMODE((cluster / "socket").stat().st_mode) == 0o700


def test_below_a_private_folder_no_permission_is_loosened(data_dir: Path, environment: dict[str, str]) -> None:
    private = data_dir / "riêng tư, tên dài đến mức đường dẫn của socket vượt quá giới hạn" / "var"
    private.parent.mkdir(mode=0o700)
    assert answer(environment | {"DATA_DIR": str(private)}) == "42"
    assert stat.S_IMODE(private.parent.stat().st_mode) == 0o700
    clean(private)


def test_serving_officially_on_the_embedded_server_must_be_allowed(environment: dict[str, str]) -> None:
    official = environment | {"DEBUG": "0"}
    assert "ALLOW_EMBEDDED=1" in answer(official)
    command = [sys.executable, "-c", "import povertyportal.wsgi"]
    refused = subprocess.run(command, cwd=ROOT, env=official, capture_output=True, text=True, check=False)
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1), "one sentence, no traceback"
    assert answer(official | {"ALLOW_EMBEDDED": "1"}) == "42"
