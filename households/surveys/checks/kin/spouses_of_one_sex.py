from collections.abc import Iterator

from households.surveys.checks.basis import FAMILY
from households.surveys.checks.parts import Finding, Known, question
from households.surveys.checks.seen import Seen


def spouses_of_one_sex(seen: Seen, known: Known) -> Iterator[Finding]:
    """Nearly always the sex of one of the two was chosen wrongly."""
    head = seen.head
    for row in seen.related("spouse"):
        if head and row.text("sex") and row.text("sex") == head.text("sex"):
            words = "nam" if row.says("sex", "male") else "nữ"
            message = f"Chủ hộ {head.called} và vợ (chồng) {row.called} cùng ghi là {words}: xem lại giới tính."
            rests = (head.field("sex"), row.field("sex"), row.field("relation"))
            yield question("spouses_of_one_sex", row.field("sex"), message, FAMILY, *rests)
