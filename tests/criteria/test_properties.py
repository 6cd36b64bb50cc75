"""What must hold of every household, whatever its answers."""

from copy import deepcopy
from datetime import date
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from households.criteria.engine.classify import BadAnswersError, Classifier, prepare
from households.criteria.engine.result import Result
from households.criteria.law.parts import AreaType, Class, Standard
from households.criteria.law.shelf import shipped, standard
from tests.criteria.random_households import VOCABULARY, random_households

Household = dict[str, Any]
SEEDS = st.integers(0, 2**32 - 1)
POOREST_FIRST = list(Class)
LAWS = {law.code: law for law in shipped()}
CODES = st.sampled_from(sorted(LAWS))
AREA_TYPES = st.sampled_from(list(AreaType))


def drawing(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - nothing secret


def review_day(law: Standard) -> date:
    return date(law.applications[0].last, 10, 15)


def made(code: str, area_type: AreaType, seed: int, **wanted: Any) -> tuple[Classifier, Household]:
    law, on = LAWS[code], review_day(LAWS[code])
    (household,) = random_households(1, seed=seed, standard=law, on=on, area_type=area_type, **wanted)
    return prepare(law, on=on, area_type=area_type), household


def classified(classifier: Classifier, household: Household) -> Result:
    return classifier.classify(household, reasons=False)


@settings(max_examples=300, deadline=None)
@given(CODES, AREA_TYPES, SEEDS)
def test_the_order_of_members_never_matters(code: str, area_type: AreaType, seed: int) -> None:
    classifier, household = made(code, area_type, seed, forms=False)
    other = deepcopy(household)
    drawing(seed).shuffle(other["members"])
    first, second = classified(classifier, household), classified(classifier, other)
    assert (first.klass, first.kind, first.indicators, first.scores) == (
        second.klass,
        second.kind,
        second.indicators,
        second.scores,
    )
    assert first.complete is second.complete


WORSE = {
    "nd07-2021": {
        "walls": "not_durable", "columns": "not_durable", "roof": "not_durable", "floor_area": 0, "water_source": "other",
        "toilet": "none", "internet": False, "devices": [],
    },
    "qd59-2015": {
        "house_class": "simple", "floor_area": 0, "water_source": "other", "toilet": "none", "phone": False,
        "internet": False, "devices": [], "loudspeaker": False,
    },
}  # fmt: skip
WORSE_MEMBER = {
    "nd07-2021": {"work": "seeking", "health_insurance": False, "nutrition": "both"},
    "qd59-2015": {"health_care": "untreated", "health_insurance": False},
}


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(WORSE)), AREA_TYPES, SEEDS)
def test_a_further_deprivation_never_makes_a_household_less_poor(code: str, area_type: AreaType, seed: int) -> None:
    rng = drawing(seed)
    classifier, household = made(code, area_type, seed, forms=False, gaps=False)
    poorer = deepcopy(household)
    for changes, target in ((WORSE, poorer["household"]), (WORSE_MEMBER, rng.choice(poorer["members"]))):
        target |= {key: value for key, value in changes[code].items() if rng.random() < 0.4}
    before, after = classified(classifier, household), classified(classifier, poorer)
    assert all(after.indicators[key] for key, deprived in before.indicators.items() if deprived)
    if before.klass is not None:
        assert after.klass is not None
        assert POOREST_FIRST.index(after.klass) <= POOREST_FIRST.index(before.klass)


@settings(max_examples=300, deadline=None)
@given(CODES, AREA_TYPES, st.integers(0, 300), st.integers(0, 12), st.integers(0, 12))
def test_more_points_of_deprivation_never_make_a_household_less_poor(
    code: str, area_type: AreaType, b1: int, some: int, more: int
) -> None:
    law = LAWS[code]
    if not any(rule.scores for rule in law.rules):
        return
    few, many = sorted((min(some, len(law.indicators)), min(more, len(law.indicators))))
    classifier = prepare(law, on=review_day(law), area_type=area_type)
    first, second = (classified(classifier, {"b1": b1, "b2": 10 * count}).klass for count in (few, many))
    assert POOREST_FIRST.index(second or Class.POOR) <= POOREST_FIRST.index(first or Class.POOR)


