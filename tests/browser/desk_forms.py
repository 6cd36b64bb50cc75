"""Run by the tests of the survey desk in the database of the running portal: a round of their own in Trường Hà with one form for
each of their stories. Prints {story: key of the form} as JSON; who asks twice gets the same."""

import json
import sys
from datetime import date

import django

django.setup()

from django.db.backends.postgresql.psycopg_any import DateRange  # noqa: E402  # the apps must be there first
from django.utils import timezone  # noqa: E402

from households.registry.actions.founding import register_household  # noqa: E402
from households.registry.entries import MemberData, Place  # noqa: E402
from households.registry.models import Residence  # noqa: E402
from households.surveys.form_models import State, SurveyForm, SurveySheet, Why  # noqa: E402
from households.surveys.forms.listing import add_form  # noqa: E402
from households.surveys.forms.opening import prefilled  # noqa: E402
from households.surveys.queries import round_of  # noqa: E402
from households.surveys.rounds import open_round  # noqa: E402
from povertyportal.core.accounts import system_user  # noqa: E402
from povertyportal.core.history import acting  # noqa: E402

TODAY = timezone.localdate()
CODE, COMMUNE, VILLAGE = f"{TODAY.year}-03-inyear", "01392", "01392-001"
START = date(TODAY.year, 1, 1)
EARLIER = f"{TODAY.year - 1}-03-inyear"
LONE = (("Hoàng Văn Páo", "head", "male", date(1980, 2, 5)),)
COUPLE = (("Lục Văn Thàng", "head", "male", date(1975, 3, 2)), ("Lục Thị Mỷ", "spouse", "female", date(1978, 9, 14)))
STORIES = {
    "paper": (*LONE,), "known": COUPLE, "cut": COUPLE, "closed": COUPLE, "killed": COUPLE, "two": COUPLE, "clash": COUPLE,
    "leaving": COUPLE, "before": COUPLE, "missing": COUPLE, "others": COUPLE, "phone": COUPLE, "refused": COUPLE,
}  # fmt: skip


def household(story: str) -> int:
    members = [
        MemberData(full_name=name, relation=relation, sex=sex, birth_date=born, birth_year=None, ethnicity="tay")
        for name, relation, sex, born in STORIES[story]
    ]
    told = {"on": START, "reason": f"Phép thử {story}", "by": system_user(), "at": timezone.now()}
    return register_household(place=Place(VILLAGE, f"Thử {story}", ""), members=members, **told).pk


def finished_before(form: int) -> None:
    """The household's form of the year before, finished: two answers for its head, one for the house."""
    this = SurveyForm.objects.get(pk=form)
    days = DateRange(date(TODAY.year - 1, 1, 1), date(TODAY.year - 1, 12, 31))
    earlier = open_round(
        code=EARLIER, area_code=COMMUNE, on=date(TODAY.year - 1, 9, 1), by=system_user(), at=now, days=days
    )
    roster = {name: values for name, values in prefilled(this).items() if name.startswith("m0-")}
    answers = roster | {"m0-work": ["own"], "m0-disabled": ["no"], "h-toilet": ["septic"]}
    with acting(by=system_user(), reason="Phiếu năm trước"):
        done = SurveyForm.objects.create(
            round=earlier, household=this.household, why=Why.FOUND, area_code=VILLAGE, state=State.DONE,
            listed_by=system_user(), listed_at=now, done_by=system_user(), done_at=now,
        )  # fmt: skip
        SurveySheet.objects.create(form=done, answers=answers)


now = timezone.now()
round = round_of(CODE, COMMUNE) or open_round(
    code=CODE, area_code=COMMUNE, on=START, by=system_user(), at=now,
    days=DateRange(START, date(TODAY.year, 12, 31)),
)  # fmt: skip
listed = dict(SurveyForm.objects.filter(round=round).values_list("household", "pk"))
addresses = dict(Residence.objects.filter(household__in=listed).values_list("address", "household"))
found = {story: listed[addresses[f"Thử {story}"]] for story in STORIES if f"Thử {story}" in addresses}
for story in STORIES:
    if story not in found:
        form = add_form(round=round, household=household(story), why=Why.FOUND, by=system_user(), at=now)
        found[story] = form.pk
if not SurveyForm.objects.filter(round__code=EARLIER, round__area_code=COMMUNE).exists():
    finished_before(found["before"])
sys.stdout.write(json.dumps(found))
