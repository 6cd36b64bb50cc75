from collections.abc import Iterator
from itertools import pairwise

from povertyportal.vietnamese import format_date
from reports.reported.source import is_point
from reports.reported.vocabulary import Kind, find_measure, find_standard
from reports.sentences.periods import same_series
from reports.sentences.series import series_words
from reports.tables import Figure, Finding
from reports.validator.evidence import Evidence, finding, name_of

_STOCKS = frozenset(
    code for words in series_words() for code in (words.count, words.rate) if code and not find_measure(code).of_all
)


def standard_changes(evidence: Evidence) -> Iterator[Finding]:
    """A series of poor households that goes over a change of standard (1/1/2016, 1/1/2022, 1/1/2027), and figures by a
    standard that was not applied on their day."""
    yield from _breaks(evidence)
    for figure in evidence.results:
        if is_point(figure.key) and figure.key.measure in _STOCKS:
            yield from _not_in_force(evidence, figure)


def _breaks(evidence: Evidence) -> Iterator[Finding]:
    series: dict[str, list[Figure]] = {}
    for figure in evidence.results:
        if is_point(figure.key) and figure.key.measure in _STOCKS and not figure.key.programme:
            series.setdefault(figure.key.measure, []).append(figure)
    for figures in series.values():
        ordered = sorted(figures, key=lambda figure: (figure.key.period_to, figure.key.standard))
        for before, after in pairwise(ordered):
            if not same_series(before.key, after.key):
                yield finding("standard_changes", "note", _break_message(before, after), evidence, before, after)


def _break_message(before: Figure, after: Figure) -> str:
    sides = [
        f"{format_date(figure.key.period_to)} theo {find_standard(figure.key.standard).name or 'chuẩn không nêu rõ'}"
        for figure in (before, after)
    ]
    return f"{name_of(before.key)}: chuỗi số liệu đứt giữa {sides[0]} và {sides[1]}; không tính tăng, giảm qua chỗ đứt."


def _not_in_force(evidence: Evidence, figure: Figure) -> Iterator[Finding]:
    standard = find_standard(figure.key.standard)
    day, kind = figure.key.period_to, find_measure(figure.key.measure).kind
    first, last = standard.applied_from, standard.applied_to
    if not figure.key.standard:
        message = f"{name_of(figure.key)} ({format_date(day)}) không nêu tính theo chuẩn nghèo nào."
        yield finding("standard_changes", "note", message, evidence, figure, expected="ghi rõ chuẩn nghèo")
    elif kind in (Kind.COUNT, Kind.RATE) and first and last and not first <= day <= last and not _opening(figure):
        message = (
            f"{name_of(figure.key)} ({format_date(day)}) tính theo {standard.name}, "
            f"chuẩn này áp dụng từ {format_date(first)} đến {format_date(last)}."
        )
        yield finding("standard_changes", "note", message, evidence, figure, expected="chuẩn nghèo áp dụng ngày đó")


def _opening(figure: Figure) -> bool:
    """The review at the end of the year before counts the opening stock by the new standard already."""
    first = find_standard(figure.key.standard).applied_from
    return first is not None and figure.key.period_to.year == first.year - 1
