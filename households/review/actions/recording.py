"""A decision as rows: the decision, its lines as the households stood on that day, and a recognition for each, by thousands."""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from households.registry.actions.working import locked
from households.registry.codes import RecognitionOrigin
from households.registry.ethnicities import name_of
from households.registry.models import Household, Recognition
from households.registry.problems import Problem
from households.registry.state import HouseholdState, MemberState, states_on
from households.review.actions.planning import Draft, DraftLine
from households.review.models import Dossier
from households.review.refusals import ReviewRefusedError
from households.review.superior_models import Decision, DecisionLine
from povertyportal.core.models import User
from povertyportal.core.periods import holds
from povertyportal.vietnamese import format_date

AT_ONCE, NAMED = 1000, 5


@dataclass(frozen=True, slots=True)
class Signed:
    """``corrects``, ``reason``: of a correction."""

    on: date
    signer: str
    position: str
    bases: Sequence[str]
    late: str
    by: User
    at: datetime
    corrects: Decision | None = None
    reason: str = ""


def hold_households(drafts: Sequence[Draft]) -> None:
    """All of them locked, and none gone meanwhile. Raises RegistryRefusedError."""
    found = locked([line.row.household for one in drafts for line in one.lines])
    gone = {
        line.row.household: _why_gone(found[line.row.household], one.valid_from)
        for one in drafts
        for line in one.lines
        if not _lives(found[line.row.household], one.valid_from)
    }
    if gone:
        raise ReviewRefusedError(Problem("", one) for one in list(gone.values())[:NAMED])


def _lives(household: Household, day: date) -> bool:
    return household.merged_into_id is None and holds(household.validity.lower, household.validity.upper, day)


def _why_gone(household: Household, day: date) -> str:
    if household.merged_into_id:
        message = _("Hộ %(one)s đã gộp vào hộ H%(other)s: trả lại phiếu, ghi là không rà soát.")
        return message % {"one": household, "other": household.merged_into_id}
    message = _(
        "Hộ %(one)s không có vào ngày %(day)s, ngày công nhận có hiệu lực: trả lại phiếu, ghi là không rà soát."
    )
    return message % {"one": household, "day": format_date(day)}


def record(dossier: Dossier, draft: Draft, number: str, signed: Signed) -> Decision:
    """In the transaction of the caller, who holds the households."""
    made = unsaved(dossier, draft, number, signed)
    made.save(force_insert=True)
    lines = lines_of(made, draft)
    recognitions = [_recognition(one, line, draft) for one, line in zip(lines, draft.lines, strict=True)]
    stored = Recognition.objects.bulk_create([one for one in recognitions if one], batch_size=AT_ONCE)
    by_household = {one.household_id: one for one in stored}
    for line in lines:
        line.recognition = by_household.get(line.household_id)
    DecisionLine.objects.bulk_create(lines, batch_size=AT_ONCE)
    return made


def unsaved(dossier: Dossier, draft: Draft, number: str, signed: Signed) -> Decision:
    return Decision(
        dossier=dossier, kind=draft.kind, purpose=draft.purpose, area_code=dossier.area_code, year=signed.on.year,
        number=number, decided_on=signed.on, valid_from=draft.valid_from, valid_until=draft.valid_until,
        signer=signed.signer, position=signed.position, bases=list(signed.bases), late=signed.late,
        corrects=signed.corrects, reason=signed.reason, by=signed.by, at=signed.at, invented=dossier.invented,
    )  # fmt: skip


def lines_of(decision: Decision, draft: Draft) -> list[DecisionLine]:
    """Unsaved, in the order of the list; 3 queries however many."""
    states = states_on([one.row.household for one in draft.lines], decision.decided_on)
    return [_line(decision, place, one, states[one.row.household]) for place, one in enumerate(draft.lines, start=1)]


def _line(decision: Decision, place: int, one: DraftLine, state: HouseholdState) -> DecisionLine:
    row, head = one.row, state.head
    return DecisionLine(
        decision=decision, place=place, form_id=row.form, household_id=row.household, klass=one.klass, before=one.before,
        computed=row.computed, reason=row.reason if row.differs else "", head=(head.full_name if head else row.name)[:120],
        village=row.village, address=state.address[:200], ethnicity=name_of(head.ethnicity) if head else "",
        members=list(members_told(state.members if one.klass else _workers(state.members, one.workers))),
    )  # fmt: skip


def _workers(members: Iterable[MemberState], persons: Container[int]) -> list[MemberState]:
    return [one for one in members if one.person in persons]


def members_told(members: Iterable[MemberState]) -> Iterator[dict[str, Any]]:
    """As ``DecisionLine.members`` keeps them; ``birth``: a day in ISO, else the year."""
    for one in members:
        birth = one.birth_date.isoformat() if one.birth_date else str(one.birth_year or "")
        yield {"name": one.full_name, "birth": birth, "sex": one.sex, "relation": one.relation}


def _recognition(line: DecisionLine, one: DraftLine, draft: Draft) -> Recognition | None:
    """None of a list of persons: it says nothing of the household's class."""
    if not one.klass:
        return None
    decision = line.decision
    told = {"what": draft.title, "number": decision.number, "day": format_date(decision.decided_on)}
    return Recognition(
        household_id=line.household_id, klass=one.klass, kind=one.kind, year=decision.dossier.round.year,
        validity=DateRange(draft.valid_from, draft.valid_until), decision_number=decision.number,
        decision_date=decision.decided_on, area_code=decision.area_code, standard=draft.standard,
        origin=RecognitionOrigin.DECIDED, corrects_id=one.corrects,
        reason=(decision.reason or _("Quyết định %(number)s ngày %(day)s: %(what)s") % told)[:400],
        by=decision.by, at=decision.at,
    )  # fmt: skip
