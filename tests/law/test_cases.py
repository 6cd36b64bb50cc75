"""The law by example: every case of the *.toml files of this folder. ``?``: not answered, not settled.

A file names a standard, a day and an area type; a case may name others. A case gives all answers (``given``) or changes
some of the household of bases/*.toml (``base``, ``change``)."""

import re
import tomllib
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from households.criteria.b1.shelf import demonstration
from households.criteria.engine.classify import classify
from households.criteria.law.parts import AreaType
from households.criteria.law.shelf import standard

FOLDER = Path(__file__).parent
OPEN = "?"
Case = dict[str, Any]


@cache
def cases() -> tuple[tuple[str, Case], ...]:
    found = []
    for path in sorted(FOLDER.glob("*.toml")):
        document = tomllib.loads(path.read_text(encoding="utf-8"))
        shared = {key: value for key, value in document.items() if key not in ("cases", "title", "basis")}
        assert {"title", "basis"} <= document.keys(), path.name
        found += [(f"{path.stem}: {case['says']}", {**shared, **case}) for case in document["cases"]]
    return tuple(found)


def answers(case: Case) -> Case:
    if "given" in case:
        return without_open(case["given"])
    base = tomllib.loads((FOLDER / "bases" / f"{case['base']}.toml").read_text(encoding="utf-8"))
    changed = deepcopy(base)
    for path, value in case.get("change", {}).items():
        put(changed, path, value)
    return without_open(changed)


def put(household: Any, path: str, value: Any) -> None:
    """ "members[2].birth_date": members are counted from 0; the one after the last is added."""
    *parents, last = [int(part) if part.isdigit() else part for part in re.findall(r"[^.\[\]]+", path)]
    for part in parents:
        household = household[part]
    if isinstance(household, list) and last == len(household):
        household.append(value)
    else:
        household[last] = value


def without_open(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_open(one) for key, one in value.items()}
    if isinstance(value, list):
        return [without_open(one) for one in value]
    return None if value == OPEN else value


def outcome(case: Case) -> Case:
    code = case["standard"]
    table = demonstration(code) if case.get("table") else None
    result = classify(
        standard(code),
        answers(case),
        on=date.fromisoformat(case["on"]),
        area_type=AreaType(case["area_type"]),
        variant=case.get("variant"),
        b1_table=table,
    )
    found = result.to_json()
    rules = [one["rule"] for one in found["reasons"] if one["rule"].startswith("class.")]
    return found | {"rule": rules[0].removeprefix("class."), "missing": [one["where"] for one in found["missing"]]}


def look_up(found: Case, path: str) -> Any:
    for part in path.split("."):
        found = found[part]
    return found


@pytest.mark.parametrize("case", [case for _, case in cases()], ids=[name for name, _ in cases()])
def test_the_case_has_the_outcome_it_says(case: Case) -> None:
    found = outcome(case)
    expected = without_open(case["expect"])
    assert {path: look_up(found, path) for path in expected} == expected


def expectations(code: str) -> Iterator[tuple[str, Any]]:
    for _, case in cases():
        if case["standard"] == code:
            yield from case["expect"].items()


@pytest.mark.parametrize("code", ["qd09-2011", "qd59-2015", "nd07-2021", "nd351-2025"])
def test_every_rule_of_the_nation_has_a_case(code: str) -> None:
    asked = {value for key, value in expectations(code) if key == "rule"}
    assert {rule.code for rule in standard(code).rules} - asked == set()


@pytest.mark.parametrize("code", ["qd59-2015", "nd07-2021"])
def test_every_indicator_has_cases_on_both_sides(code: str) -> None:
    asked = set(expectations_of_indicators(code))
    assert {(one.code, side) for one in standard(code).indicators for side in (True, False)} - asked == set()


def expectations_of_indicators(code: str) -> Iterator[tuple[str, Any]]:
    for key, value in expectations(code):
        if key.startswith("indicators."):
            yield key.removeprefix("indicators."), value
