from collections.abc import Iterator

from households.surveys.checks.basis import experience
from households.surveys.checks.parts import Finding, Known, hint
from households.surveys.checks.seen import Seen

BASIS = experience("điểm đổi nhiều trong một năm thường là cộng sai, chọn nhầm bảng, hoặc có việc lớn cần ghi lại")
MOST = {"b1": 40, "b2": 40}


def score_jump(seen: Seen, known: Known) -> Iterator[Finding]:
    """Points far from last year's by the same standard."""
    outcome, before = seen.outcome(), known.before
    if before is None or outcome is None or outcome.told is None or before.standard != outcome.applied.code:
        return
    now = outcome.told.result.scores
    for name, then, points in (("b1", before.b1, now.b1), ("b2", before.b2, now.b2)):
        if then is not None and points is not None and abs(points - then) >= MOST[name]:
            message = f"{name.upper()} năm {before.year} là {then} điểm, nay {points} điểm: vì sao đổi nhiều như vậy?"
            field = f"{outcome.applied.code}:b1" if name == "b1" else ""
            yield hint("score_jump", field, message, BASIS, field, facts=f"{name} {then} {points}")
