"""Ages as days of birth: who is how old on the day of the review is a question of being born up to a certain day."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from households.criteria.law.parts import Condition

OLDEST = 130  # completed years
FIRST_BIRTH = date(1890, 1, 1)
LEAP_DAY = (2, 29)


def is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def latest_birth(on: date, years: int, leap_birthday: tuple[int, int]) -> date:
    """The last day of birth of those who have completed so many years on the day."""
    born = on.year - years
    if (on.month, on.day) == LEAP_DAY and not is_leap(born):
        return date(born, 2, 28)
    keeps_it_today = (on.month, on.day) == leap_birthday == (2, 28) and not is_leap(on.year)
    if keeps_it_today and is_leap(born):
        return date(born, *LEAP_DAY)
    return date(born, on.month, on.day)


def completed_years(birth: date, on: date, leap_birthday: tuple[int, int]) -> int:
    years = on.year - birth.year
    return years if birth <= latest_birth(on, years, leap_birthday) else years - 1


def asks_birth(condition: Condition) -> bool:
    return condition.field == "age" or condition.born_from is not None


@dataclass(frozen=True)
class Calendar:
    """Divides all days of birth into bands: within one band every condition on age or birth has the same answer."""

    on: date
    leap_birthday: tuple[int, int]
    conditions: tuple[Condition, ...]

    @cached_property
    def steps(self) -> list[int]:
        """Ordinals of the days on which a new band begins, from the oldest people to the youngest."""
        found = set()
        for condition in self.conditions:
            if condition.born_from is not None:
                found.add(condition.born_from.toordinal())
            found |= {self._too_young(years) for years in (condition.low, condition.high) if years is not None}
        return sorted(found)

    def _too_young(self, years: int) -> int:
        """The first day of birth of those who have not completed so many years."""
        return latest_birth(self.on, years, self.leap_birthday).toordinal() + 1

    @cached_property
    def earliest(self) -> int:
        """Ordinal of the first day of birth that is accepted."""
        return max(FIRST_BIRTH.toordinal(), self._too_young(OLDEST + 1))

    @cached_property
    def today(self) -> int:
        return self.on.toordinal()

    @cached_property
    def count(self) -> int:
        return len(self.steps) + 1

    def bands(self, earliest: int, latest: int) -> int:
        """The bands from one day of birth to another, as one number."""
        first = bisect_right(self.steps, earliest)
        last = first if earliest == latest else bisect_right(self.steps, latest)
        return first * self.count + last

    def spread(self, bands: int) -> range:
        first, last = divmod(bands, self.count)
        return range(first, last + 1)

    def holds(self, condition: Condition, band: int) -> bool:
        """Of people born in the band."""
        low, high, born_from = condition.low, condition.high, condition.born_from
        old_enough = low is None or band <= self.steps.index(self._too_young(low))
        young_enough = high is None or band > self.steps.index(self._too_young(high))
        born_since = born_from is None or band > self.steps.index(born_from.toordinal())
        return old_enough and young_enough and born_since


def birth_conditions(conditions: Iterable[Condition]) -> tuple[Condition, ...]:
    return tuple(dict.fromkeys(one for one in conditions if asks_birth(one)))
