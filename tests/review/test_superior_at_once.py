"""Two persons take a step of one dossier at the same moment, on the real database; and one who is killed in the middle."""

import subprocess
import sys
from subprocess import PIPE, Popen
from typing import Any

import pytest

from tests.at_once import outcomes
from tests.conftest import Database, cloned_database

pytestmark = pytest.mark.faults

HEAD = """
import django, sys
django.setup()
from households.review.actions.answering import agree, give_back
from households.review.actions.asking import ask_opinion
from households.review.actions.certifying import issue_certificates
from households.review.actions.deciding import decide
from households.review.models import Dossier
from households.review.refusals import ReviewRefusedError
from households.surveys.form_models import SurveyForm
from households.surveys.forms.steps import return_form
from households.surveys.refusals import SurveyRefusedError
from povertyportal.core.accounts import system_user
from tests.review.ready import ANSWERED, AT, CERTIFIED, DECIDED, Case, ready
from tests.review.steps import answered, asked, decided, fresh, order, told
name = sys.argv[1]
POOR = [Case("poor", village=turn % 2) for turn in range(40)]
"""
TAIL = """
else:
    dossier = Dossier.objects.latest("pk")
    form = SurveyForm.objects.filter(round=dossier.round).earliest("pk").pk
    print("ready", flush=True)
    sys.stdin.readline()
    try:
        {acts}[name]()
        print("done")
    except (ReviewRefusedError, SurveyRefusedError):
        print("refused")
"""


def script(first: str, **acts: str) -> str:
    """``first``: prepares; ``acts``: what each person does, by name."""
    said = "{" + ", ".join(f"{name!r}: lambda: {act}" for name, act in acts.items()) + "}"
    return HEAD + f'if name == "first":\n    {first}' + TAIL.format(acts=said)


AGREE = "agree(dossier=dossier.pk, number='88/UBND', **told(ANSWERED))"
BACK = "give_back(dossier=dossier.pk, remarks={form: 'Sót một con'}, **told(ANSWERED))"
DECIDE = "decide(dossier=dossier.pk, order=order(dossier), **told(DECIDED))"
CERTIFY = "issue_certificates(dossier=dossier.pk, **told(CERTIFIED))"
RETURN = "return_form(form=form, remark='Sót một con', by=system_user(), at=AT)"


def run(text: str, purpose: str, blocker: Any, *names: str, then: str = "") -> tuple[list[str], int]:
    """What they said, and what the database says afterwards."""
    with blocker.unblock(), cloned_database(purpose) as database:
        said = outcomes(text, database, proposer="first", deciders=list(names))
        return said, count(database, then)


def count(database: Database, question: str) -> int:
    with database.connect() as connection, connection.cursor() as cursor:
        cursor.execute(question)
        found: int = cursor.fetchone()[0]
        return found


def test_two_leaders_decide_once(django_db_setup: None, django_db_blocker: Any) -> None:
    text = script("answered(ready(*POOR))", an=DECIDE, binh=DECIDE)
    question = "SELECT count(*) FROM households_recognition WHERE origin = 'decided'"
    assert run(text, "deciding", django_db_blocker, "an", "binh", then=question) == (["done", "refused"], 40)


def test_of_agreeing_and_returning_one_counts(django_db_setup: None, django_db_blocker: Any) -> None:
    text = script("asked(ready(*POOR))", an=AGREE, binh=BACK)
    question = "SELECT count(*) FROM households_opinion WHERE answer <> ''"
    assert run(text, "answering", django_db_blocker, "an", "binh", then=question) == (["done", "refused"], 1)


def test_certificates_are_issued_once(django_db_setup: None, django_db_blocker: Any) -> None:
    text = script("decided(ready(*POOR))", an=CERTIFY, binh=CERTIFY)
    question = "SELECT count(DISTINCT number) FROM households_certificate"
    assert run(text, "certifying", django_db_blocker, "an", "binh", then=question) == (["done", "refused"], 40)


def test_no_form_is_decided_that_is_being_returned(django_db_setup: None, django_db_blocker: Any) -> None:
    """Whoever comes first: the return stops the decision, or the decision the return."""
    text = script("answered(ready(*POOR))", an=DECIDE, binh=RETURN)
    question = "SELECT count(*) FROM households_recognition WHERE origin = 'decided'"
    said, recognised = run(text, "returning", django_db_blocker, "an", "binh", then=question)
    assert said == ["done", "refused"]
    assert recognised in (0, 40)


KILLED = (
    HEAD
    + """
if name == "first":
    answered(ready(*[Case("poor", village=turn % 3) for turn in range(600)]))
else:
    from django.db import connection
    steps = int(name)
    def stop(execute, sql, params, many, context):
        global steps
        if sql.lstrip().startswith(("INSERT", "UPDATE")):
            steps -= 1
            if steps < 0:
                print("here", flush=True)
                sys.stdin.readline()
        return execute(sql, params, many, context)
    dossier = Dossier.objects.latest("pk")
    wanted = order(dossier)
    with connection.execute_wrapper(stop):
        decide(dossier=dossier.pk, order=wanted, **told(DECIDED))
    print("done", flush=True)
"""
)
ALL = """
SELECT (SELECT count(*) FROM households_decision) + (SELECT count(*) FROM households_decisionline)
     + (SELECT count(*) FROM households_recognition WHERE origin = 'decided')
     + (SELECT count(*) FROM households_dossier WHERE state = 'decided')
"""


def test_killed_at_any_moment_of_a_decision_nothing_of_it_stands(django_db_setup: None, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock(), cloned_database("killed") as database:
        environment = database.environment | {"DJANGO_SETTINGS_MODULE": "povertyportal.settings"}
        subprocess.run([sys.executable, "-c", KILLED, "first"], env=environment, check=True, timeout=120)
        for moment in range(4):
            process = Popen(
                [sys.executable, "-c", KILLED, str(moment)], env=environment, stdin=PIPE, stdout=PIPE, text=True
            )
            assert process.stdout is not None
            assert process.stdout.readline() == "here\n", moment
            process.kill()
            process.communicate()
            assert count(database, ALL) == 0, moment
        done = subprocess.run([sys.executable, "-c", KILLED, "99"], env=environment, check=True, timeout=120)
        assert done.returncode == 0
        assert count(database, ALL) == 1 + 600 + 600 + 1
