from collections.abc import Iterator

from households.surveys.checks.basis import RESIDENCE
from households.surveys.checks.parts import Finding, Known, question
from households.surveys.checks.seen import Seen

GROWN_UP = 18


def head_grown_up(seen: Seen, known: Known) -> Iterator[Finding]:
    """A minor heads a household only where no grown-up can."""
    head = seen.head
    adults = [row for row in seen.rows if row.at_least(GROWN_UP)]
    if head and head.under(GROWN_UP) and adults:
        message = (
            f"Chủ hộ {head.called} mới {head.age_words}, trong khi hộ có {adults[0].called} ({adults[0].age_words}): "
            "chủ hộ thường là người từ đủ 18 tuổi."
        )
        rests = head.fields("relation", "birth")
        yield question("head_grown_up", head.field("relation"), message, RESIDENCE, *rests)
