from collections.abc import Iterator

from households.surveys.checks.basis import experience
from households.surveys.checks.parts import Finding, Known, hint, question
from households.surveys.checks.seen import Seen

BASIS = experience("tổng B1 cộng tay hay sai; mọi điểm của bảng 2016–2020 là bội số của 5, bảng sau chưa đọc được")
MOST, STEP = 300, 5


def total_of_b1(seen: Seen, known: Known) -> Iterator[Finding]:
    """A total that was added up on paper."""
    for _purpose, outcome in seen.outcomes:
        name = f"{outcome.applied.code}:b1"
        total = seen.number(name)
        if total is None or outcome.applied.table:
            continue
        if total == 0 or total > MOST:
            yield question("total_of_b1", name, f"Tổng B1 là {total}: đã cộng đủ các nhóm trên phiếu giấy chưa?", BASIS)
        elif total % STEP:
            message = f"Tổng B1 là {total}, không phải bội số của {STEP}: hãy cộng lại phiếu giấy."
            yield hint("total_of_b1", name, message, BASIS)
