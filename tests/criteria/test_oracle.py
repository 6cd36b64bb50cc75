"""The engine against a naive second implementation that was written from the domain notes."""

from datetime import date

import pytest

from households.criteria.engine.classify import prepare
from households.criteria.law.parts import AreaType
from households.criteria.law.shelf import standard
from tests.criteria.random_households import random_households
from tests.oracle.classification import classified, differences

HOUSEHOLDS = 2_000


@pytest.mark.parametrize("area_type", list(AreaType))
@pytest.mark.parametrize(
    ("code", "on"),
    [("nd07-2021", date(2024, 2, 29)), ("nd07-2021", date(2026, 2, 28)), ("qd59-2015", date(2018, 10, 15))],
)
def test_the_engine_says_what_the_naive_reading_of_the_law_says(code: str, on: date, area_type: AreaType) -> None:
    law = standard(code)
    classifier = prepare(law, on=on, area_type=area_type)
    for given in random_households(HOUSEHOLDS, seed=on.toordinal(), standard=law, on=on, area_type=area_type):
        found = classifier.classify(given, reasons=False).to_json()
        expected = classified(code, given, on, urban=area_type is AreaType.URBAN)
        assert list(differences(expected, found)) == [], given
