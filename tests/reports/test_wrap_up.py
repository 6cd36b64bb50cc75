"""The wrap-up of a period, written from figures in memory: headings, words, tables, and that nothing is lost."""

import json
from datetime import date

import pytest

from povertyportal.documents.charts import chart_svg
from reports.definitions.base import Place
from reports.definitions.letterhead import letterhead, place_name
from reports.tables import Cell, Chart, FigureKey, Missing, Paragraph, ReportData, Scope, Section, Table
from tests.reports.figures import (
    HA_LONG,
    HA_QUANG,
    example_figures,
    example_rows,
    figure,
    from_row,
    sections_of,
    wrap_up,
)

PLACES = {"193": HA_LONG, "045": HA_QUANG}


def text_of(section: Section) -> str:
    paragraphs = [block for block in section.blocks if isinstance(block, Paragraph)]
    return " ".join(sentence.text for paragraph in paragraphs for sentence in paragraph.sentences)


def keys_in_text(report: ReportData) -> set[FigureKey]:
    found = set()
    for section in sections_of(report).values():
        for block in section.blocks:
            if isinstance(block, Paragraph):
                found |= {key for one in block.sentences for number in one.numbers for key in number.keys}
            elif isinstance(block, Table):
                found |= keys_in_table(block)
    return found


def keys_in_table(table: Table) -> set[FigureKey]:
    return {key for row in table.rows for cell in row if cell.number for key in cell.number.keys}


@pytest.mark.parametrize("area", PLACES)
def test_every_figure_of_the_two_districts_stands_in_the_text_and_in_the_appendix(area: str) -> None:
    report = wrap_up(PLACES[area], example_figures(area))
    stated = {one.key for one in example_figures(area)}
    assert keys_in_table(report.appendices[0]) == stated
    assert keys_in_text(report) == stated


def test_ha_long_falls_from_991_to_62_poor_and_from_1046_to_144_near_poor_households() -> None:
    poverty = sections_of(wrap_up(HA_LONG, example_figures("193")))["Kết quả giảm hộ nghèo, hộ cận nghèo"]
    told = text_of(poverty)
    assert "có 991 hộ nghèo (gồm cả huyện Hoành Bồ cũ), chiếm 1,15%" in told
    assert "còn 62 hộ nghèo, chiếm 0,07%" in told
    assert "có 1.046 hộ cận nghèo" in told
    assert "còn 144 hộ cận nghèo" in told
    assert "số hộ nghèo giảm 929 hộ (tương ứng giảm 93,74%), bình quân mỗi năm giảm 185,8 hộ" in told


def test_the_change_table_subtracts_counts_and_gives_points_for_rates() -> None:
    poverty = sections_of(wrap_up(HA_LONG, example_figures("193")))["Kết quả giảm hộ nghèo, hộ cận nghèo"]
    [table] = [block for block in poverty.blocks if isinstance(block, Table)]
    rows = [[cell.text for cell in row] for row in table.rows]
    assert rows[0] == ["Số hộ nghèo", "hộ", "991", "62", "-929", "-93,74"]
    assert rows[1] == ["Tỷ lệ hộ nghèo", "%", "1,15", "0,07", "-1,08", "-"]
    assert rows[2] == ["Số hộ cận nghèo", "hộ", "1.046", "144", "-902", "-86,23"]


def test_ha_quang_lends_to_9231_households_and_keeps_published_units() -> None:
    sections = sections_of(wrap_up(HA_QUANG, example_figures("045")))
    assert "9.231 hộ được vay vốn" in text_of(sections["Tín dụng chính sách xã hội"])
    assert "296,677 tỷ đồng" in text_of(sections["Tín dụng chính sách xã hội"])
    assert "84.184,73 triệu đồng" in text_of(sections["Hỗ trợ phát triển sản xuất, đa dạng hóa sinh kế"])


def test_what_the_portal_does_not_know_is_marked_and_never_invented() -> None:
    sections = sections_of(wrap_up(HA_QUANG, example_figures("045")))
    for title in ("Thuận lợi", "Khó khăn", "Trợ giúp pháp lý", "Bài học kinh nghiệm", "Đề xuất, kiến nghị"):
        assert [type(block) for block in sections[title].blocks] == [Missing]


