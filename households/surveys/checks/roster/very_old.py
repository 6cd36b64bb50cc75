from collections.abc import Iterator

from households.surveys.checks.basis import experience
from households.surveys.checks.parts import Finding, Known, question
from households.surveys.checks.seen import Seen

BASIS = experience("trên 100 tuổi thường là năm sinh gõ nhầm, hoặc người đã mất mà chưa khai tử")
OLD = 100


def very_old(seen: Seen, known: Known) -> Iterator[Finding]:
    """A hundred years and more."""
    for row in seen.rows:
        if row.at_least(OLD):
            message = f"{row.called} {row.age_words}: xem lại năm sinh, và người này còn sống không?"
            yield question("very_old", row.field("birth"), message, BASIS)
