from collections.abc import Iterator

from households.surveys.checks.basis import CHILD_WORK
from households.surveys.checks.parts import Finding, Known, question
from households.surveys.checks.seen import Seen

WORKING = ("contract", "no_contract", "own", "seeking")


def child_at_work(seen: Seen, known: Known) -> Iterator[Finding]:
    """Under fifteen, at work or looking for it."""
    for row in seen.rows:
        if row.under(15) and row.says("work", *WORKING):
            message = f"{row.called} mới {row.age_words}: việc làm chỉ hỏi người từ đủ 15 tuổi; xem lại năm sinh hoặc xóa ô này."
            yield question("child_at_work", row.field("work"), message, CHILD_WORK, *row.fields("work", "birth"))
