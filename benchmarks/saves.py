"""Fifty officials typing: each saves a form every five seconds, at a random phase, on gunicorn as bin/demo runs it.

    .venv/bin/python -m benchmarks.saves [--officials 50] [--every 5] [--seconds 90] [--households 1000] [--fresh]

Works on a database of its own on the portal's server, made by the first run and kept: a demonstration district whose round of
the year is under way. Everything goes through HTTP, with sessions, rights, locks, checks, both standards where two are bound,
the panel; each page also asks every 20 seconds what is new. Exit code 1 where less than 95 % of the saves take under 200 ms on
the server. Times of the server are those of its access log; those of the clock here include this process's own turn on the
same processor."""

import argparse
import http.client
import io
import json
import os
import random
import re
import secrets
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import psutil
from django.conf import settings
from django.core.management import call_command
from django.db import connections

import benchmarks.django_ready  # noqa: F401  # before the models
from benchmarks.registry_rows import own_database
from households.areas.queries import find_area
from households.surveys.form_models import State, SurveyForm
from households.surveys.forms.opening import content_of
from povertyportal.core.models import User
from tests.access.people import person, signed_in
from tests.conftest import address, free_port

DATABASE, ROOT = "bench_saves", Path(__file__).resolve().parent.parent
SHARE, MILLISECONDS, WARM_UP, LOOKS_EVERY = 0.95, 200.0, 10.0, 20.0
CHOICES = {
    "h-toilet": ["septic", "none"],
    "h-water_source": ["tap", "rain"],
    "m0-work": ["own", "contract", "seeking"],
    "m0-health_insurance": ["yes", "no"],
    "m1-studying": ["yes", "no"],
}
LOGGED = re.compile(r"^(\w+) (\S+) (\d+) (\d+)$", re.MULTILINE)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--officials", type=int, default=50)
    parser.add_argument("--every", type=float, default=5.0)
    parser.add_argument("--seconds", type=float, default=90.0)
    parser.add_argument("--households", type=int, default=1000)
    parser.add_argument("--fresh", action="store_true")
    asked = parser.parse_args()
    if own_database(DATABASE, fresh=asked.fresh):
        fill(asked.households)
    pages = [Page(form, user) for form, user in desks(asked.officials)]
    connections.close_all()
    with served() as (url, log, server):
        warm(url, pages)
        worked = processor_time(server)
        by_clock = type_together(pages, url, every=asked.every, seconds=asked.seconds)
        time.sleep(1)
        worked = processor_time(server) - worked
        logged_paths = list(logged(log))
    served_in = [took for path, status, took in logged_paths if path.endswith("/save/") and status == 200]
    load = os.getloadavg()[0]
    print(f"{len(pages)} officials, a save each {asked.every:g} s for {asked.seconds:g} s; load average {load:.1f}")
    tell("by the clock of whoever saves", [took for took in by_clock if took is not None])
    lost = len([took for took in by_clock if took is None])
    share = tell("on the server", served_in[-len(by_clock) :])
    saves = len([path for path, _status, _took in logged_paths if path.endswith("/save/")])
    print(f"processor time of server and database: {worked / saves * 1000:.0f} ms a save, looks included")
    print(f"not answered with 200: {lost}")
    return 0 if share >= SHARE and not lost else 1


def warm(url: str, pages: Sequence["Page"]) -> None:
    """Both processes have read the standards before anybody is timed."""
    for page in pages[:16]:
        page.look(url.removeprefix("http://"))


def processor_time(server: int) -> float:
    """Seconds, of the web server's processes and of the database's that work for it."""
    found = [one for one in psutil.process_iter(["cmdline"]) if f" {DATABASE} " in " ".join(one.info["cmdline"] or [])]
    family = psutil.Process(server).children(recursive=True)
    return sum(sum(one.cpu_times()[:2]) for one in (*family, *found) if one.is_running())


def tell(name: str, milliseconds: Sequence[float]) -> float:
    cuts = statistics.quantiles(milliseconds, n=100)
    share = len([one for one in milliseconds if one < MILLISECONDS]) / len(milliseconds)
    told = ", ".join(f"p{percent} {cuts[percent - 1]:.0f} ms" for percent in (50, 95, 99))
    print(f"{name}: {len(milliseconds)} saves, {told}; {share:.1%} under {MILLISECONDS:.0f} ms")
    return share


def fill(households: int) -> None:
    quiet = {"stdout": io.StringIO()}
    call_command("load_areas", commit=True, **quiet)
    call_command("load_standards", commit=True, **quiet)
    call_command("demo_accounts", json=True, **quiet)
    call_command("make_demo", seed=1, households=households, commit=True, **quiet)
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")


