"""When a step is due, forwards from what happened and backwards from the day by which all has to be decided. Plain Python."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from households.review.calendar.working_days import ONE_DAY, Calendar
from households.review.procedures.parts import Deadline, Procedure


class Latest(NamedTuple):
    """``move``: its code in the procedure."""

    move: str
    day: date


@dataclass(frozen=True, slots=True)
class Due:
    """``days_left``: working days from today to ``latest``, negative once it is past; ``late``: also on the days off after
    it."""

    move: str
    title: str
    latest: date
    days_left: int
    late: bool


def deadline_of(procedure: Procedure, code: str, start: date, calendar: Calendar) -> date:
    """The last day in time. Raises KeyError where the procedure has no such deadline."""
    return _end(procedure.deadlines[code], start, calendar)


def end_of(procedure: Procedure, *, year: int, started: date | None, calendar: Calendar) -> date | None:
    """The day by which the decision has to be made: of the year (14/12), or counted from the start of the review. None: no such
    day is known, or the review has not started."""
    if procedure.ends:
        return _worked_before(date(year, *procedure.ends), calendar)
    if started is None or "decision" not in procedure.deadlines:
        return None
    return deadline_of(procedure, "decision", started, calendar)


def critical_path(procedure: Procedure, *, end: date, calendar: Calendar, complaint: bool) -> list[Latest]:
    """The latest day of each step, first to last, for a decision on ``end``. ``complaint``: one comes on the last day of the
    posting, and every day of the re-check is used."""
    walk = _Back(procedure, calendar, _worked_before(end, calendar))
    walk.at("decide")
    if procedure.opinion:
        walk.at("agree")
        walk.back("opinion")
        walk.at("ask")
    walk.at("compile")
    if complaint:
        _complaint(walk)
    else:
        walk.at("take_down")
        walk.back("posting")
    walk.at("post")
    walk.at("meet")
    return walk.found[::-1]


def warnings(
    procedure: Procedure,
    *,
    done: Collection[str],
    end: date,
    today: date,
    calendar: Calendar,
    complaint: bool = False,
    ahead: int = 5,
) -> list[Due]:
    """Steps of the critical path that are not ``done`` and have at most ``ahead`` working days left."""
    path = critical_path(procedure, end=end, calendar=calendar, complaint=complaint)
    told = [
        Due(
            step.move, procedure.move(step.move).title, step.day, calendar.working_days_between(today, step.day),
            late=today > step.day,
        )
        for step in path
        if step.move not in done
    ]  # fmt: skip
    return [one for one in told if one.days_left <= ahead]


def complaint_overruns(procedure: Procedure, *, started: date, calendar: Calendar) -> bool:
    """Whether a complaint on the last day of a posting that begins with the review leaves no way to decide in time."""
    if "decision" not in procedure.deadlines:
        return False
    end = deadline_of(procedure, "decision", started, calendar)
    path = critical_path(procedure, end=end, calendar=calendar, complaint=True)
    return bool(path) and path[0].day < started


@dataclass(slots=True)
class _Back:
    """Walks from the end to the beginning; what the procedure does not have is passed over."""

    procedure: Procedure
    calendar: Calendar
    day: date
    found: list[Latest]

    def __init__(self, procedure: Procedure, calendar: Calendar, day: date) -> None:
        self.procedure, self.calendar, self.day, self.found = procedure, calendar, day, []

    def at(self, move: str) -> None:
        if any(one.code == move for one in self.procedure.moves):
            self.found.append(Latest(move, self.day))

    def back(self, code: str) -> None:
        known = self.procedure.deadlines.get(code)
        if known is None:
            return
        if known.working:
            self.day = self.calendar.before(self.day, known.days)
            return
        start = self.day
        while _end(known, start, self.calendar) > self.day:
            start -= ONE_DAY
        self.day = _worked_before(start, self.calendar)


def _complaint(walk: _Back) -> None:
    if "posting_again" in walk.procedure.deadlines:
        walk.at("take_down_again")
        walk.back("posting_again")
        walk.at("post_again")
    walk.at("answer")
    walk.back("recheck")
    walk.at("complain")
    walk.back("posting")


def _end(known: Deadline, start: date, calendar: Calendar) -> date:
    return calendar.after(start, known.days, working=known.working)


def _worked_before(day: date, calendar: Calendar) -> date:
    """The day itself where it is worked."""
    return calendar.before(day, 0)
