"""Which figures belong to a report: the rules of period and map."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.reported.source import Why, belongs, sift
from tests.reports.figures import FIRST, LAST, example_figures, figure, source_of

DAYS = st.dates(date(2010, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("first", "last", "inside"),
    [
        (date(2015, 1, 1), date(2019, 12, 31), True),
        (date(2015, 1, 1), date(2020, 12, 31), True),
        (date(2011, 1, 1), date(2016, 12, 31), False),
        (date(2020, 1, 1), date(2022, 12, 31), False),
        (date(2017, 1, 1), date(2017, 12, 31), True),
        (date(2006, 1, 1), date(2020, 12, 31), False),
    ],
)
def test_a_span_belongs_when_more_than_half_of_it_lies_in_the_period(first: date, last: date, inside: bool) -> None:
    assert belongs(figure("classes", "3", "lớp", first=first, last=last), FIRST, LAST) is inside


@pytest.mark.parametrize(
    ("day", "inside"),
    [
        (date(2015, 12, 30), False),
        (date(2015, 12, 31), True),
        (date(2016, 1, 1), True),
        (date(2020, 12, 31), True),
        (date(2021, 1, 1), False),
    ],
)
def test_the_last_day_before_the_period_is_its_opening(day: date, inside: bool) -> None:
    assert belongs(figure("poor_households", "3", on=day), FIRST, LAST) is inside


def test_a_figure_on_another_territory_stays_out_and_is_named() -> None:
    old = figure("loan_households", "5", programme="TDCS", boundary_on=date(2019, 12, 31))
    new = figure("loan_households", "9", programme="TDCS", boundary_on=date(2020, 12, 29))
    source = sift([old, new], first=FIRST, last=LAST, same_territory=lambda day: day >= date(2020, 1, 1))
    assert source.figures == (new,)
    assert [(entry.figure, entry.why) for entry in source.left_out] == [(old, Why.OTHER_MAP)]


def test_the_source_answers_by_full_key() -> None:
    figures = example_figures("193")
    source = source_of(figures)
    assert all(source.figure(one.key) == one for one in figures)
    assert source.figure(figure("poor_households", "1", area="045").key) is None


@given(first=DAYS, last=DAYS)
def test_no_figure_that_touches_the_period_disappears(first: date, last: date) -> None:
    if last < first:
        first, last = last, first
    one = figure("classes", "3", "lớp", first=first, last=last)
    source = source_of([one])
    touches = first <= LAST and last >= FIRST
    named = [*source.figures, *(entry.figure for entry in source.left_out)]
    assert len(named) <= 1
    assert not touches or named == [one]
