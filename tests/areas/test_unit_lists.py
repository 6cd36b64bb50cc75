"""The loaded map against the unit lists in force on seven dates: every difference is listed with its reason."""

import csv
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from households.areas import queries
from povertyportal.vietnamese import fold

pytestmark = pytest.mark.django_db

HERE = Path(__file__).parent
FILES = sorted((HERE.parents[2] / "shared/data/admin_units").glob("units_*.csv"))
REASONS = tomllib.loads((HERE / "unit_lists/reasons.toml").read_text(encoding="utf-8"))
Difference = tuple[str, str]  # code; gone, not_listed, name or parent


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def day_of(path: Path) -> date:
    return date.fromisoformat(path.name.split("_")[1])


def explained(on: date) -> set[Difference]:
    known = rows(HERE / "unit_lists/differences.csv")
    assert {row["reason"] for row in known} <= set(REASONS)
    day = on.isoformat()
    return {(row["code"], row["what"]) for row in known if row["first_list"] <= day <= row["last_list"]}


def differences(on: date, listed: dict[str, dict[str, str]]) -> Iterator[Difference]:
    ours = {node.code: node for node in queries.load_tree(on)}
    yield from ((code, "gone") for code in listed.keys() - ours.keys())
    yield from ((code, "not_listed") for code in ours.keys() - listed.keys())
    for code in listed.keys() & ours.keys():
        if fold(ours[code].full_name) != fold(listed[code]["full_name"]):
            yield code, "name"
        if ours[code].parent_code != listed[code]["parent_code"]:
            yield code, "parent"


@pytest.mark.parametrize("path", FILES, ids=lambda path: day_of(path).isoformat())
def test_every_difference_from_the_list_of_the_day_has_its_reason(path: Path) -> None:
    on = day_of(path)
    found = set(differences(on, {row["code"]: row for row in rows(path)}))
    assert sorted(found - explained(on)) == []
    assert sorted(explained(on) - found) == []


def test_seven_lists_are_compared() -> None:
    assert len(FILES) == 7


def test_the_map_of_1_july_2025_agrees_with_the_official_conversion_table() -> None:
    table: dict[str, set[str]] = {}
    for row in rows(FILES[0].parent / "old_to_new_2025-07-01_clean.csv"):
        table.setdefault(row["old_ward"] or row["old_district"], set()).add(row["new_commune"])
    tree = queries.load_tree(date(2025, 6, 30))
    loaded = {code: {link.to_code for link in tree.successors(code)} for code in table}
    assert loaded == table
