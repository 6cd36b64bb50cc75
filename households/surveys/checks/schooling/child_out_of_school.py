from collections.abc import Iterator

from households.surveys.checks.basis import COMPULSORY_SCHOOL
from households.surveys.checks.parts import Finding, Known, hint, question
from households.surveys.checks.seen import Seen

FROM, COMPULSORY, UP_TO = 6, 10, 14  # years by the calendar


def child_out_of_school(seen: Seen, known: Known) -> Iterator[Finding]:
    """Rare, a deprivation, and something the school has to be told."""
    for row in seen.rows:
        age = row.age_by_year
        if age is None or not FROM <= age <= UP_TO or not row.says("studying", "no") or row.yes("disabled"):
            continue
        message = (
            f"{row.called} năm nay {age} tuổi mà không đi học: hỏi lại hộ và nhà trường; nếu đúng, hãy báo nhà trường."
        )
        say = question if age <= COMPULSORY else hint
        rests = row.fields("studying", "birth", "disabled")
        yield say("child_out_of_school", row.field("studying"), message, COMPULSORY_SCHOOL, *rests)
