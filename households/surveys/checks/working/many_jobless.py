from collections.abc import Iterator

from households.criteria.law.parts import AreaType
from households.surveys.checks.basis import experience
from households.surveys.checks.parts import Finding, Known, question
from households.surveys.checks.seen import Seen

BASIS = experience("ở nông thôn, làm ruộng, rừng, chăn nuôi của hộ là “tự làm”, không phải “không có việc làm”")


def many_jobless(seen: Seen, known: Known) -> Iterator[Finding]:
    """Two or more in a village who find no work: farming at home is work."""
    rows = [row for row in seen.rows if row.says("work", "seeking")]
    if seen.area_type is AreaType.RURAL and len(rows) > 1:
        names = ", ".join(row.called for row in rows[:4])
        message = f"{len(rows)} người ghi không tìm được việc ({names}): hộ không làm ruộng, rừng, chăn nuôi sao?"
        yield question("many_jobless", rows[0].field("work"), message, BASIS, *(row.field("work") for row in rows))
