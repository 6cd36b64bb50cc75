"""Bad answers: each refused, all at once, in a sentence that says where and what would be right."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from households.criteria.b1.shelf import demonstration
from households.criteria.engine.classify import BadAnswersError, NotPreparedError, prepare
from households.criteria.law.parts import AreaType
from households.criteria.law.shelf import standard

ON = date(2024, 10, 15)


def faults(given: Any, code: str = "nd07-2021", **prepared: Any) -> list[tuple[str, str]]:
    classifier = prepare(standard(code), on=ON, area_type=AreaType.RURAL, **prepared)
    with pytest.raises(BadAnswersError) as refused:
        classifier.classify(given)
    return [(fault.where, fault.text) for fault in refused.value.faults]


def only_fault(given: Any, code: str = "nd07-2021", **prepared: Any) -> tuple[str, str]:
    (found,) = faults(given, code, **prepared)
    return found


def household(**answers: Any) -> dict[str, Any]:
    return {"members": [{}], "household": answers}


def third_member(**answers: Any) -> dict[str, Any]:
    return {"members": [{}, {}, {"name": "Lò Văn A", **answers}], "household": {}}


@pytest.mark.parametrize(
    ("answers", "where", "text"),
    [
        ({"birth_date": "2024-10-16"}, "birth_date", "ngày sinh: 16/10/2024 sau ngày rà soát 15/10/2024."),
        ({"birth_date": "1889-12-31"}, "birth_date", "ngày sinh: 31/12/1889 quá sớm; ngày sinh từ năm 1890 trở đi."),
        (
            {"birth_date": "1893-10-15"},
            "birth_date",
            "ngày sinh: 15/10/1893 nghĩa là hơn 130 tuổi vào ngày 15/10/2024.",
        ),
        (
            {"birth_date": "1980-02-30"},
            "birth_date",
            "ngày sinh: “1980-02-30” không phải ngày có thật; ghi NĂM-THÁNG-NGÀY",
        ),
        ({"birth_date": "28/02/1980"}, "birth_date", "ngày sinh: “28/02/1980” không đúng mẫu; ghi NĂM-THÁNG-NGÀY"),
        ({"birth_date": 19800228}, "birth_date", "ngày sinh: 19800228 không đúng mẫu; ghi NĂM-THÁNG-NGÀY"),
        ({"birth_year": 2025}, "birth_year", "năm sinh: 2025 sau ngày rà soát 15/10/2024."),
        ({"birth_year": 1892}, "birth_year", "năm sinh: 1892 quá sớm; năm sinh từ 1893 đến 2024."),
        ({"birth_year": "1980"}, "birth_year", "năm sinh: “1980” không phải năm; ghi bốn chữ số, ví dụ 1980."),
        (
            {"birth_date": "1980-02-28", "birth_year": 1981},
            "birth_year",
            "năm sinh: 1981 trái với ngày sinh 1980-02-28",
        ),
        ({"work": "farmer"}, "work", "việc làm: “farmer” không phải câu trả lời; nhận: contract (Làm công hưởng lương"),
        ({"work": ["own"]}, "work", "việc làm: một danh sách không phải câu trả lời; nhận: contract"),
        ({"disabled": 1}, "disabled", "người khuyết tật: 1 không nhận; ghi true (có) hoặc false (không)."),
        ({"disabled": "có"}, "disabled", "người khuyết tật: “có” không nhận; ghi true (có) hoặc false (không)."),
    ],
)
def test_an_answer_of_a_member_is_refused_with_his_name(answers: dict[str, Any], where: str, text: str) -> None:
    path, sentence = only_fault(third_member(**answers))
    assert path == f"members[2].{where}"
    assert sentence.startswith(f"Thành viên thứ 3 (Lò Văn A), {text}")


def test_a_question_that_does_not_exist_is_refused_with_a_guess() -> None:
    assert only_fault(third_member(nutritoin="normal")) == (
        "members[2].nutritoin",
        "Thành viên thứ 3 (Lò Văn A): không có mục “nutritoin”; có phải “nutrition”?",
    )


def test_a_name_that_is_no_text_or_too_long_is_refused() -> None:
    sentence = "Thành viên thứ 3, họ và tên: 5 không nhận; ghi chữ, nhiều nhất 200 ký tự."
    assert only_fault(third_member(name=5)) == ("members[2].name", sentence)
    assert only_fault(third_member(name="A" * 201))[0] == "members[2].name"


@pytest.mark.parametrize(
    ("answers", "where", "text"),
    [
        ({"floor_area": -1}, "floor_area", "Hộ, diện tích nhà ở (m²): -1 là số âm; diện tích không thể nhỏ hơn 0."),
        (
            {"floor_area": "40 m2"},
            "floor_area",
            "Hộ, diện tích nhà ở (m²): “40 m2” không phải số; ghi số m², ví dụ 31.5.",
        ),
        ({"floor_area": True}, "floor_area", "Hộ, diện tích nhà ở (m²): true không phải số; ghi số m², ví dụ 31.5."),
        ({"floor_area": 31.999}, "floor_area", "Hộ, diện tích nhà ở (m²): 31.999 có quá hai chữ số thập phân"),
        (
            {"floor_area": Decimal("31.999")},
            "floor_area",
            "Hộ, diện tích nhà ở (m²): 31.999 có quá hai chữ số thập phân",
        ),
        ({"floor_area": float("nan")}, "floor_area", "Hộ, diện tích nhà ở (m²): nan không phải diện tích nhà ở"),
        ({"floor_area": 100_001}, "floor_area", "Hộ, diện tích nhà ở (m²): 100001 không phải diện tích nhà ở"),
        ({"devices": ["tivi"]}, "devices", "Hộ, phương tiện phục vụ tiếp cận thông tin: “tivi” không phải câu trả lời"),
        (
            {"devices": ["tv", "tv"]},
            "devices",
            "Hộ, phương tiện phục vụ tiếp cận thông tin: có câu trả lời ghi hai lần.",
        ),
        (
            {"devices": "tv"},
            "devices",
            "Hộ, phương tiện phục vụ tiếp cận thông tin: “tv” không nhận; ghi một danh sách",
        ),
        ({"toilets": "septic"}, "toilets", "Hộ: không có mục “toilets”; có phải “toilet”?"),
        ({"a": {"10": True}}, "a.10", "Phiếu A: không có mục “10”; có: 01, 02, 03"),
        ({"a": {"01": "có"}}, "a.01", "Phiếu A, tiêu chí 01: “có” không nhận; ghi true hoặc false."),
        ({"a": 3}, "a", "Phiếu A: 3 không nhận; ghi từng mục với câu trả lời của mục đó."),
        ({"b1": {"size": "1"}}, "b1", "Phiếu B1: chưa có bảng điểm B1; ghi tổng điểm B1 của phiếu giấy (b1)."),
        ({"annual_income": {"crop": 1}}, "annual_income.crop", "Phụ lục VIII: không có mục “crop”; có phải “crops”?"),
        ({"annual_income": {"wages": -1}}, "annual_income.wages", "Phụ lục VIII, “Tiền lương, tiền công”: -1 là số âm"),
        (
            {"annual_income": {"salt": 1.5}},
            "annual_income.salt",
            "Phụ lục VIII, “Diêm nghiệp”: 1.5 không phải số nguyên",
        ),
        (
            {"annual_income": {"salt": 10**13}},
            "annual_income.salt",
            "Phụ lục VIII, “Diêm nghiệp”: 10000000000000 quá lớn",
        ),
        (
            {"annual_income": {"wages": {"revenue": 5, "cost": 1}}},
            "annual_income.wages",
            "Phụ lục VIII, “Tiền lương, tiền công”: nguồn này ghi một số tiền, không có phần thu và chi.",
        ),
        (
            {"annual_income": {"crops": {"revenue": 5, "cost": -1}}},
            "annual_income.crops.cost",
            "Phụ lục VIII, “Trồng trọt”, phần chi: -1 là số âm; ghi từ 0 trở lên.",
        ),
        (
            {"annual_income": {"crops": {"revenue": 5, "cost": 1, "tax": 1}}},
            "annual_income.crops.tax",
            "Phụ lục VIII, “Trồng trọt”: không có mục “tax”; có: revenue, cost.",
        ),
    ],
)
def test_an_answer_of_the_household_is_refused(answers: dict[str, Any], where: str, text: str) -> None:
    path, sentence = only_fault(household(**answers))
    assert path == f"household.{where}"
    assert sentence.startswith(text)


@pytest.mark.parametrize(
    ("given", "where", "text"),
    [
        (5, "", "Hộ: 5 không nhận; mỗi hộ là một đối tượng {…}."),
        ({}, "", "Hộ: chưa có gì để phân loại; ghi b1 và b2, hoặc income_month và deprivations"),
        ({"b1": 140}, "b2", "Tổng điểm B2: thiếu; ghi một số nguyên."),
        ({"b1": -1, "b2": 30}, "b1", "Tổng điểm B1: -1 là số âm; ghi từ 0 trở lên."),
        ({"b1": "140", "b2": 30}, "b1", "Tổng điểm B1: “140” không phải số nguyên; ghi chữ số, không kèm đơn vị."),
        ({"b1": True, "b2": 30}, "b1", "Tổng điểm B1: true không phải số nguyên"),
        ({"b1": 10_001, "b2": 30}, "b1", "Tổng điểm B1: 10001 quá lớn; nhiều nhất 10.000."),
        (
            {"b1": 140, "b2": 35},
            "b2",
            "Tổng điểm B2: 35 không phải tổng điểm có thể có của 12 chỉ số; mỗi chỉ số 10 điểm",
        ),
        ({"b1": 140, "b2": 130}, "b2", "Tổng điểm B2: 130 không phải tổng điểm có thể có của 12 chỉ số"),
        ({"b1": 140, "b2": 30, "a": 10}, "a", "Số tiêu chí Phiếu A đã có: 10 nhiều hơn 9 tiêu chí của Phiếu A."),
        (
            {"income_month": 1, "deprivations": 13},
            "deprivations",
            "Số chỉ số thiếu hụt: 13 nhiều hơn 12 chỉ số của chuẩn.",
        ),
        ({"members": [], "household": {}}, "members", "Thành viên: hộ phải có ít nhất một thành viên."),
        ({"members": [{}] * 200, "household": {}}, "members", "Thành viên: có 200 thành viên; một hộ nhiều nhất 60."),
        ({"members": {}, "household": {}}, "members", "Thành viên: phải là một danh sách"),
        ({"members": [3], "household": {}}, "members[0]", "Thành viên thứ 1: 3 không nhận; phải là một đối tượng {…}."),
        ({"members": [{}]}, "household", "Hộ: thiếu phần câu trả lời của hộ (household)"),
        (
            {"members": [{}], "household": {}, "b2": 30},
            "b2",
            "Hộ nhập theo câu trả lời (members, household): không có mục “b2”",
        ),
    ],
)
def test_what_is_no_household_is_refused(given: Any, where: str, text: str) -> None:
    path, sentence = only_fault(given)
    assert path == where
    assert sentence.startswith(text)


@pytest.mark.parametrize(
    ("code", "given", "text"),
    [
        ("qd09-2011", {"b1": 140, "b2": 30}, "chuẩn này không phân loại theo điểm; ghi thu nhập bình quân"),
        ("qd09-2011", {"income_month": 1, "deprivations": 0, "a": 1}, "chuẩn này không có Phiếu A."),
        ("qd09-2011", household(a={"01": True}), "Phiếu A: chuẩn này không có Phiếu A."),
        (
            "qd09-2011",
            household(annual_income={"crops": 1}),
            "chuẩn này không có phiếu khảo sát thu nhập.",
        ),
    ],
)
def test_what_the_standard_does_not_know_is_refused(code: str, given: Any, text: str) -> None:
    assert text in faults(given, code)[0][1]


def test_all_faults_are_named_at_once() -> None:
    given = {"members": [{"work": "x"}, {"birth_date": "2030-01-01"}], "household": {"floor_area": -2}, "b1": "x"}
    assert [where for where, _ in faults(given)] == [
        "b1", "members[0].work", "members[1].birth_date", "household.floor_area",
    ]  # fmt: skip


def test_the_error_says_all_sentences() -> None:
    classifier = prepare(standard("nd07-2021"), on=ON, area_type=AreaType.RURAL)
    with pytest.raises(BadAnswersError, match=r"Tổng điểm B1: -1 là số âm.* Tổng điểm B2: -1 là số âm"):
        classifier.classify({"b1": -1, "b2": -1})


@pytest.mark.parametrize(
    ("ticked", "text"),
    [
        ({"house": ["wall", "wall"]}, "có ô chọn hai lần."),
        ({"house": ["roof"]}, "không có mục “roof”; có: wall, column."),
        ({"house": 5}, "không có mục 5; có: wall, column."),
        ({"size": "1"}, "được tính từ danh sách thành viên, không chọn ô."),
        ({"houses": "wall"}, "không có mục “houses”; có phải “house”?"),
    ],
)
def test_boxes_of_b1_are_those_of_the_table(ticked: dict[str, Any], text: str) -> None:
    table = demonstration("qd59-2015")
    sentence = only_fault(household(b1=ticked), "qd59-2015", b1_table=table, variant="nmm")[1]
    assert sentence.startswith("Phiếu B1")
    assert text in sentence


@pytest.mark.parametrize(
    ("code", "prepared", "text"),
    [
        (
            "nd07-2021",
            {"variant": "urb"},
            "Vùng “urb” không thuộc khu vực này trong chuẩn nd07-2021; nhận: rrd (Nông thôn",
        ),
        ("nd07-2021", {"b1_table": demonstration("qd59-2015")}, "là của chuẩn qd59-2015, không phải nd07-2021."),
        (
            "qd59-2015",
            {"b1_table": demonstration("qd59-2015")},
            "Tính điểm B1 cần biết vùng; chọn một trong: rrd (Nông thôn",
        ),
        (
            "tphcm-2021",
            {"on": date(2030, 1, 1)},
            "Chuẩn tphcm-2021 không có mức “Chuẩn nghèo của thành phố” cho năm 2030.",
        ),
        ("nd07-2021", {"on": date(1, 1, 1)}, "Ngày rà soát 01/01/1 ngoài khoảng 1990–2100."),
    ],
)
def test_a_standard_that_cannot_be_applied_says_why(code: str, prepared: dict[str, Any], text: str) -> None:
    with pytest.raises(NotPreparedError) as refused:
        prepare(standard(code), area_type=AreaType.RURAL, **{"on": ON, **prepared})
    assert text in str(refused.value)


def test_the_only_variant_of_towns_needs_no_choice() -> None:
    table = demonstration("qd59-2015")
    classifier = prepare(standard("qd59-2015"), on=ON, area_type=AreaType.URBAN, b1_table=table)
    assert classifier.ready.variant == "urb"


@pytest.mark.parametrize("area", [31, 31.5, 31.96, 31.99, 0.07, Decimal("31.96"), Decimal("3E1")])
def test_areas_with_two_decimals_are_exact(area: float | Decimal) -> None:
    classifier = prepare(standard("nd07-2021"), on=ON, area_type=AreaType.RURAL)
    read = classifier.read(household(floor_area=area))
    assert read.household["floor_area"] == int(Decimal(str(area)) * 100)


@pytest.mark.parametrize("area", ["7." + "9" * 40, "7.991", "1E-999999999", "1E+400"])
def test_an_area_is_never_rounded_before_it_is_compared(area: str) -> None:
    where, _ = only_fault(household(floor_area=Decimal(area)))
    assert where == "household.floor_area"


def test_a_number_without_end_is_not_repeated() -> None:
    _, text = only_fault({"b1": -(10**4000), "b2": 0})
    assert text == f"Tổng điểm B1: -1{'0' * 38}… là số âm; ghi từ 0 trở lên."


@pytest.mark.parametrize("year", [1980.0, Decimal(1980), "1980", True])
def test_a_year_beside_the_full_date_is_a_whole_number_too(year: Any) -> None:
    where, _ = only_fault({"members": [{"birth_date": "1980-02-28", "birth_year": year}], "household": {}})
    assert where == "members[0].birth_year"


def test_what_is_not_there_is_called_null() -> None:
    assert only_fault(None)[1] == "Hộ: null không nhận; mỗi hộ là một đối tượng {…}."


def test_capital_letters_do_not_hide_what_was_meant() -> None:
    assert "có phải “b1”?" in dict(faults({"B1": 140, "b2": 30}))["B1"]


YEAR = dict.fromkeys(
    ("crops", "livestock", "farm_services", "forestry", "fishery", "salt", "business", "wages", "other"), 0
)


def test_ticks_of_the_quick_sheet_and_their_number_agree() -> None:
    given = household(a={"01": True, "02": True, "03": True}) | {"a": 2}
    assert only_fault(given) == (
        "a",
        "Số tiêu chí Phiếu A đã có: 2 trái với các tiêu chí đã chọn (từ 3 đến 9); ghi một trong hai cho đúng.",
    )
    assert accepted(given | {"a": 3})


def test_a_total_of_b1_is_not_given_beside_its_boxes() -> None:
    given = household(b1={"house": ["wall"]}) | {"b1": 130}
    where, text = only_fault(given, "qd59-2015", b1_table=demonstration("qd59-2015"), variant="rrd")
    assert (where, text) == ("b1", "Tổng điểm B1: đã ghi tổng điểm mà còn chọn ô của Phiếu B1; ghi một trong hai.")


def test_an_income_beside_that_of_the_year_is_its_share() -> None:
    given = household(annual_income=YEAR | {"crops": 20_000_001})
    assert accepted(given | {"income_month": 1_666_666})
    assert accepted(given | {"income_month": 1_666_667})
    assert (
        "9.000.000 đồng trái với Phụ lục VIII (bình quân 1.666.666 đồng); ghi một trong hai cho đúng."
        in (only_fault(given | {"income_month": 9_000_000})[1])
    )


def accepted(given: Any) -> bool:
    prepare(standard("nd07-2021"), on=ON, area_type=AreaType.RURAL).read(given)
    return True
