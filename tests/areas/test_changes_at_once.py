"""Two people change the same units at the same moment, on a real database with two connections."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.at_once import alone, at_once
from tests.conftest import Database, cloned_database

SCRIPT = """
import sys, django
django.setup()
from households.areas.changes import ChangeRefusedError, Kind, apply_change
from households.areas.models import Area
from households.areas.villages import create_village
from povertyportal.core.accounts import system_user
from tests.areas.changes import DAY, act, commune, stored_province
from datetime import UTC, datetime
AT = datetime(2026, 7, 1, tzinfo=UTC)
BY = {"by": system_user(), "at": AT}
job = sys.argv[1]
if job == "prepare":
    stored_province()
    sys.exit()
print("ready", flush=True)
sys.stdin.readline()
try:
    if job == "merge":
        apply_change(act(Kind.MERGE, "98101 98102", commune("98102", "Bản Lừa")), reason="Nghị quyết", **BY)
    elif job == "rename":
        apply_change(act(Kind.RENAME, "98101", commune("98101", "Bản Cũ")), reason="Nghị quyết", **BY)
    else:
        made = create_village(commune="98101", type="Thôn", name=job, on=DAY, legal_basis="Nghị quyết", **BY)
        print(made.code, end=" ")
    print("done")
except ChangeRefusedError as refused:
    print("told:", refused)
"""


@pytest.fixture
def own_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[Database]:
    with django_db_blocker.unblock(), cloned_database("changes") as database:
        alone(SCRIPT, "prepare", database)
        yield database


def test_of_two_changes_of_one_commune_one_is_carried_out_and_the_other_is_told(own_database: Database) -> None:
    first, second = at_once(SCRIPT, ["merge", "rename"], own_database)
    assert first == "done"
    assert second.startswith("told: ")
    assert "98101" in second


def test_villages_made_at_once_get_codes_of_their_own(own_database: Database) -> None:
    assert at_once(SCRIPT, ["Nậm Hu", "Nậm Cang"], own_database) == ["98101-002 done", "98101-003 done"]


def test_no_village_is_left_behind_below_a_commune_that_is_just_being_merged(own_database: Database) -> None:
    """Whichever comes first: the village moves along, or its maker is told that the commune changes."""
    at_once(SCRIPT, ["merge", "Nậm Hu"], own_database)
    with own_database.connect() as link, link.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM areas_area a WHERE areas_without_parent(a)")
        assert cursor.fetchone() == (0,)
