"""Run by the journeys through a review, in a database of their own and on the day that their clock says: five accounts, invented
households of one commune, this year's round with its forms finished but for a few. Takes what is wanted as JSON and prints what
it made; ``answered`` instead types one more form, to be finished on the page."""

import tests.browser.moved_clock  # noqa: F401, I001  # first of all

import json
import sys
from typing import Any
from unittest import mock
from uuid import uuid4

import django

django.setup()

from django.db import transaction  # noqa: E402  # the apps must be there first
from django.utils import timezone  # noqa: E402

from households.management.commands import demo_accounts  # noqa: E402
from households.management.commands.demo_accounts import Demo  # noqa: E402
from households.registry.demonstration import mapping  # noqa: E402
from households.registry.state import state_on  # noqa: E402
from households.surveys.codes import read_code  # noqa: E402
from households.surveys.demonstration.forms import Filling, desks  # noqa: E402
from households.surveys.demonstration.listed import Census, Listed, running  # noqa: E402
from households.surveys.demonstration.making import Wish, make  # noqa: E402
from households.surveys.demonstration.sheets import Visit, answered  # noqa: E402
from households.surveys.form_models import State, SurveyForm  # noqa: E402
from households.surveys.forms.opening import roster_of  # noqa: E402
from households.surveys.forms.saving import Change, save_answers  # noqa: E402
from households.surveys.models import SurveyRound  # noqa: E402
from households.surveys.rounds import open_round  # noqa: E402
from households.surveys.sheets.bound import bound_standards  # noqa: E402
from households.surveys.sheets.ground import ground_at  # noqa: E402
from povertyportal.core.accounts import system_user  # noqa: E402
from povertyportal.core.history import acting  # noqa: E402
from povertyportal.core.models import User  # noqa: E402

PROVINCE, DISTRICT = "04", "045"
NOW = timezone.now()
TODAY = timezone.localdate(NOW)
END_OF_DISTRICTS = 2025
UNFINISHED = 2  # forms that were sent back to the reviewer


def invented(households: int, villages: int) -> None:
    """All of them in one commune, reviewed the year before."""
    sizes = {"IN_A_COMMUNE": households, "LEAST_IN_A_COMMUNE": households, "MOST_VILLAGES": villages}
    before = TODAY.year - 1
    with mock.patch.multiple(mapping, **sizes):
        make(Wish(1, households, before, before), by=system_user(), at=NOW, commit=True, forms=False)


def accounts(commune: str) -> dict[str, str]:
    """User name → password. Who gives the opinion is of the district as long as there are any."""
    district = TODAY.year < END_OF_DISTRICTS
    superior = ("district_reviewer", DISTRICT) if district else ("province_reviewer", PROVINCE)
    people = (
        Demo("rasoat", "Hoàng Thị Mỷ", "village_reviewer", commune),
        Demo("canbo", "Nông Thị Bích Đào", "commune_official", commune),
        Demo("lanhdao", "Triệu Văn Sình", "commune_leader", commune),
        Demo("capso", "Đàm Quang Vinh", *superior),
        Demo("kiemtoan", "Bế Thị Thu Hường", "auditor", PROVINCE),
    )
    with transaction.atomic():
        rows = [demo_accounts._account(one, NOW) for one in people]
    return {row["username"]: row["password"] for row in rows}


def commune_of_all(round: SurveyRound) -> str:
    return next(iter({one.commune for one in running(Census(round, 1))}))


def opened(wanted: dict[str, Any]) -> SurveyRound:
    code = read_code(wanted["round"])
    assert code is not None
    area = DISTRICT if code.year < END_OF_DISTRICTS else PROVINCE
    by, first = system_user(), code.usual_days()[0]
    return open_round(code=wanted["round"], area_code=area, on=first, by=by, at=NOW, legal_basis="Kế hoạch 135/KH-UBND")


def fill(round: SurveyRound, commune: str) -> None:
    """All of those on the list, as the households of a demonstration answer."""
    rows = running(Census(round, 1))
    back = set(sorted(one.household for one in rows if one.why == "poor")[:UNFINISHED])
    told = [(one, State.RETURNED if one.household in back else State.DONE) for one in rows]
    with transaction.atomic(), acting(by=system_user(), reason="Phiếu của một xã cho phép thử"):
        Filling(round, 1, system_user(), NOW, desks({commune}, TODAY)).fill(told)


def prepared(wanted: dict[str, Any]) -> dict[str, Any]:
    invented(wanted["households"], wanted["villages"])
    round = opened(wanted)
    census = Census(round, 1)
    commune = commune_of_all(round)
    made = {"accounts": accounts(commune), "round": round.pk, "commune": commune}
    if wanted.get("filled", True):
        fill(round, commune)
    forms = SurveyForm.objects.filter(round=round).exclude(state=State.DROPPED)
    free = census.others(census.managed())
    return made | {
        "forms": forms.count(),
        "villages": sorted(set(forms.values_list("area_code", flat=True))),
        "returned": list(forms.filter(state=State.RETURNED).values_list("pk", flat=True)),
        "free": [one for one in free if state_on(one, TODAY).exists][:5],
    }


def typed(wanted: dict[str, Any]) -> dict[str, Any]:
    """What a household of that class answers on its form; "stopped": at Phiếu A."""
    form = SurveyForm.objects.select_related("round").get(pk=wanted["form"])
    census = Census(form.round, 1)
    stopped = wanted["class"] == "stopped"
    classes = {"closing": ("not_poor" if stopped else wanted["class"], "")}
    listed: Listed = census.listed(form.household_id, form.why, classes, stopped=stopped)
    ground = ground_at(listed.commune, form.round.area_on)
    members = state_on(form.household_id, TODAY).members
    visit = Visit(listed, form, roster_of(members), TODAY, ground, bound_standards(form.round, TODAY), 1)
    said = answered(visit)
    by = User.objects.get(username="rasoat")
    changes = [Change(name, tuple(visit.roster.get(name, ())), tuple(values)) for name, values in said.items()]
    done = save_answers(form=form.pk, key=uuid4(), base=0, changes=changes, by=by, at=NOW)
    return {"version": done.version, "conflicts": [one.name for one in done.conflicts]}


def main(what: str, wanted: str) -> None:
    made = {"prepared": prepared, "answered": typed}[what](json.loads(wanted))
    sys.stdout.write(json.dumps(made))


if __name__ == "__main__":
    main(*sys.argv[1:3])
