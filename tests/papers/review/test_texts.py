"""What the papers say can be put right, with its day and reason; a text that leaves out what the paper is for is refused."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from households.papers.review.preview import preview_pdf
from households.papers.review.wording.checking import faults
from households.papers.review.wording.known import TEXTS
from households.papers.review.wording.parsing import DOTS, filled, marked_up, parse
from households.papers.review.wording.shipped import FOLDER, shipped_text
from households.papers.review.wording.stored import save_text, text_of
from households.review.refusals import ReviewRefusedError
from households.review.superior_models import DocumentText
from povertyportal.core.accounts import system_user
from tests.access.people import person
from tests.registry.people import COMMUNE
from tests.rendering.reading import pdf_text

AT = datetime(2026, 11, 20, 3, tzinfo=UTC)
DAY = date(2026, 11, 20)


@pytest.mark.parametrize("code", TEXTS)
def test_every_shipped_text_may_be_used(code: str) -> None:
    assert faults(TEXTS[code], shipped_text(code)) == []


def test_no_text_is_shipped_that_no_paper_uses() -> None:
    assert {one.stem for one in FOLDER.glob("*.txt")} == set(TEXTS)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda body: body + "\n{{ so_dinh_danh }}", "không có trường “so_dinh_danh”"),
        (lambda body: body.replace("{{ danh_sach }}", ""), "Thiếu {{ danh_sach }}"),
        (lambda body: body.replace("{{ danh_sach }}", "Danh sách: {{ danh_sach }}"), "là một bảng: để nó một mình"),
        (lambda body: body + "\n{% load i18n %}", "không phải là tên trường"),
        (lambda body: body + "\n{{ xa|safe }}", "“{{ xa|safe }}” không phải là tên trường"),
        (lambda body: body + "\n**đậm", "Số dấu ** lẻ"),
        (lambda body: "Người in: ai đó\n" + body, "không hiểu dòng “Người in: ai đó”"),
        (lambda body: body.replace("Tên loại: Thông báo\n", ""), "phải có dòng “Tên loại:”"),
        (lambda body: body + "x" * 20_000, "dài quá 20.000 ký tự"),
    ],
)
def test_a_text_that_cannot_be_printed_is_told_what_is_wrong(change: Any, told: str) -> None:
    assert told in " ".join(faults(TEXTS["posting"], change(shipped_text("posting"))))


def test_what_stands_in_a_field_is_never_read_as_a_text() -> None:
    values = {"a": "<b>{{ b }} **x**", "b": None, "c": ""}
    assert filled("{{ a }} và {{ b }}, {{ c }}", values) == "<b>{{ b }} **x** và, " + DOTS
    assert marked_up("**{{ a }}** & x", values) == "<strong>&lt;b&gt;{{ b }} **x**</strong> &amp; x"


def test_a_text_without_a_head_is_all_body() -> None:
    assert [line.text for line in parse("một\n\nhai", frozenset()).lines] == ["một", "hai"]


@pytest.mark.django_db
def test_a_text_put_right_counts_from_its_day() -> None:
    body = shipped_text("posting").replace("niêm yết công khai", "công bố")
    save_text(code="posting", body=body, valid_from=date(2026, 12, 1), reason="Theo công văn", by=system_user(), at=AT)
    assert text_of("posting", DAY).row is None
    used = text_of("posting", date(2026, 12, 1))
    assert "công bố" in used.body
    assert used.version == "lời văn sửa, dùng từ 01/12/2026"


@pytest.mark.django_db
def test_what_was_issued_keeps_the_text_of_its_day() -> None:
    body = f"{shipped_text('posting')}\nthêm"
    with pytest.raises(ReviewRefusedError, match="Lời văn mới dùng từ hôm nay trở đi"):
        save_text(code="posting", body=body, valid_from=date(2026, 11, 19), reason="Sửa", by=system_user(), at=AT)


@pytest.mark.django_db
def test_the_later_of_two_texts_of_a_day_counts() -> None:
    for turn in ("một", "hai"):
        body = f"{shipped_text('posting')}\nlần {turn}"
        save_text(code="posting", body=body, valid_from=DAY, reason="Sửa", by=system_user(), at=AT)
    assert text_of("posting", DAY).body.endswith("lần hai")
    assert DocumentText.objects.filter(code="posting").count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "reason", "told"),
    [
        ("Tên loại: Thông báo\n---\nkhông có gì", "Sửa", "Thiếu {{ danh_sach }}"),
        (shipped_text("posting"), "Sửa", "chưa khác bản đang dùng"),
        (f"{shipped_text('posting')}\nthêm", " ", "Hãy ghi vì sao sửa"),
        (f"{shipped_text('posting')}\nthêm", "x" * 401, "Dài quá 400 ký tự"),
    ],
)
def test_a_text_is_kept_for_a_reason_and_only_whole(body: str, reason: str, told: str) -> None:
    with pytest.raises(ReviewRefusedError, match=told):
        save_text(code="posting", body=body, valid_from=DAY, reason=reason, by=system_user(), at=AT)
    assert not DocumentText.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "area"), [("administrator", COMMUNE), ("commune_leader", COMMUNE)])
def test_a_text_of_all_communes_is_not_changed_by_one(role: str, area: str) -> None:
    body = f"{shipped_text('posting')}\nthêm"
    with pytest.raises(PermissionDenied):
        save_text(code="posting", body=body, valid_from=DAY, reason="Sửa", by=person(role, area), at=AT)


@pytest.mark.django_db
def test_a_text_is_looked_at_with_the_examples_of_its_fields() -> None:
    told = pdf_text(preview_pdf("posting", None, on=DAY))
    assert "Xem trước" in told
    assert "xã Trường Hà" in told
    assert "đến hết ngày 17 tháng 11 năm 2026" in told
