"""The dossiers of a demonstration: of its last year's round each finished, of this year's round some at every stage.

It stands on the forms that ``surveys.demonstration`` made. What was decided is written as if on the portal; the
recognitions themselves are those that the demonstration has already.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone

from households.areas.models import Area
from households.registry.state import members_on
from households.review.calendar.shipped import shipped
from households.review.calendar.working_days import ONE_DAY
from households.review.demonstration import timetable
from households.review.demonstration.at_office import Office, write_offices
from households.review.demonstration.intakes import papers, wishes
from households.review.demonstration.outcomes import (
    Commune,
    chair_of,
    decision_day,
    refuse_unrecognised,
    write_commune,
)
from households.review.demonstration.people import Desks, desks_of
from households.review.demonstration.timetable import CERTIFIED, CLOSED, HEARD, CommuneDays, VillageDays
from households.review.demonstration.villages import Rows, Village, write_village
from households.review.listed import Listed, listed
from households.review.models import Dossier, Intake, ReviewStep
from households.review.procedures.parts import Procedure
from households.review.procedures.shelf import procedure_for
from households.review.progress import by_place
from households.review.rights import INTAKE, VILLAGE
from households.review.superior_models import SubjectRequest
from households.surveys.form_models import State, SurveyForm, Why
from households.surveys.models import SurveyRound
from households.surveys.queries import all_rounds, communes_of
from povertyportal.core.models import User


@dataclass(frozen=True, slots=True)
class Ground:
    """A round with its forms by commune. ``done``: village → day on which its last form was, where all are; ``superiors``:
    commune → unit above it."""

    round: SurveyRound
    procedure: Procedure
    forms: Mapping[str, Sequence[SurveyForm]]
    done: Mapping[str, date]
    superiors: Mapping[str, str]


def fill_reviews(seed: int, *, by: User, at: datetime) -> int:
    """How many dossiers it made. Call inside ``acting`` and one transaction, once the forms are there."""
    made, today = 0, timezone.localdate(at)
    for round in all_rounds().filter(invented=True, forms__isnull=False).distinct().order_by("code", "area_code"):
        known = procedure_for(kind=round.kind, why=Why.POOR, year=round.year)
        if known is None:
            continue
        ground = _ground(round, known)
        desks = desks_of([*ground.superiors, *ground.superiors.values()], by=by, day=today)
        finished = timetable.stages_of_communes() if round.days.upper > today else None
        villages = timetable.stages_of_villages()
        for code in sorted(ground.forms):
            _Making(ground, code, desks, seed, at).run(finished, villages)
            made += 1
        if finished is not None:
            signers = {code: chair_of(code, seed) for code in ground.forms}
            made += write_offices(Office(round, desks, signers, shipped(), at), ground.forms)
    return made


def _ground(round: SurveyRound, known: Procedure) -> Ground:
    communes = [one.code for one in communes_of(round)]
    areas = Area.objects.filter(validity__contains=round.area_on)
    villages = dict(areas.filter(parent_code__in=communes).values_list("code", "parent_code"))
    superiors = dict(areas.filter(code__in=communes).values_list("code", "parent_code"))
    forms: dict[str, list[SurveyForm]] = defaultdict(list)
    places: dict[str, list[SurveyForm]] = defaultdict(list)
    for form in SurveyForm.objects.filter(round=round).exclude(state=State.DROPPED).order_by("pk"):
        forms[villages.get(form.area_code, form.area_code)].append(form)
        if form.why in known.whys:
            places[form.area_code].append(form)
    done = {
        code: max(timezone.localdate(one.done_at) for one in own if one.done_at)
        for code, own in places.items()
        if all(one.state == State.DONE for one in own)
    }
    return Ground(round, known, forms, done, superiors)


class _Making:
    """Of one commune."""

    def __init__(self, ground: Ground, code: str, desks: Desks, seed: int, at: datetime) -> None:
        self.ground, self.code, self.desks, self.seed, self.at = ground, code, desks, seed, at
        self.today, self.calendar = timezone.localdate(at), shipped()

    def run(self, finished: Iterator[str] | None, villages: Iterator[str]) -> None:
        """``finished``: what becomes of communes of a running round whose forms are all done; None: all is decided."""
        decided = decision_day(self.code, self.ground.round.year) if finished is None else None
        dossier = self._dossier()
        rows = listed(dossier, day=decided - ONE_DAY if decided else self.today)
        self._papers({one.household: one.head for one in rows} | self._at_office(), running=finished is not None)
        places = by_place(rows)
        days, stages = self._as_far(places, finished, decided), Rows()
        for code, own in places.items():
            found = self._village_days(code, days, villages)
            if found is not None and any(one.assessed for one in own):
                write_village(self._village(dossier, code, own), found, stages)
        stages.store()
        steps = list(stages.steps)
        if days is not None:
            steps += self._commune(dossier, rows, days)
        dossier.version = len(steps)
        dossier.save(update_fields=["state", "version"])

    def _at_office(self) -> dict[int, str]:
        """Heads of households that no village votes on."""
        others = [one.household_id for one in self.ground.forms[self.code] if one.why in (Why.AVERAGE, Why.WORKER)]
        return {household: own[0].full_name for household, own in members_on(others, self.today).items()}

    def _dossier(self) -> Dossier:
        first: date = self.ground.round.days.lower
        opened = timezone.make_aware(datetime.combine(first, time(8)))
        return Dossier.objects.create(
            round=self.ground.round, area_code=self.code, procedure=self.ground.procedure.code, state="villages",
            opened_by=self.desks.one(VILLAGE, self.code), opened_at=min(opened, self.at), invented=True,
        )  # fmt: skip

    def _as_far(
        self, places: Mapping[str, Sequence[Listed]], finished: Iterator[str] | None, decided: date | None
    ) -> CommuneDays | None:
        """None: the villages are under way."""
        if finished is None:
            end = decided or date(self.ground.round.year, 12, 10)
            return timetable.commune_days(CERTIFIED, self.ground.procedure, self.calendar, end=end)
        if not places or any(code not in self.ground.done for code in places):
            return None
        days = timetable.commune_days(next(finished), self.ground.procedure, self.calendar, end=self.today)
        last = max(self.ground.done[code] for code in places)
        closed = timetable.village_days(
            CLOSED, self.ground.procedure, self.calendar, done=last, end=days.compiled, strict=True
        )
        return days if closed is not None else None

    def _village_days(self, code: str, days: CommuneDays | None, villages: Iterator[str]) -> VillageDays | None:
        """In a finished commune a complaint was heard in the first village that had the time."""
        done = self.ground.done.get(code)
        if done is None:
            return None
        if days is None:
            return timetable.village_days(
                next(villages), self.ground.procedure, self.calendar, done=done, end=self.today
            )
        early = min(self.ground.done[one] for one in self._own_villages())
        first = next(one for one in sorted(self._own_villages()) if self.ground.done[one] == early)
        wanted = HEARD if code == first else CLOSED
        return timetable.village_days(wanted, self.ground.procedure, self.calendar, done=done, end=days.compiled)

    def _own_villages(self) -> set[str]:
        whys = self.ground.procedure.whys
        return {one.area_code for one in self.ground.forms[self.code] if one.why in whys} & self.ground.done.keys()

    def _village(self, dossier: Dossier, code: str, rows: Sequence[Listed]) -> Village:
        official = self.desks.one(VILLAGE, self.code)
        return Village(dossier, self.ground.procedure, code, rows[0].village, rows, official, self.at, self.seed)

    def _commune(self, dossier: Dossier, rows: Sequence[Listed], days: CommuneDays) -> list[ReviewStep]:
        commune = Commune(
            dossier, self.ground.procedure, rows, self.ground.superiors[self.code], self.desks, self.at,
            chair_of(self.code, self.seed),
        )  # fmt: skip
        steps = list(write_commune(commune, days, self.desks.one(VILLAGE, self.code)))
        ReviewStep.objects.bulk_create(steps)
        dossier.state = commune.state
        if days.decided is not None:
            refuse_unrecognised(commune, days.decided)
        return steps

    def _papers(self, heads: Mapping[int, str], *, running: bool) -> None:
        by = self.desks.one(INTAKE, self.code)
        forms = self.ground.forms[self.code]
        rows = papers(self.ground.round, self.code, forms, heads, self.calendar, by=by, seed=self.seed, now=self.at)
        Intake.objects.bulk_create(rows, 500)
        if running:
            asked = wishes(self.code, heads, self.calendar, by=by, seed=self.seed, now=self.at)
            SubjectRequest.objects.bulk_create(asked)
