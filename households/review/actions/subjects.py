"""What people ask about the data kept on them: received with a due day, answered in writing.

Law 91/2025/QH15 and Decree 356/2025/NĐ-CP: a first answer within 2 working days.
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


def answer_request(*, request: int, answer: Answered, by: User, at: datetime) -> SubjectRequest:
    """Raises ReviewRefusedError, PermissionDenied."""
    today = timezone.localdate(at)
    with transaction.atomic(), acting(by=by, reason=_("Trả lời yêu cầu về dữ liệu cá nhân")):
        found = SubjectRequest.objects.select_for_update(of=("self",)).filter(pk=request).first()
        if found is None:
            raise refuse_step("", _("Không có yêu cầu này."))
        check_may(by, INTAKE, code=found.commune_code, on=found.received_on, day=today)
        if found.outcome:
            told = {"day": format_date(found.answered_on or today), "who": found.answered_by}
            raise refuse_step("", _("Yêu cầu này đã được %(who)s trả lời ngày %(day)s.") % told)
        if problems := list(_problems_of_answer(found, answer, today)):
            raise ReviewRefusedError(problems)
        found.outcome, found.answer, found.answered_on = answer.outcome, answer.text.strip(), answer.on
        found.answered_by, found.late = by, answer.late.strip() if answer.on > found.due_on else ""
        found.save(update_fields=["outcome", "answer", "answered_on", "answered_by", "late"])
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


def _problems_of_answer(found: SubjectRequest, answer: Answered, today: date) -> Iterator[Problem]:
    if answer.outcome not in WishOutcome.values or not answer.outcome:
        yield Problem("outcome", _("Hãy chọn kết quả."))
    yield from problems_of_text("text", answer.text, 2000)
    yield from problems_of_text("late", answer.late, 400)
    if not answer.text.strip():
        yield Problem("text", _("Cần ghi câu trả lời mà người yêu cầu đọc được."))
    if not found.received_on <= answer.on <= today:
        told = {"first": format_date(found.received_on), "last": format_date(today)}
        yield Problem("on", _("Ngày trả lời từ %(first)s (ngày nhận) đến %(last)s (hôm nay).") % told)
    elif answer.on > found.due_on and not answer.late.strip():
        yield Problem("late", _("Trả lời sau hạn %s: cần ghi vì sao.") % format_date(found.due_on))
