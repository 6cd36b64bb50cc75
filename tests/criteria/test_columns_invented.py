"""Standards that nobody has issued, with every kind of test: engine and columns agree on them as well."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from households.criteria.b1.parts import B1Table, Group, Option
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


def disagreement(law: Standard, b1_table: B1Table | None = None) -> dict[str, tuple[int, int]]:
    inputs = random_households(3_000, seed=7, standard=law, on=ON, area_type=RURAL, b1_table=b1_table)
    applied = {"on": ON, "area_type": RURAL, "b1_table": b1_table}
    variant = b1_table and "se"
    found = classify_columns(law, table_of(inputs, b1_table), variants=variant, **applied)
    return differences(found, as_columns(law, by_engine(law, inputs, variant=variant, **applied)))


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


def box(code: str, points: int, when: Test | None = None, elsewhere: int | None = 5) -> Option:
    return Option(code, code, when, {"se": points, "ch": elsewhere})


ELDERLY = MemberTest(1, ((OLD,),), "")
GROUPS = {
    "one box ticked": Group("roof", "", False, None, (box("tile", 10), box("straw", 0), box("none", -5))),
    "several boxes ticked": Group("goods", "", True, None, (box("car", 90), box("radio", 1), box("debt", -20))),
    "the first that holds": Group(
        "size",
        "",
        False,
        None,
        (box("1", 80, SizeTest(1, 2)), box("2", 60, SizeTest(1, 4)), box("more", 3, SizeTest(4, None))),
    ),
    "the roster and a tick in one": Group(
        "care",
        "",
        False,
        None,
        (box("old", -10, ELDERLY), box("ill", 40), box("well", 70), box("large", 20, SizeTest(3, None))),
    ),
    "all that hold": Group(
        "who", "", True, None, (box("old", -10, ELDERLY), box("few", 30, SizeTest(None, 3)), box("tv", 7))
    ),
    "nothing if all are old or children": Group(
        "work", "", False, ((OLD,), (YOUNG,)), (box("some", 60, SizeTest(1, 3)), box("less", -30, SizeTest(3, None)))
    ),
    "a box that this region's form has not": Group(
        "land", "", True, None, (Option("rice", "", SizeTest(1, None), {"ch": 30, "se": None}), box("garden", 25))
    ),
}


@pytest.mark.parametrize("names", [*([name] for name in GROUPS), list(GROUPS)], ids=lambda names: ", ".join(names)[:60])
def test_a_table_of_points_is_added_up_alike(names: list[str]) -> None:
    groups = tuple(GROUPS[name] for name in names)
    assert disagreement(standard("nd07-2021"), B1Table("nd07-2021", 1, "", False, False, groups, "")) == {}


def test_a_test_that_reads_nearly_every_answer_is_refused_in_a_sentence() -> None:
    asked = [one for one in vocabulary().member.values() if one.kind in {Kind.FLAG, Kind.CHOICE}]
    chosen = tuple(Condition(one.name, accepted=frozenset(options(one)[:1])) for one in asked)
    law = invented([MemberTest(1, ((*chosen, YOUNG),), "")])
    inputs = random_households(1, seed=1, standard=law, on=ON, area_type=RURAL)
    with pytest.raises(TooManyCombinationsError, match="đọc quá nhiều câu trả lời cùng lúc"):
        classify_columns(law, table_of(inputs), on=ON, area_type=RURAL)
