"""What pages and slips tell of a finished form is what was kept; of one that went back nothing counts."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from households.criteria.models import LegalStandard
from households.registry.models import Household
from households.surveys.classification import classify_form
from households.surveys.form_models import State, SurveyForm, SurveySheet
from households.surveys.forms.finishing import finish_form
from households.surveys.forms.steps import return_form
from povertyportal.core.accounts import system_user
from tests.access.people import AREAS, NATION, person, signed_in
from tests.people import on_the_record
from tests.reading import seen, words
from tests.registry.people import household, member, person_of
from tests.surveys.families import AT, answers_of, family, filled_form
from tests.surveys.filled import LAW, form
from tests.surveys.test_binding import bind, published
from tests.surveys.test_look import OLD, of_2021, old_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def official(db: None) -> Client:
    return signed_in(person("commune_official", AREAS.COMMUNE))


def finished(made: SurveyForm) -> SurveyForm:
    finish_form(form=made.pk, told={}, by=system_user(), at=AT)
    return made


def a_family() -> SurveyForm:
    with on_the_record():
        return finished(filled_form(family()))


def stopped_at_phieu_a() -> SurveyForm:
    """Five of nine, and nothing of Phiếu B."""
    an = member("Nông Văn An", "head", born=date(1980, 2, 5), sex="male", ethnicity="tay")
    with on_the_record():
        found: Household = household(members=[an])
        made = filled_form(found, 1, 2, why="request")
        asked = ("m0-name", "m0-birth", "m0-relation", "m0-sex", "m0-ethnicity", "m0-person")
        said = {name: values for name, values in answers_of(found, 1, 2).items() if name in asked}
        said |= {"s-day": ["05/10/2026"], "s-reviewer": ["Hoàng Văn Tám"], "nd07-2021:a": ["5"]}
        SurveySheet.objects.filter(pk=made.pk).update(answers=said | {"m0-person": [str(person_of(found).pk)]})
        return finished(made)


def of_a_change_over_year() -> SurveyForm:
    """Finished by the standard that closes 2021 and the one that opens 2022."""
    with on_the_record():
        points = {f"{OLD}:b1": ["130"], f"{LAW}:b1": ["160"]}
        done = {"state": State.DONE, "done_by": system_user(), "done_at": AT}
        made = form(of_2021() | points, round=old_round(), area="01399", **done)
        sheet = SurveySheet.objects.get(pk=made.pk)
        classify_form(form=made, answers=sheet.answers, version=1, by=system_user(), at=AT)
        return made


def page(browser: Client, made: SurveyForm, name: str = "finish") -> str:
    return seen(browser.get(reverse(f"surveys:{name}", args=[made.pk])))


def of_household(browser: Client, made: SurveyForm) -> str:
    return seen(browser.get(reverse("surveys:household", args=[made.household_id])))


def test_a_request_stopped_at_phieu_a_is_told_as_stopped_and_not_as_open(official: Client) -> None:
    made = stopped_at_phieu_a()
    for told in (page(official, made).lower(), of_household(official, made)):
        assert "dừng ở phiếu a" in told.lower()
        assert "chưa đủ để tính" not in told.lower()


def test_the_slip_of_each_standard_is_linked(official: Client) -> None:
    made, reader = of_a_change_over_year(), signed_in(person("commune_official", NATION))
    slip = reverse("surveys:slip", args=[made.pk])
    shown = reader.get(reverse("surveys:finish", args=[made.pk])).content.decode()
    for purpose in ("closing", "opening"):
        assert f'href="{slip}?purpose={purpose}"' in shown
        assert reader.get(slip, {"purpose": purpose}).status_code == 200
    assert "Phiếu kết quả (PDF): qd59-2015 Phiếu kết quả (PDF): nd07-2021" in words(shown)
    assert "Phiếu kết quả (PDF):" not in page(official, a_family())


def test_a_slip_is_named_by_its_standard() -> None:
    made, reader = of_a_change_over_year(), signed_in(person("commune_official", NATION))
    slip = reader.get(reverse("surveys:slip", args=[made.pk]), {"purpose": "opening"})
    assert f"ket-qua-2021-periodic-H{made.household_id}-nd07-2021.pdf" in slip["Content-Disposition"]


def test_of_a_form_with_an_answer_that_cannot_be_read_any_more_there_is_no_slip(official: Client) -> None:
    made = a_family()
    said = SurveySheet.objects.get(pk=made.pk).answers
    SurveySheet.objects.filter(pk=made.pk).update(answers=said | {"m1-studying": ["có lẽ"]})
    assert official.get(reverse("surveys:slip", args=[made.pk])).status_code == 404


def test_of_a_form_that_went_back_no_class_is_told(official: Client) -> None:
    made = a_family()
    assert "hộ cận nghèo" in of_household(official, made)
    return_form(form=made.pk, remark="Xem lại diện tích nhà ở", by=system_user(), at=AT)
    assert "nd07-2021" not in of_household(official, made)


def test_the_slip_is_refused_when_the_points_are_no_longer_those_that_were_kept(official: Client) -> None:
    made = a_family()
    path = reverse("surveys:slip", args=[made.pk])
    assert official.get(path).status_code == 200
    sheet = SurveySheet.objects.get(pk=made.pk)
    SurveySheet.objects.filter(pk=made.pk).update(answers=sheet.answers | {"nd07-2021:b1": ["125"]})
    assert official.get(path).status_code == 404


def test_a_standard_bound_later_has_no_result_of_what_was_finished_and_the_pages_say_so(official: Client) -> None:
    made, leader = a_family(), signed_in(person("commune_leader", AREAS.COMMUNE))
    decree: LegalStandard = published()
    assert "1 phiếu của đợt đã hoàn thành" in seen(leader.get(reverse("rounds:bind", args=[made.round_id])))
    assert "chưa có kết quả theo chuẩn" not in page(official, made)
    bind(made.round, decree)
    assert "chưa có kết quả theo chuẩn chuan-2027" in page(official, made)
    return_form(form=made.pk, remark="Hỏi thêm cho chuẩn mới", by=system_user(), at=AT)
    SurveySheet.objects.filter(pk=made.pk).update(
        answers=SurveySheet.objects.get(pk=made.pk).answers | {"chuan-2027:b1": ["120"]}
    )
    finished(made)
    assert "chưa có kết quả theo chuẩn" not in page(official, made)
    assert "chuan-2027" in page(official, made)
