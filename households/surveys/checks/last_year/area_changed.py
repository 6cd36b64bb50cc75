from collections.abc import Iterator

from households.surveys.checks.basis import experience
from households.surveys.checks.parts import Finding, Known, question
from households.surveys.checks.seen import Seen
from povertyportal.vietnamese import format_number, parse_number

BASIS = experience("diện tích nhà ít đổi; đổi trên một nửa là xây lại, chuyển nhà hoặc đo khác")
FIELD = "h-floor_area"


def area_changed(seen: Seen, known: Known) -> Iterator[Finding]:
    """A house half as large again, or half as small, as the year before."""
    then = next(iter(known.before.answers.get(FIELD, ())), "") if known.before else ""
    now = seen.number(FIELD)
    try:
        was = parse_number(then) if then else None
    except ValueError:
        return
    if now is not None and was and not was / 2 <= now <= was * 2:
        message = (
            f"Năm trước nhà {format_number(was)} m², nay {format_number(now)} m²: xây lại, chuyển nhà, hay đo khác?"
        )
        yield question("area_changed", FIELD, message, BASIS, facts=then)