def test_targets_of_the_next_period_stand_apart_from_results() -> None:
    sections = sections_of(wrap_up(HA_LONG, example_figures("193")))
    assert "Số hộ nghèo giảm bình quân 25% mỗi năm" in text_of(sections["Mục tiêu giai đoạn 2021 - 2025"])
    results = [text_of(section) for title, section in sections.items() if not title.startswith("Mục tiêu")]
    assert not any("25%" in told for told in results)


def test_unknown_measures_and_programmes_get_a_table_of_their_own() -> None:
    strange = figure("bridges", "7", "cầu", programme="DA-MOI")
    report = wrap_up(HA_LONG, [strange])
    [table] = sections_of(report)["Các chỉ tiêu khác"].blocks
    assert isinstance(table, Table)
    assert [cell.text for cell in table.rows[0]] == ["bridges", "DA-MOI", "7", "cầu", "2016 - 2020"]
    assert strange.key in keys_in_table(report.appendices[0])


def test_figures_of_another_place_make_its_wrap_up_with_no_code_touched() -> None:
    rows = [
        {**row, "area_code": "20017", "boundary_on": "2026-01-01"}
        for row in example_rows()
        if row["area_code"] == "193"
    ]
    place = Place("20017", "commune", "Xã", "Một Nơi Khác", "Thành phố", "Đà Nẵng")
    report = wrap_up(place, [from_row(row) for row in rows])
    told = text_of(sections_of(report)["Kết quả giảm hộ nghèo, hộ cận nghèo"])
    assert told.startswith("Đầu năm 2016, toàn xã có 991 hộ nghèo")
    assert report.letterhead.parent_body == "Ủy ban nhân dân thành phố Đà Nẵng"
    assert "Hạ Long" not in " ".join(line for line in report.basis if "Nguồn" not in line)


def test_an_area_without_figures_gets_every_heading_marked_and_no_appendix() -> None:
    report = wrap_up(HA_LONG, [])
    blocks = [block for section in sections_of(report).values() for block in section.blocks]
    assert {type(block) for block in blocks} == {Missing}
    assert (report.appendices, report.basis) == ((), ())


def test_a_series_of_many_years_is_a_table_by_day() -> None:
    years = [
        figure("poor_households", str(90 - year), on=date(2015 + year, 12, 31), standard="qd59-2015")
        for year in range(1, 6)
    ]
    [table] = [block for block in sections_of(wrap_up(HA_LONG, years))["Kết quả giảm hộ nghèo, hộ cận nghèo"].blocks
               if isinstance(block, Table)]  # fmt: skip
    assert [row[0].text for row in table.rows] == [f"Cuối năm {year}" for year in range(2016, 2021)]
    assert [row[1].text for row in table.rows] == ["89", "88", "87", "86", "85"]


def test_the_later_statement_is_told_and_both_stand_in_the_appendix() -> None:
    early = figure("loan_households", "10", programme="TDCS", boundary_on=date(2020, 9, 1))
    late = figure("loan_households", "12", programme="TDCS", boundary_on=date(2020, 12, 1))
    report = wrap_up(HA_LONG, [late, early])
    assert "Có 12 hộ" in text_of(sections_of(report)["Tín dụng chính sách xã hội"])
    assert keys_in_table(report.appendices[0]) == {early.key, late.key}


def test_charts_hold_exact_values_as_text_and_labels_with_decimal_comma() -> None:
    reports = [wrap_up(place, example_figures(area)) for area, place in PLACES.items()]
    blocks = [block for one in reports for section in sections_of(one).values() for block in section.blocks]
    charts = {block.code: block for block in blocks if isinstance(block, Chart)}
    assert set(charts) == {"bieu-do-ho-ngheo", "bieu-do-kinh-phi"}
    poverty = charts["bieu-do-ho-ngheo"].spec["data"]["values"]
    assert [(row["gia_tri"], row["nhan"]) for row in poverty] == [
        ("991", "991"),
        ("62", "62"),
        ("1046", "1.046"),
        ("144", "144"),
    ]
    assert "float" not in {type(value).__name__ for row in poverty for value in row.values()}
    assert json.dumps(charts["bieu-do-kinh-phi"].spec)


