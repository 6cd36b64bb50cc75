"""Papers as they are handed in: numbered, whose they are, onto which list, taken back."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from households.review.actions.intake import Paper, list_intake, take_in, withdraw_intake
from households.review.models import Intake, IntakeState
from households.review.refusals import ReviewRefusedError
from households.surveys.form_models import State, SurveyForm
from households.surveys.models import SurveyRound
from households.surveys.refusals import SurveyRefusedError
from povertyportal.core.models import User
from tests.access.people import AREAS, person
from tests.registry.people import COMMUNE, SIBLING, household, village
from tests.surveys.filled import a_round
from tests.surveys.test_listing import recognised

pytestmark = pytest.mark.django_db
AT = datetime(2026, 10, 20, 3, tzinfo=UTC)
DAY = date(2026, 10, 20)


@pytest.fixture
def official(db: None) -> User:
    return person("commune_official", COMMUNE)


@pytest.fixture
def round(db: None) -> SurveyRound:
    return a_round()


def paper(kind: str = "review", **more: Any) -> Paper:
    return Paper(**{"kind": kind, "applicant": "Nông Văn An", "received_on": DAY, "content": "Bị tai nạn", **more})


def taken(by: User, at: datetime = AT, **more: Any) -> Intake:
    return take_in(paper=paper(**more), commune=COMMUNE, by=by, at=at)


def refused(excinfo: Any) -> list[tuple[str, str]]:
    return [(one.field, one.message) for one in excinfo.value.problems]


def test_papers_of_a_commune_are_numbered_through_its_year(official: User) -> None:
    last_year = taken(official, received_on=date(2025, 12, 31))
    here = [taken(official).number for _turn in range(3)]
    neighbour = take_in(paper=paper(), commune=SIBLING, by=person("commune_official", SIBLING), at=AT)
    assert (last_year.year, last_year.number) == (2025, 1)
    assert here == [1, 2, 3]
    assert neighbour.number == 1


def test_a_paper_is_received_without_knowing_whose_household_it_is(official: User) -> None:
    found = taken(official, by_post=True)
    assert (found.state, found.household, found.form, found.by_post) == (IntakeState.RECEIVED, None, None, True)


@pytest.mark.parametrize("role", ["village_reviewer", "commune_leader", "auditor"])
def test_only_who_receives_papers_may_write_into_the_register(role: str) -> None:
    with pytest.raises(PermissionDenied):
        taken(person(role, COMMUNE))


def test_a_neighbour_does_not_receive_for_this_commune() -> None:
    with pytest.raises(PermissionDenied):
        taken(person("commune_official", SIBLING))


def test_what_is_missing_or_wrong_is_said_at_its_field(official: User) -> None:
    tomorrow = DAY + timedelta(days=1)
    with pytest.raises(ReviewRefusedError) as wrong:
        taken(official, kind="other", applicant=" ", received_on=tomorrow, content="Căn cước 004190123456")
    assert {field for field, _message in refused(wrong)} == {"kind", "applicant", "received_on", "content"}
    assert not Intake.objects.exists()


def test_a_paper_of_years_ago_does_not_come_into_this_years_register(official: User) -> None:
    with pytest.raises(ReviewRefusedError):
        taken(official, received_on=date(2024, 10, 20))


def test_a_district_receives_no_papers(official: User) -> None:
    with pytest.raises(ReviewRefusedError, match="không phải xã, phường"):
        take_in(paper=paper(), commune=AREAS.PROVINCE, by=official, at=AT)


def test_a_household_of_another_commune_is_refused(official: User) -> None:
    village("Nà Tềnh", SIBLING)
    elsewhere = household(f"{SIBLING}-001")
    with pytest.raises(ReviewRefusedError, match="không ở xã nhận giấy này"):
        taken(official, household=elsewhere.pk)


def test_a_household_that_nobody_knows_is_refused(official: User) -> None:
    with pytest.raises(ReviewRefusedError, match="Không có hộ H999999"):
        taken(official, household=999_999)


def test_the_household_comes_to_the_list_for_what_the_paper_asks(official: User, round: SurveyRound) -> None:
    found, home = taken(official), household()
    form = list_intake(intake=found.pk, round=round, household=home.pk, by=official, at=AT)
    found.refresh_from_db()
    assert (form.why, form.state) == ("request", State.WAITING)
    assert (found.state, found.form, found.household_id) == (IntakeState.LISTED, form, home.pk)


def test_a_household_registered_after_its_paper_came_is_taken(official: User, round: SurveyRound) -> None:
    found = taken(official, received_on=date(2026, 10, 12))
    home = household(on=date(2026, 10, 15))
    assert list_intake(intake=found.pk, round=round, household=home.pk, by=official, at=AT).household == home


def test_mau_04_of_a_household_on_the_list_is_put_to_its_form(official: User, round: SurveyRound) -> None:
    home = recognised("poor")
    listed = SurveyForm.objects.filter(round=round, household=home)
    first = list_intake(intake=taken(official, kind="escape").pk, round=round, household=home.pk, by=official, at=AT)
    again = list_intake(intake=taken(official, kind="escape").pk, round=round, household=home.pk, by=official, at=AT)
    assert first == again
    assert listed.count() == 1


def test_a_poor_household_does_not_ask_to_be_reviewed_as_a_new_one(official: User, round: SurveyRound) -> None:
    home, found = recognised("poor"), taken(official)
    with pytest.raises(SurveyRefusedError, match="đang là hộ nghèo"):
        list_intake(intake=found.pk, round=round, household=home.pk, by=official, at=AT)
    found.refresh_from_db()
    assert (found.state, found.household) == (IntakeState.RECEIVED, None)


def test_a_round_in_which_such_papers_are_not_dealt_with_is_refused(official: User) -> None:
    """Nobody asked to be a worker of low income before Decree 30/2025."""
    found, round = taken(official, kind="worker"), a_round(code="2024-periodic", on=date(2024, 9, 1))
    with pytest.raises(ReviewRefusedError, match="không giải quyết giấy loại này"):
        list_intake(intake=found.pk, round=round, household=household().pk, by=official, at=AT)


def test_nothing_is_done_with_a_paper_twice(official: User, round: SurveyRound) -> None:
    found, home = taken(official), household()
    list_intake(intake=found.pk, round=round, household=home.pk, by=official, at=AT)
    with pytest.raises(ReviewRefusedError, match="đã đưa vào danh sách"):
        list_intake(intake=found.pk, round=round, household=home.pk, by=official, at=AT)
    with pytest.raises(ReviewRefusedError, match="đã đưa vào danh sách"):
        withdraw_intake(intake=found.pk, remark="Xin rút", by=official, at=AT)


def test_whoever_takes_his_paper_back_is_not_reviewed(official: User, round: SurveyRound) -> None:
    found = taken(official)
    with pytest.raises(ReviewRefusedError):
        withdraw_intake(intake=found.pk, remark="  ", by=official, at=AT)
    kept = withdraw_intake(intake=found.pk, remark="Ông An xin rút ngày 20/10", by=official, at=AT)
    assert (kept.state, kept.remark) == (IntakeState.WITHDRAWN, "Ông An xin rút ngày 20/10")
    with pytest.raises(ReviewRefusedError, match="người đề nghị rút đơn"):
        list_intake(intake=found.pk, round=round, household=household().pk, by=official, at=AT)
