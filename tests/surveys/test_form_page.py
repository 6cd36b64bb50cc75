"""The page of a form: what it brings along, for whom, and how heavy it is."""

import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from households.surveys.form_models import State, SurveyForm
from households.web.desk.beside import beside
from povertyportal.core.history import acting
from tests.access.people import AREAS, person, signed_in
from tests.reading import seen
from tests.surveys.filled import AT, answers, form, member

pytestmark = pytest.mark.django_db
LARGEST, MOST_QUERIES = 100_000, 15


def data_of(page: Any) -> dict[str, Any]:
    found = re.search(
        r'<script id="desk-data" type="application/json">(.*?)</script>', page.content.decode(), re.DOTALL
    )
    assert found
    told: dict[str, Any] = json.loads(found[1])
    return told


def official() -> Client:
    return signed_in(person("commune_official", AREAS.COMMUNE))


def test_the_page_brings_the_roster_the_law_and_what_is_left_to_do() -> None:
    one = form(answers(member(0, name="Nông Văn Sơn", health_insurance="")))
    page = official().get(f"/surveys/{one.pk}/")
    assert "Hộ Nông Văn Sơn" in seen(page)
    told = data_of(page)
    assert told["answers"]["m0-name"] == ["Nông Văn Sơn"]
    assert {column["name"]: column["ages"] for column in told["columns"]}["work"] == [[15, None]]
    assert 'href="#id_m0-health_insurance"' in page.content.decode()


def test_an_empty_field_that_must_be_filled_waits_without_being_a_fault() -> None:
    said = beside(form({"m0-name": ["Nông Văn An"]}), {"m0-name": ["Nông Văn An"]}).findings
    assert {one["strength"] for one in said["m0-relation"]} == {"todo"}
    wrong = {"m0-name": ["Nông Văn An"], "m0-birth": ["31/02/1980"]}
    assert "error" in {one["strength"] for one in beside(form(wrong), wrong).findings["m0-birth"]}


def test_who_only_reads_gets_fields_that_cannot_be_changed() -> None:
    one = form(answers())
    page = signed_in(person("province_reviewer", AREAS.PROVINCE)).get(f"/surveys/{one.pk}/")
    assert "data-only-read" in page.content.decode()
    assert "Hoàn thành" not in seen(page)


def test_a_finished_form_is_only_shown() -> None:
    one = form(answers())
    with acting(by=one.listed_by, reason="phép thử"):
        SurveyForm.objects.filter(pk=one.pk).update(state=State.DONE, done_by=one.listed_by, done_at=AT)
    page = official().get(f"/surveys/{one.pk}/")
    assert "Phiếu này chỉ để xem: đã xong" in seen(page)


def test_why_a_form_was_sent_back_stands_above_it() -> None:
    one = form(answers(), state=State.RETURNED, remark="Thiếu ông Sơn", returned_at=AT)
    assert "Phiếu bị trả lại: Thiếu ông Sơn" in seen(official().get(f"/surveys/{one.pk}/"))


def test_a_large_household_is_no_heavy_page() -> None:
    """Thirty people, most of whom give rise to a question."""
    letters = "ABCDĐEGHIKLMNOPQRSTUVXYÂĂÊÔƠƯẢẠẤẦẨẬẮẰẲẶẸẺẾỀ"
    rows = [
        member(index, name=f"Nguyễn Thị Hoàng Bích Ngọc {letters[index]}à", birth=f"05/02/{1980 + index // 2}")
        for index in range(30)
    ]
    one, client = form(answers(*rows)), official()
    client.get(f"/surveys/{one.pk}/")
    with CaptureQueriesContext(connection) as asked:
        page = client.get(f"/surveys/{one.pk}/")
    assert len(page.content) < LARGEST
    assert len(asked) <= MOST_QUERIES, [one["sql"][:90] for one in asked]
