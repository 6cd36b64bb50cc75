"""Standards that nobody has issued, with every kind of test: engine and columns agree on them as well."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from households.criteria.columns.classify import classify_columns
from households.criteria.columns.members import TooManyCombinationsError, options
from households.criteria.columns.reading import table_of
from households.criteria.law.parts import (
    AnswerTest,
    AreaType,
    Condition,
    MemberTest,
    PerPersonTest,
    SeveralTest,
    ShareTest,
    SizeTest,
    Standard,
    Test,
)
from households.criteria.law.shelf import standard
from households.criteria.vocabulary import Kind, vocabulary
from tests.criteria.agreeing import as_columns, by_engine, differences
from tests.criteria.random_households import random_households

ON, RURAL = date(2024, 2, 29), AreaType.RURAL
NO, YES = frozenset({False}), frozenset({True})
OLD = Condition("age", low=60)
YOUNG = Condition("age", high=16)
SINCE_1990 = Condition("born", born_from=date(1990, 1, 1))


def flag(name: str, accepted: frozenset[bool]) -> Condition:
    return Condition(name, accepted=accepted)


def one_of(name: str) -> Condition:
    """All but the last option."""
    return Condition(name, accepted=frozenset(options(vocabulary().member[name])[:-1]))


def invented(tests: Sequence[Test], points: Sequence[int] = ()) -> Standard:
    """Decree 07/2021 with the first indicators asked otherwise, and other points."""
    law = standard("nd07-2021")
    weights = points or [10] * len(law.indicators)
    asked = [*tests, *(one.test for one in law.indicators[len(tests) :])]
    pairs = zip(law.indicators, asked, weights, strict=True)
    return replace(law, indicators=tuple(replace(one, test=test, points=weight) for one, test, weight in pairs))


def disagreement(law: Standard) -> dict[str, tuple[int, int]]:
    inputs = random_households(3_000, seed=7, standard=law, on=ON, area_type=RURAL)
    found = classify_columns(law, table_of(inputs), on=ON, area_type=RURAL)
    return differences(found, as_columns(law, by_engine(law, inputs, on=ON, area_type=RURAL)))


TESTS: dict[str, Test] = {
    "two such members": MemberTest(2, ((flag("health_insurance", NO), YOUNG), (OLD, flag("disabled", YES))), ""),
    "an answer read both ways": MemberTest(
        1, ((flag("disabled", YES), flag("pension", NO)), (flag("disabled", NO), flag("can_work", NO))), ""
    ),
    "an age or its opposite": MemberTest(1, ((YOUNG, flag("pension", NO)), (Condition("age", low=16),)), ""),
    "born since and old enough": MemberTest(1, ((SINCE_1990, Condition("age", low=18, high=31)),), ""),
    "more combinations than 16 bits": MemberTest(
        1, ((YOUNG, *(one_of(name) for name in ("work", "studying", "education", "nutrition"))),), ""
    ),
    "more than anybody": MemberTest(70, ((YOUNG,), (Condition("age", low=16),)), ""),
    "a share from its bound": ShareTest(50, False, ((YOUNG,), (OLD,)), ""),
    "a share over a third": ShareTest(33, True, ((flag("can_work", NO),),), ""),
    "up to so many m²": PerPersonTest("floor_area", 850, False),
    "a large household": SizeTest(5, None),
    "a small household": SizeTest(None, 3),
    "one of the devices": AnswerTest(Condition("devices", accepted=frozenset({"tv", "radio"}))),
    "a house class": AnswerTest(Condition("house_class", accepted=frozenset({"simple", "temporary"}))),
    "several within several": SeveralTest(
        2,
        (
            SeveralTest(1, (SizeTest(4, None), AnswerTest(flag("phone", NO)))),
            MemberTest(1, ((OLD, flag("monthly_assistance", NO)),), ""),
            ShareTest(60, True, ((Condition("work", accepted=frozenset({"own"})),),), ""),
        ),
    ),
}


@pytest.mark.parametrize("name", TESTS)
def test_a_test_of_any_kind_is_read_alike(name: str) -> None:
    assert disagreement(invented([TESTS[name]])) == {}


def test_points_that_differ_from_indicator_to_indicator() -> None:
    assert disagreement(invented([], points=[5, 10, 15, 20, 10, 5, 25, 10, 10, 15, 5, 30])) == {}


def test_rules_with_several_bounds_on_the_points() -> None:
    law = invented([], points=[5, 20, 15, 20, 10, 5, 25, 10, 10, 15, 5, 40])
    poor, near_poor, average = law.rules
    assert poor.scores
    assert near_poor.scores
    middle = replace(near_poor, code="middle", scores=replace(near_poor.scores, b2_from=30, b2_below=45))
    rules = (replace(poor, scores=replace(poor.scores, b2_from=45)), middle, near_poor, average)
    assert disagreement(replace(law, rules=rules)) == {}


def test_a_test_that_reads_nearly_every_answer_is_refused_in_a_sentence() -> None:
    asked = [one for one in vocabulary().member.values() if one.kind in {Kind.FLAG, Kind.CHOICE}]
    chosen = tuple(Condition(one.name, accepted=frozenset(options(one)[:1])) for one in asked)
    law = invented([MemberTest(1, ((*chosen, YOUNG),), "")])
    inputs = random_households(1, seed=1, standard=law, on=ON, area_type=RURAL)
    with pytest.raises(TooManyCombinationsError, match="đọc quá nhiều câu trả lời cùng lúc"):
        classify_columns(law, table_of(inputs), on=ON, area_type=RURAL)
