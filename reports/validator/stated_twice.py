from collections.abc import Iterator

from povertyportal.vietnamese import day_in_text
from reports.reported.series import same_territory
from reports.reported.units import in_unit
from reports.reported.vocabulary import find_standard
from reports.sentences.writing import reported
from reports.tables import Figure, Finding
from reports.validator.evidence import Evidence, finding, name_of


def stated_twice(evidence: Evidence) -> Iterator[Finding]:
    """One figure published with different values: on two days' maps of the same territory, or once with and once
    without its standard. A contradiction only where the maps are known to be of one territory."""
    for figures in _same_thing(evidence):
        first, *others = figures
        if any(not _equal(first, other) for other in others):
            by = len({one.key.standard for one in figures}) > 1
            told = "; ".join(f"{reported(one).text} ({_circumstances(one, standard=by)})" for one in figures)
            message = (
                f"{name_of(first.key)} được công bố với giá trị khác nhau: {told}. "
                "Lời văn dùng số công bố theo địa giới sau cùng."
            )
            same = all(same_territory(first, other) for other in others)
            yield finding("stated_twice", "error" if same else "note", message, evidence, *figures)


def _same_thing(evidence: Evidence) -> Iterator[list[Figure]]:
    """By standard; one that names none is held against the only standard that others name."""
    groups: dict[tuple[object, ...], dict[str, list[Figure]]] = {}
    for figure in evidence.figures:
        key = figure.key
        place = (key.programme, key.measure, key.period_from, key.period_to)
        groups.setdefault(place, {}).setdefault(key.standard, []).append(figure)
    for by_standard in groups.values():
        if "" in by_standard and len(by_standard) == 2:
            yield [figure for figures in by_standard.values() for figure in figures]
        else:
            yield from by_standard.values()


def _equal(one: Figure, other: Figure) -> bool:
    return one.value == in_unit(other, one.unit) and one.upper == other.upper


def _circumstances(figure: Figure, *, standard: bool) -> str:
    by = f"{find_standard(figure.key.standard).name or 'không nêu chuẩn nghèo'}, " if standard else ""
    return f"{by}địa giới ngày {day_in_text(figure.key.boundary_on)}"
