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
from reports.reported.units import fits
from reports.reported.vocabulary import find_measure
from reports.sentences.periods import span, until
from reports.sentences.writing import Piece, included, is_exact, reported, write
from reports.tables import Figure, FigureKey, Qualifier, Sentence

_DATA = Path(__file__).parent / "data" / "patterns.toml"
_SLOT = re.compile(r"\{(\w+)\}")
_CHANGE = "_change"
_NUMBERED = re.compile(r"((?:Tiểu dự án|Dự án) [0-9]+): (.+)")


@dataclass(frozen=True, slots=True)
class Slot:
    """``units``: those the words fit when the measure's own are too many or too few."""

    programme: str
    measure: str
    units: tuple[str, ...]
    change: bool

    def takes(self, figure: Figure) -> bool:
        """A nought is told by name ("Số hộ được vay vốn: 0 hộ"), not as "có 0 hộ được vay vốn"."""
        if not fits(self.measure, figure.unit, self.units):
            return False
        if self.change:
            return figure.value != 0 and (figure.upper is None or (figure.value < 0) == (figure.upper < 0))
        return figure.value != 0 or not is_exact(figure)


@dataclass(frozen=True, slots=True)
class Pattern:
    slots: Mapping[str, Slot]
    text: str


@dataclass(frozen=True, slots=True)
class Clause:
    """A template of ours, what stands in its slots, and the key its period is taken from. Texts that people entered
    (notes, codes, names) are pieces, never part of the template."""

    template: str
    pieces: Mapping[str, Piece]
    key: FigureKey


@cache
def patterns(group: str) -> tuple[Pattern, ...]:
    """``group``: "pattern" for results, "target" for targets."""
    entries = tomllib.loads(_DATA.read_text(encoding="utf-8"))[group]
    return tuple(
        Pattern({name: _slot(name, code, entry) for name, code in entry["slots"].items()}, entry["text"])
        for entry in entries
    )


def _slot(name: str, code: str, entry: Mapping[str, Mapping[str, list[str]]]) -> Slot:
    programme, _slash, measure = code.rpartition("/")
    units = entry.get("units", {}).get(name, [])
    return Slot(programme, measure, tuple(units), f"{{{name}{_CHANGE}}}" in entry["text"])


def result_sentences(figures: Sequence[Figure], *, first: date, last: date) -> tuple[Sentence, ...]:
    """One sentence for each pattern that fits, then one for each programme or figure left over; ``first`` and ``last``
    are the report's period, and a figure of another period says its own. Every figure given stands in one of them."""
    results = [figure for figure in figures if figure.qualifier is not Qualifier.TARGET]
    return tuple(
        _opened(clause, first, last) for group in _groups(results) for clause in _clauses(group, patterns("pattern"))
    )


def target_sentences(figures: Sequence[Figure]) -> tuple[tuple[str, tuple[Sentence, ...]], ...]:
    """Targets by period: its name ("giai đoạn 2021 - 2025", "đến cuối năm 2026") and a clause, ended by ";" or ".",
    for each target."""
    targets = [figure for figure in figures if figure.qualifier is Qualifier.TARGET]
    periods = sorted({(figure.key.period_from, figure.key.period_to) for figure in targets})
    return tuple((_aimed_at(*period), _target_clauses(targets, period)) for period in periods)


def _aimed_at(first: date, last: date) -> str:
    return until(last) if first == last else period_name(first, last)


def _target_clauses(targets: Sequence[Figure], period: tuple[date, date]) -> tuple[Sentence, ...]:
    of_period = [figure for figure in targets if (figure.key.period_from, figure.key.period_to) == period]
    clauses = [entry for group in _groups(of_period) for entry in _clauses(group, patterns("target"))]
    ends = [";"] * (len(clauses) - 1) + ["."]
    return tuple(write(clause.template + end, clause.pieces) for clause, end in zip(clauses, ends, strict=True))


def _groups(figures: Iterable[Figure]) -> list[list[Figure]]:
    """Figures of one map, standard and period: only such stand in one sentence. In order of appearance."""
    groups: dict[tuple[date, str, date, date], list[Figure]] = {}
    for figure in figures:
        key = figure.key
        place = (key.boundary_on, key.standard, key.period_from, key.period_to)
        groups.setdefault(place, []).append(figure)
    return list(groups.values())


