"""Several who write into one commune's register at the same moment, on a real database."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.at_once import alone, at_once
from tests.conftest import Database, cloned_database

pytestmark = pytest.mark.faults
PEOPLE = 4
SCRIPT = """
import sys
import django
django.setup()
from django.utils import timezone
from households.review.actions.intake import Paper, take_in, withdraw_intake
from households.review.calendar.working_days import Calendar
from households.review.models import Intake
from households.review.refusals import ReviewRefusedError
from povertyportal.core.accounts import system_user
now, name = timezone.now(), sys.argv[1]
told = {"by": system_user(), "at": now}
if name != "first":
    print("ready", flush=True)
    sys.stdin.readline()
if name.startswith("withdraws"):
    try:
        withdraw_intake(intake=Intake.objects.order_by("pk").first().pk, remark="Xin rút", **told)
        print("done")
    except ReviewRefusedError:
        print("refused")
else:
    paper = Paper("review", name, timezone.localdate(now))
    print(take_in(paper=paper, commune="01392", calendar=Calendar(), **told).number)
"""


@pytest.fixture(scope="module")
def database(django_db_setup: None, django_db_blocker: Any) -> Iterator[Database]:
    with django_db_blocker.unblock(), cloned_database("intake") as found:
        yield found


def test_papers_that_come_at_once_get_numbers_one_after_the_other(database: Database) -> None:
    first = int(alone(SCRIPT, "first", database))
    numbers = at_once(SCRIPT, [f"người {turn}" for turn in range(PEOPLE)], database)
    assert sorted(int(one) for one in numbers) == list(range(first + 1, first + PEOPLE + 1))


def test_of_two_who_take_one_paper_back_the_second_is_told(database: Database) -> None:
    alone(SCRIPT, "first", database)
    assert at_once(SCRIPT, ["withdraws 1", "withdraws 2"], database) == ["done", "refused"]
