"""Working days: the first day is not counted, and a period that ends on a day off ends on the next working day (Civil Code
2015, articles 147 and 148). Plain Python: which days are off is passed in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

SATURDAY = 5
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """``said``: days that are off (True) or worked (False) other than the week says."""

    said: Mapping[date, bool] = field(default_factory=dict)

    def is_off(self, day: date) -> bool:
        return self.said.get(day, day.weekday() >= SATURDAY)

    def next_working(self, day: date) -> date:
        """The day itself where it is worked."""
        while self.is_off(day):
            day += ONE_DAY
        return day

    def after(self, start: date, days: int, *, working: bool = True) -> date:
        """The last day of a period of so many days after ``start``."""
        if not working:
            return self.next_working(start + timedelta(days=days))
        day = start
        for _turn in range(days):
            day = self.next_working(day + ONE_DAY)
        return day

    def before(self, end: date, days: int) -> date:
        """The latest start from which so many working days end no later than ``end``."""
        day = end
        while self.is_off(day):
            day -= ONE_DAY
        for _turn in range(days):
            day -= ONE_DAY
            while self.is_off(day):
                day -= ONE_DAY
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after ``start`` up to ``end``; negative where ``end`` is before ``start``."""
        if end < start:
            return -self.working_days_between(end, start)
        days = (end - start).days
        return sum(not self.is_off(start + timedelta(days=turn)) for turn in range(1, days + 1))
