"""The table that the columns take, the short forms, and what is refused."""

import tracemalloc
from dataclasses import fields, replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from benchmarks.inputs import random_inputs
from benchmarks.rivals import classify_numpy
from benchmarks.tables import random_table
from households.criteria.b1.parts import B1Table, Group, Option
from households.criteria.b1.shelf import demonstration
from households.criteria.columns.block import BLOCK
from households.criteria.columns.classify import classify_columns
from households.criteria.columns.fitting import TableFaultError
from households.criteria.columns.reading import table_of
from households.criteria.columns.table import NO_MONEY, Columns, Form, Table
from households.criteria.engine.faults import NotPreparedError
from households.criteria.law.parts import AreaType, SizeTest
from households.criteria.law.shelf import standard
from tests.criteria.agreeing import as_columns, by_engine, differences
from tests.criteria.random_households import random_households

ND07, QD59 = standard("nd07-2021"), standard("qd59-2015")
ON = date(2024, 10, 1)
RURAL, URBAN = AreaType.RURAL, AreaType.URBAN


def classified(table: Table, **given: Any) -> Columns:
    return classify_columns(ND07, table, **{"on": ON, "area_type": RURAL} | given)


# what goes in


@pytest.mark.parametrize("gaps", [0.0, 0.1])
def test_columns_of_inputs_are_the_columns_they_were_made_of(gaps: float) -> None:
    table = random_table(ND07, 500, gaps=gaps)
    again = table_of(random_inputs(ND07, 500, gaps=gaps))
    for name in ("form", "offsets", "born_from", "b1"):
        np.testing.assert_array_equal(getattr(again, name), getattr(table, name))
    for name in ("members", "household", "sheet_a"):
        for code, column in getattr(table, name).items():
            np.testing.assert_array_equal(getattr(again, name)[code], column, err_msg=code)


def test_a_question_asked_of_nobody_is_open() -> None:
    table = random_table(ND07, 200)
    without = {name: column for name, column in table.members.items() if name != "health_insurance"}
    found = classified(replace(table, members=without))
    place = [one.code for one in ND07.indicators].index("health_insurance")
    known = found.indicators[:, place]
    assert set(np.unique(known)) <= {-1, 0}  # settled where nobody is six years old
    assert not found.complete[known < 0].any()


def test_no_household_at_all() -> None:
    assert classified(table_of([])).klass.tolist() == []


def test_the_border_between_two_blocks_is_no_border() -> None:
    table = random_table(ND07, BLOCK + 1)
    last = slice(int(table.offsets[BLOCK]), None)
    alone = Table(
        form=table.form[BLOCK:],
        offsets=table.offsets[BLOCK:] - table.offsets[BLOCK],
        born_from=table.born_from[last],
        born_to=table.born_to[last],
        members={name: column[last] for name, column in table.members.items()},
        household={name: column[BLOCK:] for name, column in table.household.items()},
        b1=None if table.b1 is None else table.b1[BLOCK:],
    )
    whole, one = classified(table), classified(alone)
    assert whole.klass[BLOCK] == one.klass[0]
    assert whole.indicators[BLOCK].tolist() == one.indicators[0].tolist()


# the short forms


@pytest.mark.parametrize("area_type", [RURAL, URBAN])
def test_all_points_of_the_score_form(area_type: AreaType) -> None:
    grid = [(b1, b2) for b1 in range(301) for b2 in range(0, 101, 10)]
    b1, b2 = np.array(grid).T
    found = classify_columns(QD59, Table.from_scores(b1, b2), on=date(2018, 10, 1), area_type=area_type)
    inputs = [{"b1": one, "b2": other} for one, other in grid]
    assert (
        differences(found, as_columns(QD59, by_engine(QD59, inputs, on=date(2018, 10, 1), area_type=area_type))) == {}
    )


def test_incomes_about_each_line() -> None:
    amounts = [line.of(RURAL) + beside for line in ND07.lines for beside in (-1, 0, 1)]
    grid = [(amount, number) for amount in amounts for number in range(13)]
    income, deprivations = np.array(grid).T
    sheet = np.arange(len(grid)) % 10
    found = classified(Table.from_incomes(income, deprivations, sheet))
    inputs = [{"income_month": one, "deprivations": other, "a": place % 10} for place, (one, other) in enumerate(grid)]
    assert differences(found, as_columns(ND07, by_engine(ND07, inputs, on=ON, area_type=RURAL))) == {}


