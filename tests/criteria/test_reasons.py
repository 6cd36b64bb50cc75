"""Why a household has its class: sentences that an official and the household understand."""

import json
from copy import deepcopy
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from households.criteria.b1.shelf import demonstration
from households.criteria.engine.classify import classify, prepare
from households.criteria.engine.result import Reason, Result
from households.criteria.law.parts import AreaType
from households.criteria.law.shelf import shipped, standard
from tests.criteria.random_households import random_households
from tests.law.test_cases import answers

SCHEMA = json.loads(Path("docs/classify.schema.json").read_text(encoding="utf-8"))
OUTPUT = {"$schema": SCHEMA["$schema"], "$defs": SCHEMA["$defs"], "$ref": "#/$defs/output"}
SOURCES = ("crops", "livestock", "farm_services", "forestry", "fishery", "salt", "business", "wages", "other")


def base(name: str, **change: Any) -> dict[str, Any]:
    return answers({"base": name, "change": {key.replace("__", "."): value for key, value in change.items()}})


def result(given: dict[str, Any], code: str = "nd07-2021", on: date = date(2024, 10, 15), **more: Any) -> Result:
    return classify(standard(code), given, on=on, area_type=more.pop("area_type", AreaType.RURAL), **more)


def reason(found: Result, rule: str) -> Reason:
    return next(one for one in found.reasons if one.rule == rule)


def year(total: int) -> dict[str, int]:
    return dict.fromkeys(SOURCES, 0) | {"crops": total}


def test_each_line_of_the_law_has_its_reason() -> None:
    found = result(base("nd07", a=3))
    indicators = [f"indicator.{one.code}" for one in standard("nd07-2021").indicators]
    assert [one.rule for one in found.reasons] == ["sheet_a", "b1", *indicators, "b2", "class.near_poor"]


def test_the_people_behind_a_deprivation_are_named_with_their_age() -> None:
    given = base("nd07")
    given["members"][0]["health_insurance"] = given["members"][2]["health_insurance"] = False
    given["members"][2]["name"] = None
    told = reason(result(given), "indicator.health_insurance")
    assert told.text == (
        "Thiếu hụt “Bảo hiểm y tế”: có 2 người không có bảo hiểm y tế: Lò Văn An (40 tuổi), thành viên thứ 3 (10 tuổi)."
    )
    assert told.comparison == "2 người ≥ 1 người"


def test_the_article_says_once_that_nobody_compared_it_with_the_text() -> None:
    told = reason(result(base("nd07")), "indicator.health_insurance")
    assert told.article == "Phụ lục, chỉ số 4 Nghị định 07/2021/NĐ-CP (chưa đối chiếu văn bản)"
    assert "chưa đối chiếu" not in told.text


def test_no_one_concerned_is_said_without_a_double_negative() -> None:
    told = reason(result(base("nd07")), "indicator.health_insurance")
    assert told.text == "Không thiếu hụt “Bảo hiểm y tế”: không có người nào được tính là “không có bảo hiểm y tế”."


def test_an_open_indicator_says_whose_answers_are_missing() -> None:
    given = base("nd07")
    given["members"][1]["work"] = None
    told = reason(result(given), "indicator.employment")
    assert told.text == "Chưa kết luận được “Việc làm”: chưa đủ câu trả lời của Lò Thị Bình (38 tuổi)."


def test_a_year_of_birth_alone_is_told_as_two_ages() -> None:
    given = base("nd07")
    given["members"][3] |= {"birth_date": None, "birth_year": 2018, "health_insurance": False}
    assert "Lò Thị Dung (5 hoặc 6 tuổi)" in reason(result(given), "indicator.health_insurance").text


@pytest.mark.parametrize(
    ("area", "text", "comparison"),
    [
        (32, "32 m² cho 4 người, bình quân 8 m² một người, không nhỏ hơn 8 m².", "8 m² ≥ 8 m²"),
        (31.99, "31,99 m² cho 4 người, bình quân khoảng 7,99 m² một người, nhỏ hơn 8 m².", "7,99 m² < 8 m²"),
        (32.01, "32,01 m² cho 4 người, bình quân khoảng 8,01 m² một người, không nhỏ hơn 8 m².", "8,01 m² ≥ 8 m²"),
    ],
)
def test_an_area_is_never_rounded_over_the_bound(area: float, text: str, comparison: str) -> None:
    told = reason(result(base("nd07", household__floor_area=area)), "indicator.housing_area")
    assert (told.text.partition("diện tích nhà ở ")[2], told.comparison) == (text, comparison)


