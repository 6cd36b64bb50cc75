from collections.abc import Iterator

from households.surveys.checks.basis import experience
from households.surveys.checks.parts import Finding, Known, question
from households.surveys.checks.seen import Seen
from povertyportal.vietnamese import format_number

BASIS = experience("Phụ lục VIII ghi bằng đồng, cho 12 tháng; hay ghi theo nghìn hoặc triệu đồng")
LEAST, MOST = 20_000, 2_000_000_000


def unit_of_amounts(seen: Seen, known: Known) -> Iterator[Finding]:
    """An amount of a year that is too small or too large to be one in đồng."""
    for name in sorted(seen.answers):
        amount = seen.number(name) if name.startswith("y-") else None
        if amount is not None and amount != 0 and not LEAST <= amount <= MOST:
            message = f"{format_number(amount)} đồng cho 12 tháng: có đúng đơn vị đồng không?"
            yield question("unit_of_amounts", name, message, BASIS)
