"""Days and spans in sentences, and how many years lie between two of them."""

from datetime import date, timedelta

from povertyportal.vietnamese import moment, period_name
from reports.tables import FigureKey

_DAY = timedelta(days=1)


def until(day: date) -> str:
    return f"đến {moment(day)}"


def whole_years(first: date, last: date) -> int | None:
    """Years between two points in time. The first of January is the end of the year before: 1/1/2016 to 31/12/2020 is
    5 years, as is 31/12/2015 to 31/12/2020. None when the span is not a whole number of years."""
    opening, closing = _as_year_end(first), _as_year_end(last)
    same_day = (opening.month, opening.day) == (closing.month, closing.day)
    years = closing.year - opening.year
    return years if same_day and years > 0 else None


def _as_year_end(day: date) -> date:
    return day - _DAY if (day.month, day.day) == (1, 1) else day


def span(key: FigureKey) -> str:
    """The period a figure speaks of, as it opens a sentence: "giai đoạn 2015 - 2019", "đến cuối năm 2020"."""
    if key.period_from == key.period_to:
        return moment(key.period_from)
    return period_name(key.period_from, key.period_to)
