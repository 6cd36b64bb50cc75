"""What was answered in the rounds of a demonstration: all of its last year's, and as much as there is by now of this year's."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.utils import timezone

from households.criteria.queries import standards_on
from households.surveys.codes import RoundCode
from households.surveys.demonstration.forms import Filling, desks
from households.surveys.demonstration.listed import Census, Listed, finished, running
from households.surveys.demonstration.progress import DONE, LEAST_DAYS, WAITING, states
from households.surveys.models import SurveyRound
from households.surveys.queries import all_rounds, round_of
from households.surveys.rounds import open_round
from povertyportal.core.accounts import system_user
from povertyportal.core.models import User

BEGINS = (9, 1)


def fill_rounds(seed: int, mark: str, areas: Sequence[str], *, year: int, by: User, at: datetime) -> int:
    """How many forms it wrote. Call inside ``acting`` and one transaction."""
    forms, today = 0, timezone.localdate(at)
    for area_code in areas:
        last = round_of(str(RoundCode(year)), area_code)
        if last is not None:
            forms += _fill(last, [(one, DONE) for one in finished(Census(last, seed))], seed, by, at)
        now = open_running(area_code, mark, year, today, at)
        if now is not None:
            forms += _fill(now, _under_way(now, seed, today), seed, by, at)
    return forms


def open_running(area_code: str, mark: str, year: int, today: date, at: datetime) -> SurveyRound | None:
    """Of this year, where the households live on from the last one, a standard is there for it, and nobody opened a real one."""
    begins = date(year + 1, *BEGINS)
    if today.year != begins.year or today < begins or standards_on(begins.year).closing is None:
        return None
    code, by = str(RoundCode(begins.year)), system_user()
    if all_rounds().filter(code=code, invented=False).exists():
        return None
    return open_round(code=code, area_code=area_code, on=begins, by=by, at=at, legal_basis=mark, invented=True)


def _under_way(found: SurveyRound, seed: int, today: date) -> list[tuple[Listed, str]]:
    rows = running(Census(found, seed))
    if today < found.days.lower + timedelta(days=LEAST_DAYS):
        return [(one, WAITING) for one in rows]
    return list(states(rows))


def _fill(found: SurveyRound, rows: Sequence[tuple[Listed, str]], seed: int, by: User, at: datetime) -> int:
    communes = {one.commune for one, _state in rows}
    filling = Filling(found, seed, by, at, desks(communes, timezone.localdate(at)))
    filling.fill(rows)
    return filling.forms
