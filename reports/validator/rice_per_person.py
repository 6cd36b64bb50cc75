from collections.abc import Iterator
from decimal import Decimal

from povertyportal.vietnamese import format_number
from programs.catalogue import find_programme, legal_bases
from reports.reported.units import in_unit
from reports.sentences.writing import rounded_half_up
from reports.tables import Figure, Finding
from reports.validator.evidence import Evidence, caution, finding, norms

_PERSONS = ("lượt người", "người")


def rice_per_person(evidence: Evidence) -> Iterator[Finding]:
    """Rice against the persons it was given to: 15 kg a person and month; Tết one month, lean season up to three."""
    persons = {_group(figure): figure for figure in evidence.exact if figure.key.measure == "person_times"}
    for rice in evidence.exact:
        people = persons.get(_group(rice)) if rice.key.measure == "rice" else None
        kilograms, count = in_unit(rice, "kg"), _counted(people) if people else None
        if people and kilograms is not None and count:
            yield _held_against_norm(evidence, rice, people, kilograms / count)


def _counted(people: Figure) -> Decimal | None:
    found = (in_unit(people, unit) for unit in _PERSONS)
    return next((count for count in found if count is not None), None)


def _group(figure: Figure) -> tuple[object, ...]:
    key = figure.key
    return (key.boundary_on, key.programme, key.period_from, key.period_to)


def _held_against_norm(evidence: Evidence, rice: Figure, people: Figure, each: Decimal) -> Finding:
    """``each``: kg a person."""
    norm = norms()["rice"]
    most = Decimal(norm["most_months"].get(rice.key.programme, max(norm["most_months"].values())))
    months = each / norm["month"]
    plausible = Decimal("0.99") <= months <= most * Decimal("1.01")
    law = " và ".join(legal_bases(norm["legal_programme"], rice.key.period_from, rice.key.period_to))
    span = "1 tháng" if most == 1 else f"1 đến {most} tháng"
    average = format_number(rounded_half_up(each, 1), 1)
    message = (
        f"{find_programme(rice.key.programme).name}: {format_number(rice.value)} {rice.unit} gạo cho "
        f"{format_number(people.value)} {people.unit} là bình quân {average} kg/người, bằng "
        f"{format_number(rounded_half_up(months, 1), 1)} tháng với mức {norm['month']} kg/người/tháng ({law}); "
        f"{'hợp lý' if plausible else 'nằm ngoài khoảng hợp lý'} vì mỗi đợt hỗ trợ {span}."
        f"{caution(norm['trust'])}"
    )
    expected = "" if plausible else f"{norm['month']} đến {norm['month'] * most} kg/người"
    return finding(
        "rice_per_person", "note" if plausible else "error", message, evidence, rice, people, expected=expected
    )
