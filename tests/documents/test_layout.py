"""What a signed paper must look like, read back from its PDF."""

from dataclasses import replace

import pytest
from django.utils.safestring import SafeString

from povertyportal.documents.sheet import Appendix
from tests.documents.pages import HEAD, page_numbers, paragraphs, pdf, text_of

TABLE = SafeString(
    "<table><thead><tr><th scope='col'>Đơn vị hành chính</th></tr></thead><tbody>"
    + "<tr><td>Xã Đa Thông</td></tr>" * 80
    + "</tbody></table>"
)


def test_a_paper_has_every_part_in_the_order_of_the_decree() -> None:
    text = text_of(pdf(paragraphs(1)), 1)
    parts = [
        "ỦY BAN NHÂN DÂN TỈNH CAO BẰNG",
        "ỦY BAN NHÂN DÂN HUYỆN HÀ QUẢNG",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: ......./BC-UBND",
        "Hà Quảng, ngày ..... tháng",
        "BÁO CÁO",
        "Kết quả giảm nghèo giai đoạn 2016 - 2020",
        "Trên đây là báo cáo của huyện./.",
        "Nơi nhận:",
        "- Lưu: VT, LĐTBXH.",
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
    ]
    places = [text.find(part) for part in parts]
    assert -1 not in places
    assert places == sorted(places)


def test_a_province_has_no_line_for_a_superior_body() -> None:
    province = replace(HEAD, parent_body="", issuing_body="Ủy ban nhân dân tỉnh Cao Bằng")
    assert text_of(pdf(paragraphs(1), head=province), 1).startswith("ỦY BAN NHÂN DÂN TỈNH CAO BẰNG CỘNG HÒA")


@pytest.mark.parametrize(
    ("to", "line"), [(("UBND tỉnh",), "Kính gửi: UBND tỉnh"), (("Sở A;", "Sở B."), "Kính gửi: - Sở A; - Sở B.")]
)
def test_a_paper_sent_upwards_names_whom_it_is_addressed_to(to: tuple[str, ...], line: str) -> None:
    assert line in text_of(pdf(paragraphs(1), head=replace(HEAD, addressed_to=to)), 1)


def test_the_first_page_has_no_number_and_the_next_ones_count_on() -> None:
    assert page_numbers(pdf(paragraphs(70))) == ["", "2", "3", "4", "5"]


@pytest.mark.parametrize("lines", range(8, 16))
def test_the_signature_never_stands_on_a_page_without_the_last_lines_of_the_text(lines: int) -> None:
    reader = pdf(paragraphs(lines))
    last = text_of(reader, len(reader.pages))
    assert "Trên đây là báo cáo của huyện./." in last
    assert "CHỦ TỊCH" in last


def test_each_appendix_counts_its_own_pages_and_a_wide_one_lies_on_its_side() -> None:
    wide, tall = Appendix("Biểu số liệu", TABLE, wide=True), Appendix("Danh sách xã", TABLE)
    reader = pdf(paragraphs(2), appendices=(wide, tall))
    sides = ["wide" if page.mediabox.width > page.mediabox.height else "tall" for page in reader.pages]
    assert sides == ["tall", "wide", "wide", "wide", "wide", "tall", "tall", "tall"]
    assert page_numbers(reader) == ["", "", "2", "3", "4", "", "2", "3"]


def test_two_appendices_of_one_size_in_a_row_each_begin_at_page_one() -> None:
    reader = pdf(paragraphs(1), appendices=(Appendix("Một", TABLE), Appendix("Hai", TABLE)))
    assert page_numbers(reader) == ["", "", "2", "3", "", "2", "3"]


def test_a_long_table_repeats_its_head_on_every_page() -> None:
    reader = pdf(TABLE)
    assert len(reader.pages) > 1
    assert all("Đơn vị hành chính" in text_of(reader, n) for n in range(1, len(reader.pages)))
