from collections.abc import Iterator

from households.surveys.checks.basis import experience
from households.surveys.checks.parts import Finding, Known, question
from households.surveys.checks.seen import Seen

BASIS = experience(
    "ô “không có việc làm” của Phiếu B không dành cho người đang đi học; chọn nhầm làm tăng điểm thiếu hụt"
)


def pupil_seeking_work(seen: Seen, known: Known) -> Iterator[Finding]:
    """At school, and without work against his will."""
    for row in seen.rows:
        if row.says("work", "seeking") and row.text("studying") not in ("", "no"):
            message = (
                f"{row.called} đang đi học mà ghi là không tìm được việc: người đang học thì chọn “không làm việc”."
            )
            yield question("pupil_seeking_work", row.field("work"), message, BASIS, *row.fields("work", "studying"))
