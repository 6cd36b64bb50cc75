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
from households.registry.codes import RecognisedClass
from households.registry.models import Household
from households.registry.places import named_place
from households.registry.problems import Problem
from households.registry.state import state_on
from households.review.calendar.working_days import Calendar
from households.review.door import WHYS, procedure_of, promised, rounds_for
from households.review.listed import LISTED_CLASSES
from households.review.models import Intake, IntakeKind, IntakeState
from households.review.procedures.shelf import procedure_for
from households.review.refusals import ReviewRefusedError, refuse_step
from households.review.rights import INTAKE
from households.surveys.form_models import State, SurveyForm
from households.surveys.forms.listing import add_form
from households.surveys.models import SurveyRound
from povertyportal.core.history import acting
from povertyportal.core.models import User
from povertyportal.vietnamese import format_date, tidy

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


def take_in(*, paper: Paper, commune: str, calendar: Calendar, by: User, at: datetime) -> Intake:
    """With the day that the receipt promises. Raises ReviewRefusedError, PermissionDenied."""
    today = timezone.localdate(at)
    if problems := list(_problems(paper, today)):
        raise ReviewRefusedError(problems)
    _check_commune(commune, paper.received_on)
    check_may(by, INTAKE, code=commune, on=paper.received_on, day=today)
    if paper.household:
        check_lives_in(paper.household, commune, paper.received_on)
    due = _promised(paper, commune, calendar)
    with transaction.atomic(), acting(by=by, reason=_("Nhận giấy đề nghị của %s") % tidy(paper.applicant)):
        return Intake.objects.create(
            kind=paper.kind, commune_code=commune, year=paper.received_on.year,
            number=_next_number(commune, paper.received_on.year), received_on=paper.received_on, by_post=paper.by_post,
            applicant=tidy(paper.applicant), address=tidy(paper.address), content=paper.content.strip(),
            household_id=paper.household, due_on=due, by=by, at=at,
        )  # fmt: skip


def list_intake(*, intake: int, round: SurveyRound, household: int, by: User, at: datetime) -> SurveyForm:
    """The household comes to the list of the round for what the paper asks; one that stands on it already keeps its form.

    Raises ReviewRefusedError, SurveyRefusedError, RoundRefusedError, PermissionDenied.
    """
    with transaction.atomic(), acting(by=by, reason=_("Đưa hộ có giấy đề nghị vào danh sách rà soát")):
        found = held_intake(intake, by=by, at=at)
        check_lives_in(household, found.commune_code, found.received_on)
        why = WHYS[IntakeKind(found.kind)]
        if procedure_of(found.kind, round) is None:
            told = {"round": round.code, "kind": found.get_kind_display()}
            raise refuse_step("round", _("Đợt %(round)s không giải quyết giấy loại này (%(kind)s).") % told)
        form = _standing(found.kind, round, household)
        if form is None:
            _check_managed(found.kind, round, household)
            form = add_form(round=round, household=household, why=why, by=by, at=at)
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


def _promised(paper: Paper, commune: str, calendar: Calendar) -> date | None:
    areas = [unit.code for unit in named_place(commune, on=paper.received_on).chain]
    rounds = rounds_for(paper.kind, areas, after=paper.received_on)
    return promised(paper.kind, paper.received_on, rounds, calendar)


def _standing(kind: str, round: SurveyRound, household: int) -> SurveyForm | None:
    """The household's form in the round; of a household reviewed by another procedure the paper cannot be dealt with there."""
    form = SurveyForm.objects.filter(round=round, household=household).exclude(state=State.DROPPED).first()
    if form and procedure_for(kind=round.kind, why=form.why, year=round.year) != procedure_of(kind, round):
        told = {"round": round.code, "why": form.get_why_display()}
        message = _(
            "Trong đợt %(round)s hộ này đã có phiếu (%(why)s) theo thủ tục khác; mỗi hộ một phiếu một đợt: hãy chọn đợt khác."
        )
        raise refuse_step("round", message % told)
    return form


def _check_managed(kind: str, round: SurveyRound, household: int) -> None:
    """A household that is poor already asks for nothing new by Mẫu 01. Raises ReviewRefusedError."""
    known = state_on(household, round.days.lower).recognition
    if kind == IntakeKind.REVIEW and known and known.klass in LISTED_CLASSES:
        message = _(
            "Hộ H%(household)s đang là %(klass)s: đợt định kỳ lập sẵn danh sách, không cần Mẫu 01. Muốn được công nhận thoát "
            "nghèo thì nộp Mẫu 04; không giải quyết thì lãnh đạo xã trả lời bằng văn bản."
        )
        told = {"household": household, "klass": RecognisedClass(known.klass).label}
        raise refuse_step("household", message % told)


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
