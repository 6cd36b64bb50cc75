"""The demonstration is started twice at the same moment."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.at_once import at_once
from tests.conftest import cloned_database

SCRIPT = """
import django, io, json, sys
django.setup()
from django.core.management import call_command
print("ready", flush=True)
sys.stdin.readline()
out = io.StringIO()
call_command("demo_accounts", "--json", stdout=out)
print(" ".join(row["password"] for row in json.loads(out.getvalue())))
"""


@pytest.mark.faults
def test_both_starts_print_the_same_accounts(django_db_setup: None, django_db_blocker: object, tmp_path: Path) -> None:
    with django_db_blocker.unblock(), cloned_database("demonstrations") as database:  # type: ignore[attr-defined]
        own_secrets = replace(database, environment=database.environment | {"DATA_DIR": str(tmp_path)})
        first, second = at_once(SCRIPT, ["first", "second"], own_secrets)
    assert first == second
    assert first.count("Demo-") == 12
