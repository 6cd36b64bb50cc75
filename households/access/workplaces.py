"""The unit somebody works for, when the map changes: on the day of the change, never before it. Until that day the
administrators of the old unit manage its people; afterwards those of the new one, whose scope takes in the old."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from households.access.models import AccountUnit
from households.areas.models import Area, AreaSuccession
from povertyportal.core.accounts import system_user
from povertyportal.core.clock import today
from povertyportal.core.history import acting
from povertyportal.core.job_kinds import Progress, register_daily, register_job
from povertyportal.core.models import User

JOB = "follow_units"


def follow_units(*, day: date, by: User, reason: str) -> int:
    """People whose unit has ended by the day work in what it became; where that is several, they stay until somebody says.

    How many were moved.
    """
    moved = 0
    with acting(by=by, reason=reason):
        for row in AccountUnit.objects.filter(area__validity__endswith__lte=day).select_related("area"):
            if row.area and (now := _became(row.area, day)) != row.area:
                row.area = now
                row.save(update_fields=["area"])
                moved += 1
    return moved


def _became(area: Area, day: date) -> Area:
    """Through all changes up to the day."""
    rows = AreaSuccession.objects.filter(from_area=area, on_date__lte=day).select_related("to_area")
    heirs = [row.to_area for row in rows]
    same = [heir for heir in heirs if heir.code == area.code]
    if len(same or heirs) != 1:
        return area
    return _became((same or heirs)[0], day)


def daily(progress: Progress, arguments: dict[str, Any]) -> dict[str, int]:
    """The handler of the daily job, for changes decided before their day."""
    return {
        "moved": follow_units(day=today(), by=system_user(), reason=_("Đơn vị công tác đổi theo đơn vị hành chính"))
    }


def register() -> None:
    """Called once, when the app is ready."""
    register_job(JOB, f"{__name__}.daily")
    register_daily(JOB)
