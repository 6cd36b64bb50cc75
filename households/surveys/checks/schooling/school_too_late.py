from collections.abc import Iterator

from households.surveys.checks.basis import experience
from households.surveys.checks.parts import Finding, Known, hint, question
from households.surveys.checks.seen import Seen

BASIS = experience("chọn nhầm cấp học; người lớn học xóa mù chữ, giáo dục thường xuyên thì có thật")
LAST = {"preschool": 7, "primary": 14, "lower_secondary": 18, "upper_secondary": 21}
GROWN_UP = 25


def school_too_late(seen: Seen, known: Known) -> Iterator[Finding]:
    """In a school for younger children."""
    for row in seen.rows:
        most, age = LAST.get(row.text("studying")), row.age_by_year
        if most is None or age is None or age <= most:
            continue
        message = f"{row.called} năm nay {age} tuổi mà đang học cấp này: xem lại cấp học, năm sinh."
        say = hint if age >= GROWN_UP else question
        yield say("school_too_late", row.field("studying"), message, BASIS, *row.fields("studying", "birth"))
