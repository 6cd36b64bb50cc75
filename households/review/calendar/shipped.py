"""The calendar that comes with the portal (days.toml). Plain Python."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from households.review.calendar.working_days import Calendar

DAYS = Path(__file__).with_name("days.toml")
MADE_UP = "Nghỉ bù: {name}"
MADE_UP_BASIS = "Bộ luật Lao động 2019, Điều 111 khoản 3"


@dataclass(frozen=True, slots=True)
class ShippedDay:
    """``off`` False: a Saturday or Sunday that is worked."""

    day: date
    off: bool
    name: str
    basis: str
    sure: str


@dataclass(frozen=True, slots=True)
class Unsettled:
    """Days that may turn out to be off; worked until somebody says otherwise."""

    days: tuple[date, ...]
    name: str
    why: str


@cache
def shipped_days() -> tuple[ShippedDay, ...]:
    """In the order of days; of a day that is two holidays at once both."""
    told = tomllib.loads(DAYS.read_text(encoding="utf-8"))
    own = [*_holidays(told["holidays"]), *_swapped(told["swapped"])]
    return tuple(sorted([*own, *_made_up(own)], key=lambda one: (one.day, one.name)))


@cache
def unsettled() -> tuple[Unsettled, ...]:
    told = tomllib.loads(DAYS.read_text(encoding="utf-8"))
    return tuple(Unsettled(tuple(one["days"]), one["name"], one["why"]) for one in told["unsettled"])


@cache
def shipped() -> Calendar:
    return Calendar({one.day: one.off for one in shipped_days()})


@cache
def last_shipped_year() -> int:
    return max(one.day.year for one in shipped_days())


def _holidays(told: Iterable[dict[str, Any]]) -> list[ShippedDay]:
    return [ShippedDay(day, True, one["name"], one["basis"], one["sure"]) for one in told for day in one["days"]]


def _swapped(told: Iterable[dict[str, Any]]) -> list[ShippedDay]:
    found = []
    for one in told:
        found.append(ShippedDay(one["off"], True, "Nghỉ hoán đổi", one["basis"], one["sure"]))
        found.append(ShippedDay(one["worked"], False, "Làm bù", one["basis"], one["sure"]))
    return found


def _made_up(own: list[ShippedDay]) -> list[ShippedDay]:
    """Each holiday on a weekly day of rest, in order, takes the next day that is still worked."""
    said = {one.day: one.off for one in own}
    found = []
    for one in sorted((one for one in own if one.off), key=lambda one: one.day):
        if not Calendar().is_off(one.day):
            continue
        day = Calendar(said).next_working(one.day)
        said[day] = True
        found.append(ShippedDay(day, True, MADE_UP.format(name=one.name), MADE_UP_BASIS, one.sure))
    return found
