from collections.abc import Iterator

from households.surveys.checks.basis import experience
from households.surveys.checks.parts import Finding, Known, hint, question
from households.surveys.checks.seen import Seen

BASIS = experience("thoát nghèo vượt luôn mức cận nghèo trong một năm là hiếm; cấp trên và người dân sẽ hỏi vì sao")
FAR, CLEARLY = ("average", "not_poor"), 30  # points over the line


def class_jump(seen: Seen, known: Known) -> Iterator[Finding]:
    """From poor to neither poor nor near-poor in a year, by the recognition in force, else by last year's result. That a
    household which asked for a review turns out poor is what the review is for. A hint while few points decide."""
    before = known.recognised or (known.before.klass if known.before else "")
    if before == "poor" and seen.klass in FAR:
        message = (
            "Đang là hộ nghèo, nay phiếu cho kết quả không nghèo, không cận nghèo: đời sống hộ đổi vì việc gì (việc làm "
            "mới, bán đất, có lương)?"
        )
        rests = sorted(name for name in seen.answers if name.endswith(":b1"))
        say = hint if _just_over(seen) else question
        yield say("class_jump", "", message, BASIS, "", *rests, facts=f"{before} {seen.klass}")


def _just_over(seen: Seen) -> bool:
    outcome = seen.outcome()
    line = seen.score_line_of(outcome) if outcome else None
    points = outcome.told.result.scores.b1 if outcome and outcome.told else None
    return line is not None and points is not None and points <= line + CLEARLY
