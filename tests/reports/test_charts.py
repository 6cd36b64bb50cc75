"""What a chart may show: one standard, one territory, one unit, one kind of money; and that all its words can be read."""

from datetime import date
from typing import Any

import pytest

from povertyportal.documents.charts import chart_svg
from reports.charts.money import money_charts
from reports.charts.poverty import poverty_charts
from reports.sentences.series import points_of, series_words
from reports.tables import Chart, Figure, Scope
from tests.reports.figures import FIRST, LAST, example_figures, figure

DAY = date(2020, 12, 31)
SCOPE = Scope("193", "Thành phố Hạ Long", "Thành phố", DAY, FIRST, LAST, DAY)
CODES = ("TIENDIEN", "NHAO", "BHYT")


def households(value: str, day: date, standard: str = "qd59-2015", unit: str = "hộ", **more: Any) -> Figure:
    return figure(more.pop("measure", "poor_households"), value, unit, on=day, standard=standard, **more)


def drawn(*figures: Figure) -> tuple[Chart, ...]:
    series = [(words, points_of(words, figures)) for words in series_words()]
    return poverty_charts(series[:2], SCOPE, "giai đoạn 2016 - 2020")


def bars(chart: Chart) -> list[tuple[str, str]]:
    return [(row["moc"], row["nhan"]) for row in chart.spec["data"]["values"]]


def money(
    value: str, programme: str, measure: str = "budget_disbursed", unit: str = "triệu đồng", **more: str
) -> Figure:
    return figure(measure, value, unit, programme=programme, **more)


def test_no_chart_is_drawn_across_a_change_of_standard_even_where_no_standard_is_named() -> None:
    late = households("100", date(2024, 12, 31), "")
    assert drawn(households("3000", date(2021, 12, 31), ""), late) == ()
    assert drawn(households("3000", date(2021, 12, 31)), households("100", date(2024, 12, 31), "nd07-2021")) == ()
    [chart] = drawn(households("3000", date(2021, 12, 31), ""), households("120", date(2022, 12, 31), ""), late)
    assert bars(chart) == [("Cuối năm 2022", "120"), ("Cuối năm 2024", "100")]


def test_no_chart_compares_two_territories_or_two_units_or_an_approximation() -> None:
    first, last = households("90", FIRST), households("30", LAST)
    assert drawn(first, last)
    assert drawn(households("90", FIRST, same_since=FIRST), households("30", LAST, same_since=LAST)) == ()
    assert drawn(first, households("0.03", LAST, unit="nghìn hộ")) == ()
    assert drawn(first, households("30", LAST, qualifier="nearly")) == ()


def test_series_in_two_units_get_a_chart_each() -> None:
    poor = [households("90", FIRST), households("30", LAST)]
    near = [
        households(text, day, unit="nghìn hộ", measure="near_poor_households")
        for text, day in (("2.5", FIRST), ("2", LAST))
    ]
    charts = drawn(*poor, *near)
    assert [chart.spec["encoding"]["y"]["title"] for chart in charts] == ["Số hộ", "Nghìn hộ"]
    assert len({chart.code for chart in charts}) == 2


def test_only_the_ends_of_the_period_are_called_so() -> None:
    [whole] = drawn(households("90", date(2015, 12, 31)), households("30", LAST))
    assert [mark for mark, _value in bars(whole)] == ["Đầu kỳ", "Cuối kỳ"]
    assert whole.title == "Số hộ nghèo đầu kỳ và cuối kỳ, giai đoạn 2016 - 2020"
    [part] = drawn(households("90", date(2017, 7, 1)), households("30", LAST))
    assert [mark for mark, _value in bars(part)] == ["Ngày 01/7/2017", "Cuối kỳ"]
    assert part.title.startswith("Số hộ nghèo ngày 01/7/2017 và cuối kỳ")


