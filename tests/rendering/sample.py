"""A wrap-up made by hand from published figures, for the renderers: every kind of block, two appendices."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from povertyportal.documents.parts import Letterhead, Signatory
from reports.tables import (
    Cell,
    Chart,
    Column,
    Figure,
    FigureKey,
    Finding,
    Missing,
    Number,
    Paragraph,
    Qualifier,
    ReportData,
    Scope,
    Section,
    Sentence,
    Table,
)

MAP = date(2020, 12, 29)
START, END = date(2016, 1, 1), date(2020, 12, 31)


def key(measure: str, first: date, last: date, programme: str = "", standard: str = "qd59-2015") -> FigureKey:
    return FigureKey("193", MAP, standard, programme, measure, first, last)


def figure(found: FigureKey, value: str, unit: str, **more: object) -> Figure:
    return Figure(found, Decimal(value), unit, published=value, report="S1", **more)  # type: ignore[arg-type]


FIGURES = (
    figure(key("poor_households", START, START), "991", "hộ", note="includes the former huyện Hoành Bồ"),
    figure(key("poor_households", END, END), "62", "hộ"),
    figure(key("near_poor_households", START, START), "1046", "hộ"),
    figure(key("near_poor_households", END, END), "144", "hộ"),
    figure(key("budget_disbursed", START, END, "all", ""), "234", "tỷ đồng", qualifier=Qualifier.NEARLY),
    Figure(
        key("income_against_plan", START, END, "", ""),
        Decimal("1.15"),
        "lần",
        Decimal("1.2"),
        Qualifier.RANGE,
        "1.15-1.2",
    ),
)
START_POOR, END_POOR, START_NEAR, END_NEAR, BUDGET, INCOME = (one.key for one in FIGURES)


def reported(text: str, found: FigureKey) -> Number:
    source = next(one for one in FIGURES if one.key == found)
    return Number(source.value, source.unit, text, "reported", (found,), source.upper, source.qualifier)


FALL = Number(Decimal(-929), "hộ", "929 hộ", "difference", (START_POOR, END_POOR))
RATE = Number(Decimal("-93.74"), "%", "93,74%", "rate_of_change", (START_POOR, END_POOR))

POOR = Sentence(
    "Đầu năm 2016, toàn thành phố có 991 hộ nghèo; đến cuối năm 2020 còn 62 hộ, giảm 929 hộ (giảm 93,74%).",
    (reported("991 hộ", START_POOR), reported("62 hộ", END_POOR), FALL, RATE),
)
NEAR = Sentence(
    "Số hộ cận nghèo giảm từ 1.046 hộ xuống còn 144 hộ.",
    (reported("1.046 hộ", START_NEAR), reported("144 hộ", END_NEAR)),
)
MONEY = Sentence(
    "Tổng kinh phí thực hiện giai đoạn 2016 - 2020 là gần 234 tỷ đồng.", (reported("gần 234 tỷ đồng", BUDGET),)
)

RESULTS = Table(
    "ho-ngheo",
    "Kết quả giảm hộ nghèo, hộ cận nghèo giai đoạn 2016 - 2020",
    (Column("Chỉ tiêu"), Column("01/01/2016", "hộ", numeric=True), Column("31/12/2020", "hộ", numeric=True)),
    (
        (Cell("Hộ nghèo"), Cell("991", reported("991", START_POOR)), Cell("62", reported("62", END_POOR))),
        (Cell("Hộ cận nghèo"), Cell("1.046", reported("1.046", START_NEAR)), Cell("144", reported("144", END_NEAR))),
    ),
    source="UBND thành phố Hạ Long, tháng 12/2020",
)
CHART = Chart(
    "bieu-do",
    "Số hộ nghèo, hộ cận nghèo đầu kỳ và cuối kỳ",
    "Hộ nghèo giảm từ 991 xuống 62, hộ cận nghèo từ 1.046 xuống 144.",
    {
        "width": 420,
        "height": 200,
        "data": {
            "values": [
                {"nhom": "Hộ nghèo", "moc": "01/01/2016", "ho": 991},
                {"nhom": "Hộ nghèo", "moc": "31/12/2020", "ho": 62},
                {"nhom": "Hộ cận nghèo", "moc": "01/01/2016", "ho": 1046},
                {"nhom": "Hộ cận nghèo", "moc": "31/12/2020", "ho": 144},
            ]
        },
        "encoding": {
            "x": {"field": "nhom", "type": "nominal", "title": None, "sort": None, "axis": {"labelAngle": 0}},
            "xOffset": {"field": "moc"},
            "y": {"field": "ho", "type": "quantitative", "title": "hộ", "axis": {"format": ",d"}},
        },
        "layer": [
            {"mark": "bar", "encoding": {"color": {"field": "moc", "title": None}}},
            {"mark": {"type": "text", "dy": -7}, "encoding": {"text": {"field": "ho", "format": ",d"}}},
        ],
    },
    table="ho-ngheo",
)
WIDE = Table(
    "phu-luc",
    "Toàn bộ số liệu đã công bố của thành phố Hạ Long giai đoạn 2016 - 2020",
    (
        Column("STT", numeric=True),
        Column("Chỉ tiêu"),
        Column("Chương trình, chính sách"),
        Column("Kỳ số liệu"),
        Column("Giá trị", numeric=True),
        Column("Đơn vị"),
        Column("Ghi chú"),
    ),
    tuple(
        (
            Cell(str(row)),
            Cell("Xã ra khỏi diện đặc biệt khó khăn thuộc Chương trình 135 và Đề án 196 của tỉnh"),
            Cell("Chương trình mục tiêu quốc gia Giảm nghèo bền vững"),
            Cell("giai đoạn 2016 - 2020"),
            Cell("3/3"),
            Cell("xã"),
            Cell("số liệu tính theo địa giới ngày 29/12/2020"),
        )
        for row in range(1, 31)
    ),
    source="Báo cáo tổng kết của thành phố",
    wide=True,
)
TALL = replace(RESULTS, code="phu-luc-2", title="Số hộ đầu kỳ và cuối kỳ theo địa bàn")

HEAD = Letterhead(
    parent_body="Ủy ban nhân dân tỉnh Quảng Ninh",
    issuing_body="Ủy ban nhân dân thành phố Hạ Long",
    symbol="BC-UBND",
    place="Hạ Long",
    kind="Báo cáo",
    subject="Kết quả thực hiện công tác giảm nghèo giai đoạn 2016 - 2020 trên địa bàn thành phố Hạ Long",
    recipients=("UBND tỉnh Quảng Ninh (b/c)", "Thường trực Thành ủy, HĐND thành phố", "Lưu: VT"),
    signatory=Signatory("TM. Ủy ban nhân dân", "Chủ tịch"),
)


def paragraph(*sentences: Sentence | str, bullet: bool = False) -> Paragraph:
    return Paragraph(tuple(Sentence(one) if isinstance(one, str) else one for one in sentences), bullet)


SECTIONS = (
    Section(
        "I",
        "Đặc điểm tình hình",
        1,
        (),
        (
            Section("1", "Thuận lợi", 2, (Missing("Chưa có nội dung do địa phương nhập"),)),
            Section("2", "Khó khăn", 2, (Missing("Chưa có nội dung do địa phương nhập"),)),
        ),
    ),
    Section(
        "II",
        "Kết quả thực hiện",
        1,
        (),
        (
            Section("1", "Hộ nghèo, hộ cận nghèo", 2, (paragraph(POOR, NEAR), RESULTS, CHART)),
            Section("2", "Hỗ trợ pháp lý", 2, (Missing("Chưa có số liệu"),)),
            Section(
                "3", "Kinh phí", 2, (paragraph(MONEY, bullet=True), paragraph("Không có nguồn khác.", bullet=True))
            ),
        ),
    ),
)
REPORT = ReportData(
    code="tong-ket",
    scope=Scope("193", "Thành phố Hạ Long", "Thành phố", MAP, START, END, MAP),
    letterhead=HEAD,
    opening=(paragraph("Ủy ban nhân dân thành phố Hạ Long báo cáo kết quả giảm nghèo giai đoạn 2016 - 2020 như sau:"),),
    sections=SECTIONS,
    closing=(
        paragraph("Trên đây là báo cáo kết quả thực hiện công tác giảm nghèo của Ủy ban nhân dân thành phố Hạ Long."),
    ),
    appendices=(WIDE, TALL),
    standards=("Quyết định số 59/2015/QĐ-TTg",),
    basis=("Số liệu tính theo địa giới ngày 29/12/2020.",),
    figures=FIGURES,
)
FINDINGS = (
    Finding("parts_and_total", "error", "Tổng đã công bố không bằng tổng các phần.", "84.148,73", "Hỗ trợ sản xuất"),
    Finding("mixed_periods", "note", "Có số liệu của kỳ khác với kỳ báo cáo."),
)
