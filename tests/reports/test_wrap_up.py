"""The wrap-up of a period, written from figures in memory: headings, words, tables, and that nothing is lost."""

import json
from datetime import date

import pytest

from povertyportal.documents.charts import chart_svg
from programs.catalogue import programmes
from reports.definitions.base import Place
from reports.definitions.letterhead import letterhead, place_name
from reports.definitions.tong_ket import letter
from reports.definitions.topics import OTHER, topic_of
from reports.tables import Cell, Chart, Figure, FigureKey, Missing, Paragraph, ReportData, Scope, Section, Table
from tests.reports.figures import (
    FIRST,
    HA_LONG,
    HA_QUANG,
    LAST,
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
    assert set(charts) == {"bieu-do-ho-ngheo", "bieu-do-kinh-phi", "bieu-do-kinh-phi-2"}
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
    charts = [
        block for one in sections for block in one.blocks if isinstance(block, Chart) and "kinh-phi" in block.code
    ]
    drawn = "".join(chart_svg(chart.spec, ident="c", title=chart.title, description="") for chart in charts)
    names = [row["chuong_trinh"] for chart in charts for row in chart.spec["data"]["values"]]
    assert "…" not in drawn
    assert names
    assert all(line in drawn for name in names for line in name.split("\n"))


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
            "Ủy ban nhân dân Phường 1", "Ủy ban nhân dân Quận 3", "Phường 1",
        ),
        (
            Place("79", "province", "Thành phố", "Hồ Chí Minh"),
            "Ủy ban nhân dân Thành phố Hồ Chí Minh", "", "Thành phố Hồ Chí Minh",
        ),
        (
            Place("01392", "commune", "Xã", "Trường Hà", "Tỉnh", "Cao Bằng"),
            "Ủy ban nhân dân xã Trường Hà", "Ủy ban nhân dân tỉnh Cao Bằng", "Trường Hà",
        ),
        (
            Place("26794", "commune", "Phường", "Võ Thị Sáu", "Thành phố", "Hồ Chí Minh"),
            "Ủy ban nhân dân Phường Võ Thị Sáu", "Ủy ban nhân dân Thành phố Hồ Chí Minh", "Phường Võ Thị Sáu",
        ),
        (
            Place("25117", "commune", "Phường", "V", "Thành phố", "Vị Thanh"),
            "Ủy ban nhân dân Phường V", "Ủy ban nhân dân thành phố Vị Thanh", "Phường V",
        ),
    ],
)  # fmt: skip
def test_the_head_names_the_committee_and_its_superior(place: Place, issuing: str, parent: str, head: str) -> None:
    day = date(2026, 1, 1)
    scope = Scope(place.code, f"{place.type} {place.name}", place.type, day, day, day, day)
    letter = letterhead(place, scope, "Tổng kết")
    assert (letter.issuing_body, letter.parent_body, place_name(place)) == (issuing, parent, head)


def test_a_place_is_named_the_same_in_every_sentence_and_not_broken_in_titles() -> None:
    report = wrap_up(Place("760", "district", "Quận", "1", "Thành phố", "Hồ Chí Minh"), example_figures("193"))
    opening, closing = report.opening[-1].sentences[0].text, report.closing[0].sentences[0].text
    assert opening.startswith("Ủy ban nhân dân Quận 1 báo cáo")
    assert "trên địa bàn Quận 1 của Ủy ban nhân dân Quận 1" in closing
    assert "toàn quận có 991 hộ" in text_of(sections_of(report)["Kết quả giảm hộ nghèo, hộ cận nghèo"])
    assert report.letterhead.subject.endswith("trên địa bàn Quận\u00a01")
    assert report.appendices[0].title.endswith("của Quận\u00a01")
    assert Place("1", "commune", "Xã", "Nậm " * 9).in_title.count("\u00a0") == 0


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


FROM_2021, TO_2025 = date(2021, 1, 1), date(2025, 12, 31)


def of_2021(measure: str, value: str, unit: str, programme: str) -> Figure:
    return figure(measure, value, unit, programme=programme, first=FROM_2021, last=TO_2025)


