from collections.abc import Iterator

from households.surveys.checks.basis import experience
from households.surveys.checks.parts import Finding, Known, question
from households.surveys.checks.seen import Seen
from povertyportal.vietnamese import format_number

BASIS = experience("hay ghi theo nghìn đồng, hoặc ghi thu nhập cả hộ, cả năm")
FIELD = "income_month"
LEAST, MOST = 50_000, 10_000_000


def unit_of_income(seen: Seen, known: Known) -> Iterator[Finding]:
    """An income per person and month that is nobody's."""
    income = seen.number(FIELD)
    if income is not None and not LEAST <= income <= MOST:
        message = f"{format_number(income)} đồng một người một tháng: có đúng đơn vị đồng, đúng là bình quân người/tháng không?"
        yield question("unit_of_income", FIELD, message, BASIS)
