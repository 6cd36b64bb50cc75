"""The history of a form: who wrote what, when, in the words of the form; numbers as masks."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from households.surveys.form_models import SurveyForm
from households.surveys.forms.saving import Change, save_answers
from households.web.desk.history import SAVES_A_PAGE
from povertyportal.core.clock import now
from povertyportal.core.models import User
from tests.access.people import AREAS, person, signed_in
from tests.reading import seen
from tests.surveys.filled import answers, form, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def an(db: None) -> User:
    return person("commune_official", AREAS.COMMUNE, full_name="Nông Văn An")


@pytest.fixture
def binh(db: None) -> User:
    return person("commune_official", AREAS.COMMUNE, full_name="Lục Thị Bình")


def typed(
    made: SurveyForm, by: User, name: str, before: str, after: str, *, ago: int = 0, decides: bool = False
) -> None:
    change = Change(name, (before,) if before else (), (after,) if after else (), decides)
    at = now() - timedelta(minutes=ago)
    save_answers(form=made.pk, key=uuid4(), base=0, changes=[change], by=by, at=at)


def page(by: User, made: SurveyForm, **query: str) -> str:
    answer = signed_in(by).get(reverse("surveys:history", args=[made.pk]), query)
    assert answer.status_code == 200
    return seen(answer)


def test_each_change_is_told_with_what_stood_there_before(an: User) -> None:
    made = form(answers(member(0), member(1, "Nông Thị Bé")))
    typed(made, an, "m1-birth", "05/02/1980", "2015")
    typed(made, an, "h-toilet", "septic", "")
    told = page(an, made)
    assert "Người thứ 2 (Nông Thị Bé): Ngày sinh 05/02/1980 2015" in told
    assert "(trống)" in told
    assert "septic" not in told


def test_saves_of_one_person_without_a_long_pause_are_one_sitting(an: User, binh: User) -> None:
    made = form(answers())
    for by, ago, note in ((an, 30, "một"), (an, 20, "hai"), (an, 18, "ba"), (binh, 17, "bốn")):
        typed(made, by, "s-note", {"một": "", "hai": "một", "ba": "hai", "bốn": "ba"}[note], note, ago=ago)
    told = page(an, made)
    assert (told.count("Lục Thị Bình"), told.count("Trước Sau")) == (1, 3)


def test_a_field_is_told_once_for_a_sitting_and_save_by_save_when_it_is_followed(an: User) -> None:
    made = form(answers())
    for before, after in (("", "m"), ("m", "một"), ("một", "một lần")):
        typed(made, an, "s-note", before, after)
    assert "Ghi chú của rà soát viên (trống) một lần" in page(an, made)
    assert "Ghi chú của rà soát viên m một" in page(an, made, field="s-note")


def test_a_refused_value_and_the_decision_are_both_told(an: User, binh: User) -> None:
    made = form(answers())
    typed(made, an, "h-toilet", "septic", "none")
    typed(made, binh, "h-toilet", "septic", "pit")
    typed(made, an, "h-toilet", "none", "pit", decides=True)
    told = page(an, made)
    assert "chờ quyết định: người khác đã ghi giá trị khác" in told
    assert "đã quyết định" in told


def test_numbers_are_told_by_their_last_digits(an: User) -> None:
    made = form(answers())
    typed(made, an, "m0-identity", "", "004080123456")
    told = page(an, made)
    assert "•••••••••456" in told
    assert "004080123456" not in told


def test_one_field_is_followed_alone(an: User) -> None:
    made = form(answers())
    typed(made, an, "h-toilet", "septic", "none")
    typed(made, an, "s-note", "", "Nhà mới sửa")
    told = page(an, made, field="s-note")
    assert "Nhà mới sửa" in told
    assert "Tình trạng phiếu" not in told
    assert "Chưa ai ghi ô này" in page(an, made, field="h-internet")


def test_a_field_that_no_form_has_is_not_followed(an: User) -> None:
    answer = signed_in(an).get(reverse("surveys:history", args=[form().pk]), {"field": "004080123456"})
    assert answer.status_code == 400
    assert "004080123456" not in answer.content.decode()


def test_a_form_on_which_nobody_wrote_says_so(an: User) -> None:
    told = page(an, form(answers()))
    assert "Chưa ai ghi gì vào phiếu" in told
    assert "Lý do: Phiếu cho phép thử" in told


def test_a_row_that_was_removed_is_still_told(an: User) -> None:
    made = form(answers())
    typed(made, an, "m1760000000-name", "", "Lý Văn Tạm")
    typed(made, an, "m1760000000-name", "Lý Văn Tạm", "")
    assert "Dòng đã xóa: Họ và tên" in page(an, made)


@pytest.mark.parametrize("size", [3, 150])
def test_the_page_stays_small_and_cheap(an: User, size: int, django_assert_max_num_queries: Any) -> None:
    made, browser = form(answers()), signed_in(an)
    for number in range(size):
        typed(made, an, "s-note", f"lần {number}" if number else "", f"lần {number + 1}")
    for number in ("1", "2"):
        with django_assert_max_num_queries(15):
            answer = browser.get(reverse("surveys:history", args=[made.pk]), {"page": number})
        assert len(answer.content) < 100_000


def test_an_older_page_tells_the_older_saves_alone(an: User) -> None:
    made = form(answers())
    for number in range(SAVES_A_PAGE + 1):
        typed(made, an, "s-note", f"lần {number}" if number else "", f"lần {number + 1}")
    first, second = page(an, made), page(an, made, page="2")
    assert "Ghi chú của rà soát viên lần 1 lần 101" in first
    assert "Ghi chú của rà soát viên (trống) lần 1" in second
    assert ("Tình trạng phiếu" in first, "Tình trạng phiếu" in second) == (True, False)
