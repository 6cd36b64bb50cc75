from collections.abc import Iterator

from households.surveys.checks.basis import experience
from households.surveys.checks.parts import Finding, Known, question
from households.surveys.checks.seen import Row, Seen

BASIS = experience("hay ghi cấp đang học vào ô đã tốt nghiệp, hoặc bỏ quên bằng đã có")
LEVELS = {"none": 0, "primary": 1, "lower_secondary": 2, "upper_secondary": 3}
HIGH = {"intermediate": 2, "college": 3, "university": 3}  # at least what they took to get there
NEEDED = {"lower_secondary": 1, "upper_secondary": 2, "higher": 3}


def study_against_diploma(seen: Seen, known: Known) -> Iterator[Finding]:
    """Learning what is already passed, or without what it takes."""
    for row in seen.rows:
        if problem := _problem(row):
            rests = row.fields("studying", "education")
            yield question("study_against_diploma", row.field("education"), f"{row.called} {problem}", BASIS, *rests)


def _problem(row: Row) -> str:
    studying, passed = row.text("studying"), (LEVELS | HIGH).get(row.text("education"))
    if passed is None:
        return ""
    if studying in LEVELS and 0 < LEVELS[studying] <= passed:
        return "đang học cấp đã tốt nghiệp: cột “đã tốt nghiệp” ghi bằng cao nhất đã có."
    if NEEDED.get(studying, 0) > passed:
        return "đang học cấp cao hơn bằng đã ghi: đã tốt nghiệp cấp dưới chưa?"
    return ""
