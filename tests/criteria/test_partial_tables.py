"""A table of B1 points that lacks groups: its sum is the least that B1 can be, and no class is guessed from it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from households.criteria.b1.parts import B1Table, Group, Option
from households.criteria.b1.shelf import demonstration, form
from households.criteria.columns.classify import classify_columns
from households.criteria.columns.reading import table_of
from households.criteria.engine.classify import classify
from households.criteria.engine.result import Result
from households.criteria.law.parts import AreaType, SizeTest
from households.criteria.law.shelf import standard
from tests.criteria.agreeing import as_columns, by_engine, differences
from tests.criteria.random_households import random_households

ON, RURAL = date(2018, 10, 15), AreaType.RURAL
QD59 = standard("qd59-2015")
POINTS = {1: 160, 2: 201, 3: 130}


def official() -> B1Table:
    """Points by the size of the household alone, below, between and above the cut-offs; other groups are not known."""
    options = tuple(
        Option(str(size), f"{size} người", SizeTest(size, size + 1), {"rrd": points}) for size, points in POINTS.items()
    )
    group = Group("size", "Số nhân khẩu", multiple=False, zero_if_all=None, options=options)
    return B1Table("qd59-2015", 1, "Bảng thử", demonstration=False, partial=True, groups=(group,), digest="")


def whole(size: int = 1, **answers: Any) -> dict[str, Any]:
    """Every answer that indicators and boxes wait for; deprived of nothing."""
    member = {
        "birth_date": "1970-01-01", "education": "university", "studying": "no", "health_insurance": True,
        "health_care": "not_ill", "nonfarm_work": "state", "pension": True, "can_work": True, "disabled": False,
    }  # fmt: skip
    household = {
        "house_class": "solid", "floor_area": 100, "water_source": "tap", "toilet": "septic", "phone": True,
        "internet": True, "devices": ["tv"], "loudspeaker": True,
    }  # fmt: skip
    return {"members": [dict(member) for _ in range(size)], "household": household | answers}


def classified(table: B1Table | None, given: dict[str, Any], variant: str = "rrd") -> Result:
    assert table
    return classify(QD59, given, on=ON, area_type=RURAL, b1_table=table, variant=variant)


def missing(result: Result) -> list[str]:
    return [one.where for one in result.missing]


def test_a_sum_below_the_cut_off_of_the_poor_makes_nobody_poor() -> None:
    result = classified(demonstration("qd59-2015"), whole(4, b1={"house": []}))
    assert (result.klass, result.complete, result.scores.b1) == (None, False, None)
    (told,) = result.missing
    assert told.where == "b1"
    assert told.text.startswith(
        "Tổng điểm B1: bảng điểm minh họa chỉ có 6 nhóm nên tổng thật có thể cao hơn; thiếu nhóm: diện tích ở bình quân"
    )


def test_every_group_of_the_form_is_either_scored_or_named_as_absent() -> None:
    known, paper = demonstration("qd59-2015"), form("qd59-2015")
    assert known
    assert paper
    assert [one.name for one in known.groups] + list(known.absent) == [one.name for one in paper.groups]


def test_a_sum_above_the_poor_and_near_poor_is_not_poor_but_not_all_is_known() -> None:
    result = classified(official(), whole(1))
    assert (result.klass, result.unsure, missing(result)) == ("not_poor", True, ["b1"])
    why = next(one.text for one in result.reasons if one.rule.startswith("class."))
    assert why == (
        "Hộ không nghèo: những gì còn thiếu dù thế nào cũng không làm đổi kết quả. Trường hợp “Hộ có mức sống trung "
        "bình” chưa chắc chắn theo văn bản nên chưa dùng để xếp loại."
    )


def test_a_sum_above_all_cut_offs_is_certain() -> None:
    result = classified(official(), whole(2))
    assert (result.klass, result.unsure, result.complete, result.scores.b1) == ("not_poor", False, True, None)
    told = {one.rule.partition(".")[0]: one.text for one in result.reasons}
    assert "ít nhất 201 điểm: trên mức 200 điểm của “Điểm ngưỡng B1 trên của mức sống trung bình”" in told["b1"]
    assert told["class"].startswith("Hộ không nghèo: điểm B1 ít nhất 201, điểm B2 là 0; B1 trên")


def test_a_whole_table_with_the_same_points_decides() -> None:
    result = classified(replace(official(), partial=False), whole(3))
    assert (result.klass, result.complete, result.scores.b1) == ("near_poor", True, 130)
    assert classified(official(), whole(3)).klass is None


def test_the_total_of_the_paper_sheet_decides_beside_a_partial_table() -> None:
    result = classified(official(), whole(3) | {"b1": 110})
    assert (result.klass, result.kind, result.complete) == ("poor", "income", True)


def test_a_household_without_boxes_goes_by_its_income_not_by_a_part_of_the_points() -> None:
    result = classified(official(), whole(3) | {"income_month": 600_000})
    assert (result.klass, result.complete) == ("poor", True)


def households() -> Iterator[dict[str, Any]]:
    for size in (*POINTS, 4):
        yield whole(size)
        yield whole(size, toilet=None)
        yield whole(size) | {"b1": 140}
        yield whole(size) | {"income_month": 800_000}


@pytest.mark.parametrize("table", [official(), replace(official(), partial=False)], ids=["partial", "whole"])
def test_engine_and_columns_agree_on_partial_and_whole_tables(table: B1Table) -> None:
    drawn = random_households(3_000, seed=5, standard=QD59, on=ON, area_type=RURAL, b1_table=table)
    inputs = [*households(), *drawn]
    engine = as_columns(QD59, by_engine(QD59, inputs, on=ON, area_type=RURAL, b1_table=table, variant="rrd"))
    columns = classify_columns(QD59, table_of(inputs, table), on=ON, area_type=RURAL, b1_table=table, variants="rrd")
    assert differences(columns, engine) == {}
    assert {True, False} <= set(engine.complete.tolist())
