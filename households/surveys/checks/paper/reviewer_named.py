from collections.abc import Iterator

from households.surveys.checks.basis import experience
from households.surveys.checks.parts import Finding, Known, error
from households.surveys.checks.seen import Seen

BASIS = experience(
    "phiếu giấy có chữ ký rà soát viên; dữ liệu các tỉnh để trống cột này nên không ai trả lời được khiếu nại"
)
FIELD = "s-reviewer"


def reviewer_named(seen: Seen, known: Known) -> Iterator[Finding]:
    """Who asked the household."""
    if not seen.text(FIELD):
        yield error("reviewer_named", FIELD, "Hãy ghi họ tên rà soát viên đã ký phiếu.", BASIS)
