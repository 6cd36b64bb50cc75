"""Which days are off: the shipped calendar, and what administrators say otherwise."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from households.review.calendar.shipped import shipped, shipped_days, unsettled
from households.review.calendar.stored import calendar, set_day
from households.review.calendar.working_days import Calendar
from households.review.refusals import ReviewRefusedError
from households.review.superior_models import CalendarDay
from povertyportal.core.models import User
from tests.access.people import NATION, person

AT = timezone.make_aware(datetime.fromisoformat("2026-11-20T09:00"))
CULTURE = date(2026, 11, 24)
# Days off that fall on a working day of the week, as announced each year.
OFF = {
    2021: "01-01 02-10 02-11 02-12 02-15 02-16 04-21 04-30 05-03 09-02 09-03",
    2022: "01-03 01-31 02-01 02-02 02-03 02-04 04-11 05-02 05-03 09-01 09-02",
    2023: "01-02 01-20 01-23 01-24 01-25 01-26 05-01 05-02 05-03 09-01 09-04",
    2024: "01-01 02-08 02-09 02-12 02-13 02-14 04-18 04-29 04-30 05-01 09-02 09-03",
    2025: "01-01 01-27 01-28 01-29 01-30 01-31 04-07 04-30 05-01 05-02 09-01 09-02",
    2026: "01-01 01-02 02-16 02-17 02-18 02-19 02-20 04-27 04-30 05-01 08-31 09-01 09-02",
}
WORKED = {2024: "05-04", 2025: "04-26", 2026: "01-10 08-22"}


def days(year: int, told: str) -> set[date]:
    return {date.fromisoformat(f"{year}-{one}") for one in told.split()}


def year_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=turn) for turn in range((date(year + 1, 1, 1) - first).days)]


@pytest.mark.parametrize("year", OFF)
def test_the_days_off_of_a_year_are_those_announced(year: int) -> None:
    week = Calendar()
    assert {day for day in year_of(year) if shipped().is_off(day) and not week.is_off(day)} == days(year, OFF[year])


@pytest.mark.parametrize("year", OFF)
def test_saturdays_that_are_worked_are_those_announced(year: int) -> None:
    week = Calendar()
    worked = {day for day in year_of(year) if week.is_off(day) and not shipped().is_off(day)}
    assert worked == days(year, WORKED.get(year, ""))


def test_every_day_says_on_what_it_rests_and_how_sure_that_is() -> None:
    for one in shipped_days():
        assert one.name.strip()
        assert one.basis.strip()
        assert one.sure in ("verified", "recalled", "unsure")


def test_the_day_of_culture_is_worked_until_a_law_says_otherwise() -> None:
    assert not shipped().is_off(CULTURE)
    assert CULTURE in {day for one in unsettled() for day in one.days}


def test_unsettled_days_are_all_worked() -> None:
    assert [day for one in unsettled() for day in one.days if shipped().is_off(day)] == []


def test_the_first_day_is_not_counted() -> None:
    assert Calendar().after(date(2026, 10, 5), 3) == date(2026, 10, 8)


def test_a_period_in_days_that_ends_on_a_day_off_ends_on_the_next_working_day() -> None:
    assert Calendar().after(date(2026, 10, 1), 2, working=False) == date(2026, 10, 5)  # the 3rd is a Saturday


def test_counting_back_and_forth_comes_to_the_same_day() -> None:
    for day in year_of(2026):
        for count in (1, 3, 5, 7):
            assert shipped().after(shipped().before(day, count), count) <= day
            assert shipped().working_days_between(day, shipped().after(day, count)) == count


def test_working_days_to_an_earlier_day_are_negative() -> None:
    assert Calendar().working_days_between(date(2026, 10, 8), date(2026, 10, 5)) == -3


@pytest.mark.django_db
def test_what_an_administrator_says_of_a_day_counts() -> None:
    admin = person("administrator", NATION)
    said(admin, CULTURE, off=True)
    assert calendar().is_off(CULTURE)
    assert calendar().after(date(2026, 11, 23), 1) == date(2026, 11, 25)


@pytest.mark.django_db
def test_of_two_words_about_a_day_the_later_counts_and_both_stay() -> None:
    admin = person("administrator", NATION)
    said(admin, CULTURE, off=True)
    said(admin, CULTURE, off=False, at=AT + timedelta(hours=1))
    assert not calendar().is_off(CULTURE)
    assert CalendarDay.objects.filter(day=CULTURE).count() == 2


@pytest.mark.django_db
def test_a_day_that_is_off_already_is_not_said_once_more() -> None:
    with pytest.raises(ReviewRefusedError, match="Ngày 02/09/2026 đã là ngày nghỉ"):
        said(person("administrator", NATION), date(2026, 9, 2), off=True)


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "basis", "field"), [("", "Thông báo 1", "name"), ("Nghỉ", " ", "basis")])
def test_a_day_needs_its_name_and_its_basis(name: str, basis: str, field: str) -> None:
    admin = person("administrator", NATION)
    with pytest.raises(ReviewRefusedError) as refused:
        set_day(day=CULTURE, off=True, name=name, basis=basis, by=admin, at=AT)
    assert [one.field for one in refused.value.problems] == [field]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "area"),
    [("administrator", "04"), ("province_reviewer", "04"), ("commune_official", "01392"), ("auditor", NATION)],
)
def test_the_calendar_of_all_is_not_changed_from_a_province_or_by_who_only_reads(role: str, area: str) -> None:
    with pytest.raises(PermissionDenied, match="dùng chung cho cả nước"):
        said(person(role, area), CULTURE, off=True)
    assert not CalendarDay.objects.exists()


def said(by: User, day: date, *, off: bool, at: datetime = AT) -> CalendarDay:
    return set_day(day=day, off=off, name="Ngày Văn hóa Việt Nam", basis="Thông báo 12/TB (thử)", by=by, at=at)
