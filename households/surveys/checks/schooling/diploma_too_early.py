from collections.abc import Iterator

from households.surveys.checks.basis import SCHOOL_AGE
from households.surveys.checks.parts import Finding, Known, question
from households.surveys.checks.seen import Seen

FIRST = {
    "primary": 10, "lower_secondary": 14, "upper_secondary": 17, "elementary": 15, "intermediate": 17, "college": 19,
    "university": 21,
}  # fmt: skip


def diploma_too_early(seen: Seen, known: Known) -> Iterator[Finding]:
    """A diploma before anybody of that year of birth could have it."""
    for row in seen.rows:
        least, age = FIRST.get(row.text("education")), row.age_by_year
        if least is not None and age is not None and age < least:
            message = (
                f"{row.called} năm nay mới {age} tuổi mà đã có bằng này (sớm nhất {least} tuổi): ghi cấp đã tốt nghiệp."
            )
            rests = row.fields("education", "birth")
            yield question("diploma_too_early", row.field("education"), message, SCHOOL_AGE, *rests)
