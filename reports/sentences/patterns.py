"""Sentences about results and targets, from data/patterns.toml; what no pattern knows is written by name."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from povertyportal.vietnamese import period_name
from programs.catalogue import find_programme
from reports.reported.vocabulary import find_measure
from reports.sentences.periods import span
from reports.sentences.writing import Piece, included, is_exact, reported, write
from reports.tables import Figure, FigureKey, Number, Qualifier, Sentence

_DATA = Path(__file__).parent / "data" / "patterns.toml"
_SLOT = re.compile(r"\{(\w+)\}")
_CHANGE = "_change"


@dataclass(frozen=True, slots=True)
class Pattern:
    """``slots``: name → (programme, measure)."""

    slots: Mapping[str, tuple[str, str]]
    text: str


@cache
def patterns(group: str) -> tuple[Pattern, ...]:
    """``group``: "pattern" for results, "target" for targets."""
    entries = tomllib.loads(_DATA.read_text(encoding="utf-8"))[group]
    return tuple(
        Pattern({name: _slot(code) for name, code in entry["slots"].items()}, entry["text"]) for entry in entries
    )


def _slot(code: str) -> tuple[str, str]:
    programme, _slash, measure = code.rpartition("/")
    return programme, measure


def result_sentences(figures: Sequence[Figure], *, first: date, last: date) -> tuple[Sentence, ...]:
    """One sentence for each pattern that fits and one for each figure left over; ``first`` and ``last`` are the
    report's period, and a figure of another period says its own. Every figure given stands in one of them."""
    results = [figure for figure in figures if figure.qualifier is not Qualifier.TARGET]
    return tuple(
        _opened(clause, pieces, key, first, last)
        for group in _groups(results)
        for clause, pieces, key in _clauses(group, patterns("pattern"))
    )


def target_sentences(figures: Sequence[Figure]) -> tuple[tuple[str, tuple[Sentence, ...]], ...]:
    """Targets by period: its name ("giai đoạn 2021 - 2025") and a clause, ended by ";" or ".", for each target."""
    targets = [figure for figure in figures if figure.qualifier is Qualifier.TARGET]
    periods = sorted({(figure.key.period_from, figure.key.period_to) for figure in targets})
    return tuple((period_name(*period), _target_clauses(targets, period)) for period in periods)


def _target_clauses(targets: Sequence[Figure], period: tuple[date, date]) -> tuple[Sentence, ...]:
    of_period = [figure for figure in targets if (figure.key.period_from, figure.key.period_to) == period]
    clauses = [entry for group in _groups(of_period) for entry in _clauses(group, patterns("target"))]
    ends = [";"] * (len(clauses) - 1) + ["."]
    return tuple(write(clause + end, pieces) for (clause, pieces, _key), end in zip(clauses, ends, strict=True))


def _groups(figures: Iterable[Figure]) -> list[list[Figure]]:
    """Figures of one map, standard and period: only such stand in one sentence. In order of appearance."""
    groups: dict[tuple[date, str, date, date], list[Figure]] = {}
    for figure in figures:
        key = figure.key
        place = (key.boundary_on, key.standard, key.period_from, key.period_to)
        groups.setdefault(place, []).append(figure)
    return list(groups.values())


def _clauses(group: Sequence[Figure], known: Iterable[Pattern]) -> list[tuple[str, dict[str, Piece], FigureKey]]:
    rest = {(figure.key.programme, figure.key.measure): figure for figure in group}
    written = []
    for pattern in known:
        slots = {name: rest.get(slot) for name, slot in pattern.slots.items()}
        found = {name: figure for name, figure in slots.items() if figure is not None}
        if len(found) == len(slots) and all(_reads_well(figure) for figure in found.values()):
            clause, pieces = _filled(pattern, found)
            written.append((clause, pieces, next(iter(found.values())).key))
            for slot in pattern.slots.values():
                del rest[slot]
    return written + [(*_by_name(figure), figure.key) for figure in rest.values()]


def _reads_well(figure: Figure) -> bool:
    """A nought is told by name ("Số hộ được vay vốn: 0 hộ"), not as "có 0 hộ được vay vốn"."""
    return figure.value != 0 or not is_exact(figure)


def _filled(pattern: Pattern, found: Mapping[str, Figure]) -> tuple[str, dict[str, Piece]]:
    pieces: dict[str, Piece] = {}

    def place(slot: re.Match[str]) -> str:
        name = slot[1]
        if name in found:
            pieces[name] = reported(found[name])
            return f"{{{name}}}{included(found[name])}"
        figure = found[name.removesuffix(_CHANGE)]
        pieces[name] = reported(figure, absolute=True)
        return f"{'tăng' if figure.value > 0 else 'giảm'} bình quân {{{name}}}"

    return _SLOT.sub(place, pattern.text), pieces


def _by_name(figure: Figure) -> tuple[str, dict[str, Piece]]:
    """ "Số hộ được hỗ trợ (Hỗ trợ nhà ở): 114 hộ"; an unknown code is shown as it is."""
    programme = find_programme(figure.key.programme).name if figure.key.programme else ""
    about = f" ({programme})" if programme else ""
    number: Number = reported(figure)
    return f"{find_measure(figure.key.measure).name}{about}: {{number}}{included(figure)}", {"number": number}


def _opened(clause: str, pieces: Mapping[str, Piece], key: FigureKey, first: date, last: date) -> Sentence:
    if (key.period_from, key.period_to) == (first, last):
        return write(clause, pieces)
    return write(
        f"{span(key)}, {clause[:1].lower()}{clause[1:]}" if not _is_name(clause) else f"{span(key)}, {clause}", pieces
    )


def _is_name(clause: str) -> bool:
    """A clause that starts with a proper name keeps its capital."""
    return clause.startswith(("Chương trình", "Quỹ", "{"))
