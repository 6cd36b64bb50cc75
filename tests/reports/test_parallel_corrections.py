"""Two officials correct one figure at the same moment, on a real database with two connections."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.at_once import at_once
from tests.conftest import Database, cloned_database

SCRIPT = """
import sys, django
django.setup()
from dataclasses import replace
from datetime import datetime, timezone
from decimal import Decimal
from django.db import transaction
from povertyportal.core.accounts import acting_user
from reports.reported.actions import FigureRefusedError, correct_figure
from reports.reported.checks import Statement
from reports.reported.queries import figures_in_force
figure = figures_in_force().get(area_code="045", programme="NHAO", measure="supported_households")
key = figure.key
value = sys.argv[1]
statement = Statement(report="S3", area_code=key.area, boundary_on=key.boundary_on, standard=key.standard,
    programme=key.programme, measure=key.measure, unit="hộ", period_from=key.period_from, period_to=key.period_to,
    published=value, value=Decimal(value))
print("ready", flush=True)
sys.stdin.readline()
try:
    correct_figure(figure=figure, statement=statement, reason="thử", origin="page", by=acting_user(None),
        at=datetime(2021, 1, 1, tzinfo=timezone.utc))
    print("stored")
except FigureRefusedError:
    print("refused")
"""


@pytest.fixture
def own_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[Database]:
    with django_db_blocker.unblock(), cloned_database("corrections") as database:
        yield database


def test_of_two_corrections_at_once_exactly_one_wins(own_database: Database) -> None:
    assert at_once(SCRIPT, ["115", "116"], own_database) == ["refused", "stored"]
