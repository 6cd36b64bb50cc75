from collections.abc import Iterator

from households.surveys.checks.basis import experience
from households.surveys.checks.parts import Finding, Known, question
from households.surveys.checks.seen import Seen

BASIS = experience("công chức, viên chức là làm công hưởng lương có hợp đồng hoặc quyết định tuyển dụng")


def state_job(seen: Seen, known: Known) -> Iterator[Finding]:
    """In the service of the state, and yet not in paid work with a contract."""
    for row in seen.rows:
        if row.says("nonfarm_work", "state") and row.says("work", "no_contract", "own", "seeking", "none"):
            message = f"{row.called} là công chức, viên chức mà cột việc làm ghi khác: ô nào đúng?"
            yield question("state_job", row.field("work"), message, BASIS, *row.fields("work", "nonfarm_work"))
