from collections.abc import Iterator

from povertyportal.vietnamese import format_number
from reports.reported.vocabulary import Kind, find_measure, whole_units
from reports.tables import Finding
from reports.validator.evidence import Evidence, finding, name_of


def not_whole(evidence: Evidence) -> Iterator[Finding]:
    """Households, persons and other things that are counted one by one, with a fraction."""
    for figure in evidence.figures:
        counted = find_measure(figure.key.measure).kind not in (Kind.AVERAGE, Kind.CHANGE)
        if counted and figure.unit in whole_units() and figure.value != figure.value.to_integral_value():
            message = f"{name_of(figure.key)}: {format_number(figure.value)} {figure.unit} không phải số nguyên."
            yield finding("not_whole", "error", message, evidence, figure, expected="một số nguyên")
