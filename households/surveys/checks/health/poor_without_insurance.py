from collections.abc import Iterator

from households.surveys.checks.basis import INSURANCE
from households.surveys.checks.parts import Finding, Known, question
from households.surveys.checks.seen import Seen


def poor_without_insurance(seen: Seen, known: Known) -> Iterator[Finding]:
    """The state pays the insurance of all members of a poor household; without it they count as deprived once more."""
    without = [row for row in seen.rows if row.no("health_insurance") and not row.under(6)]
    if known.recognised == "poor" and without:
        names = ", ".join(row.called for row in without[:4])
        message = (
            f"Hộ đang là hộ nghèo, ngân sách đóng bảo hiểm y tế cho mọi thành viên, mà phiếu ghi {names} không có: thẻ chưa "
            "cấp, hay hỏi chưa rõ?"
        )
        rests = [row.field("health_insurance") for row in without]
        yield question("poor_without_insurance", rests[0], message, INSURANCE, *rests, facts=known.recognised)
