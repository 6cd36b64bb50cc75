from collections.abc import Iterator

from households.surveys.checks.basis import experience
from households.surveys.checks.parts import Finding, Known, question
from households.surveys.checks.seen import Seen

BASIS = experience("ghi không có khả năng lao động để được tính hộ không có khả năng lao động")
WORKING = ("contract", "no_contract", "own", "seeking")


def work_without_ability(seen: Seen, known: Known) -> Iterator[Finding]:
    """Not able to work, and at work or looking for it."""
    for row in seen.rows:
        if row.no("can_work") and row.says("work", *WORKING):
            message = f"{row.called} ghi không có khả năng lao động mà có việc hoặc đang tìm việc: ô nào đúng?"
            yield question("work_without_ability", row.field("work"), message, BASIS, *row.fields("work", "can_work"))
