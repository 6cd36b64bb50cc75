"""Forms of invented households into the tables, a commune at a time, with their saves and results."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import groupby
from random import Random
from typing import Any
from uuid import UUID

from django.utils import timezone

from households.access.models import Grant
from households.access.roles import catalogue
from households.registry.state import states_on
from households.surveys.classification import look_at, results_of
from households.surveys.demonstration.listed import LISTED_AFTER, Listed
from households.surveys.demonstration.progress import visit_day
from households.surveys.demonstration.sheets import Answers, Visit, answered
from households.surveys.demonstration.stages import half_typed, handed_over, sent_back
from households.surveys.form_models import State, SurveyForm, SurveyResult, SurveySave, SurveySheet
from households.surveys.forms.opening import roster_of
from households.surveys.models import SurveyRound
from households.surveys.sheets.bound import Bound, bound_standards
from households.surveys.sheets.ground import Ground, ground_at
from povertyportal.core.models import User
from povertyportal.core.periods import on as holding_on

GONE = "Hộ không còn ở địa bàn khi rà soát (dữ liệu minh họa)."
AT_ONCE = 500
LATE, NEXT = timedelta(days=30), timedelta(days=14)  # before the round's last day: when some villages were to be ready


@dataclass
class Desk:
    """Who works on the forms of a commune: those with the right there, else the account that makes the demonstration."""

    fill: list[User] = field(default_factory=list)
    sends_back: list[User] = field(default_factory=list)


def desks(communes: Iterable[str], day: date) -> dict[str, Desk]:
    """2 queries."""
    found: dict[str, Desk] = defaultdict(Desk)
    for action, place in (("surveys.fill", "fill"), ("surveys.return", "sends_back")):
        rows = Grant.objects.filter(role__in=catalogue().with_action(action), area__code__in=set(communes))
        for grant in holding_on(rows, day).select_related("user", "area").order_by("role", "user__username"):
            if grant.area is not None:
                getattr(found[grant.area.code], place).append(grant.user)
    return found


@dataclass
class Filling:
    """Call inside ``acting`` and one transaction. ``by``: for whom nobody else can be named. ``forms``: how many it wrote."""

    round: SurveyRound
    seed: int
    by: User
    at: datetime
    desks: Mapping[str, Desk]
    forms: int = 0
    _bounds: dict[date, tuple[Bound, ...]] = field(default_factory=dict)

    @property
    def last_day(self) -> date:
        last: date = self.round.days.upper - timedelta(days=1)
        return min(last, timezone.localdate(self.at))

    def fill(self, rows: Iterable[tuple[Listed, str]]) -> None:
        for _commune, own in groupby(rows, key=lambda one: one[0].commune):
            self._commune(list(own))

    def _commune(self, rows: Sequence[tuple[Listed, str]]) -> None:
        first: date = self.round.days.lower
        early = self.round.days.upper > timezone.localdate(self.at) and all(state == State.DONE for _one, state in rows)
        by_day: dict[date, list[tuple[Listed, str]]] = defaultdict(list)
        for listed, state in rows:
            by_day[visit_day(listed, first, self.last_day, self.seed, early=early)].append((listed, state))
        ground = ground_at(rows[0][0].commune, self.round.area_on)
        for day, own in sorted(by_day.items()):
            self._day(own, day, ground)

    def _day(self, rows: Sequence[tuple[Listed, str]], day: date, ground: Ground) -> None:
        known = states_on([listed.household for listed, _state in rows], day)
        visits = []
        for listed, state in rows:
            there = known[listed.household].exists and listed.classes
            form = self._form(listed, state if there else State.DROPPED, day)
            roster = roster_of(known[listed.household].members)
            visits.append(Visit(listed, form, roster, day, ground, self._standards(day), self.seed))
        typed = [(one, _content(one)) for one in visits if one.form.state not in (State.WAITING, State.DROPPED)]
        SurveyForm.objects.bulk_create([one.form for one in visits], AT_ONCE)
        self.forms += len(visits)
        self._sheets(typed)

    def _standards(self, day: date) -> tuple[Bound, ...]:
        if day not in self._bounds:
            self._bounds[day] = bound_standards(self.round, day)
        return self._bounds[day]

    def _form(self, listed: Listed, state: str, day: date) -> SurveyForm:
        desk = self.desks.get(listed.commune, Desk())
        typist = self._one(desk.fill, listed)
        form = SurveyForm(
            round=self.round, household_id=listed.household, why=listed.why, area_code=listed.place.village, state=state,
            listed_by=self.by, listed_at=self._moment(self.round.days.lower + LISTED_AFTER, 8, listed), invented=True,
            assigned_to=typist if desk.fill and listed.place.village[-1] in "13579" else None,
            due=self._due(listed) if state != State.DONE else None,
        )  # fmt: skip
        if state == State.DONE:
            form.done_by, form.done_at = typist, self.typed_at(listed, day) + timedelta(minutes=4)
        elif state == State.RETURNED:
            form.returned_by = self._one(desk.sends_back, listed)
            form.returned_at = self._capped(self.typed_at(listed, day) + timedelta(days=2))
        elif state == State.DROPPED:
            form.remark = GONE
        return form

    def _due(self, listed: Listed) -> date | None:
        """Some villages were to be ready by now, some soon, the others by the end of the round."""
        last = self.round.days.upper - timedelta(days=1)
        return {"1": last - LATE, "2": last - NEXT}.get(listed.place.village[-1])

    def _one(self, users: Sequence[User], listed: Listed) -> User:
        """The same for all of a village."""
        rng = Random(f"{self.seed} {listed.place.village} desk")  # noqa: S311  # nothing secret
        return users[int(rng.random() * len(users))] if users else self.by

    def typed_at(self, listed: Listed, day: date) -> datetime:
        return self._capped(self._moment(day + timedelta(days=2), 8, listed))

    def _moment(self, day: date, hour: int, listed: Listed) -> datetime:
        minutes = Random(f"{self.seed} {listed.home} {day}").randint(0, 520)  # noqa: S311  # nothing secret
        return timezone.make_aware(datetime.combine(day, time(hour)) + timedelta(minutes=minutes))

    def _capped(self, moment: datetime) -> datetime:
        return min(moment, self.at - timedelta(hours=2))

    def _sheets(self, typed: Sequence[tuple[Visit, Answers]]) -> None:
        sheets, saves, results = list[SurveySheet](), list[SurveySave](), list[SurveyResult]()
        for one, answers in typed:
            by = one.form.done_by or self._one(self.desks.get(one.listed.commune, Desk()).fill, one.listed)
            at = self.typed_at(one.listed, one.on)
            sheets.append(SurveySheet(form=one.form, answers=answers, version=1, saved_by=by, saved_at=at))
            saves.append(self._save(one, answers, by, at))
            if one.form.state == State.DONE:
                seen = look_at(one.form, answers, one.ground, one.bounds)
                results += results_of(seen, version=1, by=by, at=one.form.done_at or at)
        SurveySheet.objects.bulk_create(sheets, AT_ONCE)
        SurveySave.objects.bulk_create(saves, AT_ONCE)
        SurveyResult.objects.bulk_create(results, AT_ONCE)

    def _save(self, one: Visit, answers: Answers, by: User, at: datetime) -> SurveySave:
        changes: list[dict[str, Any]] = [
            {"name": name, "from": list(one.roster.get(name, [])), "to": values}
            for name, values in answers.items()
            if one.roster.get(name) != values
        ]
        told = f"{self.seed} {self.round.code} {self.round.area_code} save of H{one.form.household_id}"
        key = UUID(int=Random(told).getrandbits(128), version=4)  # noqa: S311  # nothing secret
        return SurveySave(form=one.form, key=key, base=0, version=1, changes=changes, by=by, at=at)


def _content(one: Visit) -> Answers:
    """What stands on the form; with the remark of one that is not finished."""
    answers = answered(one)
    match one.form.state:
        case State.TYPING:
            return half_typed(one, answers)
        case State.RETURNED:
            return sent_back(one, answers)
        case State.HANDED:
            return handed_over(one, answers)
        case _:
            return answers
