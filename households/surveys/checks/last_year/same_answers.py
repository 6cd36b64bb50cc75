import re
from collections.abc import Iterator

from households.surveys.checks.basis import experience
from households.surveys.checks.parts import Finding, Known, hint
from households.surveys.checks.seen import Seen

BASIS = experience("phiếu chép lại năm trước mà không đến hộ; một năm thường có ít nhất một câu trả lời đổi")
LEAST = 12
# Not the registry's columns nor the head of the paper: the answers that somebody went to ask for.
_ASKED = re.compile(
    r"m\d+-(?!person$|name$|birth$|relation$|sex$|ethnicity$|identity$)\w+|h-.+|y-.+|income_month|[\w-]+:.+"
)


def same_answers(seen: Seen, known: Known) -> Iterator[Finding]:
    """Every answer as it was the year before, points and all, once nothing is missing."""
    if known.before is None or not seen.complete:
        return
    now = {name: sorted(values) for name, values in seen.answers.items() if _ASKED.fullmatch(name) and any(values)}
    then = {
        name: sorted(values) for name, values in known.before.answers.items() if _ASKED.fullmatch(name) and any(values)
    }
    if len(now) >= LEAST and now == {name: then.get(name) for name in now}:
        message = f"Mọi câu trả lời giống hệt năm {known.before.year}: đã đến hộ hỏi lại chưa?"
        yield hint("same_answers", "", message, BASIS, *sorted(now), facts=str(known.before.year))
