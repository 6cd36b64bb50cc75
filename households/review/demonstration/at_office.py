"""Reviews without a meeting in invented communes of a running round: farm households of average standard, workers of low
income. Of each kind the first commune has decided, the next has its list posted at the office, and so on."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from itertools import cycle
from typing import Any, NamedTuple

from django.utils import timezone

from households.review.actions.planning import planned
from households.review.actions.recording import Signed, record
from households.review.actions.registers import next_numbers
from households.review.calendar.working_days import Calendar
from households.review.deadlines import deadline_of
from households.review.demonstration.people import LEAD, VILLAGE, Desks
from households.review.listed import listed
from households.review.models import Dossier, DossierPart, Posting, ReviewStep
from households.review.procedures.parts import Holder, Procedure
from households.review.procedures.shelf import procedure_for
from households.surveys.form_models import State, SurveyForm, Why
from households.surveys.models import SurveyRound
from povertyportal.core.models import User

DECIDED, POSTED = "decided", "posted"
LATE = "Mưa lũ kéo dài, khảo sát thu nhập ở các thôn xa chậm."
CHAIR = "Chủ tịch"
HOURS = {"post": 8, "take_down": 9, "compile": 14, "decide": 8}


class Days(NamedTuple):
    """Of steps that were not made None."""

    posted: date
    until: date
    down: date | None = None
    compiled: date | None = None
    decided: date | None = None


class Office(NamedTuple):
    """``signers``: of each commune; ``now``: nothing is recorded after it."""

    round: SurveyRound
    desks: Desks
    signers: Mapping[str, str]
    calendar: Calendar
    now: datetime

    def recorded(self, day: date, move: str) -> datetime:
        return min(timezone.make_aware(datetime.combine(day, time(HOURS[move], 25))), self.now)


def write_offices(office: Office, forms: Mapping[str, Sequence[SurveyForm]]) -> int:
    """``forms``: of each commune. How many dossiers it made."""
    made = 0
    for why in (Why.AVERAGE, Why.WORKER):
        known = procedure_for(kind=office.round.kind, why=why, year=office.round.year)
        stages = cycle((DECIDED, POSTED))
        for code in sorted(forms):
            own = [one for one in forms[code] if known is not None and one.why == why]
            days = _days(next(stages), known, own, office) if known and _all_done(own) else None
            if known and days:
                _dossier(office, known, code, days)
                made += 1
    return made


def _all_done(forms: Sequence[SurveyForm]) -> bool:
    return bool(forms) and all(one.state == State.DONE for one in forms)


def _days(stage: str, known: Procedure, forms: Sequence[SurveyForm], office: Office) -> Days | None:
    """None: it could not be so far by now."""
    today, back = timezone.localdate(office.now), office.calendar.before
    done = max(timezone.localdate(one.done_at) for one in forms if one.done_at)
    if stage == POSTED:
        posted = back(today, 2)
        return Days(posted, _until(known, posted, office)) if posted >= done else None
    decided = back(today, 2)
    compiled, down = back(decided, 1), back(decided, 2)
    posted = back(down, known.deadlines["posting"].days + 1)
    return Days(posted, _until(known, posted, office), down, compiled, decided) if posted >= done else None


def _until(known: Procedure, posted: date, office: Office) -> date:
    return deadline_of(known, "posting", posted, office.calendar)


def _dossier(office: Office, known: Procedure, code: str, days: Days) -> None:
    official = office.desks.one(VILLAGE, code)
    dossier = Dossier.objects.create(
        round=office.round, area_code=code, procedure=known.code, state=known.first_of(Holder.DOSSIER).code,
        opened_by=official, opened_at=office.recorded(days.posted, "post"), invented=True,
    )  # fmt: skip
    part = DossierPart.objects.create(dossier=dossier, area_code=code, state=known.first_of(Holder.PART).code)
    rows = [one for one in listed(dossier, day=days.posted) if one.public]
    posting = Posting.objects.create(
        part=part, turn=1, starts_on=days.posted, ends_on=days.until, places=list(known.posting_places),
        shown=[one.shown() for one in rows], by=official, at=office.recorded(days.posted, "post"),
    )  # fmt: skip
    details: dict[str, dict[str, Any]] = {
        "post": {"posting": posting.pk, "households": len(rows)},
        "take_down": {"complaints": []},
    }
    moves = [("post", days.posted, official), ("take_down", days.down, official), ("compile", days.compiled, official)]
    steps = list(_steps(office, known, (dossier, part), moves, details))
    if days.decided is not None:
        chair = office.desks.one(LEAD, code)
        made = _decisions(office, dossier, days.decided, chair)
        told = {"decide": {"decisions": made}}
        steps += _steps(office, known, (dossier, part), [("decide", days.decided, chair)], told)
        steps[-1].late = LATE
    ReviewStep.objects.bulk_create(steps)
    part.save(update_fields=["state"])
    dossier.version = len(steps)
    dossier.save(update_fields=["state", "version"])


def _steps(
    office: Office,
    known: Procedure,
    whose: tuple[Dossier, DossierPart],
    moves: Sequence[tuple[str, date | None, User]],
    details: Mapping[str, dict[str, Any]],
) -> Iterator[ReviewStep]:
    dossier, part = whose
    for code, on, by in moves:
        if on is None:
            continue
        move = known.move(code)
        holder = part if move.holder is Holder.PART else dossier
        before, holder.state = holder.state, move.to
        yield ReviewStep(
            dossier=dossier, part=part if move.holder is Holder.PART else None, move=code, from_state=before,
            to_state=move.to, on=on, details=details.get(code, {}), by=by, at=office.recorded(on, code),
        )  # fmt: skip


def _decisions(office: Office, dossier: Dossier, on: date, chair: User) -> list[int]:
    """By the commune's own way, as nothing was decided of these households before."""
    plan = planned(dossier, on=on)
    numbers = next_numbers(dossier.area_code, on.year, len(plan.drafts))
    late = LATE if plan.late else ""
    signed = Signed(
        on, office.signers[dossier.area_code], CHAIR, plan.bases, late, chair, office.recorded(on, "decide")
    )
    return [record(dossier, one, number, signed).pk for one, number in zip(plan.drafts, numbers, strict=True)]
