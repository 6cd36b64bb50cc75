from collections.abc import Iterator

from households.surveys.checks.basis import experience
from households.surveys.checks.parts import Finding, Known, hint
from households.surveys.checks.seen import Seen, years_between

BASIS = experience("con kém mẹ trên 50 tuổi thường là cháu ghi nhầm thành con; quan hệ sai làm sai danh sách")
MOST = 50


def late_child(seen: Seen, known: Known) -> Iterator[Finding]:
    """A child whose only possible mother here was over fifty."""
    couple = [row for row in (seen.head, *seen.related("spouse")) if row]
    mothers = [row for row in couple if row.says("sex", "female")]
    for child in seen.related("child"):
        gaps = [years_between(one, child) for one in mothers]
        if gaps and all(gap is not None and gap[0] > MOST for gap in gaps):
            message = f"{child.called} kém {mothers[0].called} trên {MOST} tuổi: là con hay cháu?"
            yield hint("late_child", child.field("relation"), message, BASIS)
