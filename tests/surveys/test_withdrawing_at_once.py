"""One withdraws a round while another enters totals for it."""

import pytest

from tests.at_once import outcomes
from tests.conftest import cloned_database

SCRIPT = """
import django, sys
django.setup()
from datetime import date
from households.surveys.models import SurveyRound
from households.surveys.refusals import RoundRefusedError
from households.surveys.rounds import open_round
from households.surveys.totals import enter_totals
from households.surveys.withdrawing import withdraw_round
from povertyportal.core.accounts import system_user
from povertyportal.core.clock import now
name, by = sys.argv[1], system_user()
if name == "opens":
    open_round(code="2025-periodic", area_code="01392", on=date(2025, 9, 1), by=by, at=now())
else:
    found = SurveyRound.objects.get()
    print("ready", flush=True)
    sys.stdin.readline()
    try:
        if name == "withdraws":
            withdraw_round(round=found, reason="mở nhầm", by=by, at=now())
        else:
            enter_totals(
                round=found, commune="01392", households=7, persons=9, source="báo cáo", by=by, at=now()
            )
        print("done")
    except RoundRefusedError:
        print("refused")
"""


@pytest.mark.faults
def test_of_withdrawing_and_entering_totals_one_is_refused(django_db_setup: None, django_db_blocker: object) -> None:
    with django_db_blocker.unblock(), cloned_database("withdrawing") as database:  # type: ignore[attr-defined]
        assert outcomes(SCRIPT, database, proposer="opens", deciders=["withdraws", "enters"]) == ["done", "refused"]
