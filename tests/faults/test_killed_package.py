"""A commune's package whose worker is killed while it grows: no half file, no part left on disk, the next worker makes it."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT, cloned_database
from tests.faults.test_killed_worker import Queue, until, worker_of

pytestmark = pytest.mark.faults
MADE = """
import django; django.setup()
import json
from tests.access.people import person
from tests.registry.people import COMMUNE
from tests.review.ready import Case, ready
from tests.review.steps import certified
dossier = certified(ready(*(Case(village=turn % 2) for turn in range(240))))
print(json.dumps({"dossier": dossier.pk, "by": person("commune_official", COMMUNE).pk}))
"""
READ = """
import django; django.setup()
from io import BytesIO
from pypdf import PdfReader
from povertyportal.core.file_models import KeptFile
from povertyportal.core.kept_files import open_file
for one in KeptFile.objects.filter(purpose="review_package").order_by("pk"):
    print(len(PdfReader(BytesIO(open_file(one))).pages))
"""


@pytest.fixture(scope="module")
def queue(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Queue]:
    with django_db_blocker.unblock(), cloned_database("package") as database:
        queue = Queue(database)
        queue.environment = queue.environment | {"TMPDIR": str(tmp_path_factory.mktemp("parts"))}
        yield queue
        queue.connection.close()


def run(queue: Queue, script: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=queue.environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def kept(queue: Queue) -> int:
    return int(queue.ask("SELECT count(*) FROM core_keptfile WHERE purpose = 'review_package'")[0])


def parts(queue: Queue) -> list[Path]:
    return list(Path(queue.environment["TMPDIR"]).glob("review-package-*"))


@pytest.mark.timeout(300)
def test_a_killed_package_leaves_nothing_and_is_made_by_the_next_worker_and_again_when_asked(queue: Queue) -> None:
    made = json.loads(run(queue, MADE))
    queue.start("review_package", "a", **made)
    with queue.supervisor() as supervisor:
        until(lambda: queue.job("a")["done"] >= 20)
        assert len(parts(queue)) == 1
        os.kill(worker_of(supervisor), signal.SIGKILL)
        assert kept(queue) == 0
        until(lambda: queue.job("a")["state"] == "succeeded", seconds=120)
    job = queue.job("a")
    assert (job["attempt"], kept(queue)) == (2, 1)
    assert parts(queue) == []
    queue.start("review_package", "b", **made)
    with queue.supervisor():
        until(lambda: queue.job("b")["state"] == "succeeded", seconds=120)
    assert [int(one) for one in run(queue, READ).split()] == [job["result"]["pages"], queue.job("b")["result"]["pages"]]
    assert job["result"]["pages"] > 240
