"""When the steps of an invented village or commune were made, so that it stands where it is to stand. Plain Python.

Counted backwards in working days from a day; what could not have been by then, as the forms were not done yet, falls back.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from households.review.calendar.working_days import Calendar
from households.review.deadlines import deadline_of
from households.review.procedures.parts import Procedure

SURVEY, AGREED, POSTED, RECHECK, POSTED_AGAIN, CLOSED = (
    "survey",
    "agreed",
    "posted",
    "recheck",
    "posted_again",
    "closed",
)
HEARD = "closed, a complaint was answered"
POSTED_BEFORE: Mapping[str, int] = {POSTED: 1, RECHECK: 5, CLOSED: 5, POSTED_AGAIN: 11, HEARD: 14}  # working days
FALLS_TO: Mapping[str, str] = {
    HEARD: CLOSED, CLOSED: POSTED, POSTED_AGAIN: RECHECK, RECHECK: POSTED, POSTED: AGREED, AGREED: SURVEY,
}  # fmt: skip
ANSWERED_AFTER, REST = 5, 1  # working days: from the complaint to its answer; from a step to the next


@dataclass(frozen=True, slots=True)
class VillageDays:
    """Of steps that were not made None. ``complained``: the last day of the posting."""

    stage: str
    held: date
    posted: date | None = None
    posted_until: date | None = None
    down: date | None = None
    complained: date | None = None
    complaint_due: date | None = None
    answered: date | None = None
    again: date | None = None
    again_until: date | None = None
    again_down: date | None = None


def village_days(
    wanted: str, procedure: Procedure, calendar: Calendar, *, done: date, end: date, strict: bool = False
) -> VillageDays | None:
    """``done``: when the last form was; ``end``: the day on which the village stands so. None: it is still being surveyed;
    ``strict``: or it could not be as wanted."""
    stage = wanted
    while stage != SURVEY:
        found = _days(stage, procedure, calendar, end)
        if found.held >= done:
            return found
        if strict and not (stage == HEARD and wanted == HEARD):
            return None
        stage = FALLS_TO[stage]
    return None


def _days(stage: str, procedure: Procedure, calendar: Calendar, end: date) -> VillageDays:
    if stage == AGREED:
        return VillageDays(AGREED, calendar.before(end, 1))
    posted = calendar.before(end, POSTED_BEFORE[stage])
    held, until = calendar.before(posted, REST), deadline_of(procedure, "posting", posted, calendar)
    if stage == POSTED:
        return VillageDays(POSTED, held, posted, until)
    down = calendar.after(until, REST)
    if stage == CLOSED:
        return VillageDays(CLOSED, held, posted, until, down)
    due = deadline_of(procedure, "recheck", until, calendar)
    if stage == RECHECK:
        return VillageDays(RECHECK, held, posted, until, down, until, due)
    answered = calendar.after(until, ANSWERED_AFTER)
    again = calendar.after(answered, REST)
    again_until = deadline_of(procedure, "posting_again", again, calendar)
    again_down = calendar.after(again_until, REST) if stage == HEARD else None
    stands = CLOSED if stage == HEARD else POSTED_AGAIN
    return VillageDays(stands, held, posted, until, down, until, due, answered, again, again_until, again_down)


COMPILED, ASKED, OVERDUE, RETURNED, ANSWERED, CERTIFIED = (
    "compiled", "asked", "asked, overdue", "returned", "answered", "certified",
)  # fmt: skip
ASKED_BEFORE: Mapping[str, int] = {ASKED: 2, OVERDUE: 7, RETURNED: 6, ANSWERED: 6}  # working days
REPLIED_BEFORE = 2


@dataclass(frozen=True, slots=True)
class CommuneDays:
    wanted: str
    compiled: date
    asked: date | None = None
    due: date | None = None
    replied: date | None = None
    decided: date | None = None


def commune_days(wanted: str, procedure: Procedure, calendar: Calendar, *, end: date) -> CommuneDays:
    """``end``: today, or the day of the decision."""
    if wanted == COMPILED:
        return CommuneDays(wanted, calendar.before(end, 1))
    before = ASKED_BEFORE.get(wanted, procedure.deadlines["opinion"].days)
    asked = calendar.before(end, before)
    due = deadline_of(procedure, "opinion", asked, calendar)
    compiled = calendar.before(asked, REST)
    if wanted in (ASKED, OVERDUE):
        return CommuneDays(wanted, compiled, asked, due)
    replied = calendar.before(end, REPLIED_BEFORE)
    return CommuneDays(wanted, compiled, asked, due, replied, end if wanted == CERTIFIED else None)


def stages_of_villages() -> Iterator[str]:
    """Of a commune under way, over and over: something at every stage."""
    while True:
        yield from (POSTED, RECHECK, CLOSED, AGREED, POSTED_AGAIN, SURVEY)


def stages_of_communes() -> Iterator[str]:
    """Of communes whose forms are all done."""
    while True:
        yield from (ASKED, RETURNED, ANSWERED, OVERDUE, COMPILED)
