"""The page on which a form is finished, its questions confirmed, its people told about; and taking over last year's answers."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from households.registry.models import Household
from households.registry.state import state_on
from households.surveys.form_models import ConfirmedQuestion, State, SurveyForm, SurveySheet
from povertyportal.core.models import User
from tests.access.people import AREAS, person, signed_in
from tests.people import on_the_record
from tests.registry.people import person_of
from tests.surveys.families import ON, WIFE, family, filled_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def official(db: None) -> User:
    return person("commune_official", AREAS.COMMUNE)


def listed(*gone: int, **more: Any) -> SurveyForm:
    with on_the_record():
        return filled_form(family(), *gone, **more)


def path(made: SurveyForm, name: str = "finish") -> str:
    return reverse(f"surveys:{name}", args=[made.pk])


def page(browser: Client, made: SurveyForm) -> str:
    answer = browser.get(path(made))
    assert answer.status_code == 200
    return answer.content.decode()


def state_of(made: SurveyForm) -> str:
    return SurveyForm.objects.values_list("state", flat=True).get(pk=made.pk)


def wife_of(made: SurveyForm) -> int:
    return person_of(Household.objects.get(pk=made.household_id), "Bình").pk


def test_a_form_without_anything_open_is_finished_by_one_button(official: User) -> None:
    made, browser = listed(), signed_in(official)
    assert "khớp với sổ hộ" in page(browser, made)
    answer = browser.post(path(made), follow=True)
    assert state_of(made) == State.DONE
    assert "Hoàn thành lúc" in answer.content.decode()
    assert "Hộ cận nghèo" in answer.content.decode()


def test_what_is_left_is_listed_with_links_to_its_fields_and_there_is_no_button(official: User) -> None:
    made = listed(h_toilet="", s_causes="")
    shown = page(signed_in(official), made)
    assert f"{path(made, 'form')}#id_h-toilet" in shown
    assert f"{path(made, 'form')}#id_s-causes" in shown
    assert "Hoàn thành phiếu</button>" not in shown


def test_a_question_is_confirmed_on_the_page_with_a_reason(official: User) -> None:
    made, browser = listed(h_floor_area="7"), signed_in(official)
    browser.post(path(made))
    assert state_of(made) == State.WAITING
    browser.post(path(made, "confirm"), asked(page(browser, made)) | {"reason": "Nhà tạm, đo tay cùng trưởng xóm"})
    kept = ConfirmedQuestion.objects.get(form=made)
    assert (kept.check_name, kept.field, kept.by) == ("floor_area", "h-floor_area", official)
    browser.post(path(made))
    assert state_of(made) == State.DONE


def asked(shown: str) -> dict[str, str]:
    """The hidden fields of the first question."""
    found = {}
    for name in ("check", "field", "fingerprint"):
        found[name] = shown.partition(f'name="{name}" value="')[2].partition('"')[0]
    return found


def test_a_reason_is_needed_and_holds_no_number(official: User) -> None:
    made, browser = listed(h_floor_area="7"), signed_in(official)
    told = asked(page(browser, made))
    for reason in ("", "004082012345"):
        answer = browser.post(path(made, "confirm"), told | {"reason": reason}, headers={"Accept": "application/json"})
        assert answer.status_code == 409
        assert answer.json()["problems"]["reason"]
    assert not ConfirmedQuestion.objects.exists()


def test_the_forms_page_confirms_by_script(official: User) -> None:
    made, browser = listed(h_floor_area="7"), signed_in(official)
    told = asked(page(browser, made)) | {"reason": "Đo lại rồi"}
    answer = browser.post(path(made, "confirm"), told, headers={"Accept": "application/json"})
    assert answer.json() | {"at": ""} == {"confirmed": True, "by": str(official), "at": ""}


def test_who_is_gone_is_asked_about_and_told_to_the_registry(official: User) -> None:
    made, browser = listed(WIFE), signed_in(official)
    key = f"gone-{wife_of(made)}"
    assert "Lò Thị Bình có trong sổ hộ, không có trong phiếu" in page(browser, made)
    wrong = browser.post(path(made), {f"{key}-kind": "died", f"{key}-on": "31/02/2026"}).content.decode()
    assert "ngày/tháng/năm" in wrong
    early = browser.post(path(made), {f"{key}-kind": "died", f"{key}-on": "01/01/2020"}).content.decode()
    assert "05/01/2026" in early
    assert state_of(made) == State.WAITING
    browser.post(path(made), {f"{key}-kind": "died", f"{key}-on": "01/09/2026"})
    assert state_of(made) == State.DONE
    assert len(state_on(made.household_id, ON).members) == 2


def test_a_reviewer_sees_the_differences_and_hands_the_form_over() -> None:
    made, browser = listed(WIFE), signed_in(person("village_reviewer", AREAS.COMMUNE))
    SurveySheet.objects.filter(pk=made.pk).update(version=1)
    shown = page(browser, made)
    assert "Hoàn thành phiếu</button>" not in shown
    assert path(made, "hand_over") in shown
    browser.post(path(made, "hand_over"), {"remark": "Bà Bình mất ngày 01/09"})
    handed = SurveyForm.objects.get(pk=made.pk)
    assert (handed.state, handed.remark) == (State.HANDED, "Bà Bình mất ngày 01/09")


def test_a_form_with_nothing_on_it_is_not_handed_over(official: User) -> None:
    made = listed()
    answer = signed_in(official).post(path(made, "hand_over"), {"remark": ""}, follow=True)
    assert "chưa nhập gì" in answer.content.decode()
    assert state_of(made) == State.WAITING


def test_a_household_that_is_gone_is_handed_over_with_a_remark_alone() -> None:
    made, browser = listed(), signed_in(person("village_reviewer", AREAS.COMMUNE))
    browser.post(path(made, "hand_over"), {"remark": "Cả hộ đã vào Bình Dương từ tháng 8"})
    assert state_of(made) == State.HANDED
    assert "Cả hộ đã vào Bình Dương" in browser.get(path(made, "form")).content.decode()


def test_the_done_page_leads_to_the_next_form_of_the_village(official: User) -> None:
    made, other, browser = listed(), listed(s_day="06/10/2026"), signed_in(official)
    answer = browser.post(path(made), follow=True).content.decode()
    assert path(other, "form") in answer


def test_after_a_form_that_was_handed_over_the_next_such_comes(official: User) -> None:
    made, typed, handed, browser = listed(), listed(), listed(), signed_in(official)
    with on_the_record():
        SurveyForm.objects.filter(pk=handed.pk).update(state=State.HANDED)
    answer = browser.post(path(made), follow=True).content.decode()
    assert path(handed, "form") in answer
    assert path(typed, "form") not in answer


def test_last_year_by_script_and_by_plain_form(official: User) -> None:
    made, browser = listed(), signed_in(official)
    told = browser.post(path(made, "last_year"), headers={"Accept": "application/json"}).json()
    assert told == {"taken": 0}
    assert browser.post(path(made, "last_year"))["Location"] == path(made, "form")


def test_the_page_of_a_whole_household_costs_few_queries(official: User, django_assert_max_num_queries: Any) -> None:
    made, browser = listed(), signed_in(official)
    page(browser, made)
    with django_assert_max_num_queries(15):
        page(browser, made)
