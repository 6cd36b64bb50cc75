from collections.abc import Iterator

from povertyportal.vietnamese import day_in_text, period_name
from reports.reported.source import Why
from reports.tables import Figure, Finding
from reports.validator.evidence import Evidence, name_of


def figures_left_out(evidence: Evidence) -> Iterator[Finding]:
    """Stored figures that touch the period but may not be used: another territory, or mostly another time."""
    for why, reason in (
        (Why.OTHER_MAP, "công bố theo địa giới khác với địa giới của báo cáo"),
        (Why.OTHER_PERIOD, "phần lớn thời gian nằm ngoài kỳ báo cáo"),
    ):
        figures = [entry.figure for entry in evidence.left_out if entry.why is why]
        if figures:
            told = "; ".join(_told(figure) for figure in figures)
            message = f"{len(figures)} số liệu không đưa vào báo cáo vì {reason}: {told}."
            yield Finding("figures_left_out", "note", message, keys=tuple(figure.key for figure in figures))


def _told(figure: Figure) -> str:
    key = figure.key
    return (
        f"{name_of(key)} ({period_name(key.period_from, key.period_to)}, địa giới ngày {day_in_text(key.boundary_on)})"
    )
