"""Run by ``served``: a change of the map that waits for a second person, for the pages of approvals to show."""

from datetime import timedelta

import django

django.setup()

from django.utils import timezone  # noqa: E402  # the apps must be there first

from households.access.approvals import propose_area_change  # noqa: E402
from households.areas.changes import Kind, Operation, Target  # noqa: E402
from households.areas.units import Confidence, Level  # noqa: E402
from povertyportal.core.models import User  # noqa: E402

now = timezone.now()
rename = Operation(
    kind=Kind.RENAME,
    level=Level.COMMUNE,
    on=timezone.localdate(now) + timedelta(days=30),
    legal_basis="Nghị quyết minh họa cho một phép thử",
    source="Phép thử",
    confidence=Confidence.UNSURE,
    units=("01392",),
    targets=(Target("01392", "Xã", "Trường Hà và các bản vùng cao biên giới phía bắc", "04"),),
)
propose_area_change(operation=rename, by=User.objects.get(username="quantri"), at=now, reason="Thử trang chờ duyệt")