def test_the_title_names_what_is_drawn_and_its_standard_where_there_are_two() -> None:
    near = [households(text, day, measure="near_poor_households") for text, day in (("9", FIRST), ("8", LAST))]
    [chart] = drawn(*near)
    assert chart.title.startswith("Số hộ cận nghèo đầu kỳ")
    [chart] = drawn(*near, households("7", date(2015, 12, 31), "qd09-2011"))
    assert chart.title.endswith("theo chuẩn nghèo tiếp cận đa chiều giai đoạn 2016 - 2020")


def test_each_kind_of_money_has_a_chart_of_its_own() -> None:
    planned = [money("250", code, "budget_planned", "tỷ đồng") for code in CODES]
    spent = [money(text, code) for text, code in zip(("2", "3", "1"), CODES, strict=True)]
    lent = money("9", "TDCS", "loan_amount", "tỷ đồng")
    charts = money_charts([*planned, *spent, lent], SCOPE)
    assert [chart.title.partition(" phân theo")[0] for chart in charts] == [
        "Kinh phí theo kế hoạch",
        "Kinh phí thực hiện",
    ]
    assert [row["nhan"] for row in charts[1].spec["data"]["values"]] == ["3 triệu đồng", "2 triệu đồng", "1 triệu đồng"]


def test_no_bar_stands_on_another() -> None:
    twice = [money("5", "NHAO"), money("4", "NHAO", standard="qd59-2015"), money("3", "BHYT"), money("2", "TIENDIEN")]
    [chart] = money_charts(twice, SCOPE)
    names = [row["chuong_trinh"] for row in chart.spec["data"]["values"]]
    assert len(set(names)) == 4
    assert chart.spec["encoding"]["x"]["stack"] is None


@pytest.mark.parametrize(
    ("unit", "axis"), [("tỷ đồng", "tỷ đồng"), ("triệu đồng", "triệu đồng"), ("nghìn đồng", "nghìn đồng")]
)
def test_the_axis_of_money_takes_the_unit_that_the_largest_bar_fills(unit: str, axis: str) -> None:
    [chart] = money_charts(
        [money("60", "NHAO", unit=unit), money("2", "BHYT", unit=unit), money("1", "TIENDIEN", unit=unit)], SCOPE
    )
    assert chart.spec["encoding"]["x"]["title"] == axis
    assert all(f">{tick}<" in svg(chart) for tick in ("0", "20", "40", "60"))


def svg(chart: Chart) -> str:
    return chart_svg(chart.spec, ident="c", title=chart.title, description=chart.description)


def test_a_row_is_as_high_as_its_longest_name_and_the_largest_that_fit_a_page_are_drawn() -> None:
    name = "Chương trình có tên rất dài " * 5
    [chart] = money_charts([money(str(number), f"{name}{number}") for number in range(1, 21)], SCOPE)
    rows = chart.spec["data"]["values"]
    lines = max(len(row["chuong_trinh"].split("\n")) for row in rows)
    assert lines > 2
    assert chart.spec["height"]["step"] >= 14 * lines
    assert chart.spec["height"]["step"] * len(rows) <= 640
    assert rows[0]["nhan"] == "20 triệu đồng"
    assert f"{len(rows)} dòng lớn nhất" in chart.title


def test_short_names_leave_room_for_fourteen_rows_and_the_rest_is_said_to_be_missing() -> None:
    [chart] = money_charts([money(str(number), f"P{number}") for number in range(1, 21)], SCOPE)
    assert len(chart.spec["data"]["values"]) == 14
    assert "14 dòng lớn nhất" in chart.title
    assert "cả 20 chương trình" in chart.description


def test_a_handful_of_households_is_counted_in_whole_ticks() -> None:
    [chart] = drawn(households("3", FIRST), households("2", LAST))
    assert all(f">{tick}<" in svg(chart) for tick in "0123")
    assert "0,5" not in svg(chart)


def test_the_two_districts_have_the_charts_of_their_figures() -> None:
    charts = money_charts(example_figures("045"), SCOPE)
    assert [len(chart.spec["data"]["values"]) for chart in charts] == [4, 4]
    assert (
        "Nhiều nhất là Hỗ trợ phát triển sản xuất, đa dạng hóa sinh kế với 84.184,73 triệu đồng"
        in charts[0].description
    )
