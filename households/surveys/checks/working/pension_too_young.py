from collections.abc import Iterator

from households.surveys.checks.basis import PENSION
from households.surveys.checks.parts import Finding, Known, question
from households.surveys.checks.seen import Seen

LEAST = 45


def pension_too_young(seen: Seen, known: Known) -> Iterator[Finding]:
    """A pension before anybody gets one; an allowance for the disabled or for merit is none."""
    for row in seen.rows:
        if row.yes("pension") and row.under(LEAST):
            message = f"{row.called} mới {row.age_words} mà hưởng lương hưu: có phải trợ cấp xã hội, trợ cấp người có công không?"
            yield question("pension_too_young", row.field("pension"), message, PENSION, *row.fields("pension", "birth"))
