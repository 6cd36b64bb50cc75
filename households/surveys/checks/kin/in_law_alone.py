from collections.abc import Iterator

from households.surveys.checks.basis import experience
from households.surveys.checks.parts import Finding, Known, hint
from households.surveys.checks.seen import Seen

BASIS = experience("con đi làm ăn xa thường bị bỏ khỏi phiếu, cùng với tiền gửi về nuôi hộ")


def in_law_alone(seen: Seen, known: Known) -> Iterator[Finding]:
    """A son's wife or a daughter's husband without a grown son or daughter."""
    in_laws = seen.related("child_in_law")
    if in_laws and not any(row.at_least(16) for row in seen.related("child")):
        message = (
            f"Có {in_laws[0].called} là con dâu (rể) mà không có con trưởng thành: người con đi làm xa, hay đã mất?"
        )
        yield hint("in_law_alone", in_laws[0].field("relation"), message, BASIS)
