from collections.abc import Iterator

from households.surveys.checks.basis import NUMBER
from households.surveys.checks.parts import Finding, Known, error
from households.surveys.checks.seen import Seen


def number_well_formed(seen: Seen, known: Known) -> Iterator[Finding]:
    """Twelve digits, of a year that has come."""
    for row in seen.rows:
        for doubt in known.doubts.get(row.index, ()):
            if doubt.strength == "error":
                yield error("number_well_formed", row.field("identity"), doubt.sentence, NUMBER)
