from collections.abc import Iterator

from households.surveys.checks.basis import SCHOOL_AGE
from households.surveys.checks.parts import Finding, Known, question
from households.surveys.checks.seen import Seen

FIRST = {"primary": 6, "lower_secondary": 11, "upper_secondary": 15, "vocational": 15, "higher": 17}


def school_too_early(seen: Seen, known: Known) -> Iterator[Finding]:
    """In a school for older children."""
    for row in seen.rows:
        least, age = FIRST.get(row.text("studying")), row.age_by_year
        if least is not None and age is not None and age < least:
            message = f"{row.called} năm nay {age} tuổi mà đang học cấp này (thường từ {least} tuổi): xem lại cấp học, năm sinh."
            rests = row.fields("studying", "birth")
            yield question("school_too_early", row.field("studying"), message, SCHOOL_AGE, *rests)