def test_a_share_is_told_with_its_persons() -> None:
    told = reason(result(base("nd07")), "indicator.dependents")
    assert told.comparison == "50% ≤ 50%"
    assert told.text == (
        "Không thiếu hụt “Người phụ thuộc trong hộ”: 2 trong 4 thành viên (50%) là người phụ thuộc, không quá 50%: "
        "Lò Văn Chung (10 tuổi), Lò Thị Dung (4 tuổi)."
    )


def test_a_share_is_rounded_as_in_reports() -> None:
    answers = base("nd07")
    told = reason(result({**answers, "members": answers["members"][1:]}), "indicator.dependents")
    assert told.comparison == "66,67% > 50%"
    assert "2 trong 3 thành viên (66,67%) là người phụ thuộc, nhiều hơn 50%" in told.text


def test_several_conditions_are_counted() -> None:
    told = reason(result(base("nd07", household__roof="not_durable")), "indicator.housing_quality")
    assert told.comparison == "1 trong 3 điều đúng < 2"
    assert told.text.startswith("Không thiếu hụt “Chất lượng nhà ở”: tường: “Vật liệu bền chắc”; cột: ")


def test_things_at_hand_are_listed() -> None:
    told = reason(result(base("nd07", household__devices=[])), "indicator.information_means")
    assert told.answer == "phương tiện phục vụ tiếp cận thông tin: không có thứ nào"
    assert told.comparison.startswith("không có thứ nào trong: tivi, radio, máy tính để bàn")


@pytest.mark.parametrize(
    ("a", "text"),
    [
        (3, "Phiếu A: 3 trong 9 tiêu chí có, ít hơn 4 nên hộ được đưa vào danh sách rà soát bằng Phiếu B."),
        (4, "Phiếu A: 4 trong 9 tiêu chí có, từ 4 trở lên nên hộ không phải rà soát bằng Phiếu B."),
    ],
)
def test_the_quick_sheet_says_what_follows(a: int, text: str) -> None:
    assert reason(result(base("nd07", a=a)), "sheet_a").text == text


def test_a_class_by_points_says_figures_and_bounds() -> None:
    told = reason(result({"b1": 130, "b2": 30}, "qd59-2015", date(2018, 10, 15)), "class.poor_deprivation")
    assert told.text == (
        "Hộ nghèo thiếu hụt tiếp cận các dịch vụ xã hội cơ bản: điểm B1 là 130, điểm B2 là 30; "
        "chuẩn quy định B1 trên 120 điểm, không quá 150 điểm và B2 từ 30 điểm trở lên."
    )


def test_a_class_by_income_says_figures_and_bounds() -> None:
    found = result({"income_month": 1_500_000, "deprivations": 3})
    assert reason(found, "income").comparison == "1.500.000 ≤ 1.500.000"
    assert reason(found, "class.poor").text == (
        "Hộ nghèo: thu nhập bình quân 1.500.000 đồng/người/tháng, thiếu hụt 3 chỉ số; chuẩn quy định thu nhập bình quân "
        "không quá 1.500.000 đồng/người/tháng và thiếu hụt từ 3 chỉ số trở lên."
    )


def test_not_poor_says_which_bound_is_passed() -> None:
    assert reason(result({"b1": 141, "b2": 0}), "class.not_poor").text == (
        "Hộ không nghèo: điểm B1 là 141, điểm B2 là 0; B1 trên 140 điểm thì không phải là hộ nghèo hoặc hộ cận nghèo."
    )


def test_an_unsure_bound_is_told() -> None:
    found = result({"b1": 160, "b2": 0}, "qd59-2015", date(2018, 10, 15))
    assert reason(found, "class.average").text == (
        "Hộ không nghèo: điểm B1 là 160, điểm B2 là 0. Trường hợp “Hộ có mức sống trung bình” (B1 trên 150 điểm, không quá "
        "200 điểm) chưa chắc chắn theo văn bản nên chưa dùng để xếp loại."
    )
    assert "(chưa chắc chắn)" in reason(found, "class.average").article


def test_an_open_class_says_what_it_may_be() -> None:
    told = reason(result(base("nd07", b1=None)), "class.open")
    assert told.text == "Chưa xếp loại được: còn thiếu câu trả lời; có thể là hộ cận nghèo hoặc hộ không nghèo."


