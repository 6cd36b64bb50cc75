"""Two people finish one form at the same moment."""

import pytest

from tests.at_once import outcomes
from tests.conftest import cloned_database

SCRIPT = """
import django, sys
django.setup()
from datetime import date, datetime, UTC
from households.surveys.form_models import SurveyForm
from households.surveys.forms.finishing import How, finish_form
from households.surveys.refusals import SurveyRefusedError
from povertyportal.core.accounts import system_user
from tests.surveys.families import AT, family, filled_form, newcomer
from tests.people import on_the_record
name = sys.argv[1]
if name == "first":
    with on_the_record():
        filled_form(family(), added=newcomer(9, "Nông Văn Em", "02/02/1999"))
else:
    form, by = SurveyForm.objects.latest("pk").pk, system_user()
    print("ready", flush=True)
    sys.stdin.readline()
    try:
        finish_form(form=form, told={"new:9": How("joined", date(2026, 6, 1))}, by=by, at=AT)
        print("finished")
    except SurveyRefusedError:
        print("refused")
"""


@pytest.mark.faults
def test_of_two_who_finish_a_form_one_is_refused_and_nobody_joins_twice(
    django_db_setup: None, django_db_blocker: object
) -> None:
    with django_db_blocker.unblock(), cloned_database("finishing") as database:  # type: ignore[attr-defined]
        assert outcomes(SCRIPT, database, proposer="first", deciders=["an", "binh"]) == ["finished", "refused"]
        with database.connect() as connection, connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM households_person WHERE full_name = 'Nông Văn Em'")
            assert cursor.fetchone() == (1,)
