from collections.abc import Iterator

from households.surveys.checks.basis import FAMILY
from households.surveys.checks.parts import Finding, Known, question
from households.surveys.checks.seen import Seen


def two_spouses(seen: Seen, known: Known) -> Iterator[Finding]:
    """More than one wife or husband of the head."""
    spouses = seen.related("spouse")
    for row in spouses[1:]:
        message = f"Chủ hộ đã có vợ (chồng) là {spouses[0].called}: {row.called} có quan hệ gì với chủ hộ?"
        rests = [one.field("relation") for one in spouses]
        yield question("two_spouses", row.field("relation"), message, FAMILY, *rests)
