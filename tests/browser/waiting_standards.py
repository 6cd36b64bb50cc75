"""Run by ``served``: a local standard and two tables of points on their way, for the pages of standards to show."""

import django

django.setup()

from datetime import date  # noqa: E402  # the apps must be there first

from django.utils import timezone  # noqa: E402

from households.access.standards import Step, propose_step, propose_table_step  # noqa: E402
from povertyportal.core.models import User  # noqa: E402
from povertyportal.records.proposals import approve  # noqa: E402
from tests.criteria.points import draft_table  # noqa: E402
from tests.criteria.published import draft  # noqa: E402

now = timezone.now()
nation, reviewer = (User.objects.get(username=name) for name in ("quantri-qg", "capbo"))
CODE = "qd59-2015"  # the pages of the standard of today are tried without a table
first = draft_table(nation, from_day=date(2016, 1, 1), code=CODE)
proposal = propose_table_step(row=first, step=Step.PUBLISH, by=nation, at=now, reason="Số minh họa cho một phép thử")
approve(proposal=proposal, by=reviewer, at=now)
draft_table(nation, first=3, from_day=date(2018, 1, 1), code=CODE)
local = draft(nation, title="Chuẩn nghèo đa chiều tỉnh Cao Bằng giai đoạn 2028 - 2030 (minh họa cho phép thử)")
propose_step(row=local, step=Step.PUBLISH, by=nation, at=now, reason="Nghị quyết minh họa")