def _clauses(group: Sequence[Figure], known: Iterable[Pattern]) -> list[Clause]:
    rest = {(figure.key.programme, figure.key.measure): figure for figure in group}
    written = []
    for pattern in known:
        wanted = {name: rest.get((slot.programme, slot.measure)) for name, slot in pattern.slots.items()}
        found = {name: figure for name, figure in wanted.items() if figure and pattern.slots[name].takes(figure)}
        if len(found) == len(wanted):
            written.append(_filled(pattern, found))
            for slot in pattern.slots.values():
                del rest[slot.programme, slot.measure]
    return written + [_by_name(figures) for figures in _left_over(rest.values())]


def _left_over(figures: Iterable[Figure]) -> list[list[Figure]]:
    """Together what is left of one programme; what belongs to none, or is in a unit that its name does not fit, stands
    alone."""
    groups: dict[object, list[Figure]] = {}
    for figure in figures:
        together = figure.key.programme and fits(figure.key.measure, figure.unit)
        groups.setdefault(figure.key.programme if together else figure.key, []).append(figure)
    return list(groups.values())


def _filled(pattern: Pattern, found: Mapping[str, Figure]) -> Clause:
    pieces: dict[str, Piece] = {}

    def place(matched: re.Match[str]) -> str:
        name = matched[1]
        figure = found[name.removesuffix(_CHANGE)]
        if name in found:
            pieces[name], pieces[f"{name}_note"] = reported(figure), included(figure)
            return f"{{{name}}}{{{name}_note}}"
        pieces[name] = reported(figure, absolute=True)
        return f"{'tăng' if figure.value > 0 else 'giảm'} bình quân {{{name}}}"

    template = _SLOT.sub(place, pattern.text)
    return Clause(template, pieces, next(iter(found.values())).key)


def _by_name(figures: Sequence[Figure]) -> Clause:
    """ "Số hộ được hỗ trợ (Hỗ trợ nhà ở): 114 hộ"; several of one programme: "Dự án 2 (Đa dạng hóa …): kinh phí phân
    bổ 240 tỷ đồng; …". An unknown code is shown as it is."""
    if len(figures) > 1:
        return _of_programme(figures)
    [figure] = figures
    programme = _programme_name(figure.key.programme)
    pieces: dict[str, Piece] = {"number": reported(figure), "note": included(figure)}
    pieces["name"] = find_measure(figure.key.measure).name
    pieces["about"] = f" ({programme})" if programme else ""
    return Clause("{name}{about}: {number}{note}", pieces, figure.key)


def _of_programme(figures: Sequence[Figure]) -> Clause:
    numbered = _NUMBERED.fullmatch(_programme_name(figures[0].key.programme))
    name = f"{numbered[1]} ({numbered[2]})" if numbered else _programme_name(figures[0].key.programme)
    pieces: dict[str, Piece] = {"name": name}
    parts = []
    for place, figure in enumerate(figures):
        pieces[f"what{place}"] = in_sentence(figure.key.measure)
        pieces[f"number{place}"], pieces[f"note{place}"] = reported(figure), included(figure)
        parts.append(f"{{what{place}}} {{number{place}}}{{note{place}}}")
    return Clause(f"{{name}}: {'; '.join(parts)}", pieces, figures[0].key)


def _programme_name(code: str) -> str:
    return find_programme(code).name if code else ""


def in_sentence(measure: str) -> str:
    """A measure's name inside a sentence: small first letter; a code that has no name stands as it is."""
    known = find_measure(measure)
    return known.name[:1].lower() + known.name[1:] if known.known else known.name


def _opened(clause: Clause, first: date, last: date) -> Sentence:
    """A sentence of another period than the report's opens with its own."""
    key = clause.key
    if (key.period_from, key.period_to) == (first, last):
        return write(clause.template, clause.pieces)
    pieces = dict(clause.pieces)
    if "about" in pieces:
        pieces["name"] = in_sentence(key.measure)
    template = clause.template if _starts_with_name(clause.template) else _small(clause.template)
    return write(f"{{span}}, {template}", {**pieces, "span": span(key)})


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def _starts_with_name(template: str) -> bool:
    """A clause that starts with a proper name keeps its capital."""
    return template.startswith(("Chương trình", "Dự án", "Quỹ", "{"))