PROJECTS = [
    of_2021("works", "12", "công trình", "GNBV-2021-DA1"),
    of_2021("budget_planned", "250", "tỷ đồng", "GNBV-2021-DA2"),
    of_2021("budget_disbursed", "230.12", "tỷ đồng", "GNBV-2021-DA2"),
    of_2021("supported_households", "40", "hộ", "GNBV-2021-DA3"),
    of_2021("trainees_total", "300", "học viên", "GNBV-2021-DA4"),
    of_2021("supported_households", "14", "hộ", "GNBV-2021-DA5"),
    of_2021("budget_disbursed", "2", "tỷ đồng", "GNBV-2021-DA6"),
    of_2021("budget_disbursed", "3", "tỷ đồng", "GNBV-2021-DA7"),
    of_2021("budget_allocated", "400", "tỷ đồng", "GNBV-2021"),
]


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Đầu tư cơ sở hạ tầng theo Dự án 1", "Dự án 1 đầu tư 12 công trình"),
        ("Hỗ trợ phát triển sản xuất, đa dạng hóa sinh kế", "kinh phí theo kế hoạch 250 tỷ đồng"),
        ("Hỗ trợ phát triển sản xuất, đa dạng hóa sinh kế", "Có 40 hộ được hỗ trợ phát triển sản xuất"),
        ("Đào tạo nghề, giải quyết việc làm", "300 học viên"),
        ("Hỗ trợ nhà ở", "Có 14 hộ được hỗ trợ nhà ở theo Dự án 5"),
        ("Truyền thông và giảm nghèo về thông tin", "2 tỷ đồng"),
        ("Nâng cao năng lực và giám sát, đánh giá", "3 tỷ đồng"),
        ("Nguồn lực thực hiện", "400 tỷ đồng"),
    ],
)
def test_each_project_of_2021_2025_stands_under_its_own_heading(title: str, said: str) -> None:
    sections = sections_of(wrap_up(HA_LONG, PROJECTS, first=FROM_2021, last=TO_2025))
    assert said in text_of(sections[title])
    assert "Các chỉ tiêu khác" not in sections


def test_a_heading_names_only_programmes_whose_figures_stand_below_it() -> None:
    assert "Đầu tư cơ sở hạ tầng" in sections_of(wrap_up(HA_LONG, []))
    both = sections_of(wrap_up(HA_QUANG, example_figures("045")))
    assert "Đầu tư cơ sở hạ tầng theo Chương trình 30a và Chương trình 135" in both


def test_every_programme_of_the_catalogue_has_a_heading() -> None:
    lost = [code for code in programmes() if topic_of(figure("works", "1", "công trình", programme=code)) is OTHER]
    assert lost == []


def test_headings_are_never_cut_off_where_the_letters_end() -> None:
    letters = [letter(place) for place in range(60)]
    assert letters[:5] == ["a", "b", "c", "d", "đ"]
    assert len(set(letters)) == 60


def test_plan_and_spending_stand_in_rows_that_say_which_is_which() -> None:
    sections = sections_of(wrap_up(HA_LONG, PROJECTS, first=FROM_2021, last=TO_2025))
    [table] = [block for block in sections["Tổng hợp theo chương trình, chính sách"].blocks if isinstance(block, Table)]
    of_project = [
        [cell.text.replace("\u00a0", " ") for cell in row[2:5]] for row in table.rows if "Dự án 2" in row[1].text
    ]
    assert of_project == [["-", "Kế hoạch", "250 tỷ đồng"], ["-", "Thực hiện", "230,12 tỷ đồng"]]


def test_values_in_several_units_carry_their_own_in_the_table() -> None:
    figures = [
        figure("near_poor_households", "15000", on=FIRST, standard="qd59-2015"),
        figure("near_poor_households", "5.5", "nghìn hộ", on=LAST, standard="qd59-2015"),
    ]
    poverty = sections_of(wrap_up(HA_LONG, figures))["Kết quả giảm hộ nghèo, hộ cận nghèo"]
    [table] = [block for block in poverty.blocks if isinstance(block, Table)]
    shown = [cell.text for cell in table.rows[0]]
    assert shown == ["Số hộ cận nghèo", "như ghi", "15.000 hộ", "5,5 nghìn hộ", "-9,5 nghìn hộ", "-63,33"]


