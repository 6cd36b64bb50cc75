from collections.abc import Iterator

from households.surveys.checks.basis import experience
from households.surveys.checks.parts import Finding, Known, question
from households.surveys.checks.seen import Seen
from povertyportal.vietnamese import fold

BASIS = experience("không ai tự rà soát hộ mình; người dân khiếu nại đúng chỗ này")
FIELD = "s-reviewer"


def reviewer_of_household(seen: Seen, known: Known) -> Iterator[Finding]:
    """Nobody reviews his own household."""
    reviewer = fold(seen.text(FIELD))
    names = {fold(row.text("name")) for row in seen.rows} | {fold(seen.text("s-respondent"))}
    if reviewer and reviewer in names:
        message = (
            "Rà soát viên trùng tên với thành viên hoặc người cung cấp thông tin của hộ: có phải cùng người không?"
        )
        yield question("reviewer_of_household", FIELD, message, BASIS, FIELD, "s-respondent")
