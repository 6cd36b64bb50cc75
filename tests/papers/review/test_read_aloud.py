"""Who reads with his ears gets every paper: short ones are tagged, a long list names the Excel file that holds it."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import load_workbook

from households.papers.review.layout.setting import set_pdf
from households.papers.review.layout.workbook import workbook
from households.papers.review.lists import list_vi
from households.papers.review.pdfs import pdf_of, xlsx_of
from tests.access.people import person, signed_in
from tests.papers.review.made import Made, all_made
from tests.papers.review.test_papers import DAY
from tests.registry.people import COMMUNE
from tests.rendering.reading import pdf_text, tags_of
from tests.review.ready import Case, ready

Asked = dict[str, Any]
SHORT: list[tuple[str, Callable[[Made], Asked]]] = [
    ("form_01", lambda made: {"intake": made.intake, "on": DAY}),
    ("form_04", lambda _made: {"on": DAY}),
    ("receipt", lambda made: {"intake": made.intake}),
    ("list_i", lambda made: {"dossier": made.dossier, "village": made.parts[0].area_code, "on": DAY}),
    ("minutes", lambda made: {"meeting": made.meeting}),
    ("posting", lambda made: {"posting": made.posting}),
    ("complaint_receipt", lambda made: {"complaint": made.complaint}),
    ("complaint_answer", lambda made: {"complaint": made.complaint}),
    ("list_vi", lambda made: {"dossier": made.dossier, "on": DAY}),
    ("opinion_request", lambda made: {"opinion": made.opinion}),
    ("opinion_reply", lambda made: {"opinion": made.opinion}),
    ("decision", lambda made: {"decision": made.recognised}),
    ("certificate", lambda made: {"certificate": made.certificates[0], "tagged": True}),
    ("refusal", lambda made: {"refusal": made.refusal}),
    ("subject_answer", lambda made: {"request": made.request}),
    ("subject_data", lambda made: {"request": made.request, "on": DAY}),
]


@pytest.mark.parametrize(("code", "what"), SHORT, ids=[code for code, _what in SHORT])
def test_a_short_paper_is_tagged_titled_and_in_vietnamese(
    made: Made, django_db_blocker: Any, code: str, what: Callable[[Made], Asked]
) -> None:
    with django_db_blocker.unblock():
        content = pdf_of(code, **what(made))
    tags = [tag for tag, _alt in tags_of(content)]
    with pikepdf.open(BytesIO(content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang).startswith("vi")
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        with pdf.open_metadata() as told:
            assert told["pdfuaid:part"] == "1"
            assert told["dc:title"]
    assert "/TH" in tags or "/Table" not in tags
    assert tags.count("/Table") == 0 or tags.count("/TH") > tags.count("/Table")


def test_the_tagged_certificate_says_the_same_as_the_printed_one(made: Made, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        printed, tagged = (pdf_of("certificate", certificate=made.certificates[0], tagged=one) for one in (False, True))
    assert sorted(pdf_text(printed).casefold().split()) == sorted(pdf_text(tagged).casefold().split())


def sheets_of(content: bytes) -> dict[str, list[list[str]]]:
    book = load_workbook(BytesIO(content))
    sheets = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    return {name: [[str(cell) for cell in row] for row in rows] for name, rows in sheets.items()}


def test_the_file_of_a_decision_holds_its_text_and_every_cell_of_its_list(made: Made, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        name, content = xlsx_of("decision", decision=made.recognised)
        lines = made.lines(made.recognised)
    sheets = sheets_of(content)
    assert name == "quyet-dinh-1-qd-ubnd.xlsx"
    assert list(sheets) == ["Văn bản", "Danh sách"]
    text = "\n".join(row[0] for row in sheets["Văn bản"])
    for wanted in (
        "Số: 1/QĐ-UBND",
        "Điều 1. Công nhận danh sách 02 hộ nghèo",
        "Chủ tịch, Nông Văn Chủ",
        "“Danh sách”, 4",
    ):
        assert wanted in text
    assert "**" not in text
    assert sheets["Danh sách"][0] == ["TT", "Họ và tên chủ hộ", "Thôn, tổ dân phố", "Dân tộc", "Số khẩu", "Phân loại"]
    assert [row[1] for row in sheets["Danh sách"][1:]] == [one.head for one in lines]


@pytest.mark.django_db
def test_a_long_list_has_no_tags_and_names_the_file_that_holds_it() -> None:
    document = list_vi(ready(Case("not_poor", "poor"), *(Case(name="=1+1") for _turn in range(301))), on=DAY)
    content = set_pdf(document)
    with pikepdf.open(BytesIO(content)) as pdf:
        assert "/MarkInfo" not in pdf.Root
        assert str(pdf.Root.Lang) == "vi-VN"
    assert "danh-sach-ho-ngheo-ho-can-ngheo-sau-ra-soat" in document.file_name
    assert f"bản đọc được là tệp Excel {document.file_name}" in pdf_text(content)
    sheets = sheets_of(workbook(document))
    assert list(sheets) == ["Văn bản", "Danh sách 1", "Danh sách 2"]
    assert [len(rows) for rows in sheets.values()][1:] == [302, 2]
    assert sheets["Danh sách 1"][1][1] == "=1+1"  # text, no formula


def test_a_short_list_does_not_name_a_file(made: Made, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        assert "Excel" not in pdf_text(pdf_of("list_vi", dossier=made.dossier, on=DAY))


@pytest.mark.django_db
def test_the_file_lies_beside_the_paper_and_is_of_its_own_commune() -> None:
    own = all_made()
    official, foreign = (signed_in(person("commune_official", one, username=f"cb-{one}")) for one in (COMMUNE, "06688"))
    page = official.get(reverse("review:papers", args=[own.dossier.pk])).content.decode()
    for code, key in (("decision", own.recognised.pk), ("list_vi", own.dossier.pk), ("minutes", own.meeting.pk)):
        address = reverse("review:paper_sheet", args=[code, key])
        assert (address in page) == (code != "minutes")  # that one: on the village's page
        assert _fetched(official, address)["Content-Disposition"].endswith('.xlsx"')
        assert foreign.get(address).status_code == 403
    assert official.get(reverse("review:paper_sheet", args=["refusal", own.refusal.pk])).status_code == 404
    assert official.get(reverse("review:paper_sheet", args=["decision", 2**31 - 1])).status_code == 404
    address = reverse("review:certificates", args=[own.dossier.pk])
    assert "?tagged=1" in official.get(address).content.decode()


def _fetched(client: Client, address: str) -> Any:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.content.startswith(b"PK")
    return answer
