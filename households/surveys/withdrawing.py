"""The door through which a round that was opened by mistake is withdrawn, while nothing hangs on it."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from households.access.scope import check_may
from households.registry.actions.working import problems_of_text
from households.registry.problems import Problem
from households.surveys.hanging import hanging_on
from households.surveys.models import SurveyRound
from households.surveys.refusals import RoundRefusedError
from households.surveys.rounds import OPEN, held
from povertyportal.core.history import acting
from povertyportal.core.models import User

LONGEST_REASON = 400


def withdraw_round(*, round: SurveyRound, reason: str, by: User, at: datetime) -> SurveyRound:
    """The row stays, with the reason; its code is free for the area again. Raises RoundRefusedError, PermissionDenied."""
    check_may(by, OPEN, code=round.area_code, on=round.area_on, day=timezone.localdate(at))
    if problems := list(_problems_of_reason(reason)):
        raise RoundRefusedError(problems)
    with transaction.atomic(), acting(by=by, reason=reason.strip()):
        found = held(round)
        if told := in_the_way(found):
            raise RoundRefusedError([Problem("", told)])
        found.withdrawal, found.withdrawn_by, found.withdrawn_at = reason.strip(), by, at
        found.save(update_fields=["withdrawal", "withdrawn_by", "withdrawn_at"])
    return found


def in_the_way(found: SurveyRound) -> str:
    """Why the round has to stay, as a sentence; "" where it may be withdrawn."""
    told = hanging_on(found)
    message = _("Đợt này đã có %s nên không rút được nữa; số đã ghi sai thì sửa số đó.")
    return message % ", ".join(told) if told else ""


def _problems_of_reason(reason: str) -> Iterator[Problem]:
    yield from problems_of_text("reason", reason, LONGEST_REASON)
    if not reason.strip():
        yield Problem("reason", _("Cần nói vì sao rút, ví dụ “Mở nhầm cho xã Trường Hà, đúng ra mở cho cả tỉnh”."))
