from collections.abc import Iterator

from programs.catalogue import find_programme, parts_of
from reports.reported.units import converts
from reports.reported.vocabulary import find_measure, is_percent
from reports.tables import Figure, Finding
from reports.validator.evidence import Evidence, finding, name_of


def units_differ(evidence: Evidence) -> Iterator[Finding]:
    """Figures of one measure in several units, and parts in other units than their total. What converts is compared
    after conversion; what does not is never compared, added or divided."""
    for figures in _families(evidence):
        units = list(dict.fromkeys(figure.unit for figure in figures))
        if len(units) < 2:
            continue
        exact = all(converts(unit, units[0]) for unit in units)
        named = ", ".join("%" if is_percent(unit) else unit for unit in units)
        names = "; ".join(dict.fromkeys(name_of(figure.key) for figure in figures))
        treatment = "chỉ so sánh sau khi quy đổi" if exact else "không quy đổi được nên không so sánh, không cộng"
        message = f"{names}: đơn vị tính khác nhau ({named}); {treatment}."
        expected = "một đơn vị tính thống nhất"
        yield finding("units_differ", "note" if exact else "error", message, evidence, *figures, expected=expected)


def _families(evidence: Evidence) -> Iterator[list[Figure]]:
    """Figures that meet: those of one programme and measure, and a total with its parts."""
    groups: dict[tuple[str, str], list[Figure]] = {}
    for figure in evidence.figures:
        groups.setdefault((figure.key.programme, figure.key.measure), []).append(figure)
    yield from groups.values()
    for (programme, measure), totals in groups.items():
        parts = [found for place in _parts(programme, measure) for found in groups.get(place, [])]
        strange = [part for part in parts if not any(converts(part.unit, total.unit) for total in totals)]
        if strange:
            yield [*totals, *strange]


def _parts(programme: str, measure: str) -> list[tuple[str, str]]:
    lines = parts_of(programme) if programme and find_programme(programme).parts_add_up else ()
    measures = find_measure(measure).parts
    return [(line.code, measure) for line in lines] + [(programme, code) for code in measures]
