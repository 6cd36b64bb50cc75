"""Two people of the commune act on one village at the same moment: each step is made once, and what it stood on holds."""

import pytest

from tests.at_once import outcomes
from tests.conftest import Database, cloned_database

SCRIPT = """
import django, sys
django.setup()
from households.registry.problems import RegistryRefusedError
from households.review.models import Dossier
from households.surveys.form_models import SurveyForm
from households.surveys.forms.steps import return_form
from tests.people import on_the_record
from tests.review.dossiers import MET, POSTED, LAST_DAY, complain, dossier, done, end_posting, meet, on, post
what, name = {what!r}, sys.argv[1]
if name == "first":
    with on_the_record():
        of, form = dossier(), done()
        if what in ("post", "complaint", "down"):
            meet(of)
        if what in ("complaint", "down"):
            post(of)
else:
    of, form = Dossier.objects.latest("pk"), SurveyForm.objects.latest("pk")
    acts = dict(
        meet=lambda: meet(of),
        post=lambda: post(of),
        down=lambda: end_posting(of),
        give_back=lambda: return_form(form=form.pk, remark="Ghi sai", **on(MET)),
        complain=lambda: complain(of, form),
    )
    print("ready", flush=True)
    sys.stdin.readline()
    try:
        acts[name.partition("-")[0]]()
        print(name.partition("-")[0])
    except RegistryRefusedError:
        print("refused")
"""
COUNTS = """
SELECT (SELECT count(*) FROM households_reviewstep WHERE move = %s), (SELECT count(*) FROM {table})
"""


def together(what: str, *people: str, database: Database) -> list[str]:
    return outcomes(SCRIPT.replace("{what!r}", repr(what)), database, proposer="first", deciders=people)


def one(database: Database, statement: str, *asked: str) -> tuple[object, ...]:
    with database.connect() as connection, connection.cursor() as cursor:
        cursor.execute(statement, asked)
        found: tuple[object, ...] = cursor.fetchone()
        return found


@pytest.mark.faults
@pytest.mark.parametrize(
    ("what", "move", "table"), [("meet", "meet", "households_meeting"), ("post", "post", "households_posting")]
)
def test_of_two_who_make_the_same_step_one_is_refused(
    what: str, move: str, table: str, django_db_setup: None, django_db_blocker: object
) -> None:
    with django_db_blocker.unblock(), cloned_database(what) as database:  # type: ignore[attr-defined]
        assert together(what, f"{what}-an", f"{what}-binh", database=database) == sorted([what, "refused"])
        assert one(database, COUNTS.format(table=table), move) == (1, 1)


@pytest.mark.faults
def test_two_who_take_a_posting_down_close_the_village_once(django_db_setup: None, django_db_blocker: object) -> None:
    with django_db_blocker.unblock(), cloned_database("down") as database:  # type: ignore[attr-defined]
        assert together("down", "down-an", "down-binh", database=database) == ["down", "refused"]
        assert one(database, "SELECT state FROM households_dossierpart") == ("closed",)


@pytest.mark.faults
def test_a_form_that_goes_back_while_the_village_votes_keeps_no_vote_that_counts(
    django_db_setup: None, django_db_blocker: object
) -> None:
    """Whoever comes first: a vote on a form that is back already is refused; else the form goes back after it."""
    with django_db_blocker.unblock(), cloned_database("back") as database:  # type: ignore[attr-defined]
        said = together("meet-and-return", "meet", "give_back", database=database)
        votes = one(database, "SELECT count(*) FROM households_meetingvote")
        state = one(database, "SELECT state FROM households_surveyform ORDER BY id DESC LIMIT 1")
        assert state == ("returned",)
        assert (said, votes) in ((["give_back", "meet"], (1,)), (["give_back", "refused"], (0,)))


@pytest.mark.faults
def test_a_complaint_that_comes_as_the_posting_ends_is_looked_into_or_refused_but_never_lost(
    django_db_setup: None, django_db_blocker: object
) -> None:
    with django_db_blocker.unblock(), cloned_database("complaint") as database:  # type: ignore[attr-defined]
        said = together("complaint", "complain", "down", database=database)
        stage = one(database, "SELECT state FROM households_dossierpart")
        complaints = one(database, "SELECT count(*) FROM households_complaint")
        expected = {("complain", "down"): ("recheck", 1), ("down", "refused"): ("closed", 0)}
        assert (*stage, *complaints) == expected[said[0], said[1]]
