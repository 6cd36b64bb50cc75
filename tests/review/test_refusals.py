"""Letters that say no: to whom they are due, when, with which number."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from households.review.actions.intake import Paper, list_intake, take_in
from households.review.actions.refusing import (
    Letter,
    numbers_from,
    refuse_forms,
    refuse_intake,
    suggested_number,
)
from households.review.calendar.working_days import Calendar
from households.review.models import Dossier, IntakeState
from households.review.refusals import ReviewRefusedError
from households.review.superior_models import Refusal
from households.review.unrecognised import due_of, unrecognised
from households.surveys.form_models import SurveyForm
from povertyportal.core.models import User
from tests.access.people import person
from tests.people import on_the_record
from tests.registry.people import COMMUNE, SIBLING, household
from tests.review.reviewed import AT, DAY, dossier, finished, result_of, stands
from tests.surveys.filled import a_round
from tests.surveys.test_listing import recognised

pytestmark = pytest.mark.django_db
REASON = "Hộ có từ 4 chỉ tiêu trở lên ở Phiếu A"


@pytest.fixture
def leader(db: None) -> User:
    return person("commune_leader", COMMUNE)


@pytest.fixture
def found(db: None) -> Dossier:
    return dossier()


def letter(number: str = "15/TB-UBND", **more: Any) -> Letter:
    told = {"on": DAY, "reason": REASON, "signer": "Hoàng Văn Tám", "position": "Chủ tịch", **more}
    return Letter(number=number, **told)


def refused(found: Dossier, *forms: SurveyForm, by: User, **more: Any) -> list[Refusal]:
    keys = [one.pk for one in forms]
    return refuse_forms(dossier=found.pk, forms=keys, letter=letter(**more), by=by, at=AT)


def due(found: Dossier) -> dict[int, str]:
    return {one.row.form: str(one.ground) for one in due_of(unrecognised(found, day=DAY))}


def test_who_stopped_at_phieu_a_is_answered_at_once(found: Dossier) -> None:
    stopped = finished("stop", of=household())
    assert due(found) == {stopped.pk: "gate"}


@pytest.mark.parametrize(
    ("why", "before", "klass", "ground"),
    [
        ("request", "", "not_poor", "result"), ("request", "", "average", "result"), ("request", "", "poor", ""),
        ("request", "", "near_poor", ""), ("escape", "poor", "poor", "result"), ("escape", "poor", "near_poor", ""),
        ("escape", "near_poor", "near_poor", "result"), ("escape", "near_poor", "poor", "result"),
        ("escape", "poor", "not_poor", ""), ("found", "", "not_poor", ""), ("poor", "poor", "not_poor", ""),
    ],
)  # fmt: skip
def test_who_asked_is_answered_where_the_result_is_another(
    found: Dossier, why: str, before: str, klass: str, ground: str
) -> None:
    """Who asked for nothing, or got it, is not."""
    home = recognised(before) if before else household()
    made = finished(klass, of=home, why=why)
    stands(found, "closed")
    assert due(found) == ({made.pk: ground} if ground else {})


@pytest.mark.parametrize(
    ("state", "is_due"), [("survey", False), ("posted", False), ("recheck", False), ("closed", True)]
)
def test_a_result_is_refused_when_its_posting_is_over(found: Dossier, leader: User, state: str, is_due: bool) -> None:
    made = finished("not_poor", of=household())
    stands(found, state)
    assert bool(due(found)) is is_due
    if not is_due:
        with pytest.raises(ReviewRefusedError, match="chưa hết niêm yết"):
            refused(found, made, by=leader)


def test_an_average_household_asks_for_just_that() -> None:
    round = a_round(code="2026-10-inyear", on=date(2026, 9, 1))
    found = dossier(round, procedure="average")
    gets, fails = (finished(klass, of=household(), why="average", round=round) for klass in ("average", "not_poor"))
    stands(found, "closed", part=COMMUNE)
    assert due(found) == {fails.pk: "result"}
    assert gets.pk not in due(found)


def test_several_letters_count_up_from_the_first(found: Dossier, leader: User) -> None:
    forms = [
        finished("stop", of=household(members=(name,))) for name in ("Nông Văn An", "Lò Thị Bình", "Sầm Văn Cường")
    ]
    made = refused(found, *forms, by=leader)
    assert [(one.number, one.addressee) for one in made] == [
        ("15/TB-UBND", "Lò Thị Bình"), ("16/TB-UBND", "Nông Văn An"), ("17/TB-UBND", "Sầm Văn Cường"),
    ]  # fmt: skip
    assert {(one.ground, one.area_code, one.year, one.reason) for one in made} == {("gate", COMMUNE, 2026, REASON)}
    assert suggested_number(COMMUNE, 2026) == "18/TB-UBND"
    assert due(found) == {}


def test_the_letter_goes_to_who_handed_in_the_paper(found: Dossier, leader: User) -> None:
    official, home = person("commune_official", COMMUNE), household()
    paper = Paper("review", "Lò Thị Bình", DAY)
    intake = take_in(paper=paper, commune=COMMUNE, calendar=Calendar(), by=official, at=AT)
    made = list_intake(intake=intake.pk, round=found.round, household=home.pk, by=official, at=AT)
    ready = stopped(made)
    assert [(one.addressee, one.intake_id) for one in refused(found, ready, by=leader)] == [("Lò Thị Bình", intake.pk)]


def stopped(made: SurveyForm) -> SurveyForm:
    with on_the_record():
        made.state, made.done_by, made.done_at = "done", made.listed_by, AT
        made.save()
    result_of(made, "stop")
    return made


def test_nobody_is_refused_twice(found: Dossier, leader: User) -> None:
    made = finished("stop", of=household())
    refused(found, made, by=leader)
    with pytest.raises(ReviewRefusedError, match="đã được trả lời bằng văn bản 15/TB-UBND"):
        refused(found, made, by=leader, number="16/TB-UBND")


def test_a_number_is_used_once_in_the_year_of_a_commune_and_nothing_is_half_stored(
    found: Dossier, leader: User
) -> None:
    first, *others = (finished("stop", of=household()) for _turn in range(3))
    refused(found, first, by=leader, number="16/TB-UBND")
    with pytest.raises(ReviewRefusedError, match="Số văn bản này đã dùng"):
        refused(found, *others, by=leader)
    assert Refusal.objects.count() == 1


def test_who_is_recognised_is_not_refused(found: Dossier, leader: User) -> None:
    poor = finished("poor", of=household())
    stands(found, "closed")
    with pytest.raises(ReviewRefusedError, match="không thuộc diện làm văn bản này"):
        refused(found, poor, by=leader)


@pytest.mark.parametrize(
    ("role", "area"), [("commune_official", COMMUNE), ("village_reviewer", COMMUNE), ("commune_leader", SIBLING)]
)
def test_only_the_leader_of_the_commune_signs(found: Dossier, role: str, area: str) -> None:
    made = finished("stop", of=household())
    with pytest.raises(PermissionDenied):
        refused(found, made, by=person(role, area))


def test_a_letter_tells_its_number_reason_and_signer(found: Dossier, leader: User) -> None:
    made = finished("stop", of=household())
    with pytest.raises(ReviewRefusedError) as wrong:
        refused(
            found, made, by=leader, number=" ", reason="Căn cước 004190123456", signer="", on=DAY + timedelta(days=1)
        )
    assert {one.field for one in wrong.value.problems} == {"number", "reason", "signer", "on"}


def test_a_paper_that_cannot_be_dealt_with_is_answered(leader: User) -> None:
    official = person("commune_official", COMMUNE)
    intake = take_in(
        paper=Paper("review", "Lò Thị Bình", DAY), commune=COMMUNE, calendar=Calendar(), by=official, at=AT
    )
    with pytest.raises(PermissionDenied):
        refuse_intake(intake=intake.pk, letter=letter(), by=official, at=AT)
    with pytest.raises(ReviewRefusedError, match="trước ngày nhận giấy"):
        refuse_intake(intake=intake.pk, letter=letter(on=DAY - timedelta(days=1)), by=leader, at=AT)
    made = refuse_intake(intake=intake.pk, letter=letter(reason="Hộ cư trú ở xã khác"), by=leader, at=AT)
    intake.refresh_from_db()
    assert (made.ground, made.addressee, intake.state) == ("paper", "Lò Thị Bình", IntakeState.REFUSED)


@pytest.mark.parametrize(
    ("first", "count", "numbers"),
    [
        ("15/TB-UBND", 2, ["15/TB-UBND", "16/TB-UBND"]), (" 9 ", 2, ["9", "10"]), ("TB-15", 1, ["TB-15"]),
        ("09/2026/TB", 2, ["9/2026/TB", "10/2026/TB"]),
    ],
)  # fmt: skip
def test_numbers_follow_each_other(first: str, count: int, numbers: list[str]) -> None:
    assert numbers_from(first, count) == numbers


def test_from_a_number_that_is_none_several_cannot_be_counted() -> None:
    with pytest.raises(ReviewRefusedError, match="bắt đầu bằng chữ số"):
        numbers_from("TB-15", 2)