def desks(officials: int) -> list[tuple[SurveyForm, User]]:
    """Every official has a form of his own; each tenth shares it with the one before him."""
    rows = SurveyForm.objects.filter(state__in=[State.WAITING, State.TYPING]).select_related("round")
    forms = list(rows.order_by("round__year", "pk").reverse()[:officials])
    if len(forms) < officials:
        raise SystemExit(f"{len(forms)} forms only; give more --households with --fresh")
    found = []
    for number, form in enumerate(forms):
        mine = forms[number - 1] if number % 10 == 9 else form
        commune = find_area(code=mine.area_code, on=mine.round.area_on).parent_code
        found.append((mine, person("commune_official", commune, username=f"may-{secrets.token_hex(6)}")))
    return found


class Page:
    """What the form's page sends and remembers."""

    def __init__(self, form: SurveyForm, user: User) -> None:
        content = content_of(form)
        self.form, self.random = form.pk, random.Random(f"{form.pk} {user.pk}")  # noqa: S311  # chance, no secret
        self.known, self.version = dict(content.answers), content.version
        session = signed_in(user).cookies[settings.SESSION_COOKIE_NAME].value
        self.token = secrets.token_hex(16)
        self.headers = {
            "Cookie": f"{settings.SESSION_COOKIE_NAME}={session}; csrftoken={self.token}", "X-CSRFToken": self.token,
            "Content-Type": "application/json", "Accept": "application/json",
        }  # fmt: skip

    def save(self, host: str) -> float | None:
        """Milliseconds; None where it was not taken."""
        names = self.random.sample(sorted(CHOICES), k=self.random.randint(1, 3))
        after = {name: [self.random.choice(CHOICES[name])] for name in names} | {
            "s-note": [f"Ghi chú {uuid4().hex[:8]}"]
        }
        changes = [{"name": name, "before": self.known.get(name, []), "after": told} for name, told in after.items()]
        started = time.perf_counter()
        status, answer = self.ask(
            host, "POST", "save/", {"key": str(uuid4()), "base": self.version, "changes": changes}
        )
        took = (time.perf_counter() - started) * 1000
        if status != 200:
            return None
        self.known |= after | answer["values"]
        self.version = answer["version"]
        return took

    def look(self, host: str) -> None:
        self.ask(host, "GET", f"now/?base={self.version}", None)

    def ask(self, host: str, method: str, path: str, content: dict[str, Any] | None) -> tuple[int, Any]:
        connection = http.client.HTTPConnection(host, timeout=60)
        body = json.dumps(content) if content else None
        connection.request(method, f"/surveys/{self.form}/{path}", body, self.headers)
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        return answer.status, json.loads(text) if answer.status == 200 else None


def type_together(pages: Sequence[Page], url: str, *, every: float, seconds: float) -> list[float | None]:
    """Times of all saves after the warm-up."""
    host, begin = url.removeprefix("http://"), time.monotonic()
    found: list[float | None] = []

    def work(page: Page) -> None:
        next_save = begin + page.random.uniform(0, every)
        next_look = begin + page.random.uniform(0, LOOKS_EVERY)
        while next_save < begin + WARM_UP + seconds:
            if next_look < next_save:
                time.sleep(max(0.0, next_look - time.monotonic()))
                page.look(host)
                next_look += LOOKS_EVERY
                continue
            time.sleep(max(0.0, next_save - time.monotonic()))
            took = page.save(host)
            if next_save > begin + WARM_UP:
                found.append(took)
            next_save += every

    threads = [threading.Thread(target=work, args=[page]) for page in pages]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return found


@contextmanager
def served() -> Iterator[tuple[str, Path, int]]:
    url, log = f"http://127.0.0.1:{(port := free_port())}", Path(tempfile.mkstemp(prefix="saves-")[1])
    command = [sys.executable, "-m", "gunicorn", "povertyportal.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "2"]
    options = ["--threads", "4", "--no-control-socket", "--access-logfile", str(log)]
    addresses = {"DATABASE_URL": address("default", DATABASE), "DATABASE_OWNER_URL": address("owner", DATABASE)}
    process = subprocess.Popen(
        [*command, *options, "--access-logformat", "%(m)s %(U)s %(s)s %(D)s"], cwd=ROOT, env=os.environ | addresses
    )
    try:
        wait(f"{url}/healthz")
        yield url, log, process.pid
    finally:
        process.terminate()
        process.wait(timeout=30)
        log.unlink()


def wait(url: str) -> None:
    for _one in range(300):
        try:
            urllib.request.urlopen(url, timeout=5).close()  # noqa: S310  # our own server
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit("the server did not start")


def logged(log: Path) -> Iterator[tuple[str, int, float]]:
    """Path, status, milliseconds, in the order in which they ended."""
    for match in LOGGED.finditer(log.read_text()):
        yield match[2], int(match[3]), int(match[4]) / 1000


if __name__ == "__main__":
    sys.exit(main())
