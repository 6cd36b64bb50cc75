"""The one door through which a standard is entered, comes into force and is withdrawn. Whether somebody may, and that two
persons did, the callers have made sure of (households.access.standards); the database refuses what breaks the order."""

from collections.abc import Iterator
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import NumericRange
from django.db.models import Q
from django.utils.translation import gettext as _

from households.criteria.digests import content_digest
from households.criteria.law.parts import Application, Standard
from households.criteria.models import LegalStandard, Origin, StandardApplication, StandardCheck, State
from households.criteria.wording import purpose_title, years_text
from povertyportal.core.history import acting
from povertyportal.core.models import User


class PublishingRefusedError(Exception):
    """The message says what stands in the way and what to do instead."""


def next_version(code: str) -> int:
    last = LegalStandard.objects.filter(code=code).order_by("-version").values_list("version", flat=True).first()
    return (last or 0) + 1


def enter_standard(*, standard: Standard, content: str, origin: Origin, by: User, at: datetime) -> LegalStandard:
    """A draft with its years. Raises PublishingRefusedError where its parent is not published, the version is taken, or the
    code is that of a standard of another place."""
    if taken := code_of_another_place(standard):
        raise PublishingRefusedError(taken)
    row = LegalStandard(
        code=standard.code, version=standard.version, title=standard.title, scope=list(standard.scope),
        parent=_parent(standard), content=content, digest=content_digest(content), law_digest=standard.digest,
        legal_basis=standard.provenance.basis.number, origin=origin, entered_by=by, entered_at=at,
    )  # fmt: skip
    try:
        with acting(by=by, reason=f"Nhập chuẩn {standard.code}, phiên bản {standard.version}"), transaction.atomic():
            row.save(force_insert=True)
            StandardApplication.objects.bulk_create(_applications(row, standard))
    except IntegrityError as error:
        if "standard_version_once" not in str(error):
            raise
        raise PublishingRefusedError(
            _("Chuẩn %(code)s đã có phiên bản %(version)s; phiên bản sau phải mang số lớn hơn.")
            % {"code": standard.code, "version": standard.version}
        ) from error
    return row


def code_of_another_place(standard: Standard) -> str:
    """A sentence, or "": published under this code, or shipped, it would give way to this one."""
    rows = LegalStandard.objects.filter(code=standard.code).exclude(scope=list(standard.scope))
    other = rows.filter(Q(approved_at__isnull=False) | Q(origin=Origin.SHIPPED)).order_by("pk").first()
    if other is None:
        return ""
    return _("Mã “%(code)s” là của “%(title)s”, áp dụng ở nơi khác: hãy đặt mã khác.") % {
        "code": standard.code,
        "title": other.title,
    }


def _parent(standard: Standard) -> LegalStandard | None:
    if not standard.parent:
        return None
    row = LegalStandard.objects.filter(code=standard.parent, state=State.IN_FORCE).first()
    if row is None:
        raise PublishingRefusedError(
            _("Chuẩn gốc %(parent)s chưa áp dụng: hãy công bố chuẩn ấy trước.") % {"parent": standard.parent}
        )
    return row


def _applications(row: LegalStandard, standard: Standard) -> Iterator[StandardApplication]:
    for scope in standard.scope or ("",):
        for one in standard.applications:
            years = NumericRange(one.first, one.last + 1)
            yield StandardApplication(standard=row, scope=scope, purpose=one.purpose.value, years=years)


def in_the_way(standard: Standard) -> list[str]:
    """A sentence for each other standard in force in a place, year and purpose of this one, and for a code that is not its
    own."""
    found = [taken] if (taken := code_of_another_place(standard)) else []
    for one in standard.applications:
        rows = StandardApplication.objects.filter(
            _at(standard.scope), holds=True, purpose=one.purpose.value,
            years__overlap=NumericRange(one.first, one.last + 1),
        ).exclude(standard__code=standard.code)  # fmt: skip
        found += [_in_the_way(one, row) for row in rows.select_related("standard")]
    return found


def _at(scope: tuple[str, ...]) -> Q:
    return Q(scope__in=scope or ("",))


def _in_the_way(wanted: Application, row: StandardApplication) -> str:
    told = {
        "years": years_text(max(wanted.first, row.years.lower), min(wanted.last, row.years.upper - 1)),
        "purpose": purpose_title(wanted.purpose),
        "title": row.standard.title,
    }
    text = _("%(years)s (%(purpose)s) đang áp dụng “%(title)s”: hãy rút chuẩn ấy trước, hoặc ghi năm khác.") % told
    return text[:1].upper() + text[1:]


def put_in_force(*, row: LegalStandard, standard: Standard, by: User, at: datetime, approved_by: User | None) -> None:
    """The version before it is withdrawn in the same transaction. ``approved_by`` None: shipped with the portal.

    Raises PublishingRefusedError.
    """
    if standard.draft:
        raise PublishingRefusedError(
            _("Văn bản %(code)s còn ghi là bản thảo (draft = true): hãy nhập phiên bản đủ căn cứ rồi mới áp dụng.")
            % {"code": row.code}
        )
    if found := in_the_way(standard):
        raise PublishingRefusedError(" ".join(found))
    try:
        with acting(by=by, reason=f"Áp dụng chuẩn {row.code}, phiên bản {row.version}"), transaction.atomic():
            for before in LegalStandard.objects.filter(code=row.code, state=State.IN_FORCE).exclude(pk=row.pk):
                reason = f"Thay bằng phiên bản {row.version}"
                withdraw_standard(row=before, by=by, at=at, reason=reason)
            row.state, row.approved_by, row.approved_at = State.IN_FORCE, approved_by, at
            row.save(update_fields=["state", "approved_by", "approved_at"])
    except IntegrityError as error:
        raise PublishingRefusedError(_told(error)) from error


def withdraw_standard(*, row: LegalStandard, by: User, at: datetime, reason: str) -> None:
    """A draft that is given up, or a standard that applies no longer. Raises PublishingRefusedError when it is gone already."""
    if row.state == State.WITHDRAWN:
        raise PublishingRefusedError(_("Chuẩn %s đã rút rồi.") % row.code)
    row.state, row.withdrawn_by, row.withdrawn_at, row.withdrawal = State.WITHDRAWN, by, at, reason
    with acting(by=by, reason=reason):
        row.save(update_fields=["state", "withdrawn_by", "withdrawn_at", "withdrawal"])


def record_check(*, row: LegalStandard, checked_by: User, confirmed_by: User, at: datetime, note: str) -> StandardCheck:
    return StandardCheck.objects.create(
        standard=row, checked_by=checked_by, confirmed_by=confirmed_by, at=at, note=note
    )


def _told(error: IntegrityError) -> str:
    if "application_once_a_year" in str(error):
        return _("Vừa có một chuẩn khác áp dụng cho cùng nơi, cùng năm; hãy xem lại danh sách chuẩn.")
    if "by_two_persons" in str(error):
        return _("Người duyệt phải là người khác người nhập.")
    if "standard_keeps_its_place" in str(error):
        return _("Mã này là của một chuẩn ở nơi khác: hãy đặt mã khác.")
    raise error
