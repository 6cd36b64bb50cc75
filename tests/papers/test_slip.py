"""The slip: one page, in plain sentences, that cannot be taken for a recognition."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from households.criteria.b1.shelf import demonstration
from households.criteria.engine.classify import classify
from households.criteria.explained import explain
from households.criteria.law.parts import AreaType
from households.criteria.law.shelf import standard
from households.papers.slip import Slip, slip_pdf
from tests.criteria.random_households import random_households
from tests.rendering.reading import pdf_text

DAY = date(2026, 11, 22)
DEPRIVED = {
    "walls": "not_durable", "columns": "not_durable", "roof": "not_durable", "floor_area": 1, "water_source": "other",
    "toilet": "none", "internet": False, "devices": [],
}  # fmt: skip
LONG = "Nguyễn Phúc Tôn Nữ Công Huyền Thị Bích Ngọc Anh "


def slip_of(answers: dict[str, Any], code: str = "nd07-2021", on: date = DAY, **options: Any) -> bytes:
    chosen = standard(code)
    result = classify(chosen, answers, on=on, area_type=AreaType.RURAL, **options)
    table = options.get("b1_table")
    return slip_pdf(Slip(explain(result, chosen), "Lò Văn An", on, AreaType.RURAL, DAY, table))


def person(number: int, **answers: Any) -> dict[str, Any]:
    child = {"nutrition": "both", "studying": "no"}
    adult = {"work": "seeking", "studying": "no", "education": "none", "certified_on_job": False}
    return {
        "name": f"{LONG}{number}", "birth_date": f"{2001 + 19 * (number % 2)}-03-04", "health_insurance": False,
        "disabled": True, "monthly_assistance": True, **(child if number % 2 else adult), **answers,
    }  # fmt: skip


def number_of_pages(pdf: bytes) -> int:
    return len(PdfReader(BytesIO(pdf)).pages)


def test_a_slip_says_class_reason_article_and_that_it_recognises_nothing() -> None:
    text = pdf_text(slip_of({"b1": 130, "a": 2, "members": [person(0, name="Lò Văn An")], "household": DEPRIVED}))
    assert "PHÂN LOẠI THỬ, KHÔNG CÓ GIÁ TRỊ CÔNG NHẬN" in text.upper()
    assert "Chủ hộ: Lò Văn An" in text
    assert "Hộ nghèo" in text
    assert "không có bảo hiểm y tế: Lò Văn An (25 tuổi)" in text
    assert "bình quân 1 m² một người, nhỏ hơn 8 m²" in text
    assert "Nghị định 07/2021/NĐ-CP" in text
    assert "Cả 12 chỉ số chưa đối chiếu với văn bản gốc" in text


def test_a_slip_tells_the_household_how_to_object() -> None:
    text = pdf_text(slip_of({"b1": 150, "b2": 0}))
    assert "niêm yết công khai 03 ngày làm việc" in text
    assert "phúc tra làm trong 07 ngày làm việc" in text
    assert "Quyết định 24/2021/QĐ-TTg" in text


def test_no_procedure_is_made_up_for_the_years_before_it() -> None:
    text = pdf_text(slip_of({"b1": 150, "b2": 0}, "qd59-2015", date(2020, 11, 1)))
    assert "07 ngày" not in text
    assert "trước ngày 01/9/2021 chưa có trong cổng" in text


def test_what_is_missing_is_named() -> None:
    text = pdf_text(slip_of({"members": [{"birth_date": "1990-01-01"}], "household": {}}))
    assert "Chưa xếp loại được" in text
    assert "Còn thiếu câu trả lời" in text
    assert "Tổng điểm B1" in text
    assert "Có thêm các câu trả lời này mới xếp loại được" in text


def test_a_case_that_is_not_sure_is_told_once_beside_the_class() -> None:
    text = pdf_text(slip_of({"b1": 160, "b2": 0}, "qd59-2015", date(2018, 10, 15)))
    verdict, _, below = text.partition("Cách tính điểm")
    assert "chưa chắc chắn theo văn bản nên chưa dùng để xếp loại" in verdict
    assert "chưa chắc chắn trong" not in text
    assert below.count("chưa chắc chắn") == 1, "the mark of the article at the cut-off alone"


def test_answers_that_decide_nothing_are_not_said_to_change_the_class() -> None:
    text = pdf_text(slip_of({"b1": 130, "members": [{"birth_date": "1990-01-01"}], "household": DEPRIVED}))
    assert "Hộ nghèo" in text
    assert "Trả lời các câu này không làm đổi xếp loại ở trên" in text


@pytest.mark.parametrize(("crops", "farming", "said"), [
    (20_000_000, True, "xác định hộ có mức sống trung bình làm theo phiếu thu nhập, không qua họp thôn"),
    (20_000_000, False, "xác định người lao động có thu nhập thấp làm theo phiếu thu nhập"),
])  # fmt: skip
def test_what_the_income_survey_finds_is_posted_in_its_own_way(crops: int, farming: bool, said: str) -> None:
    survey = standard("nd07-2021").income_survey
    assert survey
    income = {one.code: {"revenue": 0, "cost": 0} if one.net else 0 for one in survey.sources}
    income["crops"] = {"revenue": crops, "cost": 0}
    household = {**DEPRIVED, "farming": farming, "annual_income": income}
    text = pdf_text(slip_of({"b1": 150, "members": [person(0)], "household": household}))
    assert said in text
    assert "niêm yết 05 ngày làm việc tại trụ sở" in text
    assert "phúc tra trong 03 ngày làm việc" in text


def test_nobody_is_called_head_of_the_household_who_was_not_named_so() -> None:
    chosen = standard("nd07-2021")
    told = explain(classify(chosen, {"b1": 130, "b2": 30}, on=DAY, area_type=AreaType.RURAL), chosen)
    text = pdf_text(slip_pdf(Slip(told, "", DAY, AreaType.RURAL, DAY, first="Lò Thị Pâng")))
    assert "Thành viên đầu danh sách: Lò Thị Pâng" in text
    assert "Chủ hộ" not in text


@pytest.mark.parametrize("size", [1, 5, 20, 60])
def test_a_slip_is_one_page_however_large_and_deprived_the_household(size: int) -> None:
    full = {"b1": 100, "a": 1, "members": [person(number) for number in range(size)], "household": DEPRIVED}
    assert number_of_pages(slip_of(full)) == 1
    gaps = {"members": [{"name": LONG * 3} for _ in range(size)], "household": {}}
    assert number_of_pages(slip_of(gaps)) == 1


def test_a_slip_with_the_boxes_of_b1_is_one_page_and_says_whose_points_they_are() -> None:
    table = demonstration("qd59-2015")
    assert table
    whole = {"b1_table": table, "gaps": False, "forms": False}
    household = next(
        one
        for one in random_households(
            9, seed=3, standard=standard("qd59-2015"), on=DAY, area_type=AreaType.RURAL, **whole
        )
        if one["household"].get("b1")
    )
    pdf = slip_of(household, "qd59-2015", variant="nmm", b1_table=table)
    assert number_of_pages(pdf) == 1
    text = pdf_text(pdf)
    assert "bảng điểm minh họa, không phải bảng chính thức" in text
    assert "bảng điểm minh họa chỉ có 6 nhóm nên tổng thật có thể cao hơn" in text


def test_a_slip_is_tagged() -> None:
    root = PdfReader(BytesIO(slip_of({"b1": 130, "b2": 30}))).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert b"pdfuaid" in root["/Metadata"].get_data()