def test_a_target_for_a_day_is_a_target_by_the_end_of_its_year() -> None:
    aim = figure("target_poor_rate", "1", "percent", on=date(2021, 12, 31), qualifier="target")
    sections = sections_of(wrap_up(HA_LONG, [aim]))
    assert "phấn đấu" in text_of(sections["Mục tiêu đến cuối năm 2021"])


def test_figures_without_a_standard_are_not_said_to_follow_one() -> None:
    mixed = [figure("poor_households", "9", on=FIRST), figure("poor_households", "8", on=LAST, standard="qd59-2015")]
    report = wrap_up(HA_LONG, mixed)
    assert not any("Căn cứ" in sentence.text for one in report.opening for sentence in one.sentences)
    assert any("01/01/2016 có chỉ tiêu không nêu tính theo chuẩn nghèo nào" in line for line in report.basis)
    assert not any(line.startswith("Hộ nghèo, hộ cận nghèo tính theo") for line in report.basis)


def test_a_report_is_not_sent_to_a_ministry_that_ended_before_its_period_did() -> None:
    scope = Scope("04", "", "", date(2024, 12, 31), FROM_2021, TO_2025, date(2024, 12, 31))
    letter = letterhead(Place("04", "province", "Tỉnh", "Cao Bằng"), scope, "Tổng kết")
    assert letter.recipients[0].startswith("Bộ Nông nghiệp và Môi trường")


def test_households_in_all_stand_in_the_row_of_their_day() -> None:
    days = [date(year, 12, 31) for year in range(2016, 2020)]
    poor = [figure("poor_households", "9", on=day, standard="qd59-2015") for day in days]
    wholes = [figure("households", "100", on=day) for day in days]
    poverty = sections_of(wrap_up(HA_LONG, poor + wholes))["Kết quả giảm hộ nghèo, hộ cận nghèo"]
    [table] = [block for block in poverty.blocks if isinstance(block, Table)]
    assert [[cell.text for cell in row[:3]] for row in table.rows] == [
        [f"Cuối năm {day.year}", "9", "100"] for day in days
    ]


def test_standards_are_named_in_the_order_they_were_applied() -> None:
    both = [
        figure("poor_households", "9", on=date(2021, 12, 31), standard=standard)
        for standard in ("nd07-2021", "qd59-2015")
    ]
    assert wrap_up(HA_LONG, both, first=FROM_2021, last=TO_2025).standards == ("qd59-2015", "nd07-2021")


def test_rows_of_several_standards_say_which_is_which() -> None:
    figures = [
        figure("poor_households", "9", on=FIRST),
        figure("poor_households", "8", on=LAST, standard="qd59-2015"),
    ]
    poverty = sections_of(wrap_up(HA_LONG, figures))["Kết quả giảm hộ nghèo, hộ cận nghèo"]
    [table] = [block for block in poverty.blocks if isinstance(block, Table)]
    assert [row[0].text for row in table.rows] == ["Số hộ nghèo (không nêu chuẩn)", "Số hộ nghèo (chuẩn 2016 - 2020)"]


def test_a_day_stated_by_two_standards_has_the_older_one_first() -> None:
    old = [figure("poor_households", "9", on=date(year, 12, 31), standard="qd59-2015") for year in (2020, 2021)]
    new = [figure("poor_households", "20", on=date(year, 12, 31), standard="nd07-2021") for year in (2021, 2022, 2023)]
    report = wrap_up(HA_LONG, [*new, *old], first=FROM_2021, last=TO_2025)
    [table] = [
        block for block in sections_of(report)["Kết quả giảm hộ nghèo, hộ cận nghèo"].blocks if isinstance(block, Table)
    ]
    shown = [[row[0].text, row[1].text, row[-1].text] for row in table.rows]
    assert shown[1:3] == [["Cuối năm 2021", "9", "2016 - 2020"], ["Cuối năm 2021", "20", "2021 - 2025"]]
