"""Blank forms: what the standard's document says is on the paper, and nothing that it does not say."""

from dataclasses import replace
from functools import cache
from io import BytesIO

import pytest
from pypdf import PdfReader

from households.criteria.b1.shelf import demonstration
from households.criteria.law.parts import AreaType
from households.criteria.law.shelf import shipped, standard
from households.criteria.rule_words import income_words
from households.papers.blanks import FormRefusedError, blank_form, forms_of
from tests.rendering.reading import pdf_text, tags_of

CODES = ("nd07-2021", "qd59-2015")
FORMS = ("a", "b", "viii")


@cache
def blank(form: str, code: str, variant: str = "") -> bytes:
    """Printed once for all tests that read it."""
    return blank_form(form, standard(code), variant=variant)


def pages(pdf: bytes) -> list[str]:
    return [" ".join(page.extract_text().replace("\u00a0", " ").split()) for page in PdfReader(BytesIO(pdf)).pages]


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("form", FORMS)
def test_a_form_is_a_tagged_paper_in_vietnamese_that_names_its_document(code: str, form: str) -> None:
    pdf = blank(form, code)
    root = PdfReader(BytesIO(pdf)).trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("vi", True)
    assert b"pdfuaid" in root["/Metadata"].get_data()
    assert {"/Table", "/TH", "/H1"} <= {kind for kind, _ in tags_of(pdf)}
    assert all(f"{code}, phiên bản 1, mã kiểm {standard(code).digest[:12]}" in page for page in pages(pdf))


@pytest.mark.parametrize("code", CODES)
def test_phieu_a_has_a_column_a_criterion_on_both_sides_of_one_sheet(code: str) -> None:
    sheet = standard(code).sheet_a
    assert sheet
    found = pages(blank("a", code))
    assert len(found) == 2
    for page in found:
        assert "Họ và tên chủ hộ" in page
        assert f"Dưới {sheet.stop_at}: đưa vào danh sách rà soát" in page
        assert all(item.code in page and item.text in page for item in sheet.items)
    assert "Rà soát viên" in found[-1]


@pytest.mark.parametrize("code", CODES)
def test_phieu_b_prints_every_indicator_with_the_words_of_the_law_and_its_points(code: str) -> None:
    text = pdf_text(blank("b", code))
    for indicator in standard(code).indicators:
        assert indicator.name in text
        assert " ".join(indicator.text.split()) in text
    assert f"Tổng điểm B2 {10 * len(standard(code).indicators)}" in text
    assert "Đại diện hộ gia đình" in text


def test_phieu_b_asks_what_the_tests_read_and_nothing_else() -> None:
    now, before = (pdf_text(blank("b", code)) for code in CODES)
    assert "Hưởng trợ cấp xã hội hằng tháng" in now
    assert "Hưởng trợ cấp xã hội hằng tháng" not in before
    assert "Nghe được hệ thống loa đài" in before
    assert "Nghe được hệ thống loa đài" not in now


def test_a_rule_that_is_not_sure_is_not_printed() -> None:
    text = pdf_text(blank("b", "qd59-2015"))
    assert "nông thôn: 120 < B1 ≤ 150, B2 ≥ 30; thành thị: 140 < B1 ≤ 175, B2 ≥ 30" in text
    assert "mức sống trung bình" not in text


def test_with_a_region_only_its_cut_offs_are_printed() -> None:
    text = pdf_text(blank("b", "nd07-2021", "urb"))
    assert "thành thị: B1 ≤ 175, B2 ≥ 30" in text
    assert "140" not in text


def test_an_amount_that_changes_by_year_is_printed_with_its_years() -> None:
    city, nation = standard("tphcm-2021"), standard("nd07-2021")
    assert city.rules[0].income
    assert income_words(city, city.rules[0].income, AreaType.RURAL) == (
        "thu nhập ≤ 36.000.000 (năm 2021–2024), thu nhập ≤ 46.000.000 (năm 2025)"
    )
    text = pdf_text(blank_form("b", replace(city, dimensions=nation.dimensions, indicators=nation.indicators)))
    assert "36.000.000 < thu nhập ≤ 46.000.000 (năm 2021–2024), 46.000.000 < thu nhập ≤ 54.000.000 (năm 2025)" in text


