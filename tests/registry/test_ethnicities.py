"""54 groups, two code lists that contradict each other, and the many ways in which people write the names."""

import pytest

from households.registry.ethnicities import MAJORITY, by_code, by_key, by_name, ethnicities, list_titles, name_of
from households.registry.models import Person

GROUPS = ethnicities().values()


def test_there_are_54_and_each_fits_its_column() -> None:
    longest = Person._meta.get_field("ethnicity").max_length
    assert len(GROUPS) == 54
    assert all(len(one.key) <= (longest or 0) for one in GROUPS)
    assert MAJORITY in ethnicities()


@pytest.mark.parametrize("which", ["1979", "2008"])
def test_each_list_gives_each_group_its_own_code(which: str) -> None:
    assert sorted(one.codes[which].code for one in GROUPS) == [f"{number:02}" for number in range(1, 55)]
    assert "Quyết định" in list_titles()[which]


@pytest.mark.parametrize(
    ("code", "of_1979", "of_2008"),
    [
        ("01", "kinh", "kinh"),
        ("04", "hoa", "muong"),
        ("06", "muong", "hoa"),
        ("11", "ngai", "e_de"),
        ("14", "xo_dang", "cham"),
        ("29", "kho_mu", "gie_trieng"),
        ("36", "chu_ru", "la_chi"),
        ("46", "pa_then", "mang"),
        ("54", "ro_mam", "o_du"),
    ],
)
def test_a_code_is_read_with_its_list(code: str, of_1979: str, of_2008: str) -> None:
    found = [by_code(code, list="1979"), by_code(code, list="2008")]
    assert [one and one.key for one in found] == [of_1979, of_2008]


def test_a_code_that_a_spreadsheet_cut_is_the_same_code() -> None:
    assert by_code("4", list="1979") == by_code("04", list="1979")


@pytest.mark.parametrize("code", ["", "00", "55", "99", "x", "-1", "4.0"])
def test_what_is_no_code_of_a_group_is_nobody(code: str) -> None:
    assert by_code(code, list="2008") is None


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Kinh", "kinh"),
        ("Kinh (Việt)", "kinh"),
        ("Mông", "hmong"),
        ("H'Mông", "hmong"),
        ("H’mông", "hmong"),
        ("HMONG", "hmong"),
        ("Hmông (Mèo)", "hmong"),
        ("dân tộc Tày", "tay"),
        ("Người Dao", "dao"),
        ("DT: Nùng", "nung"),
        ("Nu\u0300ng", "nung"),
        ("Khmer", "khmer"),
        ("Khơ-me", "khmer"),
        ("gia rai", "gia_rai"),
        ("Gia-rai", "gia_rai"),
        ("Bru - Vân Kiều", "bru_van_kieu"),
        ("M'nông", "mnong"),
        ("sán chỉ", "san_chay"),
        ("Hán", "hoa"),
        ("Lô Lô", "lo_lo"),
    ],
)
def test_a_name_is_read_however_it_is_written(text: str, key: str) -> None:
    found = by_name(text)
    assert found is not None
    assert found.key == key


@pytest.mark.parametrize("text", ["", "  ", "Nước ngoài", "Mán", "04", "Tày, Nùng", "dân tộc"])
def test_what_names_no_group_or_two_is_asked_about(text: str) -> None:
    assert by_name(text) is None


def test_every_spelling_leads_to_its_own_group() -> None:
    for one in GROUPS:
        for text in (one.name, one.name.upper(), *one.spellings):
            assert by_name(text) == one


def test_the_confidence_of_a_code_is_said() -> None:
    known = {code.confidence for one in GROUPS for code in one.codes.values()}
    assert known == {"verified", "agrees", "recalled"}


def test_a_key_of_yesterday_stands_for_itself() -> None:
    assert (name_of("tay"), name_of("la"), name_of("")) == ("Tày", "la", "")
    assert by_key("la") is None
