"""Whoever types this must see these people: the cases stand in search_cases.toml, for officials to read and to add to."""

import tomllib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from households.access.scope import EVERYWHERE, Scope, reach_of
from households.areas.models import Area
from households.areas.villages import create_village
from households.registry.finding.search import Hit, find
from povertyportal.core.accounts import system_user
from tests.access.people import AREAS, area_on
from tests.registry.findable import One, living_at

pytestmark = pytest.mark.django_db
CASES: dict[str, Any] = tomllib.loads(Path(__file__).with_name("search_cases.toml").read_text(encoding="utf-8"))
DAY = date(2026, 11, 20)
FIRST = 5
AT = datetime(2026, 11, 20, 8, tzinfo=UTC)


def one(told: str) -> One:
    name, _comma, born = told.partition(",")
    return One(name, born=int(born) if born else None)


def settle() -> None:
    """Everybody of the file where the file puts him."""
    villages: dict[tuple[str, str], Area] = {}
    for told in CASES["ho"]:
        place = told.get("xa", AREAS.COMMUNE), told["thon"]
        if place not in villages:
            villages[place] = create_village(
                commune=place[0], type="Thôn", name=place[1], on=date(2025, 7, 1), legal_basis="Nghị quyết (phép thử)",
                by=system_user(), at=AT,
            )  # fmt: skip
        living_at(villages[place].code, [one(person) for person in told["nguoi"]], code=told["ma"])


def named(hit: Hit, wanted: list[str]) -> str:
    """As the case names people: with the year of birth where it says one."""
    full = f"{hit.full_name} {hit.birth_year}"
    return full if full in wanted else hit.full_name


def wrongly_found(case: dict[str, Any], typed: str, scope: Scope) -> str:
    hits = find(typed, scope, DAY, day=DAY).rows
    seen = [named(hit, case["thay"]) for hit in hits[:FIRST]]
    right = [name for name in dict.fromkeys(seen) if name in case["thay"]] == case["thay"]
    alone = not (case.get("chi") or not case["thay"]) or set(seen) <= set(case["thay"])
    return "" if right and alone else f"“{typed}”: {seen}, cần {case['thay']}"


def test_whoever_is_looked_for_is_among_the_first_five() -> None:
    settle()
    wrong = []
    for case in CASES["tim"]:
        scope = reach_of([area_on(case["o"], DAY).pk]) if "o" in case else EVERYWHERE
        ways = [case["go"]] if isinstance(case["go"], str) else case["go"]
        wrong += [told for typed in ways if (told := wrongly_found(case, typed, scope))]
    assert wrong == []
