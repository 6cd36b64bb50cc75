"""The record of what was shown to whom beyond what everybody sees: identity numbers, files taken away."""

from datetime import date, datetime

from povertyportal.core.history import origin
from povertyportal.core.models import User
from povertyportal.records.models import DisplayRecord


def record_display(
    *,
    by: User,
    at: datetime,
    subject_kind: str,
    subject_id: str,
    field: str,
    purpose: str,
    area_code: str = "",
    area_on: date | None = None,
) -> DisplayRecord:
    """Call it before the value leaves the server: what cannot be recorded is not shown. ``purpose``: why, in words."""
    return DisplayRecord.objects.create(
        at=at, user=by, address=(origin.get() or {}).get("address", "")[:64], subject_kind=subject_kind,
        subject_id=subject_id, field=field, purpose=purpose[:1000], area_code=area_code, area_on=area_on,
    )  # fmt: skip
