from collections.abc import Iterator

from households.surveys.checks.basis import experience
from households.surveys.checks.parts import Finding, Known, hint
from households.surveys.checks.seen import Seen

BASIS = experience("suy dinh dưỡng phải do cân đo, không ước lượng bằng mắt; trạm y tế có sổ theo dõi")
BAD = ("stunted", "underweight", "both")


def measured_nutrition(seen: Seen, known: Known) -> Iterator[Finding]:
    """A malnourished child is one that was measured."""
    rows = [row for row in seen.rows if row.says("nutrition", *BAD) and not row.at_least(16)]
    if rows:
        message = f"{rows[0].called} ghi suy dinh dưỡng: lấy theo sổ cân đo của trạm y tế, trường học."
        yield hint("measured_nutrition", rows[0].field("nutrition"), message, BASIS)
