"""What the checks say of a form: situations in words of the paper (*.toml, beside this file), read without a database.

A situation changes a household that lacks nothing and of which no check says anything: husband (row 0), wife (row 1), and
from row 2 on children of 2015. ``rows``: what is otherwise in each row, "" for not answered; as many rows as listed.
``answers``: other fields. ``finds``: what its check says, "strength field"; nothing where it stays silent.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from households.criteria.law.parts import AreaType
from households.criteria.law.shelf import standard
from households.criteria.questionnaire.answers import field_of
from households.criteria.questionnaire.outcomes import Setting, outcomes_despite_faults
from households.criteria.questionnaire.sheet import AppliedStandard, Way
from households.criteria.questionnaire.typed import Typed
from households.surveys.checks.findings import findings_of
from households.surveys.checks.parts import Before, Finding, Known, KnownPerson, NumberDoubt

LAW = "nd07-2021"
FOLDER = Path(__file__).parent
GROWN = {
    "work": "own", "disabled": "no", "monthly_assistance": "no", "health_insurance": "yes", "studying": "no",
    "education": "upper_secondary", "certified_on_job": "no", "ethnicity": "tay",
}  # fmt: skip
HUSBAND = GROWN | {"person": "1", "name": "Nông Văn An", "birth": "05/02/1980", "relation": "head", "sex": "male"}
WIFE = GROWN | {"person": "2", "name": "Lò Thị Bình", "birth": "06/03/1982", "relation": "spouse", "sex": "female"}
CHILD = {
    "name": "Nông Văn Cường", "birth": "07/04/2015", "relation": "child", "sex": "male", "ethnicity": "tay",
    "disabled": "no", "monthly_assistance": "no", "health_insurance": "yes", "nutrition": "normal",
    "studying": "lower_secondary", "education": "primary",
}  # fmt: skip
NUMBERS = {0: "#11", 1: "#12"}
OTHERS = {
    "h-walls": "durable", "h-columns": "durable", "h-roof": "durable", "h-floor_area": "60", "h-water_source": "tap",
    "h-toilet": "septic", "h-internet": "yes", "h-devices": ["tv", "smartphone"], f"{LAW}:b1": "120",
    "s-day": "05/10/2026", "s-reviewer": "Hoàng Văn Tám", "s-respondent": "Lò Thị Bình", "s-causes": ["2"],
    "s-target_groups": ["ethnic_minority"], "s-supports": ["credit"],
}  # fmt: skip


@dataclass(frozen=True)
class Situation:
    """``file`` names the folder of the check."""

    file: str
    check: str
    told: str
    data: Mapping[str, Any]

    @property
    def finds(self) -> list[str]:
        found = self.data.get("finds", [])
        return [found] if isinstance(found, str) else list(found)


@cache
def situations() -> tuple[Situation, ...]:
    return tuple(_read())


def _read() -> Iterator[Situation]:
    for file in sorted(FOLDER.glob("*.toml")):
        for check, cases in tomllib.loads(file.read_text(encoding="utf-8")).items():
            for one in cases:
                yield Situation(file.stem, check, one["told"], one)


@dataclass(frozen=True)
class Ground:
    area_type: AreaType


@dataclass(frozen=True)
class Missing:
    field: str


@dataclass(frozen=True)
class Look:
    typed: Typed
    on: date
    ground: Ground
    outcomes: tuple[Any, ...]
    missing: tuple[Missing, ...]


def said_in(one: Situation) -> list[Finding]:
    """By its check."""
    return [finding for finding in all_said_in(one) if finding.check == one.check]


def all_said_in(one: Situation) -> list[Finding]:
    answers = _answers(one.data)
    return findings_of(_look(one.data, answers), _known(one.data, answers))


def _answers(data: Mapping[str, Any]) -> dict[str, list[str]]:
    found: dict[str, Any] = dict(OTHERS)
    for index, changed in enumerate(data.get("rows", [{}, {}])):
        plain = (HUSBAND, WIFE)[index] if index < 2 else CHILD
        cells = plain | ({"identity": NUMBERS[index]} if index in NUMBERS else {}) | changed
        found |= {f"m{index}-{column}": value for column, value in cells.items()}
    found |= data.get("answers", {})
    return {name: value if isinstance(value, list) else [value] for name, value in found.items() if value}


def _look(data: Mapping[str, Any], answers: Mapping[str, list[str]]) -> Look:
    on, area_type = data.get("on", date(2026, 10, 5)), AreaType(data.get("area", "rural"))
    laws = {"closing": LAW, **data.get("laws", {})}
    typed = Typed(answers)
    applied = [AppliedStandard(standard(code), purpose) for purpose, code in laws.items()]
    found = outcomes_despite_faults(applied, Setting(on, area_type, "", Way.FULL), typed)
    open_ones = [(one.applied, lacks.where) for one in found if one.told for lacks in one.told.missing]
    missing = tuple(Missing(field_of(where, applied, typed)) for applied, where in open_ones)
    return Look(typed, on, Ground(area_type), tuple(zip(laws, found, strict=True)), missing)


def _known(data: Mapping[str, Any], answers: Mapping[str, list[str]]) -> Known:
    told = dict(data.get("known", {}))
    persons = told.pop("persons", [{"person": 1, "name": HUSBAND["name"]}, {"person": 2, "name": WIFE["name"]}])
    before = told.pop("before", None)
    doubts = {int(row): [NumberDoubt(*one) for one in said] for row, said in told.pop("doubts", {}).items()}
    return Known(
        why=told.pop("why", "poor"),
        first_day=date(2026, 9, 1),
        last_day=date(2026, 12, 14),
        persons={one["person"]: _person(one) for one in persons},
        doubts=doubts,
        before=_before(before, answers) if before else None,
        **told,
    )


def _person(told: Mapping[str, Any]) -> KnownPerson:
    assert {one.name for one in fields(KnownPerson)} >= set(told), told
    return KnownPerson(**{"member": not told.get("elsewhere"), **told})


def _before(told: Mapping[str, Any], answers: Mapping[str, list[str]]) -> Before:
    """``same``: every answer as it is now; ``answers``: what was otherwise."""
    said = dict(answers) if told.get("same") else {}
    said |= {name: [value] for name, value in told.get("answers", {}).items()}
    more = {name: told[name] for name in ("klass", "b1", "b2", "standard") if name in told}
    return Before(year=2025, answers=said, **{"standard": LAW, **more})
