"""Two people at the same moment: one number keeps one row, one pair gets one merge."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.at_once import outcomes
from tests.conftest import Database, cloned_database

SCRIPT = """
import sys, django
django.setup()
from django.db import transaction
from households.registry.merging.deciding import decide_pair
from households.registry.models import Person, SealedNumber
from households.registry.numbers.sealed import keep_many
from households.registry.problems import RegistryRefusedError
from tests.registry.people import household, member, person_of, told
job = sys.argv[1]
if job == "prepare":
    household("01392-001", [member("Nông Văn An", "head"), member("Nông Thị Bình", "child", born=2005)])
    household("01392-001", [member("Lý A", "head"), member("Nông Thị Bình", "child", born=2005)])
    sys.exit()
second, first = Person.objects.filter(full_name="Nông Thị Bình").order_by("-pk").values_list("pk", flat=True)[:2]
print("ready", flush=True)
sys.stdin.readline()
try:
    if job.startswith("keep"):
        texts = [f"00419001{one:04}" for one in range(300)]
        with transaction.atomic():
            keep_many(("personal", text) for text in (texts if job == "keep" else reversed(texts)))
        with transaction.atomic():
            print(sorted(row.pk for row in keep_many(("personal", text) for text in texts).values()), end="")
    else:
        decide_pair(first=first, second=second, verdict=job.split("-")[0], keep=second, **told())
        print("done", end="")
except RegistryRefusedError as refused:
    print("told:", refused, end="")
"""


@pytest.fixture(scope="module")
def database(django_db_setup: None, django_db_blocker: Any) -> Iterator[Database]:
    with django_db_blocker.unblock(), cloned_database("duplicates") as found:
        yield found


def test_a_number_kept_by_two_at_once_has_one_row(database: Database) -> None:
    first, second = outcomes(SCRIPT, database, proposer="prepare", deciders=["keep", "keep-backwards"])
    assert first == second
    assert first.count(",") == 299


def test_of_two_who_merge_one_pair_the_second_is_told(database: Database) -> None:
    done, told = outcomes(SCRIPT, database, proposer="prepare", deciders=["same", "same-too"])
    assert done == "done"
    assert "đã được gộp" in told