def test_the_year_s_income_of_farmers_and_of_low_income_workers() -> None:
    applied = {"on": date(2025, 10, 1), "area_type": RURAL}
    inputs = random_households(1_500, seed=11, standard=ND07, forms=False, **applied)
    found, engine = classified(table_of(inputs), **applied), as_columns(ND07, by_engine(ND07, inputs, **applied))
    assert differences(found, engine) == {}
    assert set(engine.low_income_worker.tolist()) == {-1, 0, 1}
    assert {2, 3} <= set(engine.klass.tolist())


# area types and variants by household


def test_each_household_has_the_variant_of_its_own() -> None:
    b1_table, on = demonstration("qd59-2015"), date(2018, 10, 1)
    codes = [one.code for one in QD59.variants]
    chosen = [codes[number % len(codes)] for number in range(700)]
    applied = {"on": on, "b1_table": b1_table}
    inputs = random_households(700, seed=3, standard=QD59, area_type=RURAL, **applied)
    results = []
    for one, code in zip(inputs, chosen, strict=True):
        area_type = next(variant.area_type for variant in QD59.variants if variant.code == code)
        results += by_engine(QD59, [one], area_type=area_type, variant=code, **applied)
    numbers = np.array([codes.index(code) for code in chosen])
    urban = np.array([code == "urb" for code in chosen])
    found = classify_columns(QD59, table_of(inputs, b1_table), area_type=urban, variants=numbers, **applied)
    assert differences(found, as_columns(QD59, results)) == {}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"variants": None}, "cần biết vùng; nhận: rrd, nmm, ncc, ch, se, mrd"),
        ({"variants": "urb"}, "cần biết vùng"),
        ({"variants": np.array([6, 0])}, "không thuộc khu vực"),
        ({"variants": np.array([0, 7])}, "vùng phải từ 0 đến 6"),
        ({"variants": "rrd", "area_type": np.array([True, False])}, "mỗi hộ một vùng"),
    ],
)
def test_points_of_b1_need_the_region(given: dict[str, Any], said: str) -> None:
    b1_table = demonstration("qd59-2015")
    table = table_of([{"members": [{}], "household": {}}] * 2, b1_table)
    applied = {"on": date(2018, 10, 1), "area_type": RURAL} | given
    with pytest.raises(NotPreparedError, match=said):
        classify_columns(QD59, table, b1_table=b1_table, **applied)


def test_a_table_of_points_belongs_to_its_standard() -> None:
    with pytest.raises(NotPreparedError, match="là của chuẩn qd59-2015"):
        classified(table_of([{"b1": 1, "b2": 10}]), b1_table=demonstration("qd59-2015"), variants="rrd")


# what is refused


def survey(n: int = 3, **columns: Any) -> Table:
    return replace(random_table(ND07, n), **columns)


def members(name: str, value: int) -> Table:
    table = survey()
    return replace(table, members=table.members | {name: np.full(len(table.born_from), value, np.int8)})


