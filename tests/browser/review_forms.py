"""Run by the journeys through a review in a database of their own: invented households of Trường Hà, all in one commune, and
this year's round of them with its forms finished, but for a few that somebody has to finish. Prints what it made as JSON."""

import json
import sys
from unittest import mock

import django

django.setup()

from django.db import transaction  # noqa: E402  # the apps must be there first
from django.utils import timezone  # noqa: E402

from households.registry.demonstration import mapping  # noqa: E402
from households.surveys.codes import RoundCode  # noqa: E402
from households.surveys.demonstration.forms import Filling, desks  # noqa: E402
from households.surveys.demonstration.listed import Census, running  # noqa: E402
from households.surveys.demonstration.making import Wish, make  # noqa: E402
from households.surveys.form_models import State, SurveyForm  # noqa: E402
from households.surveys.rounds import open_round  # noqa: E402
from povertyportal.core.accounts import system_user  # noqa: E402
from povertyportal.core.history import acting  # noqa: E402

COMMUNE = "01392"
NOW = timezone.now()
TODAY = timezone.localdate(NOW)
UNFINISHED = 2  # forms that were sent back to the reviewer


def invented(households: int, villages: int) -> None:
    """All of them in one commune of 2025."""
    sizes = {"IN_A_COMMUNE": households, "LEAST_IN_A_COMMUNE": households}
    with mock.patch.multiple(mapping, **sizes, MOST_VILLAGES=villages):
        make(Wish(1, households, TODAY.year - 1, TODAY.year - 1), by=system_user(), at=NOW, commit=True, forms=False)


def reviewed(code: RoundCode) -> list[int]:
    """The round with its forms; keys of those that are still to be finished."""
    by = system_user()
    with transaction.atomic(), acting(by=by, reason="Phiếu của một xã cho phép thử"):
        round = open_round(
            code=str(code), area_code=COMMUNE, on=code.usual_days()[0], by=by, at=NOW,
            legal_basis="Kế hoạch 135/KH-UBND ngày 20/8/2026",
        )  # fmt: skip
        rows = [one for one in running(Census(round, 1)) if one.commune == COMMUNE]
        open_yet = {one.household for one in rows if one.why == "poor"}
        open_yet = set(sorted(open_yet)[:UNFINISHED])
        told = [(one, State.RETURNED if one.household in open_yet else State.DONE) for one in rows]
        Filling(round, 1, by, NOW, desks({COMMUNE}, TODAY)).fill(told)
    return list(SurveyForm.objects.filter(round=round, state=State.RETURNED).values_list("pk", flat=True))


def main(households: int, villages: int) -> None:
    invented(households, villages)
    open_yet = reviewed(RoundCode(TODAY.year))
    forms = SurveyForm.objects.filter(round__year=TODAY.year).exclude(state=State.DROPPED)
    places = sorted(set(forms.values_list("area_code", flat=True)))
    found = {"round": forms[0].round_id, "forms": len(forms), "unfinished": open_yet, "villages": places}
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
