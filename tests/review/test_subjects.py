"""What people ask about the data kept on them: 2 working days, one answer, late with a reason."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from households.review.actions.subjects import (
    Answered,
    Asked,
    Promise,
    answer_request,
    promise_request,
    receive_request,
)
from households.review.calendar.working_days import Calendar
from households.review.refusals import ReviewRefusedError
from households.review.superior_models import SubjectRequest
from povertyportal.core.models import User
from tests.access.people import person
from tests.registry.people import COMMUNE, SIBLING, household, person_of

pytestmark = pytest.mark.django_db
FRIDAY, AT = date(2026, 11, 6), datetime(2026, 11, 20, 3, tzinfo=UTC)
WEEKS = Calendar()


@pytest.fixture
def official(db: None) -> User:
    return person("commune_official", COMMUNE)


def received(by: User, calendar: Calendar = WEEKS, **more: Any) -> SubjectRequest:
    told = {"wish": "see", "applicant": "Lò Thị Bình", "received_on": FRIDAY, "content": "Xin xem phiếu của hộ", **more}
    return receive_request(asked=Asked(**told), commune=COMMUNE, calendar=calendar, by=by, at=AT)


def answered(found: SubjectRequest, by: User, **more: Any) -> SubjectRequest:
    told = {"outcome": "done", "text": "Đã trao bản in", "on": date(2026, 11, 10), **more}
    return answer_request(request=found.pk, answer=Answered(**told), by=by, at=AT)


def test_the_answer_is_due_after_two_working_days(official: User) -> None:
    holiday = Calendar({date(2026, 11, 9): True})
    assert received(official).due_on == date(2026, 11, 10)
    assert received(official, holiday).due_on == date(2026, 11, 11)


def test_it_is_about_a_household_and_somebody_in_it(official: User) -> None:
    home, other = household(), household(members=("Lò Thị Bình",))
    found = received(official, household=home.pk, person=person_of(home).pk)
    assert (found.household_id, found.person_id) == (home.pk, person_of(home).pk)
    with pytest.raises(ReviewRefusedError, match="không phải thành viên"):
        received(official, household=home.pk, person=person_of(other).pk)


def test_an_answer_in_time_needs_no_excuse_and_keeps_none(official: User) -> None:
    found = answered(received(official), official, late="không cần")
    assert (found.outcome, found.answered_by, found.late) == ("done", official, "")


def test_an_answer_after_its_day_says_why(official: User) -> None:
    found = received(official)
    with pytest.raises(ReviewRefusedError, match="Trả lời sau hạn 10/11/2026"):
        answered(found, official, on=date(2026, 11, 11))
    assert answered(found, official, on=date(2026, 11, 11), late="Lũ, mất điện").late == "Lũ, mất điện"


def promised(found: SubjectRequest, by: User, **more: Any) -> SubjectRequest:
    told = {
        "text": "Đã nhận, đang đối chiếu giấy khai sinh",
        "on": date(2026, 11, 10),
        "done_by": date(2026, 11, 16),
        **more,
    }
    return promise_request(request=found.pk, promise=Promise(**told), by=by, at=AT)


def test_what_takes_longer_is_answered_in_time_with_the_day_by_which_it_is_done(official: User) -> None:
    found = promised(received(official, wish="correct"), official)
    assert (found.outcome, found.first_on, found.promised_on) == ("", date(2026, 11, 10), date(2026, 11, 16))
    done = answered(found, official, on=date(2026, 11, 16), text="Đã sửa năm sinh")
    assert (done.outcome, done.late) == ("done", "")


def test_after_the_promised_day_it_says_why_and_a_late_first_answer_keeps_its_reason(official: User) -> None:
    found = received(official)
    with pytest.raises(ReviewRefusedError, match="Trả lời sau hạn 10/11/2026"):
        promised(found, official, on=date(2026, 11, 12))
    promised(found, official, on=date(2026, 11, 12), late="Mất điện")
    with pytest.raises(ReviewRefusedError, match="Trả lời sau hạn 16/11/2026"):
        answered(found, official, on=date(2026, 11, 17))
    assert answered(found, official, on=date(2026, 11, 17), late="Chờ xã bạn").late == "Mất điện; Chờ xã bạn"


def test_nothing_is_promised_twice_or_for_a_day_that_is_over(official: User) -> None:
    found = received(official)
    with pytest.raises(ReviewRefusedError, match="trước ngày trả lời"):
        promised(found, official, done_by=date(2026, 11, 9))
    promised(found, official)
    with pytest.raises(ReviewRefusedError, match="Đã trả lời lần đầu ngày 10/11/2026"):
        promised(found, official)


def test_it_is_answered_once(official: User) -> None:
    found = received(official)
    answered(found, official)
    with pytest.raises(ReviewRefusedError, match=r"đã được .* trả lời"):
        answered(found, official, outcome="refused")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"outcome": ""}, "outcome"), ({"outcome": "gone"}, "outcome"), ({"text": " "}, "text"),
        ({"text": "Số 004190123456 của bà"}, "text"), ({"on": date(2026, 11, 5)}, "on"), ({"on": date(2026, 11, 21)}, "on"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_an_answer_is_said_at_its_field(official: User, wrong: dict[str, Any], field: str) -> None:
    found = received(official)
    with pytest.raises(ReviewRefusedError) as refused:
        answered(found, official, **wrong)
    assert [one.field for one in refused.value.problems] == [field]
    found.refresh_from_db()
    assert found.outcome == ""


def test_what_is_wrong_with_a_request_is_said_at_its_field(official: User) -> None:
    with pytest.raises(ReviewRefusedError) as refused:
        received(official, wish="sell", applicant=" ", content="004190123456", received_on=date(2026, 11, 21))
    assert {one.field for one in refused.value.problems} == {"wish", "applicant", "content", "received_on"}
    assert not SubjectRequest.objects.exists()


@pytest.mark.parametrize(
    ("role", "area"), [("commune_leader", COMMUNE), ("auditor", COMMUNE), ("commune_official", SIBLING)]
)
def test_only_the_official_of_the_commune_receives_and_answers(official: User, role: str, area: str) -> None:
    other, found = person(role, area), received(official)
    with pytest.raises(PermissionDenied):
        received(other)
    with pytest.raises(PermissionDenied):
        answered(found, other)
