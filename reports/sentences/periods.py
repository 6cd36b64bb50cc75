"""Days and spans in sentences, and how many years lie between two of them."""

from datetime import date, timedelta

from povertyportal.vietnamese import format_date, period_name
from reports.reported.vocabulary import change_days, find_measure
from reports.tables import FigureKey

_DAY = timedelta(days=1)


def moment(day: date) -> str:
    """ "đầu năm 2016", "cuối năm 2020", else "ngày 30/06/2018"."""
    if (day.month, day.day) == (1, 1):
        return f"đầu năm {day.year}"
    if (day.month, day.day) == (12, 31):
        return f"cuối năm {day.year}"
    return f"ngày {format_date(day)}"


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


def same_series(first: FigureKey, last: FigureKey) -> bool:
    """Whether a change between the two may be computed: one named standard, or none on both and no change of standard
    (1/1/2016, 1/1/2022, 1/1/2027 …) after the first and up to the last. Households in all follow no standard."""
    if find_measure(first.measure).of_all and find_measure(last.measure).of_all:
        return True
    if first.standard != last.standard:
        return False
    return bool(first.standard) or not any(first.period_to < day <= last.period_from for day in change_days())
