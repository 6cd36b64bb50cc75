"""Differences, rates and averages: exact, signed rightly, and only where they may be computed."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from povertyportal.vietnamese import moment
from reports.sentences.changes import change_between
from reports.sentences.periods import whole_years
from tests.reports.figures import figure

START, END = date(2016, 1, 1), date(2020, 12, 31)
COUNTS = st.integers(min_value=0, max_value=10**9)


@pytest.mark.parametrize(
    ("first", "last", "years"),
    [
        (date(2016, 1, 1), date(2020, 12, 31), 5),
        (date(2015, 12, 31), date(2020, 12, 31), 5),
        (date(2016, 1, 1), date(2020, 1, 1), 4),
        (date(2016, 1, 1), date(2016, 12, 31), 1),
        (date(2018, 6, 30), date(2020, 6, 30), 2),
        (date(2018, 6, 30), date(2020, 12, 31), None),
        (date(2016, 1, 1), date(2015, 12, 31), None),
    ],
)
def test_years_are_counted_from_year_end_to_year_end(first: date, last: date, years: int | None) -> None:
    assert whole_years(first, last) == years


@pytest.mark.parametrize(
    ("day", "name"),
    [(date(2016, 1, 1), "đầu năm 2016"), (date(2020, 12, 31), "cuối năm 2020"), (date(2020, 3, 5), "ngày 05/3/2020")],
)
def test_a_day_is_named_as_officials_say_it(day: date, name: str) -> None:
    assert moment(day) == name


@given(before=COUNTS, after=COUNTS)
def test_difference_and_average_give_back_what_they_came_from(before: int, after: int) -> None:
    first, last = figure("poor_households", str(before), on=START), figure("poor_households", str(after), on=END)
    change = change_between(first, last)
    assert change is not None
    assert first.value + change.difference.value == last.value
    assert change.direction == ("tăng" if after > before else "giảm" if after < before else "không thay đổi")
    assert (change.share is None) is (before == 0)
    if change.per_year is not None:
        assert abs(change.per_year.value * 5 - change.difference.value) <= Decimal("0.025")
    assert all(isinstance(one.value, Decimal) for one in (change.difference, change.share, change.per_year) if one)


@given(before=COUNTS, after=COUNTS)
def test_no_number_of_a_sentence_carries_a_minus_sign(before: int, after: int) -> None:
    change = change_between(
        figure("poor_households", str(before), on=START), figure("poor_households", str(after), on=END)
    )
    assert change is not None
    assert not any(one.text.startswith("-") for one in (change.difference, change.share, change.per_year) if one)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ({"standard": "qd59-2015"}, {"standard": "nd07-2021"}),
        ({"standard": "qd59-2015"}, {"standard": ""}),
        ({"qualifier": "nearly"}, {}),
        ({}, {"qualifier": "over"}),
        ({"unit": "hộ"}, {"unit": "người"}),
    ],
)
def test_nothing_is_subtracted_over_a_break_or_from_an_approximation(
    first: dict[str, str], last: dict[str, str]
) -> None:
    before = figure("poor_households", "10", on=START, **{"standard": "qd59-2015", **first})
    after = figure("poor_households", "5", on=END, **{"standard": "qd59-2015", **last})
    assert change_between(before, after) is None


@pytest.mark.parametrize("break_on", [date(2016, 1, 1), date(2022, 1, 1), date(2027, 1, 1)])
def test_without_a_named_standard_the_day_of_a_change_breaks_the_series(break_on: date) -> None:
    before = date(break_on.year - 1, 12, 31)
    series = [figure("poor_households", "10", on=day) for day in (date(before.year, 6, 30), before, break_on)]
    assert change_between(series[0], series[1]) is not None
    assert change_between(series[1], series[2]) is None
