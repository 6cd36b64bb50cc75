from collections.abc import Iterator

from households.surveys.checks.basis import CAUSES
from households.surveys.checks.parts import Finding, Known, error
from households.surveys.checks.seen import Seen

FIELD = "s-causes"


def causes_named(seen: Seen, known: Known) -> Iterator[Finding]:
    """Of a poor or near-poor household the causes are reported."""
    if seen.poor_or_near and seen.codes("causes") and not seen.all(FIELD):
        message = "Hộ nghèo, hộ cận nghèo thì phải ghi nguyên nhân: chọn ít nhất một."
        yield error("causes_named", FIELD, message, CAUSES)
