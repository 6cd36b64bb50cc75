"""The table of rights of an area: who holds which role where; read and signed every half-year."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from households.access.models import Grant, Reach, RightsReview, half_in_words
from households.access.roles import catalogue, role_title
from households.access.scope import reach_of, scope_of
from households.areas.models import Area
from povertyportal.core.models import User
from povertyportal.records.proposals import digest_of

SIGN, READ = "rights.sign", "rights.read"


class RightsRefusedError(Exception):
    """A sentence for the person who signs."""


def standing_grants(area: Area | None, *, day: date) -> QuerySet[Grant]:
    """Grants in the unit and below it that work on the day or begin later; None: of the whole nation."""
    lasting = Q(validity__isempty=False) & (Q(validity__endswith=None) | Q(validity__endswith__gt=day))
    alive = Q(reach=Reach.NATION) | Q(area__validity__endswith=None) | Q(area__validity__endswith__gt=day)
    found = Grant.objects.filter(lasting & alive).select_related("area", "user", "given_by")
    if area is not None:
        found = found.filter(area__in=reach_of([area.pk]).ids)
    return found.order_by("area__level", "area__sort_key", "user__full_name", "role", "pk")


def content_of(area: Area | None, *, day: date) -> dict[str, Any]:
    """What is signed: the lines of the table, and what each role in it allows."""
    grants = list(standing_grants(area, day=day))
    known = catalogue().roles
    return {
        "area": area.code if area else "",
        "place": area.full_name if area else str(Reach.NATION.label),
        "lines": [_line(grant) for grant in grants],
        "roles": {
            code: {"title": role_title(code), "actions": sorted(known[code].actions) if code in known else []}
            for code in sorted({grant.role for grant in grants})
        },
    }


def _line(grant: Grant) -> dict[str, Any]:
    return {
        "grant": grant.pk,
        "username": grant.user.username,
        "full_name": grant.user.full_name,
        "status": grant.user.status,
        "role": grant.role,
        "place": grant.place,
        "code": grant.area.code if grant.area else "",
        "from": grant.validity.lower.isoformat(),
        "until": grant.validity.upper.isoformat() if grant.validity.upper else None,
        "given_by": grant.given_by.username,
        "reason": grant.reason,
    }


def sign_rights(*, area: Area | None, digest: str, note: str, by: User, at: datetime) -> RightsReview:
    """``digest``: of the content the person has read. Raises PermissionDenied, or RightsRefusedError when the table has
    changed since."""
    day = timezone.localdate(at)
    if not can_sign(area, by, at):
        raise PermissionDenied(_("Bạn không được giao quyền ký bảng phân quyền của địa bàn này."))
    with transaction.atomic():
        content = content_of(area, day=day)
        if digest_of(content) != digest:
            raise RightsRefusedError(
                _("Bảng phân quyền đã thay đổi từ lúc bạn mở trang, chưa ký gì. Hãy đọc lại bảng mới dưới đây rồi ký.")
            )
        return RightsReview.objects.create(
            reach=Reach.AREA if area else Reach.NATION, area=area, half_year=half_year_of(day), content=content,
            digest=digest, by=by, at=at, note=note.strip(),
        )  # fmt: skip


def can_sign(area: Area | None, by: User, at: datetime) -> bool:
    return scope_of(by, SIGN, day=timezone.localdate(at)).holds(area)


def half_year_of(day: date) -> str:
    return f"{day.year}-H{1 if day.month <= 6 else 2}"


def first_day(half_year: str) -> date:
    return date(int(half_year[:4]), 1 if half_year.endswith("1") else 7, 1)


def half_before(half_year: str) -> str:
    year, half = int(half_year[:4]), half_year[-1]
    return f"{year}-H1" if half == "2" else f"{year - 1}-H2"


@dataclass(frozen=True, slots=True)
class ReviewState:
    """``overdue``: the half-year before this one went by unsigned although there were rights to review."""

    half_year: str
    last: RightsReview | None
    signed: bool
    overdue: bool

    @property
    def period(self) -> str:
        return half_in_words(self.half_year)


def reviews_of(area: Area | None) -> QuerySet[RightsReview]:
    """Newest first; a unit keeps its reviews when a resolution gives it a new version under the same code."""
    of = Q(area__code=area.code) if area else Q(reach=Reach.NATION)
    return RightsReview.objects.filter(of).select_related("by", "area").order_by("-at", "-pk")


def review_state(area: Area | None, *, day: date) -> ReviewState:
    this = half_year_of(day)
    last = reviews_of(area).first()
    signed = last is not None and last.half_year == this
    late = last is None or last.half_year < half_before(this)
    of = Q(area=area) if area else Q(reach=Reach.NATION)
    older = late and Grant.objects.filter(of, validity__startswith__lt=first_day(this)).exists()
    return ReviewState(this, last, signed, older and not signed)
