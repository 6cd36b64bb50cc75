"""Units meet only when they are of one kind, and convert exactly."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.reported.units import coarser, converted, converts, fits
from reports.reported.vocabulary import unit_sizes, whole_units

UNITS = st.sampled_from(sorted(unit_sizes()))
VALUES = st.decimals(min_value=0, max_value=10**12, places=6, allow_nan=False)


@pytest.mark.parametrize(
    ("value", "unit", "to", "result"),
    [
        ("1711.856", "tấn", "kg", "1711856"),
        ("5.5", "nghìn hộ", "hộ", "5500"),
        ("234", "tỷ đồng", "triệu đồng", "234000"),
        ("3935.745", "triệu đồng", "đồng", "3935745000"),
        ("12", "khẩu", "người", "12"),
        ("5", "percent", "%", "5"),
        ("7", "cầu", "cầu", "7"),
        ("7", "cầu", "hộ", None),
        ("7", "lượt hộ", "hộ", None),
        ("7", "lượt người", "người", None),
    ],
)
def test_a_value_is_converted_exactly_or_not_at_all(value: str, unit: str, to: str, result: str | None) -> None:
    assert converted(Decimal(value), unit, to) == (None if result is None else Decimal(result))


@given(value=VALUES, unit=UNITS, to=UNITS)
def test_a_conversion_and_its_way_back_lose_nothing(value: Decimal, unit: str, to: str) -> None:
    there = converted(value, unit, to)
    assert (there is None) is not converts(to, unit)
    assert there is None or converted(there, to, unit) == value


def test_of_two_units_the_rougher_is_kept() -> None:
    assert coarser("hộ", "nghìn hộ") == coarser("nghìn hộ", "hộ") == "nghìn hộ"


@pytest.mark.parametrize(
    ("measure", "unit", "good"),
    [
        ("poor_households", "hộ", True),
        ("poor_households", "nghìn hộ", True),
        ("poor_households", "tấn", False),
        ("allowance_times", "lượt", False),
        ("budget_disbursed", "tỷ đồng", True),
        ("budget_disbursed", "kg", False),
        ("bridges", "cầu", True),
    ],
)
def test_words_of_a_sentence_fit_the_units_they_were_made_for(measure: str, unit: str, good: bool) -> None:
    assert fits(measure, unit) is good


def test_things_that_are_never_halved_are_no_money_and_no_weight() -> None:
    kinds = {unit: kind for unit, (kind, _size) in unit_sizes().items()}
    assert not {kinds.get(unit) for unit in whole_units()} & {"money", "weight", "percent", "area", "length"}
