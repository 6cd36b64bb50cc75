from collections.abc import Iterator

from households.surveys.checks.basis import IDENTITY
from households.surveys.checks.parts import Finding, Known, hint
from households.surveys.checks.seen import Seen


def number_missing(seen: Seen, known: Known) -> Iterator[Finding]:
    """Grown-ups without a number, told once."""
    without = [row for row in seen.rows if row.at_least(14) and not row.text("identity")]
    if without:
        names = ", ".join(row.called for row in without[:3]) + (" …" if len(without) > 3 else "")
        message = f"{len(without)} người từ 14 tuổi chưa có số định danh ({names}): xem thẻ căn cước."
        yield hint("number_missing", without[0].field("identity"), message, IDENTITY)
