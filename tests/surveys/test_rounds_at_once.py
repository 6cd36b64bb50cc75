"""Two people open rounds that would survey the same households, at the same moment."""

import pytest

from tests.at_once import outcomes
from tests.conftest import cloned_database

SCRIPT = """
import django, sys
django.setup()
from datetime import date
from households.surveys.refusals import RoundRefusedError
from households.surveys.rounds import open_round
from povertyportal.core.accounts import system_user
from povertyportal.core.clock import now
name = sys.argv[1]
if name != "nobody":
    by = system_user()
    print("ready", flush=True)
    sys.stdin.readline()
    try:
        open_round(code="2025-periodic", area_code=name, on=date(2025, 9, 1), by=by, at=now())
        print("opened")
    except RoundRefusedError:
        print("refused")
"""


@pytest.mark.faults
def test_of_two_who_open_a_round_for_the_same_land_one_is_refused(
    django_db_setup: None, django_db_blocker: object
) -> None:
    with django_db_blocker.unblock(), cloned_database("rounds") as database:  # type: ignore[attr-defined]
        assert outcomes(SCRIPT, database, proposer="nobody", deciders=["04", "01392"]) == ["opened", "refused"]
