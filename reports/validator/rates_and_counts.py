from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from povertyportal.vietnamese import format_number, moment
from reports.reported.source import is_point
from reports.reported.units import in_unit
from reports.reported.values import half_step
from reports.reported.vocabulary import find_measure, is_percent
from reports.sentences.series import ALL_HOUSEHOLDS
from reports.sentences.writing import reported
from reports.tables import Figure, Finding
from reports.validator.evidence import Evidence, finding, name_of, norms

_UNIT = "hộ"
_ALL_RATES = ("poor_rate", "near_poor_rate", "multidimensional_poor_rate")


@dataclass(frozen=True, slots=True)
class Implied:
    """The numbers of households that would give this rate, as rounded, for this count of ``households``."""

    count: Figure
    households: Decimal
    rate: Figure
    low: Decimal
    high: Decimal


def rates_and_counts(evidence: Evidence) -> Iterator[Finding]:
    """A rate and its count imply how many households there are in all: against the published number, against other
    rates of the same day, and from one day to the next."""
    by_day: dict[date, list[Implied]] = {}
    for implied in _implied(evidence):
        by_day.setdefault(implied.count.key.period_to, []).append(implied)
    for day, found in sorted(by_day.items()):
        yield from _against_published(evidence, day, found)
        yield from _against_each_other(evidence, day, found)
    if by_day:
        yield _over_time(evidence, by_day)


def _implied(evidence: Evidence) -> Iterator[Implied]:
    points = [figure for figure in evidence.exact if is_point(figure.key) and not figure.key.programme]
    rates = {_place(figure, figure.key.measure): figure for figure in points}
    for count in points:
        code = find_measure(count.key.measure).rate
        rate = rates.get(_place(count, code)) if code in _ALL_RATES else None
        households = in_unit(count, _UNIT)
        if rate and households and rate.value > 0 and is_percent(rate.unit):
            yield Implied(count, households, rate, *_interval_of(count, households, rate))


def _interval_of(count: Figure, households: Decimal, rate: Figure) -> tuple[Decimal, Decimal]:
    """Both the rate and a count in thousands may have been rounded; the upper end may be infinite."""
    step = half_step(rate.published, rate.value)
    size = households / count.value
    slack = half_step(count.published, count.value) * size if size > 1 else Decimal(0)
    low = ((households - slack) * 100 / (rate.value + step)).to_integral_value(ROUND_CEILING)
    most = rate.value - step
    high = ((households + slack) * 100 / most).to_integral_value(ROUND_FLOOR) if most > 0 else Decimal("Infinity")
    return low, high


def _place(figure: Figure, measure: str) -> tuple[object, ...]:
    key = figure.key
    return (key.boundary_on, key.standard, key.period_to, measure)


def _against_published(evidence: Evidence, day: date, found: list[Implied]) -> Iterator[Finding]:
    whole = next(
        (one for one in evidence.exact if one.key.measure == ALL_HOUSEHOLDS and one.key.period_to == day), None
    )
    households = in_unit(whole, _UNIT) if whole else None
    if whole is None or not households:
        return
    slack = half_step(whole.published, whole.value) * households / whole.value if whole.unit != _UNIT else 0
    for implied in found:
        if households + slack < implied.low or households - slack > implied.high:
            message = (
                f"{name_of(implied.rate.key)} {moment(day)} là {format_number(implied.rate.value)}%, "
                f"không khớp {reported(implied.count).text} trên tổng số {reported(whole).text}."
            )
            share = implied.households * 100 / households
            right = f"{format_number(share, 2)}%" if share <= 100 else ""
            yield finding("rates_and_counts", "error", message, evidence, implied.rate, implied.count, expected=right)


def _against_each_other(evidence: Evidence, day: date, found: list[Implied]) -> Iterator[Finding]:
    low, high = max(one.low for one in found), min(one.high for one in found)
    if low > high:
        told = "; ".join(
            f"{reported(one.count).text} và {format_number(one.rate.value)}% cần {_interval(one.low, one.high)} hộ"
            for one in found
        )
        message = f"Các tỷ lệ {moment(day)} không cùng một tổng số hộ: {told}."
        figures = [figure for one in found for figure in (one.count, one.rate)]
        yield finding("rates_and_counts", "error", message, evidence, *figures)


def _over_time(evidence: Evidence, by_day: dict[date, list[Implied]]) -> Finding:
    spans = {
        day: (max(one.low for one in found), min(one.high for one in found)) for day, found in sorted(by_day.items())
    }
    told = "; ".join(f"{moment(day)}: {_interval(*span)} hộ" for day, span in spans.items())
    (low, high), (last_low, last_high) = next(iter(spans.values())), list(spans.values())[-1]
    most = Decimal(norms()["households"]["most_change"]) / 100
    jumps = last_low > high * (1 + most) or last_high < low * (1 - most)
    verdict = "thay đổi lớn, cần kiểm tra địa giới và tổng số hộ" if jumps else "thay đổi trong mức hợp lý"
    ending = f" ({verdict})" if len(spans) > 1 else ""
    message = f"Tổng số hộ suy ra từ số hộ và tỷ lệ đã công bố: {told}{ending}."
    figures = [figure for found in by_day.values() for one in found for figure in (one.count, one.rate)]
    return finding("rates_and_counts", "note", message, evidence, *figures)


def _interval(low: Decimal, high: Decimal) -> str:
    if not high.is_finite():
        return f"từ {format_number(low)}"
    return f"{format_number(low)} - {format_number(high)}" if low != high else format_number(low)
