"""What people ask about the data kept on them: received with a due day, answered in writing.

Law 91/2025/QH15 and Decree 356/2025/NĐ-CP: a first answer within 2 working days. What cannot be done by then is answered twice:
at first by when it will be done, then what was done.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from households.access.scope import check_may
from households.registry.actions.working import problems_of_text
from households.registry.models import Membership
from households.registry.problems import Problem
from households.review.actions.intake import check_lives_in, problems_of_received
from households.review.calendar.working_days import Calendar
from households.review.refusals import ReviewRefusedError, refuse_step
from households.review.rights import INTAKE
from households.review.superior_models import SubjectRequest, Wish, WishOutcome
from povertyportal.core.history import acting
from povertyportal.core.models import User
from povertyportal.vietnamese import format_date, tidy

DAYS = 2  # working days to a first answer
# Days in which each is to be done, as the page proposes them; which days the decree gives to which wish nobody has compared.
LONGEST_LATE = 390  # both reasons in one line
USUAL_DAYS = {Wish.SEE: 10, Wish.CORRECT: 10, Wish.OBJECT: 15}


@dataclass(frozen=True, slots=True)
class Asked:
    """``household``, ``person``: whose data, where they are in the registry."""

    wish: str
    applicant: str
    received_on: date
    content: str
    household: int | None = None
    person: int | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """``late``: why it came after its day, where it did."""

    outcome: str
    text: str
    on: date
    late: str = ""


@dataclass(frozen=True, slots=True)
class Promise:
    """The first answer of what takes longer. ``late``: why it came after its day, where it did."""

    text: str
    on: date
    done_by: date
    late: str = ""


def receive_request(*, asked: Asked, commune: str, calendar: Calendar, by: User, at: datetime) -> SubjectRequest:
    """Raises ReviewRefusedError, PermissionDenied."""
    today = timezone.localdate(at)
    if problems := list(_problems(asked, today)):
        raise ReviewRefusedError(problems)
    check_may(by, INTAKE, code=commune, on=asked.received_on, day=today)
    if asked.household:
        check_lives_in(asked.household, commune, asked.received_on)
    if asked.person and not Membership.objects.filter(person=asked.person, household=asked.household).exists():
        raise refuse_step("person", _("Người này không phải thành viên của hộ đã chọn."))
    with transaction.atomic(), acting(by=by, reason=_("Nhận yêu cầu về dữ liệu cá nhân")):
        return SubjectRequest.objects.create(
            wish=asked.wish, commune_code=commune, household_id=asked.household, person_id=asked.person,
            applicant=tidy(asked.applicant), received_on=asked.received_on, content=asked.content.strip(),
            due_on=calendar.after(asked.received_on, DAYS), by=by, at=at,
        )  # fmt: skip


def promise_request(*, request: int, promise: Promise, by: User, at: datetime) -> SubjectRequest:
    """Raises ReviewRefusedError, PermissionDenied."""
    today = timezone.localdate(at)
    with transaction.atomic(), acting(by=by, reason=_("Trả lời lần đầu yêu cầu về dữ liệu cá nhân")):
        found = _open_request(request, by, today)
        if found.first_on:
            raise refuse_step("", _("Đã trả lời lần đầu ngày %s; nay ghi kết quả.") % format_date(found.first_on))
        if problems := list(_problems_of_promise(found, promise, today)):
            raise ReviewRefusedError(problems)
        found.first_answer, found.first_on, found.first_by = promise.text.strip(), promise.on, by
        found.promised_on, found.late = promise.done_by, promise.late.strip() if promise.on > found.due_on else ""
        found.save(update_fields=["first_answer", "first_on", "first_by", "promised_on", "late"])
    return found


def answer_request(*, request: int, answer: Answered, by: User, at: datetime) -> SubjectRequest:
    """Raises ReviewRefusedError, PermissionDenied."""
    today = timezone.localdate(at)
    with transaction.atomic(), acting(by=by, reason=_("Trả lời yêu cầu về dữ liệu cá nhân")):
        found = _open_request(request, by, today)
        if problems := list(_problems_of_answer(found, answer, today)):
            raise ReviewRefusedError(problems)
        found.outcome, found.answer, found.answered_on = answer.outcome, answer.text.strip(), answer.on
        reasons = (found.late, answer.late.strip() if answer.on > next_day(found) else "")
        found.answered_by, found.late = by, "; ".join(filter(None, reasons))
        found.save(update_fields=["outcome", "answer", "answered_on", "answered_by", "late"])
    return found


def next_day(found: SubjectRequest) -> date:
    """By which it is to be answered: at first, or the day that was promised then."""
    return found.promised_on or found.due_on


def _open_request(key: int, by: User, today: date) -> SubjectRequest:
    """Locked: of two who answer at once the second is told."""
    found = SubjectRequest.objects.select_for_update(of=("self",)).filter(pk=key).first()
    if found is None:
        raise refuse_step("", _("Không có yêu cầu này."))
    check_may(by, INTAKE, code=found.commune_code, on=found.received_on, day=today)
    if found.outcome:
        told = {"day": format_date(found.answered_on or today), "who": found.answered_by}
        raise refuse_step("", _("Yêu cầu này đã được %(who)s trả lời ngày %(day)s.") % told)
    return found


def _problems(asked: Asked, today: date) -> Iterator[Problem]:
    if asked.wish not in Wish.values:
        yield Problem("wish", _("Hãy chọn người đó yêu cầu gì."))
    for field, most in (("applicant", 120), ("content", 1000)):
        text = getattr(asked, field)
        yield from problems_of_text(field, text, most)
        if not text.strip():
            yield Problem(field, _("Hãy điền mục này."))
    yield from problems_of_received(asked.received_on, today)


def _problems_of_promise(found: SubjectRequest, promise: Promise, today: date) -> Iterator[Problem]:
    yield from problems_of_text("first", promise.text, 1000)
    if not promise.text.strip():
        yield Problem("first", _("Cần ghi câu trả lời mà người yêu cầu đọc được."))
    if promise.done_by < promise.on:
        yield Problem("done_by", _("Ngày hẹn làm xong trước ngày trả lời."))
    yield from _problems_of_day(found, promise.on, promise.late, today, fields=("first_on", "first_late"))


def _problems_of_answer(found: SubjectRequest, answer: Answered, today: date) -> Iterator[Problem]:
    if answer.outcome not in WishOutcome.values or not answer.outcome:
        yield Problem("outcome", _("Hãy chọn kết quả."))
    yield from problems_of_text("text", answer.text, 2000)
    if not answer.text.strip():
        yield Problem("text", _("Cần ghi câu trả lời mà người yêu cầu đọc được."))
    yield from _problems_of_day(found, answer.on, answer.late, today, fields=("on", "late"))


def _problems_of_day(
    found: SubjectRequest, on: date, late: str, today: date, *, fields: tuple[str, str]
) -> Iterator[Problem]:
    """``fields``: of the day, and of the reason why it came late."""
    first, due = found.first_on or found.received_on, next_day(found)
    yield from problems_of_text(fields[1], late, LONGEST_LATE - len(found.late))
    if not first <= on <= today:
        told = {"first": format_date(first), "last": format_date(today)}
        yield Problem(fields[0], _("Ngày trả lời từ %(first)s đến %(last)s (hôm nay).") % told)
    elif on > due and not late.strip():
        yield Problem(fields[1], _("Trả lời sau hạn %s: cần ghi vì sao.") % format_date(due))
