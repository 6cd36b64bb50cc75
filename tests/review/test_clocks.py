"""The fifteen days of a decision, of each household its own; what is due on a day."""

from datetime import date, timedelta

import pytest
from django.test import Client

from households.review.actions.planning import planned
from households.review.listed import listed
from households.review.models import Complaint, DossierPart, Intake, Posting
from households.review.progress import DueNow, due_now
from households.surveys.codes import monthly_start
from households.surveys.form_models import SurveyForm
from povertyportal.core.accounts import system_user
from tests.access.people import person, signed_in
from tests.people import on_the_record
from tests.registry.people import COMMUNE
from tests.review.ready import AT, DECIDED, Case, ready
from tests.review.reviewed import dossier, stands
from tests.review.steps import fresh
from tests.surveys.filled import a_round

pytestmark = pytest.mark.django_db
FARM = Case("average", "", why="average")


@pytest.mark.parametrize(
    ("day", "start"),
    [
        (date(2026, 10, 1), date(2026, 10, 15)),
        (date(2026, 10, 15), date(2026, 10, 15)),
        (date(2026, 10, 16), date(2026, 11, 15)),
        (date(2026, 12, 31), date(2027, 1, 15)),
    ],
)
def test_a_review_within_the_year_begins_on_the_15th(day: date, start: date) -> None:
    assert monthly_start(day) == start


def test_in_the_yearly_round_the_days_of_a_farm_household_count_from_its_own_paper() -> None:
    """From the 15th after it came: the first on the list does not make the others late."""
    round = a_round(on=date(2026, 9, 1))
    made = ready(FARM, FARM, round=round, procedure="average")
    early, late = SurveyForm.objects.filter(round=round).order_by("pk")
    for form, day in ((early, date(2026, 8, 25)), (late, date(2026, 10, 20))):
        with on_the_record():
            Intake.objects.create(
                kind="average", commune_code=COMMUNE, year=2026, number=form.pk, received_on=day, applicant="Lò Văn An",
                form=form, by=system_user(), at=AT,
            )  # fmt: skip
    names = {one.form: one.name for one in listed(made, day=DECIDED)}
    assert not planned(fresh(made), on=date(2026, 9, 30)).late
    said = planned(fresh(made), on=date(2026, 11, 30)).late
    assert said.endswith(f"chậm nhất ngày 30/09/2026; quá hạn: {names[early.pk]}.")
    both = planned(fresh(made), on=date(2026, 12, 1)).late
    assert names[early.pk] in both
    assert names[late.pk] in both


def test_the_home_page_says_what_is_due_today() -> None:
    """A posting that hangs longer than it has to, a complaint to be answered today."""
    found, day = dossier(), date(2026, 11, 10)
    over, hangs = (stands(found, "posted", part=f"{COMMUNE}-00{turn}") for turn in (1, 2))
    with on_the_record():
        for part, last in ((over, day - timedelta(days=1)), (hangs, day)):
            Posting.objects.create(part=part, turn=1, starts_on=last, ends_on=last, by=system_user(), at=AT)
        told = {
            "complainant": "Lò Thị Bình",
            "matter": "Sót hộ",
            "about": "bà Mẩy",
            "received_on": day,
            "by": system_user(),
        }
        for due_on in (day, day + timedelta(days=1)):
            Complaint.objects.create(part=hangs, due_on=due_on, at=AT, **told)
    assert due_now([found.pk], day) == {found.pk: DueNow(postings=1, complaints=1)}
    assert due_now([found.pk], day - timedelta(days=1)) == {found.pk: DueNow()}
    home = signed_in(person("commune_official", COMMUNE)).get("/").content.decode()
    assert "2 thôn hết niêm yết, 2 khiếu nại phải trả lời" in home  # today both are long over


def test_the_board_leads_to_where_the_next_step_is_made() -> None:
    made = ready(Case("poor"))
    part = DossierPart.objects.filter(dossier=made).earliest("pk")
    with on_the_record():
        DossierPart.objects.filter(pk=part.pk).update(state="agreed")
    official: Client = signed_in(person("commune_official", COMMUNE))
    address = f'href="/review/{made.pk}/posting/?village={part.area_code}"'
    assert address in official.get(f"/review/{made.pk}/").content.decode()
    reads: Client = signed_in(person("auditor", COMMUNE))
    assert address not in reads.get(f"/review/{made.pk}/").content.decode()
