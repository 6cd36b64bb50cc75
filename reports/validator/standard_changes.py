from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from povertyportal.vietnamese import day_in_text
from reports.reported.series import same_standard
from reports.reported.source import is_point
from reports.reported.vocabulary import Kind, find_measure, find_standard
from reports.sentences.series import stock_measures
from reports.tables import Figure, Finding
from reports.validator.evidence import Evidence, finding, name_of


def standard_changes(evidence: Evidence) -> Iterator[Finding]:
    """A series of poor households that goes over a change of standard (1/1/2016, 1/1/2022, 1/1/2027), and figures by a
    standard that was not applied on their day."""
    yield from _breaks(evidence)
    for figure in evidence.results:
        if is_point(figure.key) and figure.key.measure in stock_measures():
            yield from _not_in_force(evidence, figure)


def _breaks(evidence: Evidence) -> Iterator[Finding]:
    """One finding for each break, whatever the number of series that break there."""
    series: dict[str, list[Figure]] = {}
    for figure in evidence.results:
        if is_point(figure.key) and figure.key.measure in stock_measures() and not figure.key.programme:
            series.setdefault(figure.key.measure, []).append(figure)
    breaks: dict[tuple[str, ...], list[Figure]] = {}
    for figures in series.values():
        for before, after in pairwise(sorted(figures, key=_by_standard)):
            if not same_standard(before.key, after.key):
                pair = sorted((before, after), key=lambda figure: figure.key.period_to)
                breaks.setdefault((_side(pair[0]), _side(pair[1])), []).extend(pair)
    for sides, figures in breaks.items():
        names = "; ".join(dict.fromkeys(name_of(figure.key) for figure in figures))
        message = f"{names}: chuỗi số liệu đứt giữa {sides[0]} và {sides[1]}; không tính tăng, giảm qua chỗ đứt."
        yield finding("standard_changes", "note", message, evidence, *figures)


def _by_standard(figure: Figure) -> tuple[date, date, str]:
    """Standards in the order they were applied: a day that was stated by two of them is no step back."""
    day, standard = figure.key.period_to, find_standard(figure.key.standard)
    return (standard.applied_from or day, day, figure.key.standard)


def _side(figure: Figure) -> str:
    standard = find_standard(figure.key.standard)
    return f"{day_in_text(figure.key.period_to)} theo {standard.name or 'chuẩn không nêu rõ'}"


def _not_in_force(evidence: Evidence, figure: Figure) -> Iterator[Finding]:
    standard = find_standard(figure.key.standard)
    day, kind = figure.key.period_to, find_measure(figure.key.measure).kind
    first, last = standard.applied_from, standard.applied_to
    if not figure.key.standard:
        message = f"{name_of(figure.key)} ({day_in_text(day)}) không nêu tính theo chuẩn nghèo nào."
        yield finding("standard_changes", "note", message, evidence, figure, expected="ghi rõ chuẩn nghèo")
    elif kind in (Kind.COUNT, Kind.RATE) and first and last and not first <= day <= last and not _opening(figure):
        message = (
            f"{name_of(figure.key)} ({day_in_text(day)}) tính theo {standard.name}, "
            f"chuẩn này áp dụng từ {day_in_text(first)} đến {day_in_text(last)}."
        )
        yield finding("standard_changes", "note", message, evidence, figure, expected="chuẩn nghèo áp dụng ngày đó")


def _opening(figure: Figure) -> bool:
    """The review at the end of the year before counts the opening stock by the new standard already."""
    first = find_standard(figure.key.standard).applied_from
    return first is not None and figure.key.period_to.year == first.year - 1
