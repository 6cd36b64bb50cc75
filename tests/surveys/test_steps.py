"""What is done with a form besides filling it."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from households.surveys.form_models import State, SurveyForm
from households.surveys.forms.people import who_may_fill
from households.surveys.forms.steps import KEEP, assign, drop_form, return_form, take_up
from households.surveys.refusals import SurveyRefusedError
from povertyportal.core.accounts import system_user
from povertyportal.core.history import acting
from povertyportal.core.models import User
from tests.access.people import AREAS, person
from tests.registry.people import village
from tests.surveys.test_listing import a_round, added, household

pytestmark = pytest.mark.django_db
AT = datetime(2026, 10, 3, 2, tzinfo=UTC)


@pytest.fixture
def form(db: None) -> SurveyForm:
    return added(a_round(), household("01392-001", on=date(2026, 1, 5)))


def reviewer(area: str = "01392-001") -> User:
    return person("village_reviewer", area)


def in_state(form: SurveyForm, state: str, by: User | None = None) -> SurveyForm:
    with acting(by=system_user(), reason="Phép thử"):
        form.state, form.done_by, form.done_at = state, by or system_user(), AT
        form.remark = "vì sao"
        form.save()
    return form


def given(form: SurveyForm, **more: Any) -> SurveyForm:
    assign(forms=[form.pk], **{"by": system_user(), "at": AT, **more})
    form.refresh_from_db()
    return form


def test_a_form_is_given_to_somebody_with_a_day(form: SurveyForm) -> None:
    mine = reviewer()
    given(form, to=mine, due=date(2026, 10, 31))
    assert (form.assigned_to, form.due) == (mine, date(2026, 10, 31))
    given(form, to=None, due=KEEP)
    assert (form.assigned_to, form.due) == (None, date(2026, 10, 31))
    assert assign(forms=[form.pk], to=None, by=system_user(), at=AT) == 0


def test_all_forms_are_given_or_none(form: SurveyForm) -> None:
    other = added(form.round, household(village("Lũng Mật"), on=date(2026, 1, 5)))
    with pytest.raises(SurveyRefusedError, match="không có quyền nhập phiếu ở địa bàn của 1 phiếu"):
        assign(forms=[form.pk, other.pk], to=reviewer(), by=system_user(), at=AT)
    assert not SurveyForm.objects.exclude(assigned_to=None).exists()


@pytest.mark.parametrize(
    ("due", "words"), [(date(2026, 10, 2), "đã qua"), (date(2026, 12, 15), "ngày hết đợt, 14/12/2026")]
)
def test_a_day_that_cannot_be_kept_is_refused(form: SurveyForm, due: date, words: str) -> None:
    with pytest.raises(SurveyRefusedError, match=words):
        given(form, due=due)


def test_a_finished_form_is_given_to_nobody(form: SurveyForm) -> None:
    with pytest.raises(SurveyRefusedError, match="không giao lại được"):
        given(in_state(form, State.DONE), to=reviewer())


def test_only_who_makes_lists_gives_forms_out(form: SurveyForm) -> None:
    with pytest.raises(PermissionDenied):
        given(form, to=None, by=reviewer())
    given(form, to=None, by=person("commune_official", AREAS.COMMUNE))


def test_whoever_takes_up_a_form_first_has_it(form: SurveyForm) -> None:
    mine, other = reviewer(), reviewer()
    assert take_up(form=form.pk, by=mine, at=AT).assigned_to == mine
    assert take_up(form=form.pk, by=mine, at=AT).assigned_to == mine
    with pytest.raises(SurveyRefusedError, match="đang giao cho"):
        take_up(form=form.pk, by=other, at=AT)
    with pytest.raises(PermissionDenied):
        take_up(form=form.pk, by=reviewer(village("Lũng Mật")), at=AT)


@pytest.mark.parametrize("state", [State.DONE, State.HANDED])
def test_a_form_goes_back_to_who_filled_it_with_the_reason(form: SurveyForm, state: str) -> None:
    mine, official = reviewer(), person("commune_official", AREAS.COMMUNE)
    back = return_form(form=in_state(form, state, mine).pk, remark=" Thiếu bà Nhình ", by=official, at=AT)
    assert (back.state, back.remark, back.returned_by, back.returned_at) == ("returned", "Thiếu bà Nhình", official, AT)
    assert (back.assigned_to, back.done_by) == (mine, None)


def test_a_form_without_a_reason_or_not_yet_finished_is_not_sent_back(form: SurveyForm) -> None:
    with pytest.raises(SurveyRefusedError, match="vì sao trả lại"):
        return_form(form=in_state(form, State.DONE).pk, remark="  ", by=system_user(), at=AT)
    with pytest.raises(SurveyRefusedError, match="phiếu này đang nhập"):
        return_form(form=in_state(form, State.TYPING).pk, remark="Sai", by=system_user(), at=AT)
    with pytest.raises(PermissionDenied):
        return_form(form=in_state(form, State.DONE).pk, remark="Sai", by=reviewer(), at=AT)


def test_a_household_that_is_not_reviewed_leaves_its_form_with_the_reason(form: SurveyForm) -> None:
    assert drop_form(form=form.pk, remark="Đã chuyển đi", by=system_user(), at=AT).state == State.DROPPED
    with pytest.raises(SurveyRefusedError, match="không rà soát: Đã chuyển đi"):
        take_up(form=form.pk, by=system_user(), at=AT)
    with pytest.raises(SurveyRefusedError, match="phải được trả lại"):
        drop_form(form=in_state(form, State.DONE).pk, remark="Đã chuyển đi", by=system_user(), at=AT)


def test_a_number_of_a_person_stands_in_no_remark(form: SurveyForm) -> None:
    with pytest.raises(SurveyRefusedError, match="số định danh"):
        drop_form(form=form.pk, remark="Bà Nhình 004185012345", by=system_user(), at=AT)


def test_forms_may_be_given_to_those_who_may_fill_them(form: SurveyForm) -> None:
    inside = {reviewer().pk, reviewer(AREAS.COMMUNE).pk, person("commune_official", AREAS.COMMUNE).pk}
    reviewer(village("Lũng Mật"))
    person("commune_leader", AREAS.COMMUNE)
    day = timezone.localdate()
    assert {one.pk for one in who_may_fill([form.area_code], on=date(2026, 9, 1), day=day)} >= inside
    found = {one.username for one in who_may_fill([form.area_code], on=date(2026, 9, 1), day=day)}
    assert len(found) == len(inside)
