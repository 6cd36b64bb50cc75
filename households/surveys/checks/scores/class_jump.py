from collections.abc import Iterator

from households.surveys.checks.basis import experience
from households.surveys.checks.parts import Finding, Known, question
from households.surveys.checks.seen import Seen

BASIS = experience("thoát nghèo vượt luôn mức cận nghèo trong một năm là hiếm; cấp trên và người dân sẽ hỏi vì sao")
FAR = ("average", "not_poor")


def class_jump(seen: Seen, known: Known) -> Iterator[Finding]:
    """From poor to neither poor nor near-poor in a year, by the recognition in force, else by last year's result. That a
    household which asked for a review turns out poor is what the review is for."""
    before = known.recognised or (known.before.klass if known.before else "")
    if before == "poor" and seen.klass in FAR:
        message = (
            "Đang là hộ nghèo, nay phiếu cho kết quả không nghèo, không cận nghèo: đời sống hộ đổi vì việc gì (việc làm "
            "mới, bán đất, có lương)?"
        )
        rests = sorted(name for name in seen.answers if name.endswith(":b1"))
        yield question("class_jump", "", message, BASIS, "", *rests, facts=f"{before} {seen.klass}")
