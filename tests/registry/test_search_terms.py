"""What a typed text is taken for, and what a mistyped word may have meant."""

import pytest

from households.registry.finding import misspelt
from households.registry.finding.name_keys import keys_of, name_sort_key, words_of
from households.registry.finding.terms import (
    LONGEST,
    WAYS_OF_A_CODE,
    looks_like_number,
    name_and_place,
    other_orders,
    read,
)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Nguyễn  Văn Ân", "nguyen van an"),
        ("NGUYỄN VĂN ÂN", "nguyen van an"),
        ("H'Hen Niê", "h hen nie"),
        ("H’Hen Niê", "h hen nie"),
        ("Ksor H’Bliu", "ksor h bliu"),
        ("Đặng Thị Hoà\u200b", "dang thi hoa"),
    ],
)
def test_a_name_is_kept_under_its_folded_words(name: str, words: str) -> None:
    keys = keys_of(name)
    assert (keys.search_key, keys.reverse_key) == (words, " ".join(reversed(words.split())))


def test_names_sort_by_given_name_then_family_in_the_order_of_the_alphabet() -> None:
    ordered = ["Lê Văn An", "Trần An", "Lê Văn Án", "Lê Văn Ăn", "Đỗ Ân", "Lê Bình", "Lê Dũng", "Lê Đào", "Bế Yến"]
    assert sorted(set(ordered), key=name_sort_key) == ordered


def test_two_ways_to_put_the_tone_are_one_name_but_a_tone_counts() -> None:
    assert name_sort_key("Lý Thị Hoà") == name_sort_key("LÝ THỊ HÒA") != name_sort_key("Lý Thị Hoa")


def test_a_name_longer_than_its_column_is_cut_at_the_same_place_each_time() -> None:
    keys = keys_of("Nguyễn " * 60)
    assert len(keys.search_key) <= 200
    assert len(keys.sort_key) <= 600
    assert keys.search_key == keys.search_key.strip()


@pytest.mark.parametrize(
    "text",
    [
        "004085900001",
        "004 085 900 001",
        "004.085.900.001",
        "004-085-900-001",
        "123456789",
        "GD 479 0012345678",
        "số 004085900001",
    ],
)
def test_what_may_be_a_personal_number_is_recognised(text: str) -> None:
    assert looks_like_number(text)


@pytest.mark.parametrize(
    "text", ["H123", "NT-01", "Nguyễn Văn An 1979", "12345678", "tổ 5, phường 12", "nguye64n va8n an"]
)
def test_what_is_no_number_may_stand_in_an_address(text: str) -> None:
    assert not looks_like_number(text)


def test_a_text_is_taken_apart() -> None:
    terms = read(" Nguyễn Văn An 1979, thôn Nà  Tềnh ")
    assert (terms.words, terms.born, terms.place) == (("nguyen", "van", "an"), 1979, ("thon", "na", "tenh"))
    assert name_and_place(terms) == [(("nguyen", "van", "an"), ("thon", "na", "tenh"))]


def test_a_year_alone_is_no_year_of_birth() -> None:
    assert read("1979").born is None
    assert set(read("1979").codes) == {"1979"}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        *((text, 7) for text in ("H7", "h 7", "H-7", "#7", "hộ 7", "Hộ H7", "số hộ 7", "hộ số 7", "mã H7")),
        *((text, None) for text in ("H", "7", "mã 7", "hộ TH-7")),
    ],
)
def test_a_household_is_named_by_its_number(text: str, key: int | None) -> None:
    assert read(text).household == key


@pytest.mark.parametrize("text", ["TH-07", "th-07", "TH 07", "TH07", "th–07", "mã TH07", "Mã hộ: TH 07"])
def test_a_code_is_looked_for_as_offices_write_it(text: str) -> None:
    assert "TH-07" in read(text).codes
    assert len(read(text).codes) == WAYS_OF_A_CODE


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("hộ ông Nông Văn An", ("nong", "van", "an")),
        ("Hộ Nông Văn An", ("nong", "van", "an")),
        ("Hồ Văn An", ("ho", "van", "an")),
        ("Mã Thị Hoa", ("ma", "thi", "hoa")),
    ],
)
def test_what_stands_before_a_name_is_no_part_of_it(text: str, words: tuple[str, ...]) -> None:
    assert read(text).words == words


def test_what_is_too_long_is_cut() -> None:
    assert len(read("an " * 500).text) <= LONGEST


def test_words_in_other_orders_are_few_even_of_a_long_name() -> None:
    assert other_orders(("van", "an")) == ["an van"]
    assert len(other_orders(tuple("abcdefghij"))) == 2


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("nguyeenx", "nguyen"), ("vawn", "van"), ("dduwcs", "duc"), ("tw", "tu"), ("huwowngf", "huong"), ("thij", "thi"),
        ("hoaf", "hoa"), ("ddinhf", "dinh"), ("sangs", "sang"), ("xuaan", "xuan"),
    ],
)  # fmt: skip
def test_letters_left_by_telex_are_taken_out(typed: str, meant: str) -> None:
    assert misspelt.telex(typed) == meant


@pytest.mark.parametrize(("typed", "meant"), [("nguye64n", "nguyen"), ("d9a2o", "dao"), ("thi5", "thi"), ("12", "12")])
def test_digits_left_by_vni_are_taken_out(typed: str, meant: str) -> None:
    assert misspelt.vni(typed) == meant


def test_the_likeliest_reading_comes_first() -> None:
    known = {"nguyen", "van", "anh", "an", "han"}
    assert misspelt.meant(words_of("nguyen van ahn"), known)[0] == ("nguyen", "van", "anh")
    assert misspelt.meant(words_of("nguyenvan an"), known) == [("nguyen", "van", "an")]


def test_of_known_words_one_at_a_time_is_taken_for_another() -> None:
    readings = misspelt.meant(("an", "hoa"), {"an", "hoa", "hao", "anh"})
    assert readings == [("an", "hao"), ("anh", "hoa")]


def test_readings_of_a_hopeless_text_stay_few() -> None:
    known = {a + b for a in misspelt.LETTERS for b in misspelt.LETTERS}
    assert len(misspelt.meant(("xyz", "yzx", "zxy", "xzy"), known)) == misspelt.MOST_COMBINATIONS
