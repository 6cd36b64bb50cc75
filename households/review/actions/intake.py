"""Mẫu 01 and Mẫu 04 as they are handed in: into the commune's register with a number, then onto a list, or taken back.

The paper is received by law whoever brings it; whose household it is and in which round it is reviewed may come later.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from households.access.scope import check_may
from households.areas.queries import UnknownAreaError, find_area
from households.areas.units import Level
from households.registry.actions.working import problems_of_text
from households.registry.models import Household
from households.registry.places import named_place
from households.registry.problems import Problem
from households.registry.state import state_on
from households.review.models import Intake, IntakeKind, IntakeState
from households.review.procedures.shelf import procedure_for
from households.review.refusals import ReviewRefusedError, refuse_step
from households.review.rights import INTAKE
from households.surveys.form_models import State, SurveyForm, Why
from households.surveys.forms.listing import add_form
from households.surveys.models import SurveyRound
from povertyportal.core.history import acting
from povertyportal.core.models import User
from povertyportal.vietnamese import format_date, tidy

WHYS = {
    IntakeKind.REVIEW: Why.REQUEST,
    IntakeKind.AVERAGE: Why.AVERAGE,
    IntakeKind.ESCAPE: Why.ESCAPE,
    IntakeKind.WORKER: Why.WORKER,
}
OLDEST = timedelta(days=366)  # a paper entered later than that belongs into the archive, not into this year's register
_NUMBER_LOCK = 0x494E544B  # "INTK": two papers of one commune are numbered one after the other


@dataclass(frozen=True, slots=True)
class Paper:
    """What stands on it. ``household``: where it is known whose it is."""

    kind: str
    applicant: str
    received_on: date
    address: str = ""
    content: str = ""
    by_post: bool = False
    household: int | None = None


def take_in(*, paper: Paper, commune: str, by: User, at: datetime) -> Intake:
    """Raises ReviewRefusedError, PermissionDenied."""
    today = timezone.localdate(at)
    if problems := list(_problems(paper, today)):
        raise ReviewRefusedError(problems)
    _check_commune(commune, paper.received_on)
    check_may(by, INTAKE, code=commune, on=paper.received_on, day=today)
    if paper.household:
        check_lives_in(paper.household, commune, paper.received_on)
    with transaction.atomic(), acting(by=by, reason=_("Nhận giấy đề nghị của %s") % tidy(paper.applicant)):
        return Intake.objects.create(
            kind=paper.kind, commune_code=commune, year=paper.received_on.year,
            number=_next_number(commune, paper.received_on.year), received_on=paper.received_on, by_post=paper.by_post,
            applicant=tidy(paper.applicant), address=tidy(paper.address), content=paper.content.strip(),
            household_id=paper.household, by=by, at=at,
        )  # fmt: skip


def list_intake(*, intake: int, round: SurveyRound, household: int, by: User, at: datetime) -> SurveyForm:
    """The household comes to the list of the round for what the paper asks; one that stands on it already keeps its form.

    Raises ReviewRefusedError, SurveyRefusedError, RoundRefusedError, PermissionDenied.
    """
    with transaction.atomic(), acting(by=by, reason=_("Đưa hộ có giấy đề nghị vào danh sách rà soát")):
        found = held_intake(intake, by=by, at=at)
        check_lives_in(household, found.commune_code, found.received_on)
        why = WHYS[IntakeKind(found.kind)]
        if procedure_for(kind=round.kind, why=why, year=round.year) is None:
            told = {"round": round.code, "kind": found.get_kind_display()}
            raise refuse_step("round", _("Đợt %(round)s không giải quyết giấy loại này (%(kind)s).") % told)
        form = _standing(round, household) or add_form(round=round, household=household, why=why, by=by, at=at)
        found.household_id, found.form, found.state = household, form, IntakeState.LISTED
        found.save(update_fields=["household", "form", "state"])
    return form


def withdraw_intake(*, intake: int, remark: str, by: User, at: datetime) -> Intake:
    """Whoever handed it in takes it back. Raises ReviewRefusedError, PermissionDenied."""
    problems = list(problems_of_text("remark", remark, 400))
    if not remark.strip():
        problems.append(Problem("remark", _("Cần ghi ai rút, vì sao, ngày nào.")))
    if problems:
        raise ReviewRefusedError(problems)
    with transaction.atomic(), acting(by=by, reason=_("Người đề nghị rút đơn: %s") % remark.strip()):
        found = held_intake(intake, by=by, at=at)
        found.state, found.remark = IntakeState.WITHDRAWN, remark.strip()
        found.save(update_fields=["state", "remark"])
    return found


def held_intake(key: int, *, by: User, at: datetime, action: str = INTAKE) -> Intake:
    """One that nothing was done with yet, locked: of two who act at once the second is told what the first made of it."""
    found = Intake.objects.select_for_update(of=("self",)).filter(pk=key).first()
    if found is None:
        raise refuse_step("", _("Không có giấy đề nghị này."))
    check_may(by, action, code=found.commune_code, on=found.received_on, day=timezone.localdate(at))
    if found.state != IntakeState.RECEIVED:
        raise refuse_step("", _("Giấy số %(number)s %(state)s rồi.") % told_of(found))
    return found


def told_of(found: Intake) -> dict[str, str]:
    return {"number": f"{found.number}/{found.year}", "state": found.get_state_display()}


def check_lives_in(household: int, commune: str, on: date) -> None:
    """Raises ReviewRefusedError."""
    row = Household.objects.filter(pk=household).first()
    known = state_on(household, on) if row else None
    if row is None or known is None or known.merged_into:
        raise refuse_step("household", _("Không có hộ H%s trên cổng.") % household)
    if not known.exists and row.validity.lower > on:  # registered after its paper came
        known = state_on(household, row.validity.lower)
        on = row.validity.lower
    chain = named_place(known.area_code, on=on).chain if known.area_code else ()
    if commune not in {unit.code for unit in chain}:
        told = {"household": household, "day": format_date(on)}
        raise refuse_step("household", _("Ngày %(day)s hộ H%(household)s không ở xã nhận giấy này.") % told)


def _standing(round: SurveyRound, household: int) -> SurveyForm | None:
    rows = SurveyForm.objects.filter(round=round, household=household)
    return rows.exclude(state=State.DROPPED).first()


def _next_number(commune: str, year: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_NUMBER_LOCK, f"{commune} {year}"])
    last = Intake.objects.filter(commune_code=commune, year=year).order_by("-number").values_list("number", flat=True)
    return (last.first() or 0) + 1


def _check_commune(code: str, on: date) -> None:
    try:
        unit = find_area(code=code, on=on)
    except UnknownAreaError as unknown:
        raise refuse_step("commune", str(unknown)) from unknown
    if unit.level != Level.COMMUNE:
        raise refuse_step("commune", _("Giấy đề nghị nộp ở xã, phường; %s không phải xã, phường.") % unit.full_name)


def _problems(paper: Paper, today: date) -> Iterator[Problem]:
    if paper.kind not in IntakeKind.values:
        yield Problem("kind", _("Hãy chọn loại giấy."))
    for field, most in (("applicant", 120), ("address", 200), ("content", 1000)):
        yield from problems_of_text(field, getattr(paper, field), most)
    if not paper.applicant.strip():
        yield Problem("applicant", _("Cần ghi tên người đề nghị."))
    yield from problems_of_received(paper.received_on, today)


def problems_of_received(on: date, today: date) -> Iterator[Problem]:
    if on > today:
        message = _("Ngày nhận %(day)s chưa tới; hôm nay là %(today)s.")
        yield Problem("received_on", message % {"day": format_date(on), "today": format_date(today)})
    if today - on > OLDEST:
        message = _("Ngày nhận %s cách đây hơn một năm; sổ này chỉ ghi giấy của năm đang giải quyết.")
        yield Problem("received_on", message % format_date(on))
