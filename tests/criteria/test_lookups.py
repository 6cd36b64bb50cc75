"""tests/law/lookups: which standard applies when, and the amounts of its lines, as a lawyer would write them down."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from households.criteria.law.parts import AreaType, Line
from households.criteria.law.shelf import shipped, standard
from households.criteria.law.years import applicable

FOLDER = Path(__file__).parents[1] / "law" / "lookups"


def cases(name: str) -> list[Any]:
    return list(tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))["cases"])


@pytest.mark.parametrize("case", cases("years.toml"), ids=lambda case: case["says"])
def test_a_year_has_its_standards(case: dict[str, Any]) -> None:
    found = applicable(shipped(), province=case.get("province"), year=case["year"])
    names = {name: getattr(found, name) for name in ("closing", "opening", "local_closing", "local_opening")}
    assert {name: one.code for name, one in names.items() if one} == case["expect"]


def holding(lines: tuple[Line, ...], year: int | None) -> dict[str, Line]:
    in_year = [one for one in lines if year is None or (one.first or year) <= year <= (one.last or year)]
    return {one.code: one for one in in_year}


@pytest.mark.parametrize("case", cases("lines.toml"), ids=lambda case: f"{case['standard']}-{case.get('year', '')}")
def test_a_standard_has_these_amounts(case: dict[str, Any]) -> None:
    section = "lines" if "lines" in case else "score_lines"
    found = holding(getattr(standard(case["standard"]), section), case.get("year"))
    amounts = {code: [one.of(AreaType.RURAL), one.of(AreaType.URBAN)] for code, one in found.items()}
    assert (amounts, {one.unit for one in found.values()}) == (case[section], {case["unit"]})


def test_every_line_of_the_documents_is_checked() -> None:
    wanted = {(one.code, section) for one in shipped() for section in ("lines", "score_lines") if getattr(one, section)}
    assert wanted == {(case["standard"], section) for case in cases("lines.toml") for section in case} & wanted
