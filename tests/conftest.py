"""One test database for a session, made by the owner role and used as the web role; and a portal that really runs."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from django.conf import settings
from django.db import DatabaseError, connections, transaction
from django.utils import translation

from tests.people import recorded  # noqa: F401  # a fixture of every test folder
from tests.prepared import prepared_database, prepared_portal

ROOT = Path(__file__).resolve().parent.parent
VILLAGES = ROOT / "tests" / "browser" / "villages.csv"
# Whose sources have a coverage floor; the tests of the others run without the tracer, under which they take twice as long.
TRACED = ("access", "areas", "criteria", "law", "records", "rendering", "report_pages", "reports", "review", "trial")


def pytest_configure() -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # sign-in tests by the hundred


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=turn)
    for item in items:
        if folder_of(item) == "browser" and item.path.stem != "test_walk":
            item.add_marker(pytest.mark.xdist_group(story(item)))  # its tests tell it on one running portal


def turn(item: pytest.Item) -> int:
    """What takes long comes first and what is short and many last, so that no process ends long after the others."""
    if item.get_closest_marker("long") or item.path.stem == "test_review_periodic":
        return 0
    return 2 if item.path.stem == "test_walk" else 1


def story(item: pytest.Item) -> str:
    """A file's; the journey of each year is one for itself."""
    years = getattr(item, "callspec", None) if item.path.stem == "test_review_periodic" else None
    return item.path.stem + (f" {years.id}" if years else "")


def folder_of(item: pytest.Item) -> str:
    return item.path.relative_to(ROOT / "tests").parts[0]


@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """The tracer rests, also while fixtures are made; ``no_cover`` would let it rest in the test itself alone."""
    tracer = getattr(item.config.pluginmanager.getplugin("_cov"), "cov_controller", None)
    traced = folder_of(item) in TRACED and not item.get_closest_marker("long")
    if tracer and tracer.started != traced:
        (tracer.resume if traced else tracer.pause)()
    yield


def pytest_itemcollected(item: pytest.Item) -> None:
    """Before any is left out by its marks."""
    if not may_bear_its_marks(item, folder_of(item)):
        raise pytest.UsageError(f"{item.nodeid}: bin/test looks for such tests elsewhere")


def may_bear_its_marks(item: pytest.Item, folder: str) -> bool:
    """Where bin/test collects those that take long, each kind for itself."""
    if item.get_closest_marker("faults"):
        return folder == "faults" or item.path.stem.endswith("_at_once")
    return folder == "browser" or not item.get_closest_marker("browser")


def database_name(purpose: str) -> str:
    return f"test_{os.getpid()}_{purpose}"


def as_owner(statement: str) -> None:
    with connections["owner"]._nodb_cursor() as cursor:
        cursor.execute(statement)


def drop(name: str) -> None:
    """A worker of the server that tidies up in the database may not be ended by the owner, and is soon done."""
    deadline = time.monotonic() + 20
    while True:
        try:
            return as_owner(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        except DatabaseError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.5)


def drop_leftovers() -> None:
    """Databases of test runs that were killed: their process is gone."""
    with connections["owner"]._nodb_cursor() as cursor:
        cursor.execute(r"SELECT datname FROM pg_database WHERE datname LIKE 'test\_%'")
        found = [name for (name,) in cursor.fetchall()]
    for name in found:
        process = name.split("_")[1]
        if process.isdigit() and not Path(f"/proc/{process}").exists():
            drop(name)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    """Areas and the example figures are loaded; each test then works in a transaction of the web role."""
    plain = settings.DATABASES["owner"]["NAME"]
    with django_db_blocker.unblock():
        drop_leftovers()
        with prepared_database() as prepared:
            for purpose in ("main", "seed"):
                as_owner(f'CREATE DATABASE "{database_name(purpose)}" TEMPLATE "{prepared}"')
        work_in(database_name("main"))
    yield
    with django_db_blocker.unblock():
        work_in(plain)
        for purpose in ("main", "seed"):
            drop(database_name(purpose))
        connections.close_all()


