"""How invented households are recognised from year to year: poor, near-poor, escaped, poor again. Plain Python.

Nothing is measured or scored: a household's wealth drifts, and a standard draws two lines across it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from random import Random

from households.registry.demonstration.book import Book, Household, RecognitionRow

POOR, NEAR_POOR, AVERAGE, NOT_POOR = "poor", "near_poor", "average", "not_poor"
LISTED = (POOR, NEAR_POOR)
NEAR_BAND = 0.4
DRIFT, SHOCK = 0.14, 0.38
START = (-0.05, 0.75)  # mean and spread of wealth in the beginning
LINES = {"qd59-2015": 0.0}
LATER_LINE = 0.45  # a later standard asks for more
KINDS = ("qd59-2015",)  # standards that tell the poor by income from the poor by deprivation
IN_YEAR = 0.2  # of those who are new on the lists: recognised during the year already

Span = tuple[date, date | None]


@dataclass(frozen=True, slots=True)
class YearLaw:
    """Codes of the standards that a review applies; ``opening``: in a change-over year, from 1 January on."""

    closing: str
    opening: str = ""


def class_of(household: Household, standard: str) -> str:
    line = LINES.get(standard, LATER_LINE)
    if household.wealth < line:
        return POOR
    return NEAR_POOR if household.wealth < line + NEAR_BAND else NOT_POOR


def live_on(household: Household, rng: Random) -> None:
    """A year passes."""
    household.wealth += rng.gauss(DRIFT, SHOCK)


@dataclass
class Decisions:
    """The decisions of one commune's chair in one year, numbered as they come."""

    book: Book
    commune: str
    year: int
    law: YearLaw
    day: date
    rng: Random
    before: Mapping[Household, str]

    def review(self, households: list[Household]) -> None:
        for household in households:
            self._decide(household)

    def _decide(self, household: Household) -> None:
        before = self.before.get(household, NOT_POOR)
        now = class_of(household, self.law.closing)
        opening = class_of(household, self.law.opening) if self.law.opening else ""
        if now in LISTED and before not in LISTED and household in self.before and self.rng.random() < IN_YEAR:
            self._in_year(household, now)
        if now in LISTED or before in LISTED:
            until = date(self.year + 1, 1, 1) if opening else None
            self._write(household, self._told(now), self.law.closing, (self.day, until))
        if opening and (opening in LISTED or now in LISTED or before in LISTED):
            self._write(household, self._told(opening), self.law.opening, (date(self.year + 1, 1, 1), None))
        household.classes[self.year] = opening or now

    def _in_year(self, household: Household, klass: str) -> None:
        """At the regular review of a month from February to August, where it lived then."""
        day = date(self.year, self.rng.randint(2, 8), 25)
        if household.home_since <= day:
            number = f"{self.rng.randint(30, 90)}/QĐ-UBND-MH"
            self._write(household, klass, self.law.closing, (day, None), number)

    def _told(self, klass: str) -> str:
        """Some of those above the lines farm and live averagely."""
        return AVERAGE if klass == NOT_POOR and self.rng.random() < 0.15 else klass

    def _write(self, household: Household, klass: str, standard: str, span: Span, number: str = "") -> None:
        """``number``: of a decision during the year, taken on the first day of the span."""
        start, until = span
        kind = ""
        if klass == POOR and standard in KINDS:
            kind = "income" if self.rng.random() < 0.75 else "deprivation"
        decided = start if number else self.day
        series = (1 if klass in LISTED else 2) + (2 if standard == self.law.opening else 0)
        number = number or f"{series}{self.commune[-2:]}/QĐ-UBND-MH"
        commune = household.home.village.commune(decided)
        row = RecognitionRow(household.key, klass, kind, self.year, start, until, number, decided, commune, standard)
        self.book.recognitions.append(row)