FUTURE = np.full(len(survey().born_from), 30_000, np.int32)
WRONG = {
    "an answer beyond the options": (members("work", 7), r"Cột “work” \(Việc làm\): có câu trả lời ngoài các số"),
    "an answer below −1": (members("studying", -2), "Cột “studying”"),
    "a question nobody knows": (members("shoe_size", 1), "Không có câu hỏi “shoe_size” của thành viên"),
    "a column too short": (survey(b1=np.array([100], np.int32)), "Cột “b1” có 1 dòng, bảng có 3 hộ"),
    "an item of Phiếu A too many": (survey(a=np.array([0, 1, 10])), "Hộ thứ 3: Phiếu A .* có 9 tiêu chí"),
    "no such item of Phiếu A": (survey(sheet_a={"77": np.array([-1, 1, -1])}), "Hộ thứ 2: Phiếu A .* “77”"),
    "no such source": (survey(sources={"rent": np.array([1, 2, 3])}), "Hộ thứ 1: Phụ lục VIII .* “rent”"),
    "an answer to Phiếu A that is none": (
        survey(sheet_a={"01": np.array([1, 2, 0])}),
        "Hộ thứ 2: Phiếu A, tiêu chí 01",
    ),
    "boxes without a table of points": (survey(ticks={"size": np.array([-1, 1, -1])}), "Hộ thứ 2: Phiếu B1 .* “size”"),
    "a birth after the review": (survey(born_to=FUTURE, born_from=FUTURE), "Hộ thứ 1: có ngày sinh sau ngày rà soát"),
    "a birth too long ago": (survey(born_to=-FUTURE * 9, born_from=-FUTURE * 9), "Hộ thứ 1: có ngày sinh quá sớm"),
    "an interval the wrong way": (
        survey(born_from=FUTURE * 0 + 1, born_to=FUTURE * 0),
        "Hộ thứ 1: có ngày sinh sớm nhất",
    ),
    "a form that is none": (survey(form=np.array([2, 2, 5])), "Hộ thứ 3: không có dạng nhập này"),
    "members that are nobody's": (survey(offsets=np.array([0, 1, 2, 3])), "thành viên, các hộ nhận từ 0 đến 3"),
    "too few offsets": (survey(offsets=np.array([0, 3])), "Cột vị trí hoặc cột ngày sinh không khớp"),
    "a member's column too short": (replace(survey(), members={"work": np.array([1])}), "Cột “work” có 1 dòng; cần"),
    "an answer in fractions": (
        replace(survey(), household={"roof": np.array([0, 0.5, 1])}),
        "Cột “roof” phải là số nguyên",
    ),
    "fractions": (survey(b1=np.array([1.5, 2, 3])), "Cột “b1” phải là số nguyên, không phải float64"),
    "points below nothing": (survey(b1=np.array([1, -5, 3])), "Hộ thứ 2: “b1” là số âm"),
    "an income below nothing": (Table.from_incomes([-2], [1]), "Hộ thứ 1: thu nhập phải từ 0"),
    "points that no indicators make": (Table.from_scores([100, 100], [30, 35]), "Hộ thứ 2: tổng điểm B2"),
    "more deprivations than indicators": (Table.from_incomes([1], [13]), "Hộ thứ 1: chuẩn nd07-2021 có 12 chỉ số"),
    "a score form without B1": (Table.from_scores([100, -1], [30, 30]), "Hộ thứ 2: thiếu “b1”"),
    "an income form without income": (Table.from_incomes([NO_MONEY], [3]), "Hộ thứ 1: thiếu “income_month”"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_table_that_does_not_fit_is_refused_with_the_place(name: str) -> None:
    table, said = WRONG[name]
    with pytest.raises(TableFaultError, match=said):
        classified(table)


BOXES = (
    Option("a", "", None, {"rrd": 1}),
    Option("b", "", None, {"rrd": 2}),
    Option("c", "", SizeTest(1, 9), {"rrd": 3}),
)


@pytest.mark.parametrize(
    ("bits", "said"), [(0b011, "chỉ chọn một ô"), (0b100, "không có ô này"), (-2, "không có ô này")]
)
def test_boxes_that_cannot_be_ticked(bits: int, said: str) -> None:
    group = Group("roof", "Mái nhà", multiple=False, zero_if_all=None, options=BOXES)
    b1_table = B1Table("nd07-2021", 1, "", demonstration=False, partial=False, groups=(group,), digest="")
    table = survey(ticks={"roof": np.array([0b001, 0b010, bits])})
    with pytest.raises(TableFaultError, match=f"Hộ thứ 3: Phiếu B1, “Mái nhà”: {said}"):
        classified(table, b1_table=b1_table, variants="rrd")


@pytest.mark.parametrize(
    ("household", "said"),
    [
        ({"roof": "straw"}, r"“roof” \(Mái\): không nhận câu trả lời 'straw'"),
        ({"rooof": "durable"}, "Không có câu hỏi nào tên là rooof"),
        ({"b1": {"pension": "one"}}, "Hộ thứ 1: có ô B1 đã chọn nhưng chưa có bảng điểm B1"),
    ],
)
def test_an_answer_that_no_question_knows_stops_the_table(household: dict[str, Any], said: str) -> None:
    with pytest.raises(TableFaultError, match=said):
        table_of([{"members": [{}], "household": household}])


@pytest.mark.parametrize("column", [np.array([True]), np.array([1, 0, 1]), np.array(["urban"] * 3)])
def test_a_column_of_area_types_is_true_or_false_for_each_household(column: Any) -> None:
    with pytest.raises(TableFaultError, match="Cột khu vực phải có 3 dòng"):
        classified(survey(), area_type=column)


def twice(**household: Any) -> dict[str, Any]:
    return {"members": [{}, {}], "household": household}


INCOME = dict.fromkeys(("crops", "livestock", "farm_services", "forestry", "fishery", "salt", "business", "wages"), 0)
TWICE = {
    "more items than the number": (twice(a={"01": True, "02": True}) | {"a": 1}, "số tiêu chí Phiếu A trái với"),
    "fewer items than the number": (twice(a={f"0{n}": n == 1 for n in range(1, 10)}) | {"a": 2}, "Phiếu A trái với"),
    "an income and another": (
        twice(annual_income=INCOME | {"other": 24_000_001}) | {"income_month": 999_999},
        "trái với Phụ lục VIII",
    ),
}


@pytest.mark.parametrize("name", TWICE)
def test_what_is_said_in_two_ways_must_agree(name: str) -> None:
    one, said = TWICE[name]
    with pytest.raises(TableFaultError, match=f"Hộ thứ 2: .*{said}"):
        classified(table_of([twice(), one]))


def test_what_is_said_in_two_ways_alike_is_taken() -> None:
    income = twice(annual_income=INCOME | {"other": 24_000_001})
    inputs = [
        income | {"income_month": 1_000_000},
        income | {"income_month": 1_000_001},
        twice(a={"01": True}) | {"a": 5},
    ]
    assert classified(table_of(inputs)).a.tolist() == [-1, -1, 5]


def test_points_written_down_and_boxes_ticked_contradict() -> None:
    inputs = [{"b1": 100, "members": [{}], "household": {"b1": {"house": []}}}]
    b1_table = demonstration("qd59-2015")
    with pytest.raises(TableFaultError, match="Hộ thứ 1: đã ghi tổng điểm B1 mà còn chọn ô"):
        classify_columns(
            QD59, table_of(inputs, b1_table), on=date(2018, 10, 1), area_type=RURAL, b1_table=b1_table, variants="rrd"
        )


def test_a_household_needs_members_and_not_too_many() -> None:
    empty = survey(offsets=np.array([0, 2, 2, 3]), born_from=np.zeros(3, np.int32), born_to=np.zeros(3, np.int32))
    with pytest.raises(TableFaultError, match="Hộ thứ 2: hộ không có thành viên nào"):
        classified(replace(empty, members={}))
    many = np.zeros(61, np.int32)
    crowd = Table(np.full(1, Form.SURVEY, np.int8), np.array([0, 61]), many, many, {}, {})
    with pytest.raises(TableFaultError, match="Hộ thứ 1: hộ có quá 60 thành viên"):
        classified(crowd)


def test_scores_are_refused_where_the_standard_has_no_score_rules() -> None:
    with pytest.raises(TableFaultError, match="Hộ thứ 1: chuẩn qd09-2011 không phân loại theo điểm B1"):
        classify_columns(standard("qd09-2011"), Table.from_scores([1], [0]), on=date(2013, 10, 1), area_type=RURAL)


# beside the rival, and small


@pytest.mark.parametrize("gaps", [0.0, 0.05])
@pytest.mark.parametrize("law", [ND07, QD59], ids=lambda law: law.code)
def test_the_rival_of_the_benchmark_gives_the_same(law: Any, gaps: float) -> None:
    table, on = random_table(law, 20_000, gaps=gaps), date(law.applications[0].first, 2, 28)
    ours = classify_columns(law, table, on=on, area_type=URBAN)
    assert differences(ours, classify_numpy.classify(law.code, table, on=on, urban=True)) == {}


def test_what_is_worked_out_on_the_way_stays_small() -> None:
    table = random_table(ND07, 100_000)
    tracemalloc.start()
    found = classified(table)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    answer = sum(getattr(found, column.name).nbytes for column in fields(Columns))
    assert peak - answer < 10_000_000
