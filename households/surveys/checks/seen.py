"""A form as the checks read it: rows with ages, numbers as numbers, the class of each standard. Plain Python."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Protocol

from households.criteria.engine.ages import completed_years
from households.criteria.engine.bounds import MONTHS, bounds_of
from households.criteria.law.parts import AreaType, Rule
from households.criteria.questionnaire.outcomes import Outcome
from households.criteria.questionnaire.sheet import NO, NONE_OF_ALL, YES
from households.criteria.questionnaire.typed import CELL, Typed
from households.surveys.codes import CLOSING
from povertyportal.vietnamese import parse_number, tidy

LEAP_BIRTHDAY = (2, 28)
LOW = ("poor", "near_poor")
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_YEAR = re.compile(r"\d{4}")


class HasAreaType(Protocol):
    @property
    def area_type(self) -> AreaType: ...


class HasField(Protocol):
    @property
    def field(self) -> str: ...


class Looked(Protocol):
    """What of ``surveys.classification.Look`` the checks read."""

    @property
    def typed(self) -> Typed: ...
    @property
    def on(self) -> date: ...
    @property
    def ground(self) -> HasAreaType: ...
    @property
    def outcomes(self) -> Sequence[tuple[str, Outcome]]: ...
    @property
    def missing(self) -> Sequence[HasField]: ...


@dataclass(frozen=True, eq=False)
class Row:
    """A member of the roster. Ages are those surely reached or surely not reached on the day of the survey."""

    index: int
    place: int
    cells: Mapping[str, Sequence[str]]
    on: date

    def field(self, column: str) -> str:
        return f"m{self.index}-{column}"

    def fields(self, *columns: str) -> tuple[str, ...]:
        return tuple(self.field(one) for one in columns)

    def text(self, column: str) -> str:
        sent = self.cells.get(column, ())
        return tidy(sent[-1]) if sent else ""

    def says(self, column: str, *values: str) -> bool:
        return self.text(column) in values

    def yes(self, column: str) -> bool:
        return self.text(column) == YES

    def no(self, column: str) -> bool:
        return self.text(column) == NO

    @property
    def relation(self) -> str:
        return self.text("relation")

    @property
    def called(self) -> str:
        return self.text("name") or f"người thứ {self.place}"

    @property
    def person(self) -> int | None:
        key = self.text("person")
        return int(key) if key.isascii() and key.isdigit() else None

    @cached_property
    def born(self) -> tuple[date, date] | None:
        """Earliest and latest day; None where it is not known or not readable."""
        return span_of_birth(self.text("birth"))

    @property
    def birth_year(self) -> int | None:
        return self.born[0].year if self.born else None

    @cached_property
    def ages(self) -> tuple[int, int] | None:
        """Least and most completed years."""
        if self.born is None or self.born[0] > self.on:
            return None
        youngest, oldest = (completed_years(min(day, self.on), self.on, LEAP_BIRTHDAY) for day in self.born[::-1])
        return youngest, oldest

    @property
    def age_by_year(self) -> int | None:
        """As schools count: the year less the year of birth."""
        return self.on.year - self.birth_year if self.birth_year else None

    @property
    def age_words(self) -> str:
        if self.ages is None:
            return "chưa rõ tuổi"
        youngest, oldest = self.ages
        return f"{oldest} tuổi" if youngest == oldest else f"{youngest} hoặc {oldest} tuổi"

    def at_least(self, years: int) -> bool:
        return self.ages is not None and self.ages[0] >= years

    def under(self, years: int) -> bool:
        return self.ages is not None and self.ages[1] < years


def span_of_birth(text: str) -> tuple[date, date] | None:
    if _YEAR.fullmatch(text) and int(text) > 0:
        return date(int(text), 1, 1), date(int(text), 12, 31)
    if found := _DAY.fullmatch(text):
        try:
            day = date(int(found[3]), int(found[2]), int(found[1]))
        except ValueError:
            return None
        return day, day
    return None


def years_between(older: Row, younger: Row) -> tuple[int, int] | None:
    """Least and most years by which the second was born after the first; negative where before."""
    if older.born is None or younger.born is None:
        return None
    days = (younger.born[0] - older.born[1]).days, (younger.born[1] - older.born[0]).days
    return int(days[0] / 365.25), int(days[1] / 365.25)


@dataclass(frozen=True)
class Seen:
    """``complete``: everything that the law reads is answered, as far as the form asks it."""

    answers: Mapping[str, Sequence[str]]
    on: date
    area_type: AreaType
    outcomes: Sequence[tuple[str, Outcome]]
    rows: Sequence[Row]
    complete: bool

    def text(self, name: str) -> str:
        sent = self.answers.get(name, ())
        return tidy(sent[-1]) if sent else ""

    def all(self, name: str) -> list[str]:
        return [one for one in self.answers.get(name, ()) if one]

    def ticked(self, name: str) -> list[str]:
        return [one for one in self.all(name) if one != NONE_OF_ALL]

    def says(self, name: str, *values: str) -> bool:
        return self.text(name) in values

    def number(self, name: str) -> Decimal | None:
        try:
            return parse_number(self.text(name)) if self.text(name) else None
        except ValueError:
            return None

    @property
    def heads(self) -> list[Row]:
        return [row for row in self.rows if row.relation == "head"]

    @property
    def head(self) -> Row | None:
        return self.heads[0] if len(self.heads) == 1 else None

    def related(self, *relations: str) -> list[Row]:
        return [row for row in self.rows if row.relation in relations]

    def outcome(self, purpose: str = CLOSING) -> Outcome | None:
        return next((one for name, one in self.outcomes if name == purpose), None)

    def codes(self, name: str) -> dict[str, str]:
        """Of a list of the closing standard: code → words; empty where it has none of the name."""
        found = self.outcome()
        lists = found.applied.standard.code_lists if found else ()
        return {entry.code: entry.name for one in lists if one.name == name for entry in one.entries}

    def line_of(self, outcome: Outcome) -> int | None:
        """Below it a household is poor or near-poor: đồng per person and month; None where the standard has none."""
        bounds = bounds_of(outcome.applied.standard, self.area_type, self.on.year)
        codes = [one.income.up_to for one in _low_rules(outcome) if one.income and one.income.up_to]
        return max((bounds.income[code] // MONTHS for code in codes), default=None)

    def score_line_of(self, outcome: Outcome) -> int | None:
        """The same in points of B1."""
        bounds = bounds_of(outcome.applied.standard, self.area_type, self.on.year)
        codes = [one.scores.up_to for one in _low_rules(outcome) if one.scores and one.scores.up_to]
        return max((bounds.scores[code] for code in codes), default=None)

    @property
    def klass(self) -> str:
        """By the closing standard; "" while it is open."""
        return klass_of(self.outcome())

    @property
    def poor_or_near(self) -> bool:
        return self.klass in LOW


def _low_rules(outcome: Outcome) -> list[Rule]:
    return [one for one in outcome.applied.standard.rules if one.result in LOW]


def klass_of(outcome: Outcome | None) -> str:
    """ "" while it is open."""
    return outcome.told.result.klass or "" if outcome and outcome.told else ""


def seen_of(look: Looked) -> Seen:
    answers = look.typed.data
    complete = all(one.told for _purpose, one in look.outcomes) and not any(one.field for one in look.missing)
    return Seen(answers, look.on, look.ground.area_type, look.outcomes, rows_of(answers, look.on), complete)


def rows_of(answers: Mapping[str, Sequence[str]], on: date) -> list[Row]:
    """Rows in which something stands, in the order in which they were added."""
    cells: dict[int, dict[str, Sequence[str]]] = {}
    for name, values in answers.items():
        if (match := CELL.fullmatch(name)) and any(values):
            cells.setdefault(int(match[1]), {})[match[2]] = values
    return [Row(index, place, own, on) for place, (index, own) in enumerate(sorted(cells.items()), start=1)]
