from collections.abc import Iterator

from households.criteria.engine.scoring import STOP
from households.surveys.checks.basis import QUICK_SHEET
from households.surveys.checks.parts import Finding, Known, error, question
from households.surveys.checks.seen import Seen

REQUEST = "request"


def quick_sheet(seen: Seen, known: Known) -> Iterator[Finding]:
    """Who asked for the review passes Phiếu A first; and whoever that stops is not surveyed with Phiếu B."""
    if known.why != REQUEST:
        return
    for _purpose, outcome in seen.outcomes:
        sheet, code = outcome.applied.standard.sheet_a, outcome.applied.code
        if outcome.told is None or sheet is None:
            continue
        result, field = outcome.told.result, f"{code}:a"
        if result.gate is None:
            yield error(
                "quick_sheet", field, "Hộ có giấy đề nghị thì phải qua Phiếu A: hãy ghi số tiêu chí.", QUICK_SHEET
            )
        elif result.gate == STOP and result.klass:
            message = (
                f"Phiếu A có {result.scores.a} tiêu chí, từ {sheet.stop_at} trở lên thì không rà soát bằng Phiếu B, mà phiếu "
                "này ghi đủ Phiếu B: ô nào đúng?"
            )
            yield question("quick_sheet", field, message, QUICK_SHEET, field, f"{code}:b1")
