from collections.abc import Iterator

from households.surveys.checks.basis import experience
from households.surveys.checks.parts import Finding, Known, question
from households.surveys.checks.seen import Seen

BASIS = experience("bằng đã có không mất đi; thấp hơn năm trước làm tăng thiếu hụt về giáo dục")
LEVELS = {"none": 0, "primary": 1, "lower_secondary": 2, "upper_secondary": 3, "college": 4, "university": 5}


def diploma_lost(seen: Seen, known: Known) -> Iterator[Finding]:
    """A lower diploma than the year before."""
    before = known.before.answers if known.before else {}
    for row in seen.rows:
        then = next(iter(before.get(row.field("education"), ())), "")
        was, now = LEVELS.get(then), LEVELS.get(row.text("education"))
        if was is not None and now is not None and now < was:
            message = f"Năm trước {row.called} ghi bằng cao hơn: năm nào ghi đúng?"
            yield question("diploma_lost", row.field("education"), message, BASIS, facts=then)