def test_no_name_in_the_money_chart_is_cut() -> None:
    sections = sections_of(wrap_up(PLACES["045"], example_figures("045"))).values()
    [chart] = [
        block for one in sections for block in one.blocks if isinstance(block, Chart) and "kinh-phi" in block.code
    ]
    drawn = chart_svg(chart.spec, ident="c", title=chart.title, description="")
    assert "…" not in drawn
    for row in chart.spec["data"]["values"]:
        assert all(line in drawn for line in row["chuong_trinh"].split("\n"))


def test_the_map_the_standard_and_the_source_are_named() -> None:
    basis = wrap_up(HA_LONG, example_figures("193")).basis
    assert (
        basis[0] == "Số liệu của thành phố Hạ Long theo địa giới hành chính ngày 29/12/2020 (gồm cả huyện Hoành Bồ cũ)."
    )
    assert "Quyết định số 59/2015/QĐ-TTg" in basis[1]
    assert "Nghị định số 07/2021/NĐ-CP" in basis[2]
    assert basis[-1].startswith("Nguồn: Báo cáo tổng kết giai đoạn 2016 - 2020 của thành phố Hạ Long")


def test_the_opening_cites_only_documents_that_existed_on_the_day() -> None:
    opening = " ".join(
        sentence.text for one in wrap_up(HA_LONG, example_figures("193")).opening for sentence in one.sentences
    )
    assert "Căn cứ Quyết định số 59/2015/QĐ-TTg" in opening
    assert "07/2021" not in opening


@pytest.mark.parametrize(
    ("place", "issuing", "parent", "head"),
    [
        (HA_LONG, "Ủy ban nhân dân thành phố Hạ Long", "Ủy ban nhân dân tỉnh Quảng Ninh", "Hạ Long"),
        (Place("04", "province", "Tỉnh", "Cao Bằng"), "Ủy ban nhân dân tỉnh Cao Bằng", "", "Cao Bằng"),
        (
            Place("26734", "commune", "Phường", "1", "Quận", "3"),
            "Ủy ban nhân dân phường 1", "Ủy ban nhân dân quận 3", "Phường 1",
        ),
        (
            Place("79", "province", "Thành phố", "Hồ Chí Minh"),
            "Ủy ban nhân dân thành phố Hồ Chí Minh", "", "Thành phố Hồ Chí Minh",
        ),
        (
            Place("01392", "commune", "Xã", "Trường Hà", "Tỉnh", "Cao Bằng"),
            "Ủy ban nhân dân xã Trường Hà", "Ủy ban nhân dân tỉnh Cao Bằng", "Trường Hà",
        ),
    ],
)  # fmt: skip
def test_the_head_names_the_committee_and_its_superior(place: Place, issuing: str, parent: str, head: str) -> None:
    day = date(2026, 1, 1)
    scope = Scope(place.code, f"{place.type} {place.name}", place.type, day, day, day, day)
    letter = letterhead(place, scope, "Tổng kết")
    assert (letter.issuing_body, letter.parent_body, place_name(place)) == (issuing, parent, head)


@pytest.mark.parametrize(
    ("on", "ministry"),
    [(date(2025, 2, 28), "Bộ Lao động - Thương binh và Xã hội"), (date(2025, 3, 1), "Bộ Nông nghiệp và Môi trường")],
)
def test_a_province_reports_to_the_ministry_in_charge_on_the_day(on: date, ministry: str) -> None:
    letter = letterhead(Place("04", "province", "Tỉnh", "Cao Bằng"), Scope("04", "", "", on, on, on, on), "Tổng kết")
    assert letter.recipients[0] == f"{ministry} (để báo cáo)"


def test_cells_with_a_number_show_exactly_that_number() -> None:
    for area, place in PLACES.items():
        for table in wrap_up(place, example_figures(area)).appendices:
            cells: list[Cell] = [cell for row in table.rows for cell in row if cell.number]
            assert all(cell.number and cell.text == cell.number.text for cell in cells)
