from collections.abc import Iterator

from households.surveys.checks.basis import experience
from households.surveys.checks.parts import Finding, Known, question
from households.surveys.checks.seen import Seen

BASIS = experience("khuyết tật có giấy xác nhận, hiếm khi hết; bỏ sót làm hộ mất phần được tính người phụ thuộc")


def disability_gone(seen: Seen, known: Known) -> Iterator[Finding]:
    """Disabled the year before, and no longer."""
    before = known.before.answers if known.before else {}
    for row in seen.rows:
        if row.no("disabled") and "yes" in before.get(row.field("disabled"), ()):
            message = f"Năm trước {row.called} ghi là người khuyết tật: năm nào ghi đúng?"
            yield question("disability_gone", row.field("disabled"), message, BASIS, facts="yes")