def fill(household: Household, rng: Random, share: float) -> Household:
    """Some of the answers that are missing, given at random."""
    filled = deepcopy(household)
    for record, subject in [(filled["household"], "household"), *((one, "member") for one in filled["members"])]:
        for name, field in VOCABULARY[subject].items():
            if record.get(name) is None and rng.random() < share:
                _answer(record, name, field, rng)
    return filled


def _answer(record: Household, name: str, field: Household, rng: Random) -> None:
    match field["kind"]:
        case "flag":
            record[name] = rng.random() < 0.5
        case "choice":
            record[name] = rng.choice(list(field["options"]))
        case "choices":
            record[name] = rng.sample(list(field["options"]), rng.randrange(3))
        case "area":
            record[name] = rng.randrange(200)
        case "date" if record.get("birth_year") is not None:
            record[name] = date(record["birth_year"], rng.randint(1, 9), rng.randint(1, 28)).isoformat()
        case _:
            pass


@settings(max_examples=500, deadline=None)
@given(CODES, AREA_TYPES, SEEDS, st.floats(0.1, 1))
def test_an_answer_filled_in_never_contradicts_what_was_given(
    code: str, area_type: AreaType, seed: int, share: float
) -> None:
    classifier, household = made(code, area_type, seed, forms=False)
    before = classified(classifier, household)
    after = classified(classifier, fill(household, drawing(seed), share))
    if before.klass is not None:
        assert after.klass is before.klass
    if before.kind is not None:
        assert after.kind == before.kind
    settled = {key: value for key, value in before.indicators.items() if value is not None}
    assert settled.items() <= after.indicators.items()


@settings(max_examples=200, deadline=None)
@given(CODES, AREA_TYPES, SEEDS)
def test_what_is_said_to_be_missing_is_enough(code: str, area_type: AreaType, seed: int) -> None:
    """Once just the named answers of roster and household are given, the indicators are settled."""
    classifier, household = made(code, area_type, seed, forms=False)
    rng, filled = drawing(seed), deepcopy(household)
    for _ in range(8):  # an age that is now known may bring further questions
        for one in classified(classifier, filled).missing:
            _give(filled, one.where, rng, review_day(LAWS[code]))
    assert None not in classified(classifier, filled).indicators.values()


def _give(household: Household, where: str, rng: Random, on: date) -> None:
    place, _, name = where.partition(".")
    if place == "household" and name in VOCABULARY["household"]:
        _answer(household["household"], name, VOCABULARY["household"][name], rng)
    elif place.startswith("members"):
        member = household["members"][int(place[8:-1])]
        if name == "birth_date":
            member["birth_year"] = member.get("birth_year") or rng.randint(on.year - 90, on.year - 1)
        _answer(member, name, VOCABULARY["member"][name], rng)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
FIELDS = st.sampled_from([*VOCABULARY["member"], *VOCABULARY["household"], "x"])
RECORDS = st.dictionaries(FIELDS, JSON, max_size=6)
ANYTHING = JSON | st.fixed_dictionaries(
    {"members": JSON | st.lists(JSON | RECORDS, max_size=3), "household": JSON | RECORDS},
    optional={"b1": JSON, "income_month": JSON, "a": JSON},
)


@pytest.mark.parametrize("code", ["nd07-2021", "qd09-2011"])
@settings(max_examples=400, deadline=None)
@given(ANYTHING)
def test_whatever_is_given_ends_in_a_result_or_in_sentences(code: str, anything: Any) -> None:
    said = faults_or_nothing(prepare(standard(code), on=date(2024, 10, 15), area_type=AreaType.RURAL), anything)
    assert all(text.endswith((".", "?")) and ": " in text for text in said)


def faults_or_nothing(classifier: Classifier, anything: Any) -> list[str]:
    try:
        result = classifier.classify(anything)
    except BadAnswersError as refused:
        return [fault.text for fault in refused.faults] or [""]
    return [] if result.complete is not bool(result.missing) else [""]
