from collections.abc import Iterator

from povertyportal.vietnamese import format_date
from reports.sentences.writing import reported
from reports.tables import Figure, Finding
from reports.validator.evidence import Evidence, finding, name_of


def stated_twice(evidence: Evidence) -> Iterator[Finding]:
    """One figure published with different values on two days' maps of the same territory."""
    groups: dict[tuple[object, ...], list[Figure]] = {}
    for figure in evidence.figures:
        key = figure.key
        groups.setdefault((key.standard, key.programme, key.measure, key.period_from, key.period_to), []).append(figure)
    for figures in groups.values():
        values = {(figure.value, figure.upper, figure.unit) for figure in figures}
        if len(values) > 1:
            told = "; ".join(
                f"{reported(one).text} (địa giới ngày {format_date(one.key.boundary_on)})" for one in figures
            )
            message = (
                f"{name_of(figures[0].key)} được công bố với giá trị khác nhau: {told}. Lời văn dùng số công bố sau."
            )
            yield finding("stated_twice", "error", message, evidence, *figures)
