"""What may be asked of a household, as ``vocabulary.toml`` states it. Plain Python."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("vocabulary.toml")


class Kind(StrEnum):
    TEXT = "text"
    DATE = "date"
    YEAR = "year"
    FLAG = "flag"
    CHOICE = "choice"
    CHOICES = "choices"
    AREA = "area"
    ITEMS = "items"
    TICKS = "ticks"
    MONEY = "money"


class Subject(StrEnum):
    MEMBER = "member"
    HOUSEHOLD = "household"


@dataclass(frozen=True, slots=True)
class Field:
    """``options``: accepted answer → its words, in the order of the paper; ``asked``: of whom, in words."""

    subject: Subject
    name: str
    title: str
    kind: Kind
    asked: str
    options: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    member: Mapping[str, Field]
    household: Mapping[str, Field]

    def of(self, subject: Subject) -> Mapping[str, Field]:
        return self.member if subject is Subject.MEMBER else self.household


def read_vocabulary(text: str) -> Vocabulary:
    data = tomllib.loads(text)
    return Vocabulary(_fields(Subject.MEMBER, data), _fields(Subject.HOUSEHOLD, data))


def _fields(subject: Subject, data: Mapping[str, Any]) -> dict[str, Field]:
    return {name: _field(subject, name, entry) for name, entry in data[subject.value].items()}


def _field(subject: Subject, name: str, entry: Mapping[str, Any]) -> Field:
    return Field(subject, name, entry["title"], Kind(entry["kind"]), entry.get("asked", ""), entry.get("options", {}))


@cache
def vocabulary() -> Vocabulary:
    return read_vocabulary(FILE.read_text(encoding="utf-8"))