def test_the_bounds_of_the_income_survey_that_change_by_year_are_printed_with_their_years() -> None:
    law = standard("nd07-2021")
    assert law.income_survey
    raised = [
        replace(line, rural=line.rural + 1, first=2025, last=2030) for line in law.lines if line.code == "average"
    ]
    before = [replace(line, first=2020, last=2024) if line.code == "average" else line for line in law.lines]
    text = pdf_text(blank_form("viii", replace(law, lines=(*before, *raised)), variant="nmm"))
    assert "trên 1.500.000 đến 2.250.000 đồng/người/tháng (năm 2021–2024)" in text
    assert "trên 1.500.000 đến 2.250.001 đồng/người/tháng (năm 2025–2026)" in text


def test_without_a_table_in_force_the_total_of_b1_is_written_by_hand() -> None:
    assert "Tổng điểm B1 (cộng theo bảng điểm của khu vực)" in pdf_text(blank("b", "nd07-2021"))


def test_points_of_a_table_that_is_not_official_are_said_to_be_so() -> None:
    table = demonstration("qd59-2015")
    text = pdf_text(blank_form("b", standard("qd59-2015"), variant="nmm", table=table))
    assert "Bảng điểm minh họa, không dùng để rà soát" in text
    assert "1 người (75 điểm)" in text
    assert "Tổng điểm B1 (cộng theo" not in text


def test_phu_luc_viii_states_the_bounds_of_its_results() -> None:
    text = pdf_text(blank("viii", "nd07-2021"))
    assert "nông thôn: trên 1.500.000 đến 2.250.000 đồng/người/tháng" in text
    assert "thành thị: từ 3.000.000 trở xuống đồng/người/tháng" in text
    survey = standard("nd07-2021").income_survey
    assert survey
    assert all(source.name in text for source in survey.sources)


def test_a_standard_offers_the_forms_it_has() -> None:
    offered = {one.code: "".join(form.code[0] for form in forms_of(one)) for one in shipped()}
    assert offered["qd09-2011"] == ""
    assert offered["nd07-2021"] == offered["qd59-2015"] == "abv"
    assert offered["dongnai-2022"] == "b"


def test_an_income_survey_that_decides_nothing_is_no_form() -> None:
    with pytest.raises(FormRefusedError, match="không có Phụ lục VIII"):
        blank("viii", "tphcm-2021")


def test_the_income_survey_is_called_an_annex_only_where_the_texts_have_it_as_one() -> None:
    now, before = (pdf_text(blank("viii", code)) for code in CODES)
    assert "(Phụ lục VIII Thông tư 07/2021/TT-BLĐTBXH)" in now
    assert "PHIẾU THU NHẬP" in before.upper()
    assert "Phụ lục VIII".upper() not in before.upper()
    assert "chưa tìm được" in next(one for one in forms_of(standard("qd59-2015")) if one.code == "viii").note


def test_a_local_standard_without_points_asks_for_the_income() -> None:
    text = pdf_text(blank("b", "dongnai-2022"))
    assert "Thu nhập bình quân một người một tháng (đồng)" in text
    assert "Tổng điểm B1" not in text


@pytest.mark.parametrize(
    ("form", "code", "variant", "said"),
    [
        ("b", "qd09-2011", "", "không có Phiếu B"),
        ("xyz", "nd07-2021", "", "không có phiếu “xyz”"),
        ("b", "nd07-2021", "north", "rrd, nmm, ncc"),
    ],
)
def test_a_form_that_cannot_be_made_says_why(form: str, code: str, variant: str, said: str) -> None:
    with pytest.raises(FormRefusedError, match=said):
        blank_form(form, standard(code), variant=variant)
