from collections.abc import Iterator
from datetime import date

from households.surveys.checks.basis import RETIREMENT
from households.surveys.checks.parts import Finding, Known, question
from households.surveys.checks.seen import Row, Seen

# Months of age at which working age ended: in 2021, each year more, and at last.
MEN, WOMEN = (60 * 12 + 3, 3, 62 * 12), (55 * 12 + 4, 4, 60 * 12)
BEFORE = {"male": 60 * 12, "female": 55 * 12}


def jobless_past_age(seen: Seen, known: Known) -> Iterator[Finding]:
    """The answer "without work" is of those of working age; an old person counted there is a deprivation too many."""
    for row in seen.rows:
        if row.says("work", "seeking") and row.born and _past(row):
            message = (
                f"{row.called} ({row.age_words}) đã quá tuổi lao động: ô “không tìm được việc” chỉ dành cho người trong "
                "tuổi lao động."
            )
            rests = row.fields("work", "birth", "sex")
            yield question("jobless_past_age", row.field("work"), message, RETIREMENT, *rests)


def _past(row: Row) -> bool:
    """Surely: by the latest day of birth, and for an unknown sex by the later age."""
    latest = row.born[1] if row.born else row.on
    months = (row.on.year - latest.year) * 12 + row.on.month - latest.month - (row.on.day < latest.day)
    return months >= end_of_working_age(row.text("sex"), row.on)


def end_of_working_age(sex: str, on: date) -> int:
    """In months of age."""
    if on.year < 2021:
        return BEFORE.get(sex, BEFORE["male"])
    first, more, most = WOMEN if sex == "female" else MEN
    return min(first + more * (on.year - 2021), most)
