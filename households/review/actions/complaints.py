"""A complaint against what is posted, and the answer after the re-check."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from households.registry.actions.working import problems_of_text
from households.registry.problems import Problem
from households.review.actions.villages import own_part, seen_in
from households.review.calendar.stored import calendar
from households.review.deadlines import deadline_of
from households.review.listed import Listed
from households.review.models import Complaint, ComplaintOutcome
from households.review.moving import Moving, moving
from households.review.refusals import ReviewRefusedError, refuse_step
from households.review.standing import VillageStanding
from households.surveys.form_models import SurveyResult
from povertyportal.core.history import acting
from povertyportal.core.models import User
from povertyportal.vietnamese import format_date

COMPLAIN, ANSWER, RECHECK = "complain", "answer", "recheck"
LONGEST_MATTER, LONGEST_NAME, LONGEST_ABOUT, LONGEST_LATE = 1_000, 120, 200, 400


@dataclass(frozen=True, slots=True)
class ComplaintTold:
    """``form``: of the household complained about; None where it does not stand on the list, then ``about`` names it."""

    complainant: str
    matter: str
    received_on: date
    form: int | None = None
    about: str = ""


def receive_complaint(
    *, dossier: int, part: str, told: ComplaintTold, by: User, at: datetime, expected: int | None = None
) -> Complaint:
    """Raises ReviewRefusedError, PermissionDenied."""
    with moving(
        dossier=dossier, move=COMPLAIN, part=part, on=told.received_on, by=by, at=at, expected=expected
    ) as work:
        village = seen_in(work)
        if problems := list(_problems_received(village, told)):
            raise ReviewRefusedError(problems)
        made = Complaint.objects.create(
            part=own_part(work), form_id=told.form, about=told.about.strip(), complainant=told.complainant.strip(),
            received_on=told.received_on, matter=told.matter.strip(), by=by, at=at,
            due_on=deadline_of(work.procedure, "recheck", told.received_on, calendar()),
        )  # fmt: skip
        work.details = {"complaint": made.pk, "form": told.form}
    return made


def answer_complaint(
    *,
    complaint: int,
    outcome: str,
    answer: str,
    answered_on: date,
    form: int | None = None,
    late: str = "",
    by: User,
    at: datetime,
    expected: int | None = None,
) -> Complaint:
    """``form``: of the household that the re-check put on the list, where the complaint was about one that did not stand there.
    The result that the re-check came to counts without another meeting.

    Raises ReviewRefusedError, PermissionDenied.
    """
    found = Complaint.objects.select_related("part").filter(pk=complaint).first()
    if found is None:
        raise refuse_step("", _("Không có khiếu nại này."))
    with moving(
        dossier=found.part.dossier_id, move=ANSWER, part=found.part.area_code, on=answered_on, by=by, at=at,
        expected=expected,
    ) as work:  # fmt: skip
        found, village = Complaint.objects.select_for_update().get(pk=complaint), seen_in(work)
        said = {"outcome": outcome, "answer": answer.strip(), "late": late.strip()}
        row = next((one for one in village.rows if one.form == (found.form_id or form)), None)
        if problems := list(_problems_answered(found, said, answered_on, row)):
            raise ReviewRefusedError(problems)
        _write_answer(work, found, said, row)
        if work.state == RECHECK and _nothing_came_of_it(village, found):
            work.to = work.move.or_to
    return found


def _nothing_came_of_it(village: VillageStanding, answered: Complaint) -> bool:
    """Every complaint was taken back, and what hung still is so: there is no result of a re-check to be posted."""
    outcomes = {answered.outcome, *(one.outcome for one in village.complaints if one.pk != answered.pk)}
    counts = village.counts
    return outcomes == {ComplaintOutcome.WITHDRAWN} and not (counts.open or counts.unvoted or counts.unposted)


def _write_answer(work: Moving, found: Complaint, said: dict[str, str], row: Listed | None) -> None:
    found.outcome, found.answer, found.late = said["outcome"], said["answer"], said["late"]
    found.answered_on, found.answered_by = work.on, work.by
    if row and found.form_id is None and found.outcome == ComplaintOutcome.CHANGED:
        found.form_id = row.form
    with acting(by=work.by, reason=_("Trả lời khiếu nại")):
        found.save()
    stands = row and found.outcome != ComplaintOutcome.WITHDRAWN
    work.late = found.late
    work.details = {
        "complaint": found.pk, "outcome": found.outcome, "form": row.form if row else None,
        "result": row.voted_on if row and stands and row.done else None,
    }  # fmt: skip


def _problems_received(village: VillageStanding, told: ComplaintTold) -> Iterator[Problem]:
    for name, most in (("complainant", LONGEST_NAME), ("about", LONGEST_ABOUT), ("matter", LONGEST_MATTER)):
        yield from problems_of_text(name, getattr(told, name), most)
    if not told.complainant.strip():
        yield Problem("complainant", _("Hãy ghi tên người khiếu nại."))
    if not told.matter.strip():
        yield Problem("matter", _("Hãy ghi khiếu nại điều gì, ví dụ “Hộ có máy cày, không nghèo”."))
    if told.form is not None and told.form not in {one.form for one in village.rows}:
        yield Problem("form", _("Hộ này không có trong danh sách rà soát của %s.") % village.name)
    if told.form is None and not told.about.strip():
        yield Problem("about", _("Hãy chọn hộ trong danh sách, hoặc ghi tên hộ không có trong danh sách."))
    yield from _problems_of_day(village, told.received_on)


def _problems_of_day(village: VillageStanding, received_on: date) -> Iterator[Problem]:
    posting = village.posting
    if posting and not posting.starts_on <= received_on <= posting.ends_on:
        told = {"day": format_date(received_on), "first": format_date(posting.starts_on)}
        told["last"] = format_date(posting.ends_on)
        message = _(
            "Ngày nhận %(day)s ngoài thời gian niêm yết, %(first)s – %(last)s: quá hạn khiếu nại theo thủ tục này."
        )
        yield Problem("received_on", message % told)


def _problems_answered(
    found: Complaint, said: dict[str, str], answered_on: date, row: Listed | None
) -> Iterator[Problem]:
    if found.outcome != ComplaintOutcome.OPEN:
        yield Problem("", _("Khiếu nại này đã trả lời ngày %s.") % format_date(found.answered_on or answered_on))
    if said["outcome"] not in (ComplaintOutcome.KEPT, ComplaintOutcome.CHANGED, ComplaintOutcome.WITHDRAWN):
        yield Problem("outcome", _("Hãy chọn kết quả phúc tra."))
    yield from problems_of_text("answer", said["answer"], LONGEST_MATTER)
    if not said["answer"]:
        yield Problem("answer", _("Hãy ghi nội dung trả lời người khiếu nại."))
    if answered_on < found.received_on:
        yield Problem("answered_on", _("Ngày trả lời trước ngày nhận khiếu nại, %s.") % format_date(found.received_on))
    yield from problems_of_text("late", said["late"], LONGEST_LATE)
    if answered_on > found.due_on and not said["late"]:
        message = _("Quá hạn phúc tra (%s): hãy ghi vì sao trả lời muộn.")
        yield Problem("late", message % format_date(found.due_on))
    yield from _problems_of_outcome(found, said["outcome"], row)


def _problems_of_outcome(found: Complaint, outcome: str, row: Listed | None) -> Iterator[Problem]:
    if row is None:
        if outcome == ComplaintOutcome.CHANGED:
            message = _("Hãy đưa hộ vào danh sách rà soát, hoàn thành phiếu, rồi chọn hộ đó ở đây.")
            yield Problem("form", message)
        return
    if outcome != ComplaintOutcome.WITHDRAWN and not row.done:
        yield Problem("outcome", _("Phiếu của %s đang được làm lại: hãy hoàn thành phiếu rồi trả lời.") % row.name)
    elif outcome == ComplaintOutcome.CHANGED and not _done_anew(found, row):
        message = _("Phiếu của %s chưa làm lại từ ngày nhận khiếu nại: hãy trả lại phiếu, phúc tra và hoàn thành lại.")
        yield Problem("outcome", message % row.name)


def _done_anew(found: Complaint, row: Listed) -> bool:
    return SurveyResult.objects.filter(pk=row.voted_on or 0, at__gt=found.at).exists()
