from collections.abc import Iterator

from households.surveys.checks.basis import experience
from households.surveys.checks.parts import Finding, Known, hint
from households.surveys.checks.seen import Seen

BASIS = experience("hộ sát ngưỡng là hộ hay bị khiếu nại nhất; một ô chọn nhầm là đổi kết quả")
NEAR = 5


def near_the_line(seen: Seen, known: Known) -> Iterator[Finding]:
    """So close to the line of B1 that one box decides."""
    for _purpose, outcome in seen.outcomes:
        line = seen.score_line_of(outcome)
        points = outcome.told.result.scores.b1 if outcome.told else None
        if line is not None and points is not None and abs(points - line) <= NEAR:
            message = f"B1 được {points} điểm, sát ngưỡng {line}: hãy xem lại từng ô của Phiếu B1 trước khi kết luận."
            yield hint("near_the_line", f"{outcome.applied.code}:b1", message, BASIS)
