"""Standards of a made-up province for the tests of publishing: short documents that inherit from the nation's."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from households.criteria.law.shelf import read_standard
from households.criteria.models import LegalStandard, Origin
from households.criteria.publishing import enter_standard, put_in_force
from households.criteria.queries import standard_in_force
from povertyportal.core.models import User

MORNING = datetime(2026, 11, 2, 8, 0, tzinfo=timezone.get_fixed_timezone(7 * 60))
NOON = MORNING.replace(hour=12)

LOCAL = """
code = "{code}"
version = {version}
title = "{title}"
scope = ["{scope}"]
inherits = "nd07-2021"
without = ["income_survey"]

[texts.own]
number = "Nghị quyết 12/2026/NQ-HĐND"
title = "Chuẩn nghèo của tỉnh"

[provenance]
basis = "own"
article = "Điều 1"
confidence = "verified"
checked = 2026-11-02

[[applies]]
purpose = "closing"
from = {first}
to = {last}

[[lines]]
code = "poor"
name = "Chuẩn thu nhập hộ nghèo"
unit = "month"
rural = {rural}
urban = 2_500_000
[[lines]]
code = "average"
name = "Mức sống trung bình"
unit = "month"
rural = 3_000_000
urban = 3_750_000
"""


def local_text(**changed: Any) -> str:
    told: dict[str, Any] = {
        "code": "caobang-2028", "version": 1, "title": "Chuẩn nghèo tỉnh Cao Bằng", "scope": "04", "first": 2028,
        "last": 2030, "rural": "2_000_000",
    }  # fmt: skip
    return LOCAL.format(**(told | changed))


def draft(by: User, **changed: Any) -> LegalStandard:
    text = local_text(**changed)
    shelf = {"nd07-2021": standard_in_force("nd07-2021")}
    standard = read_standard(text, name="thử", shelf=shelf)
    return enter_standard(standard=standard, content=text, origin=Origin.ENTERED, by=by, at=MORNING)


def in_force(by: User, approved_by: User, **changed: Any) -> LegalStandard:
    row = draft(by, **changed)
    shelf = {"nd07-2021": standard_in_force("nd07-2021")}
    standard = read_standard(row.content, name="thử", shelf=shelf)
    put_in_force(row=row, standard=standard, by=approved_by, at=NOON, approved_by=approved_by)
    return row
