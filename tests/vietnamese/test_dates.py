"""Dates and periods as official papers write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from povertyportal.vietnamese import date_in_words, day_in_text, format_date, moment, period_name


def test_a_date_on_a_page_has_two_digits_for_day_and_month() -> None:
    assert format_date(date(2026, 12, 14)) == "14/12/2026"
    assert format_date(date(2026, 2, 5)) == "05/02/2026"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 2, 5), "ngày 05 tháng 02 năm 2026"),
        (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
        (date(2026, 1, 10), "ngày 10 tháng 01 năm 2026"),
        (date(2020, 12, 31), "ngày 31 tháng 12 năm 2020"),
    ],
)
def test_the_head_of_a_document_pads_days_below_ten_and_the_months_one_and_two_only(day: date, words: str) -> None:
    assert date_in_words(day) == words


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2021, 2, 5), "05/02/2021"),
        (date(2025, 7, 1), "01/7/2025"),
        (date(2024, 6, 30), "30/6/2024"),
        (date(2020, 12, 29), "29/12/2020"),
    ],
)
def test_the_body_of_a_document_pads_days_and_months_as_its_head(day: date, text: str) -> None:
    assert day_in_text(day) == text
    assert moment(day) == f"ngày {text}"


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        (date(2020, 1, 1), date(2020, 12, 31), "năm 2020"),
        (date(2016, 1, 1), date(2020, 12, 31), "giai đoạn 2016 - 2020"),
        (date(2020, 12, 31), date(2020, 12, 31), "tại thời điểm 31/12/2020"),
        (date(2024, 1, 1), date(2024, 6, 30), "6 tháng đầu năm 2024"),
        (date(2024, 7, 1), date(2024, 12, 31), "6 tháng cuối năm 2024"),
        (date(2024, 1, 1), date(2024, 9, 30), "9 tháng đầu năm 2024"),
        (date(2024, 4, 1), date(2024, 6, 30), "quý II năm 2024"),
        (date(2024, 2, 1), date(2024, 2, 29), "tháng 02 năm 2024"),
        (date(2024, 11, 1), date(2024, 11, 30), "tháng 11 năm 2024"),
        (date(2024, 2, 1), date(2024, 2, 28), "từ ngày 01/02/2024 đến ngày 28/02/2024"),
        (date(2024, 2, 1), date(2024, 10, 31), "từ ngày 01/02/2024 đến ngày 31/10/2024"),
        (date(2019, 7, 1), date(2020, 6, 30), "từ ngày 01/7/2019 đến ngày 30/6/2020"),
    ],
)
def test_a_period_is_named_as_offices_name_it(first: date, last: date, name: str) -> None:
    assert period_name(first, last) == name


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="30/12/2020 trước khi bắt đầu 31/12/2020"):
        period_name(date(2020, 12, 31), date(2020, 12, 30))


@given(st.dates(min_value=date(1945, 9, 2)), st.dates(min_value=date(1945, 9, 2)))
def test_two_different_periods_never_have_one_name(one: date, other: date) -> None:
    periods = {(min(one, other), max(one, other)), (one, one), (other, other)}
    assert len({period_name(*period) for period in periods}) == len(periods)
