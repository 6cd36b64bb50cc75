"""A round's code: "2026-periodic", "2026-03-inyear"; and the days the law gives a round. Plain Python."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

PERIODIC, IN_YEAR = "periodic", "inyear"
CLOSING = "closing"  # the field of a round that binds the standard of its year's result
OPENING = "opening"  # in a change-over year: the field that binds the standard of the years after it
PERIODIC_STARTS, PERIODIC_ENDS = (9, 1), (12, 15)  # 1 September to 14 December (QĐ 24/2021/QĐ-TTg)
IN_YEAR_STARTS, IN_YEAR_DAYS = 15, 15  # from the 15th of the month, a decision within 15 days
_CODE = re.compile(r"(?P<year>[0-9]{4})-(?:(?P<month>0[1-9]|1[0-2])-)?(?P<kind>periodic|inyear)")
_FIRST_YEAR, _LAST_YEAR = 1993, 2100


@dataclass(frozen=True, slots=True)
class RoundCode:
    year: int
    month: int | None = None

    @property
    def kind(self) -> str:
        return IN_YEAR if self.month else PERIODIC

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02}-{IN_YEAR}" if self.month else f"{self.year}-{PERIODIC}"

    def usual_days(self) -> tuple[date, date]:
        """First day, day after the last."""
        if self.month is None:
            return date(self.year, *PERIODIC_STARTS), date(self.year, *PERIODIC_ENDS)
        first = date(self.year, self.month, IN_YEAR_STARTS)
        return first, first + timedelta(days=IN_YEAR_DAYS)


def monthly_start(day: date) -> date:
    """The 15th on which a review within the year begins for what came on the day: of this month, else of the next."""
    if day.day <= IN_YEAR_STARTS:
        return day.replace(day=IN_YEAR_STARTS)
    return (day.replace(day=1) + timedelta(days=31)).replace(day=IN_YEAR_STARTS)


def read_code(text: str) -> RoundCode | None:
    """None for what is no code."""
    found = _CODE.fullmatch(text.strip())
    if found is None or not _FIRST_YEAR <= int(found["year"]) <= _LAST_YEAR:
        return None
    if (found["month"] is not None) != (found["kind"] == IN_YEAR):
        return None
    return RoundCode(int(found["year"]), int(found["month"]) if found["month"] else None)
