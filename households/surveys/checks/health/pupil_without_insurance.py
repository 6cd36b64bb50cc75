from collections.abc import Iterator

from households.surveys.checks.basis import INSURANCE
from households.surveys.checks.parts import Finding, Known, hint
from households.surveys.checks.seen import Seen


def pupil_without_insurance(seen: Seen, known: Known) -> Iterator[Finding]:
    """Pupils and students are insured by their school."""
    for row in seen.rows:
        if row.no("health_insurance") and row.at_least(6) and row.text("studying") not in ("", "no"):
            message = f"{row.called} đang đi học: học sinh, sinh viên mua bảo hiểm y tế ở trường; hãy hỏi lại."
            yield hint("pupil_without_insurance", row.field("health_insurance"), message, INSURANCE)