def test_a_class_that_no_missing_answer_can_change_says_so() -> None:
    given = base("qd59", b1=None, income_month=700_000)
    given["household"]["floor_area"] = None
    assert reason(result(given, "qd59-2015", date(2018, 10, 15)), "class.poor_income").text.startswith(
        "Hộ nghèo về thu nhập"
    )
    wide = result(
        base("qd59", b1=None), "qd59-2015", date(2018, 10, 15), b1_table=demonstration("qd59-2015"), variant="nmm"
    )
    assert wide.klass is None


def test_points_of_a_demonstration_table_are_called_so() -> None:
    given = base("qd59", b1=None, household__b1={"house": []})
    for member in given["members"]:
        member |= {"nonfarm_work": "no", "pension": False, "disabled": False, "can_work": True, "education": "none"}
    found = result(given, "qd59-2015", date(2018, 10, 15), b1_table=demonstration("qd59-2015"), variant="nmm")
    assert reason(found, "b1.size").text == "“Số nhân khẩu của hộ”: 4 người, 30 điểm."
    assert reason(found, "b1.house").text.endswith("không có ô nào, 0 điểm.")
    assert "bảng minh họa, không có giá trị chính thức" in reason(found, "b1").text
    assert "bảng chưa đủ các nhóm nên tổng thật có thể cao hơn) ít nhất 30 điểm." in reason(found, "b1").text
    assert reason(found, "class.open").text == (
        "Chưa xếp loại được: tổng điểm B1 mới biết một phần; có thể là hộ nghèo, hộ cận nghèo hoặc hộ không nghèo."
    )


def test_the_year_of_a_farming_household_is_told_exactly() -> None:
    given = base("nd07", b1=141, household__farming=True, household__annual_income=year(72_000_001))
    found = result(given, on=date(2025, 10, 15))
    assert reason(found, "class.average").text == (
        "Hộ làm nông nghiệp, lâm nghiệp, ngư nghiệp, diêm nghiệp có mức sống trung bình: theo điểm hộ không nghèo, thu nhập "
        "bình quân 1.500.000 đồng/người/tháng; chuẩn quy định thu nhập bình quân trên 1.500.000 đồng, không quá 2.250.000 "
        "đồng/người/tháng."
    )


@pytest.mark.parametrize(
    ("b1", "total", "text"),
    [
        (141, 108_000_000, "Người lao động trong hộ thuộc diện có thu nhập thấp"),
        (141, 108_000_001, "Người lao động trong hộ không thuộc diện có thu nhập thấp"),
        (140, 100_000_000, "Không xét diện người lao động có thu nhập thấp vì hộ đã là hộ nghèo hoặc hộ cận nghèo."),
    ],
)
def test_low_income_workers_are_told_why(b1: int, total: int, text: str) -> None:
    given = base("nd07", b1=b1, household__farming=False, household__annual_income=year(total))
    assert reason(result(given, on=date(2025, 10, 15)), "low_income_worker").text.startswith(text)


def test_a_sum_of_the_year_is_compared_for_the_whole_household() -> None:
    given = base("nd07", b1=None, household__annual_income=year(72_000_001))
    told = reason(result(given), "income")
    assert told.comparison == "72.000.000 < 72.000.001 ≤ 108.000.000"


def test_a_line_by_the_year_is_compared_by_the_year() -> None:
    found = result({"income_month": 3_833_334, "deprivations": 0}, "tphcm-2021", date(2025, 10, 15))
    assert reason(found, "income").comparison == "46.000.000 < 46.000.008 ≤ 54.000.000"


@pytest.mark.parametrize("law", shipped(), ids=lambda law: law.code)
def test_every_result_has_the_form_that_is_promised(law: Any) -> None:
    on, table = date(law.applications[0].first, 10, 15), demonstration(law.code)
    variant = "nmm" if table else None
    classifier = prepare(law, on=on, area_type=AreaType.RURAL, b1_table=table, variant=variant)
    form = jsonschema.Draft202012Validator(OUTPUT)
    wanted = {"standard": law, "on": on, "area_type": AreaType.RURAL, "b1_table": table}
    for given in random_households(150, seed=11, **wanted):
        before = deepcopy(given)
        found = classifier.classify(given)
        assert list(form.iter_errors(found.to_json())) == []
        assert all(one.text.endswith(".") and "None" not in one.text for one in found.reasons)
        assert given == before


