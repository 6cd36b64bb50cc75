"""Numbers as Vietnamese papers write, type and read them."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from povertyportal.vietnamese import format_number, number_in_words, parse_number, roman
from tests.vietnamese.reading import number_from_words

published = st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**15), max_value=10**15)


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (Decimal("84184.73"), None, "84.184,73"),
        (Decimal("991.000000"), None, "991"),
        (Decimal("296.677"), None, "296,677"),
        (Decimal("1E+3"), None, "1.000"),
        (1046, None, "1.046"),
        (-25, None, "-25"),
        (Decimal("36"), 2, "36,00"),
        (Decimal("1.005"), 2, "1,01"),
        (Decimal("-1.005"), 2, "-1,01"),
        (Decimal("-0.004"), 2, "0,00"),
        (Decimal("999.5"), 0, "1.000"),
        (Decimal("12345678901234567890123456789012.5"), None, "12.345.678.901.234.567.890.123.456.789.012,5"),
    ],
)
def test_a_number_is_written_with_dots_for_thousands_and_a_decimal_comma(
    value: Any, decimals: int, written: str
) -> None:
    assert format_number(value, decimals) == written


@pytest.mark.parametrize("value", [1.5, True, "12"])
def test_only_exact_numbers_are_written(value: Any) -> None:
    with pytest.raises(TypeError):
        format_number(value)


def test_a_number_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="hữu hạn"):
        format_number(Decimal("NaN"))


@given(published)
def test_what_the_portal_writes_it_reads_back_unchanged(value: Decimal) -> None:
    assert parse_number(format_number(value)) == value


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1.046", "1046"),
        ("1,046", "1.046"),
        ("1046", "1046"),
        (" 84.184,73 ", "84184.73"),
        ("-25", "-25"),
        ("\u221225", "-25"),
        ("05", "5"),
        ("0,07", "0.07"),
    ],
)
def test_a_typed_number_means_what_it_means_in_vietnam(typed: str, value: str) -> None:
    assert parse_number(typed) == Decimal(value)


@pytest.mark.parametrize(
    ("typed", "remedy"),
    [
        ("", "Chưa nhập số"),
        ("1.05", "ví dụ 1,05"),
        ("0.123", "ví dụ 0,123"),
        ("1234.567", "ví dụ 1234,567"),
        ("1,046.5", "kiểu nước ngoài"),
        ("12 hộ", "không kèm đơn vị"),
        ("12,04%", "không kèm đơn vị"),
        ("1 046", "chỉ nhập chữ số"),
        ("1..2", "84.184,73"),
        ("1,2,3", "84.184,73"),
        ("٣", "không phải là số"),
        ("9" * 25, "tối đa 24 chữ số"),
    ],
)
def test_a_number_that_could_be_misread_is_refused_with_the_right_way_to_write_it(typed: str, remedy: str) -> None:
    with pytest.raises(ValueError, match=remedy):
        parse_number(typed)


@pytest.mark.parametrize(
    ("number", "read"),
    [
        (0, "không"),
        (4, "bốn"),
        (5, "năm"),
        (10, "mười"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (35, "ba mươi lăm"),
        (105, "một trăm linh năm"),
        (991, "chín trăm chín mươi mốt"),
        (1046, "một nghìn không trăm bốn mươi sáu"),
        (1_000_005, "một triệu không trăm linh năm"),
        (1_798_140_000, "một tỷ bảy trăm chín mươi tám triệu một trăm bốn mươi nghìn"),
        (10**18, "một tỷ tỷ"),
        (-11, "âm mười một"),
    ],
)
def test_a_number_is_read_as_official_papers_read_it(number: int, read: str) -> None:
    assert number_in_words(number) == read


def test_the_odd_unit_is_read_linh_or_le() -> None:
    assert number_in_words(105, odd="lẻ") == "một trăm lẻ năm"


@given(st.integers(min_value=-(10**20), max_value=10**20), st.sampled_from(["linh", "lẻ"]))
def test_no_two_numbers_are_read_alike(number: int, odd: Any) -> None:
    assert number_from_words(number_in_words(number, odd)) == number


@given(st.integers(min_value=1, max_value=3998))
def test_roman_numerals_follow_the_rule_of_subtraction(number: int) -> None:
    values = dict(zip("IVXLCDM", (1, 5, 10, 50, 100, 500, 1000), strict=True))
    signs = [values[sign] for sign in roman(number)]
    assert sum(-a if a < b else a for a, b in zip(signs, [*signs[1:], 0], strict=True)) == number
    assert not any(sign * 4 in roman(number) for sign in "IVXLCD")


def test_there_is_no_roman_numeral_below_one() -> None:
    assert [roman(n) for n in (1, 4, 9, 14, 2026, 3999)] == ["I", "IV", "IX", "XIV", "MMXXVI", "MMMCMXCIX"]
    for number in (0, 4000):
        with pytest.raises(ValueError, match="La Mã"):
            roman(number)
