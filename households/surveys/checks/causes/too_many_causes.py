from collections.abc import Iterator

from households.surveys.checks.basis import experience
from households.surveys.checks.parts import Finding, Known, hint
from households.surveys.checks.seen import Seen

BASIS = experience("chọn gần hết các nguyên nhân thì biểu nguyên nhân không còn giúp chọn cách hỗ trợ")
FIELD, MOST = "s-causes", 4


def too_many_causes(seen: Seen, known: Known) -> Iterator[Finding]:
    """More than the main ones."""
    if len(seen.ticked(FIELD)) > MOST:
        message = f"Đã chọn {len(seen.ticked(FIELD))} nguyên nhân: chỉ chọn những nguyên nhân chính."
        yield hint("too_many_causes", FIELD, message, BASIS)
