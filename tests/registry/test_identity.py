"""What a personal number must look like, and what it says of its owner (domain/process.md §6.3)."""

from datetime import date

import pytest

from households.areas.models import Area
from households.registry.identity import PROVINCES, check, check_number, normalise, normalised
from povertyportal.core.periods import on as valid_on

ON = date(2026, 11, 22)


def told(number: str, sex: str = "", birth_year: int | None = None, on: date = ON) -> list[tuple[str, str]]:
    return [(one.strength, one.field) for one in check_number(number, sex=sex, birth_year=birth_year, on=on)]


@pytest.mark.parametrize(
    ("number", "sex", "birth_year"),
    [
        ("004099012345", "male", 1999),
        ("004199012345", "female", 1999),
        ("004205012345", "male", 2005),
        ("096305012345", "female", 2005),
        ("004 199 012 345", "female", 1999),
        ("004199012345", "", None),
    ],
)
def test_a_number_that_agrees_with_its_owner(number: str, sex: str, birth_year: int | None) -> None:
    assert told(number, sex, birth_year) == []


@pytest.mark.parametrize(
    ("number", "hint"),
    [
        ("", "Chỉ ghi chữ số"),
        ("00419901234x", "Chỉ ghi chữ số"),
        ("04199012345", "số 0 ở đầu"),
        ("090123456", "chứng minh nhân dân cũ"),
        ("0041990123456", "ở đây có 13"),
        ("004460012345", "năm sinh 2160"),
        ("004227012345", "năm sinh 2027"),
    ],
)
def test_what_cannot_be_a_number_is_an_error_with_a_hint(number: str, hint: str) -> None:
    (one,) = check_number(number, sex="", birth_year=None, on=ON)
    assert (one.strength, one.field) == ("error", "number")
    assert hint in one.message


def test_a_child_born_this_year_has_a_number_and_one_of_next_year_has_none() -> None:
    assert told("004226012345", "male", 2026, on=date(2026, 12, 31)) == []
    assert told("004227012345", "male", 2027, on=date(2026, 12, 31)) == [("error", "number")]


@pytest.mark.parametrize(
    ("number", "sex", "birth_year", "field"),
    [
        ("004099012345", "female", 1999, "sex"),
        ("004099012345", "male", 1998, "birth_year"),
        ("004099012345", "male", 2099, "birth_year"),
        ("005099012345", "male", 1999, "province"),
        ("104099012345", "male", 1999, "province"),
    ],
)
def test_what_may_be_wrong_on_either_side_is_a_warning(number: str, sex: str, birth_year: int, field: str) -> None:
    assert told(number, sex, birth_year) == [("warning", field)]


def test_several_doubts_are_told_together() -> None:
    assert {field for _strength, field in told("005099012345", "female", 1990)} == {"province", "sex", "birth_year"}


@pytest.mark.parametrize(
    ("kind", "text", "strengths"),
    [
        ("old", "090123456", []),
        ("old", "090 123 456", []),
        ("old", "09012345", ["error"]),
        ("old", "004199012345", ["error"]),
        ("insurance", "0412345678", []),
        ("insurance", "HN4040412345678", []),
        ("insurance", "hn 4 04 0412345678", []),
        ("insurance", "HN4050412345678", ["warning"]),
        ("insurance", "041234567", ["error"]),
        ("insurance", "H4040412345678", ["error"]),
        ("personal", "004199012345", []),
    ],
)
def test_each_kind_has_its_shape(kind: str, text: str, strengths: list[str]) -> None:
    assert [one.strength for one in check(kind, text, on=ON)] == strengths


def test_no_finding_repeats_the_number() -> None:
    for text in ("005099012345", "00509901234", "HN4050412345678", "004460012345"):
        for kind in ("personal", "old", "insurance"):
            for one in check(kind, text, sex="female", birth_year=1990, on=ON):
                assert text[:5] not in one.message
                assert text[-5:] not in one.message


@pytest.mark.parametrize(
    "text", ["004199012345", " 004.199.012.345 ", "004-199-012-345", "００4199012345", "004 199\u200b012345"]
)
def test_digits_are_digits_however_they_are_written(text: str) -> None:
    assert normalise(text) == "004199012345"


def test_a_card_is_kept_as_the_number_it_ends_with() -> None:
    assert normalised("insurance", "HN 4 04 0412345678") == "0412345678"
    assert normalised("personal", "HN4040412345678") == "HN4040412345678"


@pytest.mark.django_db
def test_the_provinces_are_the_63_of_the_map_before_july_2025() -> None:
    """Their codes on the map, after a 0, are the ones that numbers begin with (the number keeps it for ever)."""
    provinces = valid_on(Area.objects.filter(level="province"), date(2025, 6, 30))
    assert set(provinces.values_list("code", flat=True)) == PROVINCES
    assert len(PROVINCES) == 63
