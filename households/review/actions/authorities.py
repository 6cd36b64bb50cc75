"""Who answers for the superior: the district's chair until 30/6/2025, the province's since."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from households.access.scope import grants_with, reach_of
from households.review.procedures.parts import Authority, Procedure
from households.review.rights import OPINE
from povertyportal.core.accounts import SYSTEM_USERNAME
from povertyportal.core.models import User
from povertyportal.vietnamese import format_date


def authority_on(known: Procedure, day: date) -> Authority | None:
    return next((one for one in known.authorities if one.since <= day and (one.until is None or day < one.until)), None)


def check_answers(known: Procedure, *, code: str, area_on: date, on: date, by: User, at: datetime) -> None:
    """The right has to come from an office of the level that the law names on the day; what a district would have answered is
    recorded by who took its place. Raises PermissionDenied."""
    if by.username == SYSTEM_USERNAME:
        return
    today = timezone.localdate(at)
    needed = authority_on(known, on)
    if needed is None:
        return
    after = authority_on(known, today)
    levels = {needed.level, *([after.level] if after else [])}
    grants = grants_with(by, OPINE, day=today).filter(area__level__in=levels).values_list("area", flat=True)
    if reach_of(one for one in grants if one is not None).covers(code, on=area_on):
        return
    message = _("Ngày %(day)s người cho ý kiến về kết quả rà soát là %(who)s; quyền của bạn không phải ở cấp đó.")
    raise PermissionDenied(message % {"day": format_date(on), "who": needed.title})
