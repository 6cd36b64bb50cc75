from collections.abc import Iterator

from households.surveys.checks.basis import experience
from households.surveys.checks.parts import Finding, Known, hint
from households.surveys.checks.seen import Seen

BASIS = experience("trẻ em có giấy khai sinh; đi học, bảo hiểm, dinh dưỡng tính theo đúng ngày tròn tuổi")


def day_of_birth(seen: Seen, known: Known) -> Iterator[Finding]:
    """A child of whom only the year is written."""
    for row in seen.rows:
        if row.born and row.born[0] != row.born[1] and row.under(17):
            message = f"{row.called}: hãy hỏi đủ ngày, tháng sinh theo giấy khai sinh."
            yield hint("day_of_birth", row.field("birth"), message, BASIS)
