from collections.abc import Iterator

from households.surveys.checks.basis import ROUND_DAYS
from households.surveys.checks.parts import Finding, Known, question
from households.surveys.checks.seen import Seen
from povertyportal.vietnamese import format_date

FIELD = "s-day"


def day_in_round(seen: Seen, known: Known) -> Iterator[Finding]:
    """Surveyed within the days of the round."""
    if seen.text(FIELD) and not known.first_day <= seen.on <= known.last_day:
        message = (
            f"Ngày điều tra {format_date(seen.on)} ngoài thời gian của đợt ({format_date(known.first_day)} đến "
            f"{format_date(known.last_day)}): xem lại ngày trên phiếu giấy."
        )
        yield question("day_in_round", FIELD, message, ROUND_DAYS)
