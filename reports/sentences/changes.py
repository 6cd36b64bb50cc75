"""What lies between two figures: difference, rate of change, average per year.

Never between approximations, never over a change of standard.
"""

from dataclasses import dataclass

from reports.reported.series import same_series
from reports.reported.units import coarser, in_unit
from reports.reported.vocabulary import is_percent
from reports.sentences.periods import whole_years
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
    """None when the two cannot be compared: units do not convert, one is approximate, or the series breaks between
    them. Of two units the coarser is used."""
    unit = coarser(first.unit, last.unit)
    before, after = in_unit(first, unit), in_unit(last, unit)
    if before is None or after is None or not (is_exact(first) and is_exact(last)):
        return None
    if not same_series(first, last):
        return None
    keys = (first.key, last.key)
    by = after - before
    rate = is_percent(unit)
    difference = derived(by, POINTS if rate else unit, "point_difference" if rate else "difference", keys)
    share = None
    if not rate and before > 0:
        share = derived(by / before * 100, "percent", "rate_of_change", keys, decimals=2)
    return Change(difference, share, _per_year(difference, first, last))


def _per_year(difference: Number, first: Figure, last: Figure) -> Number | None:
    years = whole_years(first.key.period_to, last.key.period_to)
    if years is None or years < 2 or difference.value == 0:
        return None
    return derived(difference.value / years, difference.unit, "per_year", difference.keys, decimals=2)
