"""Tests, rules and tables that a document may hold and that today's national standards do not."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from households.criteria.b1.parts import B1Table, Group, Option
from households.criteria.engine.classify import BadAnswersError, classify, prepare
from households.criteria.engine.result import Reason, Result
from households.criteria.law.parts import (
    AnswerTest,
    AreaType,
    Class,
    Condition,
    MemberTest,
    PerPersonTest,
    ShareTest,
    SizeTest,
    Standard,
    Test,
)
from households.criteria.law.shelf import standard

ON = date(2024, 10, 15)
NATION = standard("nd07-2021")
UNINSURED = ((Condition("health_insurance", accepted=frozenset({False})),),)
CHILD = ((Condition("age", high=15),),)


def with_test(test: Test, points: int = 10) -> Standard:
    """A standard of one indicator."""
    return replace(NATION, indicators=(replace(NATION.indicators[0], code="x", name="X", points=points, test=test),))


def insured(*answers: bool | None) -> dict[str, Any]:
    return {"members": [{"health_insurance": one} for one in answers], "household": {}, "b1": 140}


def result(law: Standard, given: Mapping[str, Any], **more: Any) -> Result:
    return classify(law, given, on=ON, area_type=AreaType.RURAL, **more)


def told(law: Standard, given: Mapping[str, Any]) -> tuple[bool | None, str]:
    found = result(law, given)
    (reason,) = [one for one in found.reasons if one.rule == "indicator.x"]
    return found.indicators["x"], reason.text


TWO = with_test(MemberTest(2, UNINSURED, "không có thẻ"))


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ((False, False), (True, "Thiếu hụt “X”: có 2 người không có thẻ: thành viên thứ 1, thành viên thứ 2.")),
        ((False, True), (False, "Không thiếu hụt “X”: chỉ có 1 người không có thẻ: thành viên thứ 1, dưới 2 người.")),
        ((False, None), (None, "Chưa kết luận được “X”: chưa đủ câu trả lời của thành viên thứ 2.")),
        ((True, None), (False, "Không thiếu hụt “X”: không có người nào được tính là “không có thẻ”.")),
    ],
)
def test_two_members_may_be_needed(members: tuple[bool | None, ...], expected: tuple[bool | None, str]) -> None:
    assert told(TWO, insured(*members)) == expected


@pytest.mark.parametrize(
    ("members", "expected"),
    [((False, True), "từ 50% trở lên"), ((False, True, True), "dưới 50%"), ((True, None), "chưa đủ câu trả lời")],
)
def test_a_share_may_include_its_bound(members: tuple[bool | None, ...], expected: str) -> None:
    law = with_test(ShareTest(50, strict=False, who=UNINSURED, phrase="không có thẻ"))
    truth, text = told(law, insured(*members))
    assert truth is {"từ": True, "dưới": False, "chưa": None}[expected.partition(" ")[0]]
    assert expected in text


@pytest.mark.parametrize(("area", "deprived", "than"), [(16, True, "không quá 8 m²"), (16.01, False, "lớn hơn 8 m²")])
def test_an_amount_per_person_may_include_its_bound(area: float, deprived: bool, than: str) -> None:
    given = insured(True, True) | {"household": {"floor_area": area}}
    truth, text = told(with_test(PerPersonTest("floor_area", 800, strict=False)), given)
    assert truth is deprived
    assert than in text


@pytest.mark.parametrize(
    ("low", "high", "deprived"), [(3, None, False), (2, 3, True), (None, 2, False), (None, 3, True)]
)
def test_the_size_of_a_household_may_count(low: int | None, high: int | None, deprived: bool) -> None:
    truth, text = told(with_test(SizeTest(low, high)), insured(True, True))
    assert truth is deprived
    assert text.endswith("“X”: hộ có 2 người.")


@pytest.mark.parametrize(("devices", "deprived"), [(["radio"], True), (["tv"], False), ([], False), (None, None)])
def test_one_of_several_things_may_count(devices: list[str] | None, deprived: bool | None) -> None:
    law = with_test(AnswerTest(Condition("devices", accepted=frozenset({"radio", "desktop"}))))
    assert told(law, insured(True) | {"household": {"devices": devices}})[0] is deprived


def weighted() -> Standard:
    return replace(
        NATION, indicators=tuple(replace(one, points=5 * one.order) for one in NATION.indicators[:3])
    )  # 5, 10, 15


def test_points_may_differ_between_indicators() -> None:
    assert result(weighted(), {"b1": 140, "b2": 30}).klass is Class.POOR
    with pytest.raises(
        BadAnswersError, match="35 không phải tổng điểm có thể có của 3 chỉ số; ghi tổng điểm của những"
    ):
        result(weighted(), {"b1": 140, "b2": 35})


def test_open_indicators_count_with_their_own_points() -> None:
    """With 15 points settled, another 10 and 5 are needed for 30."""
    child = {"birth_date": "2020-01-01", "nutrition": "both", "disabled": False, "monthly_assistance": False}
    known = result(
        weighted(), {"members": [child, {"birth_date": "1980-01-01", "work": "own"}], "household": {}, "b1": 140}
    )
    assert known.klass is Class.NEAR_POOR
    assert known.scores.b2 is None


def test_a_standard_may_have_no_rules_of_income() -> None:
    law = replace(NATION, rules=tuple(replace(rule, income=None) for rule in NATION.rules))
    assert result(law, {"b1": 140, "b2": 30}).klass is Class.POOR
    with pytest.raises(BadAnswersError, match="chuẩn này không phân loại theo thu nhập; ghi điểm B1 và B2"):
        result(law, {"income_month": 1, "deprivations": 3})


YEAR = dict.fromkeys(("livestock", "farm_services", "forestry", "fishery", "salt", "business", "wages", "other"), 0)


def farming(b1: int | None, **sources: Any) -> dict[str, Any]:
    given = insured(True, True)
    return given | {"b1": b1, "household": {"farming": True, "annual_income": YEAR | sources}}


def test_the_sheet_of_incomes_may_know_no_average_class() -> None:
    survey = NATION.income_survey
    assert survey
    law = replace(TWO, income_survey=replace(survey, average_over=None, average_up_to=None))
    assert result(law, farming(141, crops=40_000_000)).klass is Class.NOT_POOR


# tables of B1 points


def option(code: str, points: int | None, when: Test | None = None) -> Option:
    return Option(code, code.upper(), when, {"nmm": points})


def table(*groups: Group) -> B1Table:
    return B1Table("nd07-2021", 1, "Bảng thử", demonstration=False, partial=False, groups=groups, digest="")


def points(given: dict[str, Any], *groups: Group) -> tuple[int | None, list[str], list[Reason]]:
    found = result(TWO, given | {"b1": None}, b1_table=table(*groups), variant="nmm")
    return (
        found.scores.b1,
        [one.where for one in found.missing],
        [one for one in found.reasons if one.rule.startswith("b1.")],
    )


def ticking(**ticks: Any) -> dict[str, Any]:
    return insured(True, True) | {"household": {"b1": ticks}}


ASSETS = Group("assets", "Tài sản", multiple=True, zero_if_all=None, options=(option("car", 25), option("debt", -5)))
WATER = Group("water", "Nước", multiple=False, zero_if_all=None, options=(option("tap", 10), option("well", 5)))
SIZE = Group(
    "size", "Số người", multiple=False, zero_if_all=CHILD,
    options=(option("small", 30, SizeTest(None, 3)), option("large", 5, SizeTest(3, None))),
)  # fmt: skip


def test_boxes_of_a_group_are_added_or_one_counts() -> None:
    assert points(ticking(assets=["car", "debt"], water="tap"), ASSETS, WATER)[0] == 30
    assert points(ticking(assets=[], water="well"), ASSETS, WATER)[0] == 5


def test_a_group_not_answered_leaves_a_range() -> None:
    total, missing, told_groups = points(ticking(water="tap"), ASSETS, WATER)
    assert (total, missing) == (None, ["household.b1.assets"])
    assert told_groups[0].text == "“Tài sản”: chưa đủ câu trả lời, từ -5 đến 25 điểm."


def test_nothing_counts_when_all_members_are_of_a_kind() -> None:
    child, adult = {"birth_date": "2015-01-01"}, {"birth_date": "1980-01-01"}
    assert points({"members": [child, adult], "household": {}}, SIZE)[0] == 30
    assert points({"members": [child, child], "household": {}}, SIZE)[0] == 0
    total, missing, _ = points({"members": [child, {"health_insurance": True}], "household": {}}, SIZE)
    assert (total, missing) == (None, ["members[1].birth_date"])


def test_boxes_without_points_in_the_region_are_not_on_its_form() -> None:
    group = Group("g", "G", multiple=False, zero_if_all=None, options=(option("a", None), option("b", 5)))
    assert points(ticking(g="b"), group)[0] == 5
    with pytest.raises(BadAnswersError, match="Phiếu B1, “G”: ô “A” không có điểm ở vùng “nmm”"):
        points(ticking(g="a"), group)


def test_one_box_is_ticked_in_a_group_of_one_choice() -> None:
    with pytest.raises(BadAnswersError, match="Phiếu B1, “Nước”: chỉ chọn một ô"):
        points(ticking(water=["tap", "well"]), WATER)


def test_a_total_from_paper_beside_ticked_boxes_is_refused() -> None:
    classifier = prepare(TWO, on=ON, area_type=AreaType.RURAL, b1_table=table(WATER), variant="nmm")
    with pytest.raises(BadAnswersError, match="ghi một trong hai"):
        classifier.classify(ticking(water="tap") | {"b1": 100})


def test_a_low_income_waits_for_the_class() -> None:
    """The boxes not ticked decide whether the household is near-poor or not poor."""
    group = Group("g", "G", multiple=False, zero_if_all=None, options=(option("a", 150),))
    survey = NATION.income_survey
    assert survey
    law = replace(TWO, income_survey=replace(survey, worker_from=None))
    given = farming(None, crops=1)
    given["household"]["b1"] = {"g": None, "water": "tap"}
    found = result(law, given, b1_table=table(group, WATER), variant="nmm")
    assert (found.klass, found.low_income_worker) == (None, None)
    assert found.reasons[-1].text.startswith("Chưa xét được diện người lao động có thu nhập thấp vì chưa xếp loại")
