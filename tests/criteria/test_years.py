"""Overlap is refused for one area, year and purpose; and only there."""

from dataclasses import replace

import pytest

from households.criteria.law.parts import Application, Purpose, Standard
from households.criteria.law.shelf import shipped, standard
from households.criteria.law.years import TwoStandardsError, applicable, applies, overlaps


def in_years(code: str, first: int, last: int, purpose: Purpose = Purpose.CLOSING) -> Standard:
    return replace(
        standard(code),
        code=f"{code}-again",
        applications=(Application(purpose, first, last, standard(code).provenance),),
    )


def test_the_shipped_documents_do_not_overlap() -> None:
    assert overlaps(shipped()) == []


def test_two_national_standards_in_one_year_are_refused_with_the_years() -> None:
    (fault,) = overlaps([standard("nd07-2021"), in_years("qd59-2015", 2021, 2023)])
    assert "các năm 2022–2023, cả nước, kết quả rà soát của năm" in fault.text
    assert "“qd59-2015-again” và “nd07-2021” cùng áp dụng" in fault.text


def test_the_year_both_share_is_enough() -> None:
    (fault,) = overlaps([standard("nd07-2021"), in_years("nd351-2025", 2026, 2030)])
    assert "năm 2026, cả nước" in fault.text


def test_years_that_touch_do_not_overlap() -> None:
    assert overlaps([standard("nd07-2021"), in_years("nd351-2025", 2027, 2030)]) == []


def test_closing_and_opening_of_one_year_stand_side_by_side() -> None:
    assert overlaps([standard("qd59-2015"), standard("nd07-2021")]) == []


def test_a_local_standard_stands_beside_the_national_one() -> None:
    assert overlaps([standard("nd07-2021"), standard("dongnai-2022")]) == []


def test_two_local_standards_share_one_of_several_provinces() -> None:
    both = replace(standard("dongnai-2022"), code="two-provinces", scope=("75", "77"))
    (fault,) = overlaps([standard("dongnai-2022"), both])
    assert "các năm 2022–2025, tỉnh 75" in fault.text


def test_nobody_chooses_between_two_standards_in_force() -> None:
    with pytest.raises(TwoStandardsError, match="năm 2022"):
        applicable([standard("nd07-2021"), in_years("qd59-2015", 2016, 2022)], province=None, year=2023 - 1)


def test_a_draft_gives_way_to_a_standard_in_force() -> None:
    draft = replace(standard("nd07-2021"), code="draft", draft=True)
    assert applicable([draft, standard("nd07-2021")], province=None, year=2022).closing == standard("nd07-2021")


def test_the_national_standard_is_not_a_province_s() -> None:
    found = applicable(shipped(), province="04", year=2022)
    assert (found.closing, found.local_closing) == (standard("nd07-2021"), None)
    assert found.all() == (standard("nd07-2021"),)


@pytest.mark.parametrize(
    ("year", "purpose", "expected"), [(2026, None, True), (2026, Purpose.CLOSING, False), (2025, None, False)]
)
def test_a_year_may_be_one_of_opening_only(year: int, purpose: Purpose | None, expected: bool) -> None:
    assert applies(standard("nd351-2025"), year=year, purpose=purpose) is expected
