"""Completed years, day by day, against the plain definition."""

from datetime import date, timedelta

import pytest

from households.criteria.engine.ages import completed_years, is_leap, latest_birth

DAYS = [date(2019, 12, 30) + timedelta(days=number) for number in range(5 * 366)]
REVIEWS = [
    date(2024, 2, 28),
    date(2024, 2, 29),
    date(2024, 3, 1),
    date(2026, 2, 27),
    date(2026, 2, 28),
    date(2026, 3, 1),
]


def plain_age(birth: date, on: date, leap_birthday: tuple[int, int]) -> int:
    """Years whose birthday has come."""
    birthday = (birth.month, birth.day)
    if birthday == (2, 29) and not is_leap(on.year):
        birthday = leap_birthday
    return on.year - birth.year - (1 if (on.month, on.day) < birthday else 0)


@pytest.mark.parametrize("leap_birthday", [(2, 28), (3, 1)])
@pytest.mark.parametrize("on", REVIEWS)
def test_ages_are_completed_years(on: date, leap_birthday: tuple[int, int]) -> None:
    born = [day for day in DAYS if day <= on]
    assert [completed_years(day, on, leap_birthday) for day in born] == [
        plain_age(day, on, leap_birthday) for day in born
    ]


@pytest.mark.parametrize("leap_birthday", [(2, 28), (3, 1)])
@pytest.mark.parametrize("on", REVIEWS)
@pytest.mark.parametrize("years", [0, 2, 3, 4, 6])
def test_the_latest_birth_is_the_last_day_of_those_old_enough(
    on: date, leap_birthday: tuple[int, int], years: int
) -> None:
    last = latest_birth(on, years, leap_birthday)
    assert plain_age(last, on, leap_birthday) >= years > plain_age(last + timedelta(days=1), on, leap_birthday)
