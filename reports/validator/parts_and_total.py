from collections.abc import Iterable, Iterator
from decimal import Decimal

from povertyportal.vietnamese import format_number
from programs.catalogue import find_programme, parts_of
from reports.reported.units import converts, in_unit
from reports.reported.values import half_step
from reports.reported.vocabulary import find_measure, is_percent
from reports.sentences.writing import hint
from reports.tables import Figure, FigureKey, Finding, Qualifier
from reports.validator.evidence import Evidence, finding, name_of

_Place = tuple[object, ...]


def parts_and_total(evidence: Evidence) -> Iterator[Finding]:
    """A published total that its published parts do not make up: parts of a programme, or of a measure. With one part
    known, or a total that is nearly so much, only parts larger than the total are wrong. Parts in units that do not
    convert into the total's are left to units_differ."""
    stated = {_place(figure.key, figure.key.programme, figure.key.measure): figure for figure in evidence.exact}
    for total in evidence.results:
        if total.qualifier not in (Qualifier.EXACT, Qualifier.NEARLY):
            continue
        for places in (_programme_parts(total.key), _measure_parts(total.key)):
            found = [stated[place] for place in places if place in stated]
            parts = [part for part in found if converts(part.unit, total.unit)]
            yield from _compared(evidence, total, parts, complete=len(parts) == len(found))


def _place(key: FigureKey, programme: str, measure: str) -> _Place:
    return (key.area, key.boundary_on, key.standard, key.period_from, key.period_to, programme, measure)


def _programme_parts(key: FigureKey) -> Iterable[_Place]:
    adds_up = key.programme and find_programme(key.programme).parts_add_up
    return [_place(key, part.code, key.measure) for part in parts_of(key.programme)] if adds_up else ()


def _measure_parts(key: FigureKey) -> Iterable[_Place]:
    return [_place(key, key.programme, code) for code in find_measure(key.measure).parts]


def _compared(evidence: Evidence, total: Figure, parts: list[Figure], *, complete: bool) -> Iterator[Finding]:
    values = [value for part in parts if (value := in_unit(part, total.unit)) is not None]
    added = sum(values, Decimal(0))
    too_much = added > total.value
    may_lack = len(parts) == 1 or not complete or total.qualifier is Qualifier.NEARLY
    if not parts or added == total.value or (may_lack and not too_much):
        return
    unit = "%" if is_percent(total.unit) else total.unit
    places = max(_decimals(value) for value in (total.value, *values))
    shown = [format_number(value, places) for value in (total.value, added, abs(total.value - added))]
    terms = " + ".join(format_number(value, places) for value in values)
    message = (
        f"{name_of(total.key)}: tổng đã công bố {hint(total)}{shown[0]} {unit} không bằng tổng các phần "
        f"{terms} = {shown[1]} {unit}; chênh lệch {shown[2]} {unit}."
        f"{_likely_cause(total.value, added)}"
    )
    near = abs(total.value - added) <= half_step(total.published, total.value)
    rounding = near and any(part.unit != total.unit for part in parts)
    if rounding:
        message += " Tổng có thể đã được làm tròn khi đổi đơn vị."
    expected = f"{shown[1]} {unit}, hoặc sửa một trong các phần"
    severity = "note" if rounding else "error"
    yield finding("parts_and_total", severity, message, evidence, total, *parts, expected=expected)


def _likely_cause(total: Decimal, added: Decimal) -> str:
    same_digits = sorted(format_number(total)) == sorted(format_number(added))
    if same_digits:
        return " Hai số có cùng các chữ số: có thể chữ số bị đảo chỗ khi gõ."
    return "" if added > total else " Có thể còn phần chưa được nêu."


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
