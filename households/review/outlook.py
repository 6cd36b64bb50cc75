"""What is to be done by when, so that the dossier is decided in time: counted backwards from the last day, with and without a
complaint on the last day of the posting."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from households.review.calendar.working_days import Calendar
from households.review.clocks import started
from households.review.deadlines import Due, complaint_overruns, critical_path, end_of, warnings
from households.review.procedures.parts import Holder
from households.review.standing import Standing, VillageStanding

OF_COMPLAINT = ("answer", "post_again", "take_down_again")
PAST: Mapping[str, Collection[str]] = {  # by move: the stages of a village that are behind it
    "meet": {"agreed", "posted", "recheck", "posted_again", "closed"},
    "post": {"posted", "recheck", "posted_again", "closed"},
    "complain": {"recheck", "posted_again", "closed"},
    "answer": {"posted_again", "closed"},
    "post_again": {"posted_again", "closed"},
    "take_down": {"recheck", "posted_again", "closed"},
    "take_down_again": {"closed"},
}


@dataclass(frozen=True, slots=True)
class PathLine:
    """``plain``: the latest day where nobody complains, ``complaint``: where somebody does on the last day. ``done``: in every
    village, or by the commune; ``risky``: only without a complaint it is still in time."""

    move: str
    title: str
    plain: date | None
    complaint: date | None
    done: bool
    late: bool
    risky: bool


@dataclass(frozen=True, slots=True)
class Outlook:
    """``end``: the day by which it has to be decided, ``over`` once it is past; ``overruns``: a complaint leaves no way to keep
    it."""

    end: date
    days_left: int
    over: bool
    path: Sequence[PathLine]
    due: Sequence[Due]
    overruns: bool

    @property
    def late(self) -> list[Due]:
        return [one for one in self.due if one.late]

    @property
    def soon(self) -> list[Due]:
        return [one for one in self.due if not one.late]

    @property
    def risky(self) -> bool:
        """A complaint on the last day of a posting that has not begun would come too late to be kept in time."""
        return not self.overruns and any(one.risky for one in self.path if one.move == "post")


def outlook(standing: Standing, *, calendar: Calendar) -> Outlook | None:
    """None where no such day is known. No query."""
    known, today = standing.procedure, standing.today
    begun = started_on(standing)
    end = end_of(known, year=standing.round.year, started=begun, calendar=calendar)
    if end is None:
        return None
    done = moves_done(standing)
    plain = dict(critical_path(known, end=end, calendar=calendar, complaint=False))
    longest = critical_path(known, end=end, calendar=calendar, complaint=True)
    path = [
        PathLine(
            step.move, known.move(step.move).title, plain.get(step.move), step.day, step.move in done,
            step.move not in done and plain.get(step.move, end) < today, step.move not in done and step.day < today,
        )
        for step in longest
    ]  # fmt: skip
    due = [] if standing.stage.done else _due(standing, done, end, calendar)
    overruns = begun is not None and complaint_overruns(known, started=begun, calendar=calendar)
    return Outlook(end, calendar.working_days_between(today, end), today > end, path, due, overruns)


def _due(standing: Standing, done: set[str], end: date, calendar: Calendar) -> list[Due]:
    """Where somebody complained, the steps that come of it too."""
    asked: dict[str, Any] = {"end": end, "today": standing.today, "calendar": calendar}
    found = warnings(standing.procedure, done=done, **asked)
    heard = [one for one in standing.villages if one.seen.rechecked and not one.stage.done]
    if heard:
        made = {one.code for one in standing.procedure.moves if one.code not in OF_COMPLAINT} | _passed(heard)
        found += warnings(standing.procedure, done=made, complaint=True, **asked)
    return sorted(found, key=lambda one: one.latest)


def started_on(standing: Standing) -> date | None:
    """Of a review within the year: when the days of the first household begin to count."""
    return started(standing.round, (one for village in standing.villages for one in village.rows))


def moves_done(standing: Standing) -> set[str]:
    """What need not be done any more: made in every village that has households, or by the commune."""
    known = standing.procedure
    order = [one.code for one in known.stages if one.holder is Holder.DOSSIER]
    reached = order.index(standing.stage.code)
    found = {
        one.code for one in known.moves
        if one.holder is Holder.DOSSIER and one.to in order and 0 < order.index(one.to) <= reached
    }  # fmt: skip
    ours = [one for one in standing.villages if one.counts.assessed or one.counts.open]
    return found | _passed(ours) if ours else found


def _passed(villages: Sequence[VillageStanding]) -> set[str]:
    """Steps that each of them is past."""
    return {move for move, past in PAST.items() if all(one.stage.code in past for one in villages)}
