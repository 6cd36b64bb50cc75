"""The fixed lines of a document, as Decree 30/2020 writes them."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from povertyportal.documents import wording
from tests.documents.pages import HEAD


@pytest.mark.parametrize(("number", "line"), [(5, "05/BC-UBND"), (12, "12/BC-UBND"), (None, "......./BC-UBND")])
def test_a_document_number_below_ten_has_a_leading_zero_and_a_missing_one_a_blank(number: int, line: str) -> None:
    assert wording.reference(replace(HEAD, number=number)) == line


def test_an_undated_document_leaves_the_day_to_be_filled_by_hand() -> None:
    assert wording.date_line(HEAD) == "ngày ..... tháng ..... năm ........"
    assert wording.date_line(replace(HEAD, signed_on=date(2021, 2, 5))) == "ngày 05 tháng 02 năm 2021"


def test_recipients_end_with_semicolons_and_the_archive_line_with_a_full_stop() -> None:
    expected = ["- Như trên;", "- Thường trực Huyện ủy;", "- Lưu: VT, LĐTBXH."]
    assert wording.recipient_lines(HEAD) == expected
    assert wording.recipient_lines(replace(HEAD, recipients=())) == []


def test_one_appendix_has_no_numeral_and_several_have_roman_ones() -> None:
    assert wording.appendix_label(1, 1) == "Phụ lục"
    assert [wording.appendix_label(n, 4) for n in (1, 4)] == ["Phụ lục I", "Phụ lục IV"]


def test_an_appendix_names_the_paper_it_belongs_to() -> None:
    signed = replace(HEAD, number=7, signed_on=date(2021, 3, 15))
    line = "(Kèm theo Báo cáo số 07/BC-UBND ngày 15 tháng 3 năm 2021 của Ủy ban nhân dân huyện Hà Quảng)"
    assert wording.attached_to(signed) == line


def test_a_body_given_in_capitals_is_left_out_of_the_appendix_line() -> None:
    capitals = replace(HEAD, kind="BÁO CÁO", issuing_body="ỦY BAN NHÂN DÂN HUYỆN HÀ QUẢNG", number=7)
    assert wording.attached_to(capitals).startswith("(Kèm theo Báo cáo số 07/BC-UBND ngày")
    assert "HUYỆN" not in wording.attached_to(capitals)


@pytest.mark.parametrize("said", ["Trên đây là báo cáo", "Trên đây là báo cáo.", "Trên đây là báo cáo./."])
def test_the_body_ends_with_the_end_mark_once(said: str) -> None:
    assert wording.end_mark(said) == "Trên đây là báo cáo./."


def test_a_body_breaks_before_its_unit_only_when_the_unit_fits_a_line() -> None:
    assert wording.body_name("Ủy ban nhân dân tỉnh Cao Bằng") == "Ủy ban nhân dân tỉnh\u00a0Cao\u00a0Bằng"
    assert wording.body_name("Sở Nông nghiệp") == "Sở Nông nghiệp"
    assert wording.body_name("") == ""
    long = "Ủy ban nhân dân xã " + "Nậm " * 8
    assert wording.body_name(long) == long


@pytest.mark.parametrize(
    ("text", "glued"),
    [
        ("có 991 hộ nghèo", "có 991~hộ nghèo"),
        ("tăng 5 %", "tăng 5~%"),
        ("giai đoạn 2016 - 2020", "giai đoạn 2016~-~2020"),
        ("từ ngày 01/01/2016", "từ ngày~01/01/2016"),
        ("theo Điều 3", "theo Điều~3"),
    ],
)
def test_a_line_never_breaks_between_a_number_and_its_unit(text: str, glued: str) -> None:
    assert wording.glue(text) == glued.replace("~", "\u00a0")


@given(st.text(alphabet="năm 2016-%hộ.,19", max_size=40))
def test_gluing_changes_blanks_only(text: str) -> None:
    assert wording.glue(text).replace("\u00a0", " ") == text
