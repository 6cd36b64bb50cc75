from collections.abc import Iterator

from households.surveys.checks.basis import ASSISTANCE
from households.surveys.checks.health.entitled import age_of_allowance
from households.surveys.checks.parts import Finding, Known, hint
from households.surveys.checks.seen import Row, Seen


def right_to_assistance(seen: Seen, known: Known) -> Iterator[Finding]:
    """Who may have a right to an allowance that he does not get."""
    for row in seen.rows:
        if row.no("monthly_assistance") and (why := _why(row, age_of_allowance(known, seen.on))):
            message = f"{row.called} {why} mà chưa hưởng trợ cấp xã hội hằng tháng: nếu đúng, hãy hướng dẫn làm hồ sơ."
            yield hint("right_to_assistance", row.field("monthly_assistance"), message, ASSISTANCE)


def _why(row: Row, general: int) -> str:
    if row.yes("disabled"):
        return "là người khuyết tật"
    return f"từ {general} tuổi" if row.at_least(general) and not row.yes("pension") else ""
