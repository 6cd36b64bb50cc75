from collections.abc import Iterator

from households.surveys.checks.basis import NUMBER
from households.surveys.checks.parts import Finding, Known, hint, question
from households.surveys.checks.seen import Seen

COLUMNS = {"sex": "sex", "birth_year": "birth"}


def number_against_person(seen: Seen, known: Known) -> Iterator[Finding]:
    """The number tells sex, century and year of birth; births were often registered wrongly, so either may be right."""
    for row in seen.rows:
        for doubt in known.doubts.get(row.index, ()):
            if doubt.strength == "error":
                continue
            if column := COLUMNS.get(doubt.about):
                rests = row.fields("identity", column)
                yield question("number_against_person", row.field("identity"), doubt.sentence, NUMBER, *rests)
            else:
                yield hint("number_against_person", row.field("identity"), doubt.sentence, NUMBER)