@pytest.fixture(scope="module")
def module_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """For fixtures of a module: what they make stands before each of its tests and goes after the last one. Not for a module
    with tests that commit (``transaction=True``)."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def work_in(name: str) -> None:
    connections.close_all()
    for alias in ("default", "owner"):
        connections[alias].settings_dict["NAME"] = name


@pytest.fixture(autouse=True)
def in_vietnamese() -> Iterator[None]:
    """A test that signs in with the English switch leaves its language behind in the thread."""
    with translation.override("vi"):
        yield


@dataclass(frozen=True)
class Database:
    """A database of its own, for tests that need real processes; ``environment`` makes a process use it."""

    name: str
    environment: dict[str, str]
    login: dict[str, Any]

    def connect(self) -> Any:
        """A plain psycopg2 connection of the web role."""
        return psycopg2.connect(dbname=self.name, **self.login)

    def manage(self, *arguments: str, **options: Any) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, str(ROOT / "manage.py"), *arguments]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=120, check=False, **options
        )


def address(role: str, name: str) -> str:
    """The connection of an alias, as a DATABASE_URL for another process."""
    found = login(role)
    place = f"/{found['host']}" if found["host"].startswith("/") else f"{found['host']}:{found['port']}"
    return f"postgres://{found['user']}:{found['password']}@{place}/{name}"


def login(role: str) -> dict[str, Any]:
    parameters = connections[role].get_connection_params()
    return {name: str(parameters.get(name) or "5432") for name in ("host", "port", "user", "password")}


@contextmanager
def cloned_database(purpose: str) -> Iterator[Database]:
    name = database_name(purpose)
    as_owner(f'CREATE DATABASE "{name}" TEMPLATE "{database_name("seed")}"')
    with dropped_at_the_end(name) as database:
        yield database


@contextmanager
def dropped_at_the_end(name: str) -> Iterator[Database]:
    try:
        yield database_called(name)
    finally:
        drop(name)


def database_called(name: str) -> Database:
    environment = os.environ | {
        "DATABASE_URL": address("default", name),
        "DATABASE_OWNER_URL": address("owner", name),
        "DEBUG": "1",
        "DJANGO_SETTINGS_MODULE": "tests.served_settings",
        "PYTHONWARNINGS": "default",
    }
    return Database(name, environment, login("default"))


@dataclass(frozen=True)
class Portal:
    """A running portal: its address, its database, and the password of each demonstration account."""

    url: str
    database: Database
    accounts: dict[str, str]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(url: str, process: "subprocess.Popen[bytes]", seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except OSError:
            assert process.poll() is None, "the server ended before it answered"
            assert time.monotonic() < deadline, f"no answer from {url}"
            time.sleep(0.1)
        else:
            return


def fill_portal(name: str) -> None:
    """With accounts, villages, households, and what waits for approval."""
    database = database_called(name)
    for command in (
        ("demo_accounts",),
        ("load_villages", str(VILLAGES), "--commit"),
        ("make_demo", "--seed", "1", "--households", "60", "--commit"),
    ):
        done = database.manage(*command)
        assert done.returncode == 0, done.stdout + done.stderr
    for script in ("waiting_change", "waiting_standards"):
        subprocess.run(
            [sys.executable, "-m", f"tests.browser.{script}"],
            cwd=ROOT,
            env=database.environment,
            check=True,
        )


@contextmanager
def served(database: Database) -> Iterator[Portal]:
    """``database``: one that was filled."""
    told = database.manage("demo_accounts", "--json")
    assert told.returncode == 0, told.stderr
    accounts = {row["username"]: row["password"] for row in json.loads(told.stdout)}
    url = f"http://127.0.0.1:{(port := free_port())}"
    command = [sys.executable, "-m", "gunicorn", "povertyportal.wsgi", "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen(
        [*command, "--workers", "1", "--threads", "4", "--no-control-socket"], cwd=ROOT, env=database.environment
    )
    try:
        wait_for(f"{url}/healthz", process)
        yield Portal(url, database, accounts)
    finally:
        process.terminate()
        process.wait(timeout=30)


@contextmanager
def served_portal(purpose: str, **environment: str) -> Iterator[Portal]:
    """On a database of its own. ``environment``: of its processes, besides what they have."""
    name = database_name(purpose)
    with prepared_portal(database_name("seed"), fill_portal) as filled:
        as_owner(f'CREATE DATABASE "{name}" TEMPLATE "{filled}"')
    with dropped_at_the_end(name) as database:
        database.environment.update(environment)
        with served(database) as portal:
            yield portal


@pytest.fixture(scope="session")
def running_portal(django_db_setup: None, django_db_blocker: Any) -> Iterator[Portal]:
    """A real server process, for the browser tests."""
    with django_db_blocker.unblock(), served_portal("live") as portal:
        yield portal


@pytest.fixture(scope="session")
def live_portal(running_portal: Portal) -> str:
    return running_portal.url


@pytest.fixture(scope="session")
def live_accounts(running_portal: Portal) -> dict[str, tuple[str, str]]:
    """Role of a browser test → user name and password: who enters figures of the whole nation, who reads all of a province,
    who administers, who works in one commune."""
    names = {"editor": "capbo", "reader": "kiemtoan", "administrator": "quantri-qg", "official": "canbo"}
    return {role: (name, running_portal.accounts[name]) for role, name in names.items()}
