"""The papers' addresses: of one's own commune, listed by step, with few questions to the database; texts for who may."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from households.papers.review.wording.shipped import shipped_text
from households.review.superior_models import DocumentText
from povertyportal.core.clock import today
from povertyportal.records.models import DisplayRecord
from povertyportal.vietnamese import format_date
from tests.access.people import NATION, person, signed_in
from tests.papers.review.made import Made, all_made
from tests.registry.people import COMMUNE
from tests.review.ready import Case, ready

pytestmark = pytest.mark.django_db
FOREIGN = "06688"
SOON = today() + timedelta(days=9)


@pytest.fixture
def official() -> Client:
    return signed_in(person("commune_official", COMMUNE))


def keys(made: Made) -> dict[str, int]:
    return {
        "form_01": made.intake.pk, "form_04": made.intake.pk, "receipt": made.intake.pk, "list_i": made.dossier.pk,
        "list_vi": made.dossier.pk, "minutes_before": made.dossier.pk, "minutes": made.meeting.pk,
        "posting": made.posting.pk, "complaint_receipt": made.complaint.pk, "complaint_answer": made.complaint.pk,
        "opinion_request": made.opinion.pk, "opinion_reply": made.opinion.pk, "decision": made.recognised.pk,
        "certificate": made.certificates[0].pk, "refusal": made.refusal.pk, "subject_answer": made.request.pk,
        "subject_data": made.request.pk,
    }  # fmt: skip


def test_every_paper_is_for_its_own_commune_alone(official: Client) -> None:
    made = all_made()
    foreign = signed_in(person("commune_official", FOREIGN))
    for code, key in keys(made).items():
        address = reverse("review:paper", args=[code, key])
        answer = official.get(address)
        assert answer.status_code == 200, code
        assert answer.content.startswith(b"%PDF"), code
        assert foreign.get(address).status_code == 403, code


def test_the_papers_of_a_data_subject_are_for_who_answers_him() -> None:
    made = all_made()
    auditor = signed_in(person("auditor", COMMUNE))
    assert auditor.get(reverse("review:paper", args=["posting", made.posting.pk])).status_code == 200
    assert auditor.get(reverse("review:paper", args=["subject_data", made.request.pk])).status_code == 403


def test_who_prints_a_certificate_stands_in_the_record(official: Client) -> None:
    made = all_made()
    official.get(reverse("review:paper", args=["certificate", made.certificates[0].pk]))
    row = DisplayRecord.objects.get(subject_kind="certificate")
    assert row.subject_id == str(made.certificates[0].pk)
    assert row.area_code == COMMUNE


@pytest.mark.parametrize(("code", "key"), [("khong_co", 1), ("decision", 2**31 - 1), ("form_a", 1)])
def test_what_is_no_paper_is_not_found(official: Client, code: str, key: int) -> None:
    assert official.get(reverse("review:paper", args=[code, key])).status_code == 404


@pytest.mark.parametrize("code", ["decision", "khong_co", "posting"])
def test_what_cannot_be_filled_in_by_hand_has_no_blank(official: Client, code: str) -> None:
    assert official.get(reverse("review:blank", args=[code])).status_code == 404


def test_a_blank_is_printed_by_kind(official: Client) -> None:
    answer = official.get(reverse("review:blank", args=["form_01"]), {"kind": "worker"})
    assert answer.content.startswith(b"%PDF")


def test_the_papers_are_listed_by_step_with_few_questions(official: Client) -> None:
    made = all_made()
    address = reverse("review:papers", args=[made.dossier.pk])
    official.get(address)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page = official.get(address).content.decode()
    assert len(asked) <= 15, [one["sql"][:120] for one in asked]
    for wanted in ("Phụ lục I.", "Phụ lục V.", "Phụ lục VI.", "Khiếu nại", "Quyết định 1/QĐ-UBND", "Làm cả bộ hồ sơ"):
        assert wanted in page
    assert "chưa đối chiếu với bản in" in page  # how sure the layout is


def test_of_a_dossier_that_only_begins_the_lists_and_the_blanks_are_there(official: Client) -> None:
    page = official.get(reverse("review:papers", args=[ready(Case(), voted=False, stage="survey").pk])).content.decode()
    assert "Phụ lục I." in page
    assert "Mẫu 02" not in page.split("Mẫu để trống")[0].split("Phụ lục VI.")[1]


@pytest.fixture
def nationwide() -> Client:
    return signed_in(person("administrator", NATION))


def test_an_administrator_puts_a_text_right_and_the_old_one_stays_to_be_seen(nationwide: Client) -> None:
    assert "có sẵn" in nationwide.get(reverse("review:texts")).content.decode()
    address = reverse("review:text", args=["posting"])
    told = {"body": shipped_text("posting") + "\nthêm", "valid_from": format_date(SOON), "reason": "Theo công văn"}
    assert nationwide.post(address, told).status_code == 302
    row = DocumentText.objects.get(code="posting")
    assert row.valid_from == SOON
    page = nationwide.get(address).content.decode()
    assert f"Dùng từ {format_date(SOON)}" in page
    assert "Lời văn có sẵn" in page
    for key in (row.pk, 0):
        found = nationwide.get(reverse("review:text_version", args=["posting", key]))
        assert found.content.startswith(b"%PDF")


def test_a_text_is_looked_at_on_paper_before_it_is_kept(nationwide: Client) -> None:
    address = reverse("review:text", args=["posting"])
    told = {"body": shipped_text("posting") + "\nthêm", "valid_from": format_date(SOON), "look": "1"}
    assert nationwide.post(address, told).content.startswith(b"%PDF")
    assert not DocumentText.objects.exists()
    page = nationwide.post(address, told | {"body": "{{ sai }}"}).content.decode()
    assert "không có trường “sai”" in page


def test_a_wrong_text_is_answered_with_what_is_wrong(nationwide: Client) -> None:
    told = {"body": shipped_text("posting"), "valid_from": format_date(SOON), "reason": ""}
    page = nationwide.post(reverse("review:text", args=["posting"]), told).content.decode()
    assert "Hãy ghi vì sao sửa" in page
    assert "chưa khác bản đang dùng" in page


def test_an_administrator_of_a_commune_reads_the_texts_and_changes_none() -> None:
    client = signed_in(person("administrator", COMMUNE))
    address = reverse("review:text", args=["posting"])
    assert "Lưu lời văn mới" not in client.get(address).content.decode()
    told = {"body": shipped_text("posting") + "\nthêm", "valid_from": format_date(SOON), "reason": "Sửa"}
    assert client.post(address, told).status_code == 403
    assert client.get(reverse("review:text", args=["khong-co"])).status_code == 404


def test_a_text_with_faults_is_shown_again_with_its_history_and_nothing_more_is_offered(official: Client) -> None:
    told = {"body": "Tên loại: Thông báo", "valid_from": format_date(SOON), "look": "1"}
    address = reverse("review:text", args=["posting"])
    page = signed_in(person("administrator", COMMUNE)).post(address, told).content.decode()
    assert "Thiếu {{ danh_sach }}" in page
    assert "Lời văn có sẵn" in page
    assert "Lưu lời văn mới" not in page
    assert official.post(address, told).status_code == 403
