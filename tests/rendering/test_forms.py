"""HTML, PDF and JSON of one report say the same."""

import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from io import BytesIO

import pytest
from pypdf import PdfReader

from reports.rendering import render_html, render_json, render_pdf
from reports.rendering.numbers import numbers_of
from reports.tables import Cell, Missing, Section
from tests.rendering.reading import html_text, ids_and_targets, pdf_text, tags_of
from tests.rendering.sample import FINDINGS, REPORT, WIDE

FORMS: dict[str, Callable[[], str]] = {
    "html": cache(lambda: html_text(render_html(REPORT, FINDINGS))),
    "pdf": cache(lambda: pdf_text(render_pdf(REPORT))),
    "json": cache(lambda: render_json(REPORT, FINDINGS)),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_number_stands_in_every_form_in_the_same_words(form: str) -> None:
    text = FORMS[form]()
    missing = {number.text for _, number in numbers_of(REPORT)} - {
        n.text for _, n in numbers_of(REPORT) if n.text in text
    }
    assert not missing


@pytest.mark.parametrize("form", FORMS)
def test_every_sentence_stands_in_every_form(form: str) -> None:
    text = FORMS[form]()
    for said in (
        "Đầu năm 2016, toàn thành phố có 991 hộ nghèo",
        "gần 234 tỷ đồng",
        "của Ủy ban nhân dân thành phố Hạ Long./.",
    ):
        assert said in text


@pytest.mark.parametrize("form", ["html", "pdf"])
def test_a_heading_has_the_same_number_on_the_screen_and_on_paper(form: str) -> None:
    text = FORMS[form]().lower()
    for heading in ("i. kết quả thực hiện", "1. hộ nghèo, hộ cận nghèo", "2. kinh phí"):
        assert heading in text


def test_a_heading_without_data_is_marked_on_the_screen_and_left_out_of_the_pdf() -> None:
    screen, paper = FORMS["html"](), FORMS["pdf"]()
    assert "Thuận lợi" in screen
    assert "Chưa có nội dung do địa phương nhập" in screen
    for left_out in ("Thuận lợi", "Hỗ trợ pháp lý", "ĐẶC ĐIỂM TÌNH HÌNH", "Chưa có"):
        assert left_out not in paper


def test_a_heading_without_data_has_no_number_anywhere() -> None:
    sections = json.loads(FORMS["json"]())["sections"]
    assert [(one["number"], one["title"], one["printed"]) for one in sections] == [
        (None, "Đặc điểm tình hình", False),
        ("I.", "Kết quả thực hiện", True),
    ]


def test_every_number_on_the_screen_leads_to_a_row_of_the_page() -> None:
    ids, targets = ids_and_targets(render_html(REPORT, FINDINGS))
    assert len(ids) == len(set(ids))
    assert set(targets) <= set(ids)
    assert len(targets) >= len(list(numbers_of(REPORT)))


def test_a_derived_number_names_the_figures_it_comes_from() -> None:
    numbers = json.loads(FORMS["json"]())["numbers"]
    fall = next(one for one in numbers if one["kind"] == "difference")
    assert fall["value"] == "-929"
    assert [(key["measure"], key["period_from"]) for key in fall["keys"]] == [
        ("poor_households", "2016-01-01"),
        ("poor_households", "2020-12-31"),
    ]


def test_the_json_has_every_figure_under_its_full_key() -> None:
    figures = json.loads(FORMS["json"]())["figures"]
    assert len(figures) == len(REPORT.figures)
    assert figures[-1] == {
        "report": "",
        "area": "193",
        "boundary_on": "2020-12-29",
        "standard": "",
        "programme": "",
        "measure": "income_against_plan",
        "period_from": "2016-01-01",
        "period_to": "2020-12-31",
        "value": "1.15",
        "upper": "1.2",
        "unit": "lần",
        "qualifier": "range",
        "published": "1.15-1.2",
        "note": "",
    }


def test_the_json_has_the_findings() -> None:
    findings = json.loads(FORMS["json"]())["findings"]
    assert [(one["check"], one["severity"]) for one in findings] == [
        ("parts_and_total", "error"),
        ("mixed_periods", "note"),
    ]


def test_a_file_that_travels_alone_asks_for_nothing() -> None:
    html = render_html(REPORT, FINDINGS)
    assert "src=" not in html
    assert "<link" not in html
    assert "<script" not in html
    assert html.count("url(") == html.count("url(data:font/ttf;base64,") == 4


def test_a_report_without_any_data_still_prints_its_head_and_end() -> None:
    empty = Section("I", "Kết quả", 1, (Missing("Chưa có số liệu"),))
    text = pdf_text(render_pdf(replace(REPORT, sections=(empty,), closing=(), appendices=(), basis=())))
    assert "BÁO CÁO" in text
    assert "./." in text
    assert "Kết quả thực hiện" in text


def test_what_people_typed_cannot_become_markup() -> None:
    nasty = Section("I", "<script>alert(1)</script>", 1, (Missing("<b>"),))
    html = render_html(replace(REPORT, sections=(nasty,)))
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_a_paper_can_be_read_aloud_headings_tables_and_charts() -> None:
    tags = tags_of(render_pdf(REPORT))
    assert {"/H1", "/H2", "/H3", "/Table", "/TH", "/P"} <= {tag for tag, _ in tags}
    assert [text for tag, text in tags if tag == "/Figure"] == [
        "Số hộ nghèo, hộ cận nghèo đầu kỳ và cuối kỳ. Hộ nghèo giảm từ 991 xuống 62, hộ cận nghèo từ 1.046 xuống 144."
    ]


def test_a_long_code_breaks_inside_its_cell_and_leaves_the_note_beside_it_room() -> None:
    code, note = "chi_tieu_tong_hop_theo_bieu_mau_kem_theo_cong_van_so_" * 2, "Ghi chú của cơ quan công bố. " * 12
    rows = tuple((*row[:1], Cell(code), *row[2:6], Cell(note)) for row in WIDE.rows[:12])
    pages = PdfReader(BytesIO(render_pdf(replace(REPORT, sections=(), appendices=(replace(WIDE, rows=rows),))))).pages
    assert len(pages) <= 7
    assert code in "".join(page.extract_text() for page in pages).replace("\n", "")
