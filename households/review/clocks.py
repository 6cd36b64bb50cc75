"""From which day the days of a procedure count that runs from the start of the review: of each household its own."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.utils import timezone

from households.review.calendar.working_days import Calendar
from households.review.deadlines import deadline_of
from households.review.listed import Listed
from households.review.procedures.parts import Procedure
from households.surveys.codes import monthly_start
from households.surveys.models import RoundKind, SurveyRound

STARTED = "started"  # what such a deadline counts from


class DueRow(NamedTuple):
    """``day``: the last day in time to decide on the household."""

    row: Listed
    day: date


def starts_on(row: Listed, round: SurveyRound) -> date:
    """In a round within the year its first day, or the day of the listing where that was later. In the yearly round, where farm
    households and workers go through their own procedure, the 15th of the month after their paper came."""
    first: date = round.days.lower
    listed_on = timezone.localdate(row.listed_at)
    if round.kind == RoundKind.IN_YEAR:
        return max(first, listed_on)
    return max(first, monthly_start(row.received_on or listed_on))


def started(round: SurveyRound, rows: Iterable[Listed]) -> date | None:
    """The earliest of them; None without any."""
    return min((starts_on(one, round) for one in rows), default=None)


def due_rows(procedure: Procedure, round: SurveyRound, rows: Iterable[Listed], calendar: Calendar) -> list[DueRow]:
    """Those that are due first in front; nothing where the decision has no such deadline. No query."""
    known = procedure.deadlines.get("decision")
    if known is None or known.counted_from != STARTED:
        return []
    found = (DueRow(one, deadline_of(procedure, "decision", starts_on(one, round), calendar)) for one in rows)
    return sorted(found, key=lambda one: one.day)
