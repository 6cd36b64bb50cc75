"""Binding a round to the opening standard that was not yet published when the round opened."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from households.access.scope import check_may
from households.criteria.law.parts import Purpose
from households.criteria.law.years import applies
from households.criteria.models import LegalStandard, State
from households.criteria.queries import standard_of, standards_on
from households.surveys.models import RoundKind, SurveyRound
from households.surveys.refusals import refuse
from households.surveys.rounds import OPEN, bound_to, held, province_of
from povertyportal.core.history import acting
from povertyportal.core.models import User


def bind_opening_standard(*, round: SurveyRound, standard: LegalStandard, by: User, at: datetime) -> SurveyRound:
    """The nation's or the province's, which ever the standard is. Raises RoundRefusedError, PermissionDenied."""
    check_may(by, OPEN, code=round.area_code, on=round.area_on, day=timezone.localdate(at))
    reason = _("Gắn chuẩn mở đầu %(standard)s vào đợt %(code)s") % {"standard": standard.code, "code": round.code}
    with transaction.atomic(), acting(by=by, reason=reason):
        found = held(round)
        field = _field_for(found, LegalStandard.objects.select_related("parent").get(pk=standard.pk))
        setattr(found, field, standard)
        found.save(update_fields=[field])
    return found


def bindable(found: SurveyRound) -> list[LegalStandard]:
    """Published since: what the round, were it opened today, would open the next period with and is not bound to; 1 query
    for each level of its area and at most 3 more."""
    return [row for _field, row in _missing(found)]


def _missing(found: SurveyRound) -> Iterator[tuple[str, LegalStandard]]:
    if found.kind != RoundKind.PERIODIC or found.withdrawn_at:
        return
    province = province_of(found.area_code, found.area_on)
    rows = bound_to(standards_on(found.year, province))
    for field in ("opening", "local_opening"):
        row = rows[field]
        if row and getattr(found, field) is None:
            yield field, row


def _field_for(found: SurveyRound, row: LegalStandard) -> str:
    """Raises RoundRefusedError, which says why the standard does not fit."""
    for field, fitting in _missing(found):
        if fitting == row:
            return field
    told = {"standard": row.code, "year": found.year, "code": found.code}
    if found.kind != RoundKind.PERIODIC:
        raise refuse("standard", _("Chỉ đợt định kỳ lập số mở đầu giai đoạn sau; %(code)s là đợt trong năm.") % told)
    if row.state != State.IN_FORCE:
        message = _("Chuẩn %(standard)s chưa được áp dụng trên cổng (còn là bản thảo hoặc đã rút): chưa gắn được.")
        raise refuse("standard", message % told)
    standard = standard_of(row)
    if not applies(standard, year=found.year, purpose=Purpose.OPENING):
        message = _("Chuẩn %(standard)s không dùng để lập số mở đầu ở đợt rà soát năm %(year)s.")
        raise refuse("standard", message % told)
    if standard.scope and province_of(found.area_code, found.area_on) not in standard.scope:
        raise refuse("standard", _("Chuẩn %(standard)s là của tỉnh khác, không áp dụng ở địa bàn của đợt này.") % told)
    bound = found.local_opening if standard.scope else found.opening
    told["bound"] = bound.code if bound else ""
    raise refuse("standard", _("Đợt này đã gắn chuẩn mở đầu %(bound)s; chuẩn đã gắn thì không đổi.") % told)