@pytest.mark.parametrize(
    ("farming", "total", "text"),
    [
        (True, 108_000_001, ("Không thuộc hộ làm nông nghiệp, lâm nghiệp, ngư nghiệp, diêm nghiệp có mức sống trung bình: "
                            "hộ làm nông nghiệp, thu nhập 12 tháng của hộ 108.000.001 đồng cho 4 người")),
        (False, 100_000_000, ("Không thuộc hộ làm nông nghiệp, lâm nghiệp, ngư nghiệp, diêm nghiệp có mức sống trung bình: "
                             "hộ không làm nông nghiệp, thu nhập")),
        (None, 100_000_000, "Chưa kết luận được hộ làm nông nghiệp"),
        (True, 72_000_000, "Không thuộc hộ làm nông nghiệp"),
    ],
)  # fmt: skip
def test_why_no_average_living_standard_is_told_too(farming: bool | None, total: int, text: str) -> None:
    given = base("nd07", b1=141, household__farming=farming, household__annual_income=year(total))
    assert reason(result(given), "average_survey").text.startswith(text)


def test_a_source_not_answered_is_told() -> None:
    given = base("nd07", b1=141, household__farming=True, household__annual_income={"crops": 1})
    found = result(given, on=date(2025, 10, 15))
    assert "chưa đủ các nguồn thu nhập của Phụ lục VIII" in reason(found, "average_survey").text
    assert reason(found, "low_income_worker").text == (
        "Chưa xét được người lao động có thu nhập thấp: chưa đủ các nguồn thu nhập của Phụ lục VIII."
    )


def open_household() -> dict[str, Any]:
    """Deprived of an internet service; whether the first member has insurance is not known."""
    given = base("nd07", household__internet=False)
    given["members"][0]["health_insurance"] = None
    return given


def test_points_that_may_still_grow_are_told_as_the_least() -> None:
    told = reason(result(open_household()), "b2")
    assert told.text == ("Điểm B2 ít nhất 10 điểm (Sử dụng dịch vụ viễn thông); 1 chỉ số chưa kết luận: Bảo hiểm y tế.")
    assert told.comparison == ""


def test_a_class_that_is_settled_before_all_is_answered_says_the_least_points() -> None:
    given = open_household()
    given["household"] |= {"toilet": "none", "water_source": "other"}
    found = result(given)
    assert (reason(found, "b2").comparison, found.klass) == ("30 ≥ 30", "poor")
    assert "điểm B2 ít nhất 30; chuẩn quy định" in reason(found, "class.poor").text


def test_an_income_of_a_city_with_yearly_lines_is_told_by_the_year() -> None:
    found = result({"income_month": 3_833_333, "deprivations": 5}, "tphcm-2021", date(2025, 12, 1))
    assert "thu nhập bình quân 45.999.996 đồng/người/năm" in reason(found, "class.poor").text
    assert reason(found, "deprivations").text.endswith("chuẩn này không xét số chỉ số thiếu hụt.")


def test_an_income_beside_points_is_said_to_decide_nothing() -> None:
    told = reason(result(base("nd07", income_month=100_000)), "income")
    assert told.text == (
        "Thu nhập bình quân 100.000 đồng/người/tháng không dùng để xếp loại: hộ được xếp loại theo điểm B1."
    )


def test_an_article_is_as_sure_as_the_least_sure_of_its_values() -> None:
    found = result({"b1": 160, "b2": 0}, "qd59-2015", date(2018, 10, 15))
    assert reason(found, "b1").article == "Thông tư 17/2016/TT-BLĐTBXH (chưa chắc chắn)"


def test_a_class_that_no_missing_answer_changes_still_cites_the_law() -> None:
    household = {"toilet": "none", "water_source": "other", "house_class": "simple", "b1": {"house": []}}
    given = {"members": [{"birth_date": "1980-01-01", "pension": False}], "household": household}
    known = demonstration("qd59-2015")
    assert known
    found = result(given, "qd59-2015", date(2018, 10, 15), b1_table=replace(known, partial=False), variant="rrd")
    told = reason(found, "class.poor")
    assert (found.klass, found.kind) == ("poor", None)
    assert told.article == ("Điều 2 Quyết định 59/2015/QĐ-TTg; Thông tư 17/2016/TT-BLĐTBXH (chưa đối chiếu văn bản)")
    assert told.answer.startswith("điểm B1 từ 5 đến 125 (theo bảng điểm minh họa")


def test_above_all_lines_no_class_of_the_standard_fits() -> None:
    told = reason(result({"income_month": 2_250_001, "deprivations": 0}), "class.not_poor")
    assert told.text.endswith("thì không phải là hộ nghèo, hộ cận nghèo hoặc hộ có mức sống trung bình.")
