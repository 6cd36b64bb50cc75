from collections.abc import Iterator

from households.surveys.checks.basis import experience
from households.surveys.checks.parts import Finding, Known, hint
from households.surveys.checks.seen import Seen

BASIS = experience("thẻ hết hạn khi hộ đổi diện thường được cấp lại sau vài tuần; hỏi xem đã mua, đã cấp lại chưa")


def insurance_lost(seen: Seen, known: Known) -> Iterator[Finding]:
    """Insured the year before, and no longer."""
    before = known.before.answers if known.before else {}
    lost = [
        row
        for row in seen.rows
        if row.no("health_insurance") and "yes" in before.get(row.field("health_insurance"), ())
    ]
    if lost:
        message = f"Năm trước có bảo hiểm y tế, nay không: {', '.join(row.called for row in lost[:4])}. Thẻ hết hạn?"
        yield hint("insurance_lost", lost[0].field("health_insurance"), message, BASIS)
