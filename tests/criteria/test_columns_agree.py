"""100,000 random households for each shipped standard: engine and columns give the same in every column.

In four parts per standard, each on another day (also 28 and 29 February) and in another kind of area, so that the test
processes share them. A part takes two to four seconds, nearly all of it drawing the households and the engine; the memory
collector rests meanwhile, it would walk through millions of answers that are all still in use."""

import gc
from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy as np
import pytest

from households.criteria.b1.shelf import demonstration
from households.criteria.columns.classify import classify_columns
from households.criteria.columns.reading import table_of
from households.criteria.law.parts import AreaType, Purpose, Standard
from households.criteria.law.shelf import shipped, standard
from tests.criteria.agreeing import as_columns, by_engine, differences
from tests.criteria.random_households import random_households

RURAL, URBAN = AreaType.RURAL, AreaType.URBAN
PART = 25_000
CODES = [one.code for one in shipped()]


@pytest.fixture(autouse=True)
def _no_collector() -> Iterator[None]:
    gc.disable()
    yield
    gc.enable()


def years(law: Standard) -> tuple[int, int]:
    """In which it is the closing standard."""
    applied = [one for one in law.applications if one.purpose is Purpose.CLOSING]
    return min(one.first for one in applied), max(one.last for one in applied)


def disagreement(
    code: str, on: date, seed: int, variants: dict[AreaType, str], households: int = PART
) -> dict[str, Any]:
    """As many households in each of the area types, one after the other in one table."""
    law, b1_table = standard(code), demonstration(code)
    inputs, results = [], []
    for area_type, variant in variants.items():
        applied = {"on": on, "area_type": area_type, "b1_table": b1_table}
        part = random_households(households // len(variants), seed=seed, standard=law, **applied)
        results += by_engine(law, part, variant=variant if b1_table else None, **applied)
        inputs += part
    urban = np.repeat([one is URBAN for one in variants], households // len(variants))
    codes = [one.code for one in law.variants]
    numbers = np.repeat(
        [codes.index(one) for one in variants.values()] if codes else [0] * len(variants), households // len(variants)
    )
    found = classify_columns(
        law, table_of(inputs, b1_table), on=on, area_type=urban, b1_table=b1_table, variants=numbers
    )
    return differences(found, as_columns(law, results))


@pytest.mark.long
@pytest.mark.parametrize("code", CODES)
def test_in_the_country_in_the_first_year(code: str) -> None:
    assert disagreement(code, date(years(standard(code))[0], 10, 1), 1, {RURAL: "nmm"}) == {}


@pytest.mark.long
@pytest.mark.parametrize("code", CODES)
def test_in_town_on_the_last_day_of_february(code: str) -> None:
    assert disagreement(code, date(years(standard(code))[1], 2, 28), 2, {URBAN: "urb"}) == {}


@pytest.mark.long
@pytest.mark.parametrize("code", CODES)
def test_in_both_in_one_table_on_the_leap_day(code: str) -> None:
    leap_year = next(year for year in range(*years(standard(code))) if year % 4 == 0)
    assert disagreement(code, date(leap_year, 2, 29), 3, {RURAL: "se", URBAN: "urb"}) == {}


@pytest.mark.long
@pytest.mark.parametrize("code", CODES)
def test_in_another_region_on_the_last_day_of_the_last_year(code: str) -> None:
    assert disagreement(code, date(years(standard(code))[1], 12, 31), 4, {RURAL: "mrd"}) == {}


@pytest.mark.parametrize("code", CODES)
def test_a_thousand_at_a_glance(code: str) -> None:
    """For `bin/test quick`, which leaves the long tests out."""
    first = date(years(standard(code))[0], 10, 1)
    assert disagreement(code, first, 5, {RURAL: "ncc", URBAN: "urb"}, households=1_000) == {}
