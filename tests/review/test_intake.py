"""Papers as they are handed in: numbered, whose they are, onto which list, taken back."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from households.review.actions.intake import Paper, list_intake, take_in, withdraw_intake
from households.review.calendar.working_days import Calendar
from households.review.door import late_papers, others_of, with_others
from households.review.models import Dossier, Intake, IntakeState
from households.review.refusals import ReviewRefusedError
from households.surveys.form_models import State, SurveyForm
from households.surveys.forms.listing import add_form
from households.surveys.models import SurveyRound
from households.surveys.refusals import SurveyRefusedError
from povertyportal.core.accounts import system_user
from povertyportal.core.history import acting
from povertyportal.core.models import User
from tests.access.people import AREAS, person
from tests.registry.people import COMMUNE, SIBLING, household, village
from tests.review.reviewed import dossier
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
    return take_in(paper=paper(**more), commune=COMMUNE, calendar=Calendar(), by=by, at=at)


def refused(excinfo: Any) -> list[tuple[str, str]]:
    return [(one.field, one.message) for one in excinfo.value.problems]


def test_papers_of_a_commune_are_numbered_through_its_year(official: User) -> None:
    last_year = taken(official, received_on=date(2025, 12, 31))
    here = [taken(official).number for _turn in range(3)]
    neighbour = take_in(
        paper=paper(), commune=SIBLING, calendar=Calendar(), by=person("commune_official", SIBLING), at=AT
    )
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
        take_in(paper=paper(), commune=AREAS.PROVINCE, calendar=Calendar(), by=official, at=AT)


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
    with pytest.raises(ReviewRefusedError, match=r"đang là hộ nghèo: .* không cần Mẫu 01"):
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


@pytest.mark.parametrize(
    ("kind", "received_on", "due"),
    [
        ("review", date(2026, 3, 3), date(2026, 3, 30)),  # from the 15th, fifteen days
        ("review", date(2026, 3, 16), date(2026, 5, 4)),  # 30/4 and 1/5 are off, a weekend follows
        ("review", date(2026, 8, 14), date(2026, 8, 31)),
        ("review", date(2026, 8, 16), date(2026, 12, 14)),  # the next review is the yearly one
        ("review", date(2026, 10, 20), date(2026, 12, 14)),
        ("escape", date(2026, 10, 20), date(2026, 12, 14)),
        ("average", date(2026, 10, 12), date(2026, 10, 30)),
        ("average", date(2026, 10, 16), date(2026, 11, 30)),
        ("worker", date(2026, 10, 16), date(2026, 11, 30)),
    ],
)
def test_the_receipt_promises_the_day_on_which_everything_was_in_time(
    official: User, kind: str, received_on: date, due: date
) -> None:
    off = Calendar({date(2026, 4, 30): True, date(2026, 5, 1): True})
    asked = paper(kind, received_on=received_on)
    assert take_in(paper=asked, commune=COMMUNE, calendar=off, by=official, at=AT).due_on == due


def test_in_a_round_of_the_month_that_lasts_the_fifteen_days_count_from_the_paper(official: User) -> None:
    a_round(code="2026-10-inyear", on=date(2026, 10, 15))
    assert taken(official, received_on=DAY).due_on == date(2026, 11, 4)


def test_what_was_promised_is_overdue_until_it_is_answered(official: User, round: SurveyRound) -> None:
    found, dropped = taken(official), taken(official)
    last = found.due_on
    assert last is not None
    for one in (found, dropped):
        list_intake(intake=one.pk, round=round, household=household().pk, by=official, at=AT)
    assert set(late_papers(last)) == set()
    assert set(late_papers(last + timedelta(days=1))) == {found, dropped}
    dropped.refresh_from_db()
    with acting(by=official, reason="không rà soát"):
        SurveyForm.objects.filter(pk=dropped.form_id).update(state=State.DROPPED, remark="Người đề nghị rút")
    assert set(late_papers(last + timedelta(days=1))) == {found}


def test_a_second_paper_of_the_same_person_or_household_is_told(official: User) -> None:
    home = household()
    first = taken(official, applicant="NÔNG VĂN  ĐẠT")
    second = taken(official, applicant="Nông Văn Đạt", household=home.pk)
    third = taken(official, applicant="Sầm Thị Mẩy", household=home.pk)
    taken(official, applicant="Nông Văn Đạtt")
    take_in(paper=paper(applicant="Nông Văn Đạt"), commune=SIBLING, calendar=Calendar(), by=system_user(), at=AT)
    told = {one.pk: [other.pk for other in others_of(one)] for one in with_others(Intake.objects.all())}
    assert [told[one.pk] for one in (first, second, third)] == [[second.pk], [third.pk, first.pk], [second.pk]]
    assert sum(map(len, told.values())) == 4


def test_a_worker_whose_household_is_reviewed_as_poor_is_not_lost_in_its_form(
    official: User, round: SurveyRound
) -> None:
    home, found = recognised("poor"), taken(official, kind="worker")
    add_form(round=round, household=home.pk, why="poor", by=official, at=AT)
    with pytest.raises(ReviewRefusedError, match="theo thủ tục khác"):
        list_intake(intake=found.pk, round=round, household=home.pk, by=official, at=AT)


def test_after_the_decision_nobody_comes_to_the_list_of_the_round(official: User, round: SurveyRound) -> None:
    found, made = taken(official), dossier(round)
    with acting(by=official, reason="Bước cho phép thử"):
        Dossier.objects.filter(pk=made.pk).update(state="decided")
    with pytest.raises(SurveyRefusedError, match=r"đã ra quyết định: hãy đưa hộ vào đợt sau"):
        list_intake(intake=found.pk, round=round, household=household().pk, by=official, at=AT)
    assert not SurveyForm.objects.exists()
    farm = taken(official, kind="average")  # of another procedure, whose dossier nobody has decided
    assert list_intake(intake=farm.pk, round=round, household=household().pk, by=official, at=AT).why == "average"
