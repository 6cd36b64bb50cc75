from collections.abc import Iterator

from households.surveys.checks.basis import experience
from households.surveys.checks.parts import Finding, Known, hint
from households.surveys.checks.seen import Seen
from povertyportal.vietnamese import fold

BASIS = experience("người ốm nặng, tai nạn thường thấy được ở cột khuyết tật, khám chữa bệnh, khả năng lao động")
FIELD = "s-causes"


def cause_of_illness(seen: Seen, known: Known) -> Iterator[Finding]:
    """Illness as the cause, and nobody on the roster who is ill, disabled or unable to work."""
    codes = {code for code, words in seen.codes("causes").items() if "om dau" in fold(words)}
    ill = [
        row
        for row in seen.rows
        if row.yes("disabled") or row.no("can_work") or row.says("health_care", "treated", "untreated")
    ]
    if codes.intersection(seen.ticked(FIELD)) and not ill:
        message = "Chọn nguyên nhân ốm đau, tai nạn mà danh sách không ai khuyết tật, mất sức: ai ốm? Ghi ở ô ghi chú."
        yield hint("cause_of_illness", FIELD, message, BASIS)
