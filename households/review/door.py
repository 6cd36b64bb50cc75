"""Papers handed in at the commune's door: in which rounds they are dealt with, the day that the receipt promises, and which were
not answered by then."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import JSONObject, Lower

from households.review.calendar.working_days import Calendar
from households.review.deadlines import deadline_of, end_of
from households.review.models import Dossier, Intake, IntakeKind, IntakeState
from households.review.procedures import common
from households.review.procedures.parts import Procedure
from households.review.procedures.shelf import procedure_for
from households.review.superior_models import DecisionLine, Refusal
from households.surveys.codes import PERIODIC_ENDS, PERIODIC_STARTS, monthly_start
from households.surveys.form_models import State, Why
from households.surveys.models import RoundKind, SurveyRound
from households.surveys.queries import all_rounds
from povertyportal.vietnamese import MARKED_CAPITALS, MARKED_SMALL

MOST_OTHERS = 5
WHYS = {
    IntakeKind.REVIEW: Why.REQUEST,
    IntakeKind.AVERAGE: Why.AVERAGE,
    IntakeKind.ESCAPE: Why.ESCAPE,
    IntakeKind.WORKER: Why.WORKER,
}


def rounds_for(kind: str, areas: Collection[str], *, after: date) -> list[SurveyRound]:
    """Of these areas, the newest first, those that are not over and deal with such a paper; 1 query."""
    rows = all_rounds().filter(days__endswith__gt=after, area_code__in=areas).order_by("-days__startswith", "-pk")
    return [one for one in rows if procedure_of(kind, one)]


def procedure_of(kind: str, round: SurveyRound) -> Procedure | None:
    return procedure_for(kind=round.kind, why=WHYS[IntakeKind(kind)], year=round.year)


def promised(kind: str, received: date, rounds: Iterable[SurveyRound], calendar: Calendar) -> date | None:
    """The day by which it is decided where every deadline is kept: in a round within the year that lasts, in the yearly one, else
    in the round of the month to come. None where no procedure is known. ``rounds``: which may deal with it."""
    lasting = [one for one in rounds if received in one.days]
    within = next((one for one in lasting if one.kind == RoundKind.IN_YEAR), None)
    if within and (known := procedure_of(kind, within)):
        return deadline_of(known, "decision", max(within.days.lower, received), calendar)
    why, start = WHYS[IntakeKind(kind)], monthly_start(received)
    yearly = any(PERIODIC_STARTS <= (day.month, day.day) < PERIODIC_ENDS for day in (received, start))
    known = procedure_for(kind=RoundKind.PERIODIC, why=why, year=received.year) if yearly else None
    known = known or procedure_for(kind=RoundKind.IN_YEAR, why=why, year=start.year)
    return end_of(known, year=received.year, started=start, calendar=calendar) if known else None


def decided_in(round: SurveyRound, commune: str, why: str) -> Dossier | None:
    """The commune's dossier of the round for households listed for that reason, where the chair has decided already: whoever is
    listed later is in none of its decisions."""
    known = procedure_for(kind=round.kind, why=why, year=round.year)
    if known is None:
        return None
    rows = Dossier.objects.filter(round=round, area_code=commune, procedure=known.code)
    return rows.filter(state__in=[common.DECIDED.code, common.CERTIFIED.code]).first()


def unanswered() -> Q:
    """Papers of which nothing was decided, and nothing written to whoever handed them in."""
    decided = Exists(DecisionLine.objects.filter(form=OuterRef("form")))
    written = Exists(Refusal.objects.filter(Q(form=OuterRef("form")) | Q(intake=OuterRef("pk"))))
    waiting = Q(state=IntakeState.RECEIVED)
    listed = Q(state=IntakeState.LISTED) & ~Q(form__state=State.DROPPED) & ~decided & ~written
    return waiting | listed


def late(day: date) -> Q:
    """Papers not answered by the day that was promised."""
    return unanswered() & Q(due_on__lt=day)


def late_papers(day: date) -> "QuerySet[Intake]":
    return Intake.objects.filter(late(day))


@dataclass(frozen=True, slots=True)
class Other:
    """Another paper of the same household, or of somebody of the same name."""

    pk: int
    number: str
    received_on: date
    kind: str
    state: str
    address: str


def with_others(rows: "QuerySet[Intake]") -> "QuerySet[Intake]":
    """Each with what ``others_of`` tells: papers of its commune, of the same year, the one before and the one after."""
    same = Q(name_key=_name_key(OuterRef("applicant"))) | Q(household=OuterRef("household"))
    near = Q(year__gte=OuterRef("year") - 1, year__lte=OuterRef("year") + 1, commune_code=OuterRef("commune_code"))
    found = Intake.objects.annotate(name_key=_name_key(F("applicant"))).filter(same, near).exclude(pk=OuterRef("pk"))
    names = ("pk", "number", "year", "received_on", "kind", "state", "address")
    told = found.order_by("-received_on", "-pk").values(told=JSONObject(**{one: one for one in names}))
    return rows.annotate(others_told=ArraySubquery(told[:MOST_OTHERS]))


def others_of(paper: Intake) -> list[Other]:
    """Of a paper read by ``with_others``."""
    return [
        Other(
            one["pk"], f"{one['number']}/{one['year']}", date.fromisoformat(one["received_on"]),
            str(IntakeKind(one["kind"]).label), str(IntakeState(one["state"]).label), one["address"],
        )
        for one in getattr(paper, "others_told", ())
    ]  # fmt: skip


def _name_key(name: Any) -> Func:
    """The name whatever its capitals."""
    return Func(
        Lower(name), Value(MARKED_CAPITALS), Value(MARKED_SMALL), function="translate", output_field=TextField()
    )
