"""An unlikely answer that somebody stands by, with the reason."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from households.access.scope import check_may
from households.registry.actions.working import problems_of_text
from households.registry.problems import Problem
from households.surveys.checks.findings import findings_of
from households.surveys.checks.known import known_of
from households.surveys.checks.parts import Strength, fingerprint_of
from households.surveys.classification import look
from households.surveys.form_models import ConfirmedQuestion, SurveyForm
from households.surveys.forms.opening import content_of
from households.surveys.forms.refusing import check_open
from households.surveys.forms.saving import FILL
from households.surveys.refusals import SurveyRefusedError, refuse_form
from povertyportal.core.models import User

LONGEST_REASON, SHORTEST_REASON = 400, 3
Confirmed = tuple[str, str, str]  # check, field, fingerprint


def confirm_question(
    *, form: int, check: str, field: str, fingerprint: str, reason: str, by: User, at: datetime
) -> ConfirmedQuestion:
    """The question has to stand as it was seen. Raises SurveyRefusedError, PermissionDenied, SurveyForm.DoesNotExist."""
    reason = reason.strip()
    with transaction.atomic():
        rows = SurveyForm.objects.select_for_update(of=("self",)).select_related("round", "done_by")
        found = rows.get(pk=form)
        check_may(by, FILL, code=found.area_code, on=found.round.area_on, day=timezone.localdate(at))
        check_open(found)
        if problems := list(_problems_of_reason(reason)):
            raise SurveyRefusedError(problems)
        if (check, field, fingerprint) not in set(_questions(found)):
            raise refuse_form("", _("Câu trả lời vừa thay đổi nên điều này không còn như bạn thấy; hãy xem lại."))
        return ConfirmedQuestion.objects.create(
            form=found, check_name=check, field=field, fingerprint=fingerprint, reason=reason, by=by, at=at
        )


def confirmed_of(form: SurveyForm) -> set[Confirmed]:
    """1 query."""
    return set(ConfirmedQuestion.objects.filter(form=form).values_list("check_name", "field", "fingerprint"))


def _questions(form: SurveyForm) -> Iterator[Confirmed]:
    answers = content_of(form).answers
    seen = look(form, answers)
    for one in findings_of(seen, known_of(form, seen.on, answers)):
        if one.strength is Strength.QUESTION:
            yield one.check, one.field, fingerprint_of(one, seen.typed.data)


def _problems_of_reason(reason: str) -> Iterator[Problem]:
    yield from problems_of_text("reason", reason, LONGEST_REASON)
    if len(reason) < SHORTEST_REASON:
        yield Problem("reason", _("Hãy ghi vì sao đúng là như vậy, ví dụ “Đã xem giấy khai sinh”."))
