from collections.abc import Iterator

from povertyportal.vietnamese import format_number, moment
from reports.reported.source import is_point
from reports.reported.units import in_unit
from reports.reported.vocabulary import find_measure, is_percent
from reports.sentences.series import ALL_HOUSEHOLDS, stock_measures
from reports.sentences.writing import reported
from reports.tables import Finding
from reports.validator.evidence import Evidence, finding, name_of


def over_hundred_percent(evidence: Evidence) -> Iterator[Finding]:
    """A share that is larger than its whole: published as a rate, or as more households than there are."""
    for figure in evidence.figures:
        if find_measure(figure.key.measure).share and is_percent(figure.unit) and figure.value > 100:
            message = f"{name_of(figure.key)}: {format_number(figure.value)}% vượt quá 100%."
            yield finding("over_hundred_percent", "error", message, evidence, figure, expected="từ 0 đến 100%")
    yield from _more_than_all(evidence)


def _more_than_all(evidence: Evidence) -> Iterator[Finding]:
    points = [figure for figure in evidence.exact if is_point(figure.key) and not figure.key.programme]
    wholes = {figure.key.period_to: figure for figure in points if figure.key.measure == ALL_HOUSEHOLDS}
    for figure in points:
        whole = wholes.get(figure.key.period_to)
        part = in_unit(figure, whole.unit) if whole and figure.key.measure in stock_measures() else None
        if whole and part is not None and part > whole.value:
            message = (
                f"{name_of(figure.key)} {moment(figure.key.period_to)} là {reported(figure).text}, "
                f"nhiều hơn tổng số {reported(whole).text}; có thể sai số hoặc sai đơn vị tính."
            )
            expected = f"nhiều nhất {reported(whole).text}"
            yield finding("over_hundred_percent", "error", message, evidence, figure, whole, expected=expected)
