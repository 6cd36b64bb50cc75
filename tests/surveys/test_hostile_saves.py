"""What no page sends and somebody may: it is refused or stored as what it is, and never breaks anything."""

import pytest

from households.surveys.form_models import ConfirmedQuestion, State, SurveyForm, SurveySheet
from households.surveys.forms import refusing
from povertyportal.core.models import User
from tests.access.people import AREAS, person, signed_in
from tests.surveys.filled import answers, form, member
from tests.surveys.test_finish_pages import asked, listed, page, path
from tests.surveys.test_saving_answers import change, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def an(db: None) -> User:
    return person("commune_official", AREAS.COMMUNE)


@pytest.mark.parametrize("name", ["y-079080123456", "nd07-2021:a-079080123456", "m٣-name", "m0-name\n"])
def test_a_name_that_is_no_field_is_not_stored(an: User, name: str) -> None:
    made = form(answers(member(0)))
    answer = save(signed_in(an), made, change(name, "1"))
    assert answer.status_code == 409
    assert "079080123456" not in answer.content.decode()
    assert name not in SurveySheet.objects.get(pk=made.pk).answers


def test_a_form_does_not_grow_for_ever(an: User, monkeypatch: pytest.MonkeyPatch) -> None:
    said = answers(member(0))
    made, browser = form(said), signed_in(an)
    monkeypatch.setattr(refusing, "MOST_FIELDS", len(said))
    assert save(browser, made, change("y-more", "1")).status_code == 409
    assert save(browser, made, change("h-toilet", "none", "septic")).status_code == 200


def test_a_character_that_cannot_be_stored_is_left_out_of_reasons(an: User) -> None:
    made, browser = listed(h_floor_area="7"), signed_in(an)
    browser.post(path(made, "confirm"), asked(page(browser, made)) | {"reason": "Đo\0 cùng trưởng xóm"})
    assert ConfirmedQuestion.objects.get().reason == "Đo cùng trưởng xóm"
    save(browser, made, change("s-note", "đã hỏi"))
    browser.post(path(made, "hand_over"), {"remark": "Chờ\0 giấy"})
    handed = SurveyForm.objects.get(pk=made.pk)
    assert (handed.state, handed.remark) == (State.HANDED, "Chờ giấy")
