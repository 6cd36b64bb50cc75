"""People who save on one form at the same moment, in processes of their own."""

import json
from typing import Any

import pytest

from tests.at_once import alone, at_once
from tests.conftest import cloned_database

pytestmark = pytest.mark.faults
NAMES = [f"nguoi-{letter}" for letter in "abcd"]
SCRIPT = """
import django, sys
django.setup()
from uuid import UUID, uuid4, uuid5
from households.surveys.form_models import SurveyForm, SurveySave, SurveySheet
from households.surveys.forms.saving import Change, save_answers
from povertyportal.core.clock import now
from povertyportal.core.models import User
import json
name = sys.argv[1]
if name == "prepare":
    from tests.access.people import AREAS, person
    from tests.surveys.filled import a_round
    from tests.registry.people import household, member
    from tests.people import on_the_record
    for one in NAMES:
        person("commune_official", AREAS.COMMUNE, username=one)
    home = household(members=[member("Nông Văn An", "head", born=1980)])
    with on_the_record() as by:
        told = {"why": "poor", "area_code": "01392-001", "listed_by": by, "listed_at": now()}
        SurveyForm.objects.create(round=a_round(), household=home, **told)
elif name == "tell":
    sheet = SurveySheet.objects.get()
    kept = {field: sorted(one["value"][0] for one in listed) for field, listed in sheet.conflicts.items()}
    print(json.dumps([sheet.answers, kept, sheet.version, SurveySave.objects.count()]))
else:
    by, form = User.objects.get(username=name), SurveyForm.objects.get().pk
    changes = [Change("s-note", (), (name,)), Change("m0-identity", (), ("004080123456",))]
    changes.append(Change(f"m{NAMES.index(name) + 1}-name", (), (name,)))
    key = uuid5(UUID(int=7), name)
    print("ready", flush=True)
    sys.stdin.readline()
    versions = []
    for number in range(5):
        saved = save_answers(form=form, key=key, base=0, changes=changes, by=by, at=now())
        versions.append(saved.repeated)
    print("".join("ny"[one] for one in versions))
""".replace("NAMES", repr(NAMES))


def test_of_four_who_write_the_first_lines_of_a_form_at_once_nothing_is_lost(
    django_db_setup: None, django_db_blocker: Any
) -> None:
    with django_db_blocker.unblock(), cloned_database("at_once") as database:
        alone(SCRIPT, "prepare", database)
        assert at_once(SCRIPT, NAMES, database) == ["nyyyy"] * 4
        answers, conflicts, version, saves = json.loads(alone(SCRIPT, "tell", database))
    assert answers["m0-name"] == ["Nông Văn An"], "the sheet began with what the registry knows, once"
    assert [answers[f"m{number}-name"] for number in range(1, 5)] == [[name] for name in NAMES]
    assert sorted([*answers["s-note"], *conflicts["s-note"]]) == NAMES
    assert (list(conflicts), version, saves) == (["s-note"], 4, 4)
