from collections.abc import Iterator
from decimal import Decimal

from povertyportal.vietnamese import format_number
from programs.catalogue import find_programme
from reports.reported.units import in_unit
from reports.sentences.writing import rounded_half_up
from reports.tables import Figure, Finding
from reports.validator.evidence import Evidence, caution, finding, norms


def money_per_household_time(evidence: Evidence) -> Iterator[Finding]:
    """Support for electricity against the household-times it was given: at most a year's support, paid by quarters."""
    times = {_group(figure): figure for figure in evidence.exact if figure.key.measure == "household_times"}
    for money in evidence.exact:
        households = times.get(_group(money))
        support = (
            money.key.programme in norms()["electricity"]["programmes"] and money.key.measure == "budget_disbursed"
        )
        dong = in_unit(money, "đồng") if support else None
        count = in_unit(households, "lượt hộ") if households else None
        if dong is not None and households and count:
            yield _held_against_norm(evidence, money, households, dong / count)


def _group(figure: Figure) -> tuple[object, ...]:
    key = figure.key
    return (key.boundary_on, key.programme, key.period_from, key.period_to)


def _held_against_norm(evidence: Evidence, money: Figure, households: Figure, each: Decimal) -> Finding:
    """``each``: đồng a household-time."""
    norm = norms()["electricity"]
    months = rounded_half_up(each / norm["month"], 1)
    lowest, highest = norm["lowest_month"] * 3, norm["highest_month"] * 12
    plausible = lowest <= each <= highest
    average = format_number(rounded_half_up(each, 0))
    message = (
        f"{find_programme(money.key.programme).name}: {format_number(money.value)} {money.unit} cho "
        f"{format_number(households.value)} {households.unit} là bình quân {average} đồng/lượt hộ, "
        f"bằng {format_number(months)} tháng với mức {format_number(Decimal(norm['month']))} đồng/hộ/tháng "
        f"từ ngày 16/3/2015 ({norm['legal_basis']}; 12 tháng là {format_number(Decimal(norm['month'] * 12))} đồng); "
        f"{'hợp lý' if plausible else 'nằm ngoài khoảng hợp lý'} cho một lượt từ một quý đến một năm."
        f"{caution(norm['bounds_trust'])}"
    )
    expected = (
        "" if plausible else f"{format_number(Decimal(lowest))} đến {format_number(Decimal(highest))} đồng/lượt hộ"
    )
    severity = "note" if plausible else "error"
    return finding("money_per_household_time", severity, message, evidence, money, households, expected=expected)
