from collections.abc import Iterator

from povertyportal.vietnamese import format_number
from reports.reported.vocabulary import find_measure, is_percent
from reports.tables import Finding
from reports.validator.evidence import Evidence, finding, name_of


def over_hundred_percent(evidence: Evidence) -> Iterator[Finding]:
    """A share of a whole that is larger than the whole."""
    for figure in evidence.figures:
        if find_measure(figure.key.measure).share and is_percent(figure.unit) and figure.value > 100:
            message = f"{name_of(figure.key)}: {format_number(figure.value)}% vượt quá 100%."
            yield finding("over_hundred_percent", "error", message, evidence, figure, expected="từ 0 đến 100%")
