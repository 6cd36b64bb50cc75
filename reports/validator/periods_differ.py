from collections.abc import Iterator
from datetime import date

from povertyportal.vietnamese import period_name
from reports.reported.source import is_point
from reports.tables import Figure, Finding
from reports.validator.evidence import Evidence, finding, name_of


def periods_differ(evidence: Evidence) -> Iterator[Finding]:
    """Results over another span of time than the report's: they may not be added to the others or compared with them.
    Spans of single years or parts within the period are a breakdown and no finding."""
    scope = evidence.report.scope
    groups: dict[tuple[date, date], list[Figure]] = {}
    for figure in evidence.results:
        key = figure.key
        period = (key.period_from, key.period_to)
        if not is_point(key) and period != (scope.period_from, scope.period_to) and not _single_year(*period):
            groups.setdefault(period, []).append(figure)
    own = period_name(scope.period_from, scope.period_to)
    for period, figures in sorted(groups.items()):
        names = "; ".join(name_of(figure.key) for figure in figures)
        message = (
            f"{len(figures)} số liệu thuộc {period_name(*period)}, khác kỳ báo cáo ({own}): {names}. "
            "Không cộng hoặc so sánh với số liệu của kỳ báo cáo."
        )
        yield finding("periods_differ", "note", message, evidence, *figures, expected=f"số liệu của {own}")


def _single_year(first: date, last: date) -> bool:
    return first.year == last.year
