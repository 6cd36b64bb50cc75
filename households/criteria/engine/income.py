"""Phụ lục VIII: a household's income of twelve months against lines per person, exact in integers."""

from collections.abc import Mapping
from dataclasses import dataclass

from households.criteria.engine.bounds import MONTHS, Bounds
from households.criteria.engine.logic import Truth
from households.criteria.engine.words import money
from households.criteria.law.parts import IncomeSurvey


@dataclass(frozen=True, slots=True)
class ReadySurvey:
    """Bounds in đồng per person and year; None where the standard has no such class."""

    survey: IncomeSurvey
    average_over: int | None
    average_up_to: int | None
    worker_up_to: int | None

    def is_average(self, total: int | None, size: int) -> Truth:
        if self.average_up_to is None:
            return False
        if total is None:
            return None
        amount = per_person(total, size)
        return (self.average_over is None or amount > self.average_over) and amount <= self.average_up_to

    def is_low(self, total: int | None, size: int) -> Truth:
        """Up to the line of low-income workers."""
        if self.worker_up_to is None or total is None:
            return None
        return per_person(total, size) <= self.worker_up_to


def ready_survey(survey: IncomeSurvey, bounds: Bounds) -> ReadySurvey:
    worker = survey.worker_up_to if bounds.year >= (survey.worker_from or 0) else None
    codes = (survey.average_over, survey.average_up_to, worker)
    return ReadySurvey(survey, *(None if code is None else bounds.income[code] for code in codes))


def total_of(annual: Mapping[str, int | None]) -> int | None:
    """None while a source is not answered."""
    total = 0
    for amount in annual.values():
        if amount is None:
            return None
        total += amount
    return total


def per_person(total: int, size: int) -> int:
    """Đồng of the year, rounded up: over or up to a bound in whole đồng is then what the exact share is."""
    return -(-total // size)


def per_month(total: int, size: int) -> int:
    """Rounded down, for display only."""
    return total // (MONTHS * size)


def annual_words(total: int, size: int) -> str:
    month = money(per_month(total, size))
    about = "" if total % (MONTHS * size) == 0 else "khoảng "
    return f"Thu nhập 12 tháng của hộ {money(total)} cho {size} người, bình quân {about}{month}/người/tháng"
