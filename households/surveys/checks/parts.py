"""What a check is given and what it answers. Plain Python."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

Answers = Mapping[str, Sequence[str]]


class Strength(StrEnum):
    """An error stands in the way; a question is answered by correcting or by a reason; a hint is only shown."""

    ERROR = "error"
    QUESTION = "question"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Finding:
    """``field``: where on the page, "" for the form as a whole. ``rests``: the fields it hangs on, without any its own;
    ``facts``: what else, as "poor 2025": when one of these changes, a confirmed question comes again. ``basis``: the
    article, or "kinh nghiệm: …"."""

    check: str
    strength: Strength
    field: str
    sentence: str
    basis: str
    rests: tuple[str, ...] = ()
    facts: str = ""


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """As the registry has him. ``elsewhere``: belongs to another household on the day of the survey."""

    person: int
    name: str
    relation: str = ""
    sex: str = ""
    birth_date: date | None = None
    birth_year: int | None = None
    ethnicity: str = ""
    number: str = ""
    died_on: date | None = None
    elsewhere: bool = False
    member: bool = False


@dataclass(frozen=True, slots=True)
class NumberDoubt:
    """``about``: "number", "sex", "birth_year" or "province", as ``registry.identity`` has it."""

    strength: str
    about: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Before:
    """The household's last finished form of an earlier round, its rows under the names of this form; ``klass``: what the
    standard that closed that year made of it, "" where it was left open."""

    year: int
    answers: Answers
    standard: str = ""
    klass: str = ""
    b1: int | None = None
    b2: int | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What the portal knows beside the form. ``persons``: members on the day of the survey and whoever else stands in a row;
    ``recognised``: class by the decision in force when the round began; ``since``: first day of the household, ``split``: it
    was split off another that day (looked up for a new one only); ``doubts``: row → what its number says against it;
    ``others``: field of a number → somebody else who has it; ``masks``: token of a number → what is shown of it."""

    why: str
    first_day: date
    last_day: date
    persons: Mapping[int, KnownPerson] = field(default_factory=dict)
    recognised: str = ""
    since: date | None = None
    split: bool = False
    doubts: Mapping[int, Sequence[NumberDoubt]] = field(default_factory=dict)
    others: Mapping[str, str] = field(default_factory=dict)
    before: Before | None = None
    masks: Mapping[str, str] = field(default_factory=dict)

    @property
    def members(self) -> list[KnownPerson]:
        return [one for one in self.persons.values() if one.member]


def error(check: str, field: str, sentence: str, basis: str, *rests: str, facts: str = "") -> Finding:
    return Finding(check, Strength.ERROR, field, sentence, basis, rests, facts)


def question(check: str, field: str, sentence: str, basis: str, *rests: str, facts: str = "") -> Finding:
    return Finding(check, Strength.QUESTION, field, sentence, basis, rests, facts)


def hint(check: str, field: str, sentence: str, basis: str, *rests: str, facts: str = "") -> Finding:
    return Finding(check, Strength.HINT, field, sentence, basis, rests, facts)


def fingerprint_of(finding: Finding, answers: Answers) -> str:
    """Of what was asked about: other answers, other facts, and the question is a new one."""
    names = finding.rests or (finding.field,)
    said = [[name, list(answers.get(name, ()))] for name in sorted(set(names))]
    told = json.dumps([finding.check, finding.field, said, finding.facts], ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()
