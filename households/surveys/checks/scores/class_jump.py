from collections.abc import Iterator

from households.surveys.checks.basis import experience
from households.surveys.checks.parts import Finding, Known, question
from households.surveys.checks.seen import Seen

BASIS = experience("đổi hai bậc trong một năm là hiếm; cấp trên và người dân sẽ hỏi vì sao")
STEPS = {"poor": 0, "near_poor": 1, "average": 2, "not_poor": 2}
WORDS = {"poor": "hộ nghèo", "near_poor": "hộ cận nghèo", "average": "mức sống trung bình", "not_poor": "không nghèo"}


def class_jump(seen: Seen, known: Known) -> Iterator[Finding]:
    """Two steps up or down against the recognition in force, or against last year's result."""
    before = known.recognised or (known.before.klass if known.before else "")
    if before in STEPS and seen.klass in STEPS and abs(STEPS[before] - STEPS[seen.klass]) > 1:
        message = (
            f"Trước đây là {WORDS[before]}, nay phiếu cho kết quả {WORDS[seen.klass]}: đời sống hộ đổi vì việc gì "
            "(việc làm mới, bán đất, ốm nặng …)?"
        )
        rests = sorted(name for name in seen.answers if name.endswith(":b1"))
        yield question("class_jump", "", message, BASIS, "", *rests, facts=f"{before} {seen.klass}")
