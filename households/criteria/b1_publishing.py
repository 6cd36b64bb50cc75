"""The one door through which a table of B1 points is loaded, comes into force from a day, and is withdrawn."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from households.criteria.b1.documents import canonical, digest_of, read_table
from households.criteria.models import B1TableRow, State
from households.criteria.publishing import PublishingRefusedError
from povertyportal.core.history import acting
from povertyportal.core.models import User
from povertyportal.core.periods import on as valid_on
from povertyportal.vietnamese import format_date


def next_table_version(code: str) -> int:
    last = B1TableRow.objects.filter(code=code).order_by("-version").values_list("version", flat=True).first()
    return (last or 0) + 1


def enter_table(*, document: Mapping[str, Any], legal_basis: str, from_day: date, by: User, at: datetime) -> B1TableRow:
    """A draft. ``document`` as b1.reading checked it; its version is the next free one. Raises PublishingRefusedError."""
    document = {**document, "version": next_table_version(document["standard"]), "demonstration": False}
    table = read_table(document)
    row = B1TableRow(
        code=table.standard, version=table.version, name=table.name, content=canonical(document),
        digest=digest_of(document), legal_basis=legal_basis, validity=DateRange(from_day, None),
        entered_by=by, entered_at=at,
    )  # fmt: skip
    try:
        with acting(by=by, reason=f"Nạp bảng điểm B1 của {table.standard}, bảng {table.version}"), transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        if "b1_table_version_once" not in str(error):
            raise
        raise PublishingRefusedError(_("Vừa có người nạp một bảng khác; hãy xem lại danh sách rồi nạp lại.")) from error
    return row


def table_before(row: B1TableRow) -> B1TableRow | None:
    """The one in force on the day from which this one is to hold, or the last before it."""
    others = B1TableRow.objects.filter(code=row.code, state=State.IN_FORCE).exclude(pk=row.pk)
    found = valid_on(others, row.validity.lower).first()
    return found or others.filter(validity__startswith__lt=row.validity.lower).order_by("-validity").first()


def gives_way(row: B1TableRow) -> list[B1TableRow]:
    """Those in force whose days this one would take, the earliest first: one that began before ends on its first day, the
    others are withdrawn."""
    others = B1TableRow.objects.filter(code=row.code, state=State.IN_FORCE).exclude(pk=row.pk).order_by("validity")
    return [one for one in others if one.validity.upper is None or one.validity.upper > row.validity.lower]


def points_changed(row: B1TableRow, before: B1TableRow) -> int:
    """Points of boxes that differ, a box of one table alone included."""
    now, was = _points(row), _points(before)
    return sum(now.get(box) != was.get(box) for box in now.keys() | was.keys())


def _points(row: B1TableRow) -> dict[tuple[str, str, str], int | None]:
    groups = read_table(json.loads(row.content)).groups
    return {
        (group.code, option.code, variant): points
        for group in groups
        for option in group.options
        for variant, points in option.points.items()
    }


def put_table_in_force(*, row: B1TableRow, by: User, at: datetime) -> None:
    """From its day on; a table before it ends there, one that was to begin later is withdrawn. Raises
    PublishingRefusedError."""
    try:
        with acting(by=by, reason=f"Áp dụng bảng điểm B1 {row}"), transaction.atomic():
            B1TableRow.objects.filter(code=row.code, state=State.IN_FORCE).select_for_update().count()
            for other in gives_way(row):
                _give_way(other, row, by=by, at=at)
            row.state, row.approved_by, row.approved_at = State.IN_FORCE, by, at
            row.save(update_fields=["state", "approved_by", "approved_at"])
    except IntegrityError as error:
        if "by_two_persons" in str(error):
            raise PublishingRefusedError(_("Người duyệt phải là người khác người nạp bảng.")) from error
        if "b1_table_once_a_day" not in str(error):
            raise
        raise PublishingRefusedError(_("Vừa có một bảng khác áp dụng trong thời gian này.")) from error


def _give_way(other: B1TableRow, row: B1TableRow, *, by: User, at: datetime) -> None:
    start = row.validity.lower
    if other.validity.lower >= start:
        withdraw_table(row=other, by=by, at=at, reason=f"Thay bằng bảng {row.version} từ {format_date(start)}")
    else:
        other.validity = DateRange(other.validity.lower, start)
        other.save(update_fields=["validity"])


def withdraw_table(*, row: B1TableRow, by: User, at: datetime, reason: str) -> None:
    """Raises PublishingRefusedError when it is gone already."""
    if row.state == State.WITHDRAWN:
        raise PublishingRefusedError(_("Bảng điểm %s đã rút rồi.") % row)
    row.state, row.withdrawn_by, row.withdrawn_at, row.withdrawal = State.WITHDRAWN, by, at, reason
    with acting(by=by, reason=reason):
        row.save(update_fields=["state", "withdrawn_by", "withdrawn_at", "withdrawal"])
