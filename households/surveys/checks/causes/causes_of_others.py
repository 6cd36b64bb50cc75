from collections.abc import Iterator

from households.surveys.checks.basis import CAUSES
from households.surveys.checks.parts import Finding, Known, hint
from households.surveys.checks.seen import Seen

FIELD = "s-causes"


def causes_of_others(seen: Seen, known: Known) -> Iterator[Finding]:
    """Causes of poverty where there is none."""
    if seen.klass and not seen.poor_or_near and seen.ticked(FIELD):
        message = "Kết quả không phải hộ nghèo, hộ cận nghèo: nguyên nhân nghèo không đưa vào biểu nào."
        yield hint("causes_of_others", FIELD, message, CAUSES)
