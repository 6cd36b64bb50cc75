"""Folding and sorting of Vietnamese text."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from povertyportal.vietnamese import fold, is_unreadable, pattern, sort_key

VIETNAMESE = "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầẩẫậéèẻẽẹóòỏõọớờởỡợúùủũụứừửữựýỳỷỹỵ "
words = st.text(alphabet=VIETNAMESE + VIETNAMESE.upper() + "0123456789-'", max_size=30)


@pytest.mark.parametrize(
    "spelling", ["Hoà  Bình", "HÒA BÌNH", "hoa\u0300 binh", "Hòa\u00a0Bình", "\ufeffHo\u200bà Bình "]
)
def test_every_spelling_of_a_name_folds_to_the_same_search_key(spelling: str) -> None:
    assert fold(spelling) == "hoa binh"


@pytest.mark.parametrize("sign", ["\0", "\x08", "\x1b", "\x7f", "\u202e", "\u2066", "\ud800", "\uffff"])
def test_a_sign_that_nobody_can_read_or_that_turns_the_rest_around_is_told(sign: str) -> None:
    assert is_unreadable(f"Nông {sign}Văn An")


@pytest.mark.parametrize(
    "text", ["Nông Văn An", "một\thai\r\nba", "Ho\u0300a", "Ho\u200ba\ufeff", "12/QĐ-UBND – “số 5”; 3 °C", "🙂", ""]
)
def test_what_people_type_and_paste_can_be_read(text: str) -> None:
    assert not is_unreadable(text)


def test_d_with_a_bar_folds_to_d_even_where_an_old_keyboard_left_eth() -> None:
    assert fold("Đồng Đăng") == fold("Ðồng Ðăng") == "dong dang"


@pytest.mark.parametrize("typed", ["dao", "đào", "ĐÀO", "ĐàO", "dao thi", "Đào\u00a0 thị"])
def test_a_pattern_finds_a_name_whatever_its_case_and_marks_not_typed(typed: str) -> None:
    assert re.search(pattern(typed), "Nông ĐÀO THỊ Bích")


@pytest.mark.parametrize("typed", ["đáo", "đàu", "daoo", "đào.thị"])
def test_a_pattern_does_not_find_another_name(typed: str) -> None:
    assert not re.search(pattern(typed), "Nông Đào Thị Bích")


@given(words, words)
def test_a_pattern_finds_what_was_typed_wherever_it_stands(text: str, around: str) -> None:
    for written in (text, text.upper(), text.lower()):
        assert re.search(pattern(text), " ".join(f"{around}{written}{around}".split()))


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(words)
def test_composed_and_decomposed_text_have_one_search_key_and_one_sort_key(text: str) -> None:
    composed, decomposed = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    assert fold(composed) == fold(decomposed)
    assert sort_key(composed) == sort_key(decomposed)


@given(words)
def test_a_folded_vietnamese_name_is_plain_ascii(text: str) -> None:
    assert fold(text).isascii()
    assert "  " not in fold(text)


@pytest.mark.parametrize(
    "in_order",
    [
        ["a", "ă", "â", "b", "c", "d", "đ", "e", "ê", "g", "o", "ô", "ơ", "u", "ư", "v", "x", "y"],
        ["ma", "mà", "mả", "mã", "má", "mạ"],
        ["An Giang", "Ăn", "Ấn", "Bà Rịa - Vũng Tàu", "Ba Vì", "Dà", "Đà Nẵng", "Hà Nội", "Hải Dương"],
        ["Hà", "Hà Giang", "Hạ Lang", "Hạ Long", "Hà Quảng"],
        ["Phường 2", "Phường 02B", "Phường 10", "Phường Cao Xanh"],
        ["", "Xã A", "Xã A Bung", "Xã Ái Quốc", "Xã An"],
    ],
)
def test_names_sort_by_the_vietnamese_alphabet_with_tones_last_and_numbers_by_value(in_order: list[str]) -> None:
    keys = [sort_key(name) for name in in_order]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)


@given(words, words)
def test_sort_keys_compare_alike_as_text_and_as_the_bytes_of_collation_c(one: str, other: str) -> None:
    as_text = sort_key(one) < sort_key(other)
    assert as_text == (sort_key(one).encode() < sort_key(other).encode())


@given(words, words)
def test_names_that_differ_only_in_tone_stay_next_to_each_other(one: str, other: str) -> None:
    letters = [sort_key(text).split(" ")[0] for text in (one, other)]
    assert (letters[0] < letters[1]) <= (sort_key(one) < sort_key(other))
