"""Deadlines agree with those counted by hand (deadlines_2026.toml)."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from households.review.calendar.shipped import shipped
from households.review.calendar.working_days import Calendar
from households.review.deadlines import complaint_overruns, critical_path, deadline_of, end_of, warnings
from households.review.procedures.in_year import IN_YEAR
from households.review.procedures.periodic import PERIODIC
from households.review.procedures.shelf import PROCEDURES, procedure

TABLE = tomllib.loads(Path(__file__).with_name("deadlines_2026.toml").read_text(encoding="utf-8"))
END = date(2026, 12, 14)


def with_day_off(*days: date) -> Calendar:
    return Calendar({**shipped().said, **dict.fromkeys(days, True)})


@pytest.mark.parametrize("line", TABLE["deadline"], ids=lambda line: line["what"])
def test_a_deadline_is_the_one_counted_by_hand(line: dict[str, Any]) -> None:
    found = deadline_of(procedure(line["procedure"]), line["code"], line["start"], shipped())
    assert found == line["due"]


@pytest.mark.parametrize("line", TABLE["path"], ids=lambda line: line["what"])
def test_the_latest_days_are_those_counted_by_hand(line: dict[str, Any]) -> None:
    known = procedure(line["procedure"])
    path = critical_path(known, end=line["end"], calendar=shipped(), complaint=line["complaint"])
    assert {step.move: step.day for step in path} == {
        name: day for name, day in line.items() if isinstance(day, date) and name != "end"
    }
    assert shipped().working_days_between(path[0].day, path[-1].day) == line["working_days"]


def test_a_complaint_on_the_last_day_takes_eighteen_working_days_before_the_decision() -> None:
    path = critical_path(PERIODIC, end=END, calendar=shipped(), complaint=True)
    assert path[0].day == date(2026, 11, 18)
    assert shipped().working_days_between(path[0].day, END) == 18


def test_when_24_november_is_off_the_posting_begins_a_day_earlier() -> None:
    path = critical_path(PERIODIC, end=END, calendar=with_day_off(date(2026, 11, 24)), complaint=True)
    assert path[0].day == date(2026, 11, 17)


@pytest.mark.parametrize("known", PROCEDURES, ids=lambda one: one.code)
@pytest.mark.parametrize("complaint", [False, True])
def test_walked_forwards_from_its_first_day_the_path_ends_in_time(known: Any, complaint: bool) -> None:
    """And one working day later it does not, where the procedure counts in working days."""
    days = shipped()
    for month in range(2, 13):
        end = days.before(date(2026, month, 20), 0)
        start = critical_path(known, end=end, calendar=days, complaint=complaint)[0].day
        lengths = [
            "posting",
            *(["recheck", "posting_again"] if complaint else []),
            *(["opinion"] if known.opinion else []),
        ]
        assert _walked(known, start, lengths) == end
        if any(code in known.deadlines for code in lengths):
            assert _walked(known, days.after(start, 1), lengths) > end


def _walked(known: Any, day: date, lengths: list[str]) -> date:
    for code in lengths:
        day = deadline_of(known, code, day, shipped()) if code in known.deadlines else day
    return day


def test_the_yearly_review_ends_on_14_december_or_the_working_day_before() -> None:
    assert end_of(PERIODIC, year=2026, started=None, calendar=shipped()) == END
    assert end_of(PERIODIC, year=2024, started=None, calendar=shipped()) == date(2024, 12, 13)  # the 14th is a Saturday


def test_a_review_during_the_year_ends_fifteen_days_after_it_began() -> None:
    assert end_of(IN_YEAR, year=2026, started=date(2026, 3, 15), calendar=shipped()) == date(2026, 3, 30)
    assert end_of(IN_YEAR, year=2026, started=None, calendar=shipped()) is None


def test_of_old_yearly_reviews_no_last_day_is_known() -> None:
    assert end_of(procedure("before_2022"), year=2018, started=date(2018, 9, 1), calendar=shipped()) is None


def test_during_the_year_a_complaint_on_the_last_day_cannot_be_decided_in_time() -> None:
    assert complaint_overruns(IN_YEAR, started=date(2026, 3, 16), calendar=shipped())
    assert not complaint_overruns(procedure("average"), started=date(2026, 3, 16), calendar=shipped())
    assert not complaint_overruns(PERIODIC, started=date(2026, 9, 1), calendar=shipped())


def test_steps_whose_day_comes_near_are_told_and_those_behind_it_are_late() -> None:
    found = warnings(PERIODIC, done=["meet"], end=END, today=date(2026, 12, 3), calendar=shipped(), ahead=2)
    assert [(one.move, one.days_left, one.late) for one in found] == [
        ("post", -1, True),
        ("take_down", 2, False),
        ("compile", 2, False),
        ("ask", 2, False),
    ]
    assert found[0].title == "Niêm yết kết quả"


def test_on_the_days_off_after_its_last_day_a_step_is_late() -> None:
    friday, sunday = date(2024, 12, 13), date(2024, 12, 15)
    found = warnings(PERIODIC, done=[], end=friday, today=sunday, calendar=shipped())
    assert [(one.move, one.days_left, one.late) for one in found][-1] == ("decide", 0, True)


def test_nothing_is_told_of_steps_made_or_far_away() -> None:
    early = date(2026, 10, 1)
    assert warnings(PERIODIC, done=[], end=END, today=early, calendar=shipped()) == []
    every = [one.code for one in PERIODIC.moves]
    assert warnings(PERIODIC, done=every, end=END, today=END, calendar=shipped()) == []
