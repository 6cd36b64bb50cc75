from collections.abc import Iterable, Iterator
from decimal import Decimal

from povertyportal.vietnamese import format_number
from programs.catalogue import find_programme, parts_of
from reports.reported.vocabulary import find_measure, money_units
from reports.tables import Figure, FigureKey, Finding
from reports.validator.evidence import Evidence, finding, name_of

_Place = tuple[object, ...]


def parts_and_total(evidence: Evidence) -> Iterator[Finding]:
    """A published total that its published parts do not make up: parts of a programme, or of a measure. With one part
    known only a part larger than the total is wrong."""
    stated = {_place(figure.key, figure.key.programme, figure.key.measure): figure for figure in evidence.exact}
    for total in evidence.exact:
        for places in (_programme_parts(total.key), _measure_parts(total.key)):
            parts = [stated[place] for place in places if place in stated]
            yield from _compared(evidence, total, parts)


def _place(key: FigureKey, programme: str, measure: str) -> _Place:
    return (key.area, key.boundary_on, key.standard, key.period_from, key.period_to, programme, measure)


def _programme_parts(key: FigureKey) -> Iterable[_Place]:
    adds_up = key.programme and find_programme(key.programme).parts_add_up
    return [_place(key, part.code, key.measure) for part in parts_of(key.programme)] if adds_up else ()


def _measure_parts(key: FigureKey) -> Iterable[_Place]:
    return [_place(key, key.programme, code) for code in find_measure(key.measure).parts]


def _compared(evidence: Evidence, total: Figure, parts: list[Figure]) -> Iterator[Finding]:
    values = [_in_unit(part, total.unit) for part in parts]
    added = sum(values, Decimal(0))
    too_much = added > total.value
    if not parts or added == total.value or (len(parts) == 1 and not too_much):
        return
    places = max(_decimals(value) for value in (total.value, *values))
    shown = [format_number(value, places) for value in (total.value, added, abs(total.value - added))]
    terms = " + ".join(format_number(value, places) for value in values)
    message = (
        f"{name_of(total.key)}: tổng đã công bố {shown[0]} {total.unit} không bằng tổng các phần "
        f"{terms} = {shown[1]} {total.unit}; chênh lệch {shown[2]} {total.unit}."
        f"{_likely_cause(total.value, added)}"
    )
    expected = f"{shown[1]} {total.unit}, hoặc sửa một trong các phần"
    yield finding("parts_and_total", "error", message, evidence, total, *parts, expected=expected)


def _in_unit(part: Figure, unit: str) -> Decimal:
    worth = money_units()
    if part.unit == unit or part.unit not in worth or unit not in worth:
        return part.value
    return part.value * worth[part.unit] / worth[unit]


def _likely_cause(total: Decimal, added: Decimal) -> str:
    same_digits = sorted(format_number(total)) == sorted(format_number(added))
    if same_digits:
        return " Hai số có cùng các chữ số: có thể chữ số bị đảo chỗ khi gõ."
    return "" if added > total else " Có thể còn phần chưa được nêu."


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
