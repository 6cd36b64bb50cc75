"""What lies between two figures: difference, rate of change, average per year.

Never between approximations, never over a change of standard.
"""

from dataclasses import dataclass

from reports.reported.vocabulary import is_percent
from reports.sentences.periods import same_series, whole_years
from reports.sentences.writing import derived, is_exact
from reports.tables import Figure, Number

POINTS = "điểm phần trăm"


@dataclass(frozen=True, slots=True)
class Change:
    """``share`` is the rate of change in percent of the first value (none when that is 0 or the figures are rates);
    ``per_year`` is given for spans of two whole years or more; both are rounded half up, to 2 places."""

    difference: Number
    share: Number | None
    per_year: Number | None

    @property
    def direction(self) -> str:
        return direction_of(self.difference)


def direction_of(number: Number) -> str:
    if number.value == 0:
        return "không thay đổi"
    return "giảm" if number.value < 0 else "tăng"


def change_between(first: Figure, last: Figure) -> Change | None:
    """None when the two cannot be compared: units differ, one is approximate, or the series breaks between them."""
    comparable = is_exact(first) and is_exact(last) and first.unit == last.unit
    if not comparable or not same_series(first.key, last.key):
        return None
    keys = (first.key, last.key)
    by = last.value - first.value
    rate = is_percent(first.unit)
    difference = derived(by, POINTS if rate else first.unit, "point_difference" if rate else "difference", keys)
    share = None
    if not rate and first.value > 0:
        share = derived(by / first.value * 100, "percent", "rate_of_change", keys, decimals=2)
    return Change(difference, share, _per_year(difference, first, last))


def _per_year(difference: Number, first: Figure, last: Figure) -> Number | None:
    years = whole_years(first.key.period_to, last.key.period_to)
    if years is None or years < 2 or difference.value == 0:
        return None
    return derived(difference.value / years, difference.unit, "per_year", difference.keys, decimals=2)
