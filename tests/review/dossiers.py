"""Dossiers for tests: ``dossier()`` is the periodic one of Trường Hà in 2026; ``done()`` puts a household on its list whose
form is finished, with the class that the test wants."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from households.registry.models import Household, Recognition
from households.review.actions.complaints import ComplaintTold, receive_complaint
from households.review.actions.meeting import MeetingTold, Vote, hold_meeting
from households.review.actions.posting import post_results, take_down
from households.review.belonging import Prospect
from households.review.calendar.working_days import Calendar
from households.review.listed import Listed, listed
from households.review.models import Complaint, Dossier, DossierPart, Meeting, Posting
from households.review.moving import dossier_for
from households.review.standing import Standing, VillageStanding, dossier_standing
from households.surveys.form_models import State, SurveyForm, SurveyResult
from households.surveys.models import SurveyRound
from povertyportal.core.accounts import system_user
from povertyportal.core.history import acting
from tests.registry.people import COMMUNE, household
from tests.surveys.filled import a_round, form

VILLAGE, OTHER = "01392-001", "01392-002"
SURVEYED, MET = date(2026, 10, 5), date(2026, 10, 12)  # a Monday
POSTED, LAST_DAY = date(2026, 10, 13), date(2026, 10, 16)  # Tuesday; three working days after it, Friday
TWO_PLACES = ("Nhà văn hóa xóm Nà Tềnh", "Trụ sở UBND xã Trường Hà")


def at(day: date, hour: int = 3) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def on(day: date) -> dict[str, Any]:
    return {"by": system_user(), "at": at(day)}


def dossier(procedure: str = "periodic", *, round: SurveyRound | None = None, area: str = COMMUNE) -> Dossier:
    return dossier_for(
        round=round or a_round(), area_code=area, procedure_code=procedure, by=system_user(), at=at(SURVEYED)
    )


def done(
    name: str = "Nông Văn An",
    klass: str = "poor",
    *,
    why: str = "poor",
    before: str = "",
    area: str = VILLAGE,
    round: SurveyRound | None = None,
    day: date = SURVEYED,
    **more: Any,
) -> SurveyForm:
    """``klass`` "": stopped at Phiếu A. ``before``: recognised so at the beginning of the year; that of ``why`` unless said."""
    home = household(area=area, members=[name])
    recognised(home, before or (why if why in ("poor", "near_poor") else ""))
    made = form({}, why=why, of=home, round=round, area=area, state=State.DONE, done_by=system_user(), done_at=at(day))
    result_of(made, klass, day=day, **more)
    return made


def result_of(made: SurveyForm, klass: str, *, day: date = SURVEYED, **more: Any) -> SurveyResult:
    result = {"class": klass or None, "gate": "survey" if klass else "stop", "scores": {"b1": 120, "b2": 30}}
    return SurveyResult.objects.create(
        form=made, purpose="closing", standard="nd07-2021", digest="0" * 64, area_type="rural", on=day, version=1,
        klass=klass, result=result | more, by=system_user(), at=at(day),
    )  # fmt: skip


def done_again(made: SurveyForm, klass: str, *, day: date) -> SurveyResult:
    """The form was filled and finished once more."""
    with acting(by=system_user(), reason="Rà soát lại (phép thử)"):
        SurveyForm.objects.filter(pk=made.pk).update(state=State.DONE, done_by=system_user(), done_at=at(day))
    return result_of(made, klass, day=day)


def waiting(name: str = "Lò Văn Chờ", *, area: str = VILLAGE, why: str = "poor") -> SurveyForm:
    """Nobody has begun with the form."""
    home = household(area=area, members=[name])
    recognised(home, why if why in ("poor", "near_poor") else "")
    return form({}, why=why, of=home, area=area)


def recognised(home: Household, klass: str) -> None:
    if not klass:
        return
    with acting(by=system_user(), reason="Công nhận cho phép thử"):
        Recognition.objects.create(
            household=home, klass=klass, year=2025, validity=DateRange(date(2026, 1, 1), None), area_code=COMMUNE,
            decision_number="12/QĐ-UBND", decision_date=date(2025, 12, 12), standard="nd07-2021",
            origin="taken_over", source="Danh sách của xã (phép thử)",
            reason="Tiếp nhận (phép thử)", by=system_user(), at=at(date(2026, 1, 5)),
        )  # fmt: skip


def told(day: date = MET, present: int = 40, **more: Any) -> MeetingTold:
    said = {"place": "Nhà văn hóa xóm", "chair": "Hoàng Văn Páo", "secretary": "Lục Thị Hà"} | more
    return MeetingTold(held_on=day, starts=time(19), ends=time(21), present_count=present, **said)


def meet(
    of: Dossier, part: str = VILLAGE, *, votes: Mapping[int, Vote] | None = None, day: date = MET, **more: Any
) -> Meeting:
    """All forty agree on every household that waits, unless ``votes`` says otherwise."""
    wanted = {one.form: Vote(40) for one in rows(of, part, day) if one.needs_vote}
    return hold_meeting(dossier=of.pk, part=part, votes=wanted | dict(votes or {}), told=told(day), **(on(day) | more))


def post(
    of: Dossier, *parts: str, day: date = POSTED, turn: int = 1, places: Sequence[str] = TWO_PLACES, **more: Any
) -> Posting:
    made = post_results(
        dossier=of.pk, parts=parts or [VILLAGE], starts_on=day, places=places, turn=turn, **(on(day) | more)
    )
    return made[0]


def end_posting(of: Dossier, *parts: str, day: date = date(2026, 10, 19), turn: int = 1, **more: Any) -> list[str]:
    return take_down(dossier=of.pk, parts=parts or [VILLAGE], turn=turn, **(on(day) | more))


def complain(
    of: Dossier, against: SurveyForm | None, part: str = VILLAGE, *, day: date = LAST_DAY, **more: Any
) -> Complaint:
    said = {"complainant": "Nông Thị Gái", "matter": "Hộ có máy cày, hai trâu"} | more
    told_of = ComplaintTold(received_on=day, form=against.pk if against else None, **said)
    return receive_complaint(dossier=of.pk, part=part, told=told_of, **on(day))


def closed(of: Dossier, *parts: str) -> None:
    """Met, posted and taken down."""
    for part in parts or (VILLAGE,):
        meet(of, part)
        post(of, part)
        end_posting(of, part)


def rows(of: Dossier | Prospect, part: str = "", day: date = MET) -> list[Listed]:
    return listed(of, day=day, village=part)


def stands(of: Dossier | Prospect, day: date = MET) -> Standing:
    return dossier_standing(of, today=day, calendar=Calendar())


def village(of: Dossier | Prospect, part: str = VILLAGE, day: date = MET) -> VillageStanding:
    found = stands(of, day).village(part)
    assert found is not None
    return found


def stage(of: Dossier, part: str = VILLAGE) -> str:
    return DossierPart.objects.get(dossier=of, area_code=part).state
