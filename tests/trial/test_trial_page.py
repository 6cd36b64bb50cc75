"""Phân loại thử as an official uses it, without a script."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from households.criteria.b1_publishing import put_table_in_force
from tests.access.people import AREAS, NATION, person, signed_in
from tests.criteria.points import draft_table
from tests.criteria.published import NOON
from tests.rendering.reading import html_text, pdf_text
from tests.trial.typing import typed

pytestmark = pytest.mark.django_db
TRY, SLIP = "/standards/try/", "/standards/try/slip/"
SETUP = {"on": "22/11/2026", "standard": "nd07-2021", "area": "rural", "way": "scores", "do": "classify"}
HOUSEHOLD = {
    "b1": 130,
    "members": [
        {"name": "Lò Văn An", "birth_date": "1980-02-05", "work": "no_contract", "health_insurance": False},
        {"name": "Lò Thị Giang", "birth_year": 2012, "health_insurance": True, "studying": "primary"},
    ],
    "household": {"floor_area": 15.98, "water_source": "other", "internet": True, "devices": []},
}


@pytest.fixture
def client() -> Client:
    return signed_in(person("commune_official", AREAS.COMMUNE))


def posted(client: Client, path: str = TRY, **fields: Any) -> str:
    answer = client.post(path, SETUP | {name.replace("__", ":"): value for name, value in fields.items()})
    assert answer.status_code == 200
    return answer.content.decode()


def scores(client: Client, b1: str, b2: str, **fields: Any) -> str:
    return posted(client, **{"nd07-2021:b1": b1, "nd07-2021:b2": b2, **fields})


def full(client: Client, **fields: Any) -> str:
    return posted(client, **({"way": "full"} | typed(HOUSEHOLD, "nd07-2021") | fields))


def test_the_page_asks_what_the_standard_of_the_day_needs(client: Client) -> None:
    page = client.get(TRY, {"on": "22/11/2020"}).content.decode()
    assert "Chuẩn nghèo tiếp cận đa chiều giai đoạn 2016 - 2020" in html_text(page)
    assert 'name="h-loudspeaker"' in page
    assert 'name="h-walls"' not in page


def test_points_give_the_class_and_the_reason(client: Client) -> None:
    text = html_text(scores(client, "140", "30"))
    assert "Hộ nghèo Điểm B1 là 140, điểm B2 là 30" in text
    assert "Phụ lục IV Thông tư 07/2021/TT-BLĐTBXH" in text


@pytest.mark.parametrize(("b2", "title"), [("30", "Hộ nghèo"), ("20", "Hộ cận nghèo"), ("0", "Hộ cận nghèo")])
def test_the_class_is_one_big_sentence(client: Client, b2: str, title: str) -> None:
    assert f"<h2>{title}</h2>" in scores(client, "140", b2)


def test_a_whole_household_is_explained_line_by_line(client: Client) -> None:
    text = html_text(full(client))
    assert "Thiếu hụt Việc làm Có 1 người không có việc làm hoặc làm công không có hợp đồng lao động: Lò Văn An" in text
    assert "bình quân 7,99 m² một người, nhỏ hơn 8 m²" in text
    assert "Diện tích nhà ở bình quân đầu người của hộ nhỏ hơn 8 m²." in text
    assert "Phụ lục, chỉ số 8 Nghị định 07/2021/NĐ-CP" in text


def test_what_is_missing_is_named_and_not_guessed(client: Client) -> None:
    text = html_text(full(client))
    assert "Còn thiếu câu trả lời; không có gì được đoán" in text
    assert "Thành viên thứ 2 (Lò Thị Giang): dinh dưỡng" in text


def test_in_a_change_over_year_both_standards_stand_side_by_side(client: Client) -> None:
    both = {"nd07-2021:b1": "130", "nd07-2021:b2": "0", "qd59-2015:b1": "110", "qd59-2015:b2": "0"}
    text = html_text(posted(client, on="15/11/2021", standard="", **both))
    assert "Kết quả rà soát năm 2021" in text
    assert "Hộ nghèo về thu nhập" in text
    assert "Số đầu kỳ của chuẩn sau" in text
    assert "Hộ cận nghèo" in text


def test_a_fault_under_one_standard_does_not_hide_the_result_under_the_other(client: Client) -> None:
    both = {"nd07-2021:b1": "130", "nd07-2021:b2": "0", "qd59-2015:b1": "một", "qd59-2015:b2": "0"}
    page = posted(client, on="15/11/2021", standard="", **both)
    assert "<h2>Hộ cận nghèo</h2>" in page
    assert "1 ô cần sửa" in page
    assert page.count('id="result"') == 1


def test_a_local_standard_stands_beside_the_one_of_the_nation(client: Client) -> None:
    answers = {"income_month": "2.000.000", "nd07-2021:deprivations": "2", "dongnai-2022:deprivations": "2"}
    page = posted(client, on="15/11/2023", standard="", province="75", way="income", **answers)
    assert page.count('class="trial-result"') == 2
    assert "Chuẩn riêng của địa phương, kết quả năm 2023" in page


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("nd07-2021:b1", "nhiều", "không phải là số"),
        ("nd07-2021:b1", "-5", "là số âm"),
        ("nd07-2021:b2", "35", "không phải tổng điểm"),
        ("nd07-2021:b1", "", "> Thiếu; ghi một số nguyên."),
        ("nd07-2021:b1", "9" * 25, "> Số quá dài, tối đa 24 chữ số."),
    ],
)
def test_a_wrong_number_is_told_at_its_field(client: Client, name: str, value: str, said: str) -> None:
    page = posted(client, **({"nd07-2021:b1": "130", "nd07-2021:b2": "30"} | {name: value}))
    error = page.partition(f'id="id_{name.replace(":", "_")}_error"')[2].partition("</div>")[0]
    assert said in error
    assert "verdict" not in page


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("m0-birth", "32/13/1980", "ngày sinh"),
        ("m0-birth", "hôm qua", "ghi ngày/tháng/năm"),
        ("m1-birth", "23/11/2026", "sau ngày"),
        ("h-floor_area", "-3", "là số âm"),
        ("m0-work", "king", "không phải câu trả lời"),
    ],
)
def test_a_wrong_answer_is_told_at_its_field(client: Client, name: str, value: str, said: str) -> None:
    page = posted(client, way="full", **(typed(HOUSEHOLD, "nd07-2021") | {name: value}))
    error = page.partition(f'id="id_{name}_error"')[2].partition("</div>")[0]
    assert said in error


def test_what_was_typed_stands_in_its_place_after_an_error(client: Client) -> None:
    page = full(client, **{"nd07-2021:a": "99"})
    assert 'value="Lò Văn An"' in page
    assert 'value="05/02/1980"' in page
    assert '<option value="no_contract" selected>' in " ".join(page.split())


@pytest.mark.parametrize("choice", [{"on": "31/02/2026"}, {"way": "scores"}, {"standard": "qd59-2015"}])
def test_answers_are_kept_through_another_choice(client: Client, choice: dict[str, str]) -> None:
    page = full(client, do="show", **choice)
    for name in ("m0-work", "h-water_source"):
        assert f'name="{name}"' in page
    assert "no_contract" in page


def test_a_row_can_be_added_and_taken_out_without_a_script(client: Client) -> None:
    blank = {"m2-name": "", "m3-name": ""}
    assert full(client, do="show", **blank).count('name="remove"') == 4
    assert full(client, do="add", **blank).count('name="remove"') == 5
    removed = full(client, do="", remove="0")
    assert "Lò Văn An" not in removed
    assert "Lò Thị Giang" in removed


def test_more_people_than_a_household_may_have_are_refused_and_kept(client: Client) -> None:
    rows = {f"m{index}-name": f"Người {index}" for index in range(61)}
    page = posted(client, way="full", **rows)
    assert "nhiều nhất 60" in html_text(page)
    assert page.count('name="remove"') == 61
    assert posted(client, way="full", do="add", **dict(list(rows.items())[:60])).count('name="remove"') == 60


def test_a_household_without_anybody_is_refused_in_words(client: Client) -> None:
    text = html_text(posted(client, way="full", **{"nd07-2021:b1": "130"}))
    assert "ít nhất một thành viên" in text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"on": "31/02/2026"}, "Cần ghi ngày/tháng/năm"),
        ({"on": "01/01/2000", "standard": ""}, "Không có chuẩn nào áp dụng cho năm 2000"),
        ({"standard": "không-có"}, "Hãy chọn một mục trong danh sách"),
        ({"variant": "urb", "area": "rural"}, "không thuộc khu vực đã chọn"),
        ({"way": "full", "standard": "qd59-2015", "demonstration": "on"}, "cần biết vùng"),
    ],
)
def test_a_choice_that_cannot_be_is_told_in_words(client: Client, fields: dict[str, str], said: str) -> None:
    assert said in html_text(posted(client, **fields))


def test_boxes_of_the_demonstration_table_are_said_to_be_no_official_points(client: Client) -> None:
    asked = {"standard": "qd59-2015", "demonstration": "on", "variant": "nmm", "on": "15/11/2020", "way": "full"}
    page = posted(client, do="show", **asked)
    assert "Bảng điểm B1 minh họa, không phải bảng chính thức" in page
    assert 'name="qd59-2015:t-' in page


def test_points_of_a_part_of_the_groups_give_no_class(client: Client) -> None:
    asked = {"standard": "qd59-2015", "demonstration": "on", "variant": "nmm", "on": "15/11/2020", "way": "full"}
    text = html_text(posted(client, **asked, **{"m0-name": "Lò Văn An", "m0-birth": "05/02/1980"}))
    assert "Chưa xếp loại được" in text
    assert "bảng điểm minh họa chỉ có 6 nhóm nên tổng thật có thể cao hơn; thiếu nhóm: diện tích ở" in text


def test_a_case_that_is_not_sure_is_told_once_beside_the_class(client: Client) -> None:
    asked = {"standard": "qd59-2015", "on": "15/11/2020", "qd59-2015:b1": "160", "qd59-2015:b2": "0"}
    page = posted(client, **asked)
    verdict = page.partition('class="verdict ')[2].partition("reason-group")[0]
    assert "chưa chắc chắn theo văn bản nên chưa dùng để xếp loại" in verdict
    assert "chưa chắc chắn trong tài liệu" not in page
    assert page.count("chưa dùng để xếp loại") == 1


def test_a_table_in_force_asks_for_the_region_and_otherwise_takes_the_total(client: Client) -> None:
    entering, deciding = (person("administrator", NATION) for _ in range(2))
    table = draft_table(entering, code="qd59-2015", from_day=date(2016, 1, 1))
    put_table_in_force(row=table, by=deciding, at=NOON)
    asked = {"way": "full", "standard": "qd59-2015", "on": "15/11/2020", "do": "show"}
    total = posted(client, **asked)
    assert "chọn vùng của bảng điểm ở trên" in html_text(total)
    assert 'name="qd59-2015:b1"' in total
    assert 'name="qd59-2015:t-' in posted(client, **asked, variant="nmm")


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ({"standard": "qd59-2015", "on": "15/11/2020"}, "Phiếu thu nhập: thu nhập 12 tháng"),
        ({"standard": "nd07-2021", "on": "15/11/2025"}, "Phụ lục VIII: thu nhập 12 tháng"),
        ({"standard": "", "on": "15/11/2021"}, "Phiếu thu nhập: thu nhập 12 tháng"),
    ],
)
def test_the_income_survey_has_the_name_of_the_standards_paper(
    client: Client, asked: dict[str, str], title: str
) -> None:
    page = html_text(posted(client, way="full", do="show", **asked))
    assert title in page
    assert page.count("thu nhập 12 tháng") == 1


def test_a_town_has_one_region(client: Client) -> None:
    asked = {"way": "full", "standard": "qd59-2015", "on": "15/11/2020", "area": "urban", "demonstration": "on"}
    assert 'name="qd59-2015:t-' in posted(client, do="show", **asked)


def test_a_draft_is_said_to_be_one(client: Client) -> None:
    answers = {"income_month": "2200000", "nd351-2025:deprivations": "3"}
    text = html_text(posted(client, standard="nd351-2025", way="income", **answers))
    assert "Chuẩn này là bản thảo, chưa dùng để quyết định." in text


def test_nothing_is_stored(client: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        full(client)
    writing = [one["sql"] for one in queries if one["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]
    assert [sql for sql in writing if "session" not in sql] == []


def test_the_slip_says_the_same_and_names_the_head_of_household(client: Client) -> None:
    fields = typed(HOUSEHOLD, "nd07-2021") | {"way": "full", "slip": "nd07-2021"}
    answer = client.post(SLIP, SETUP | fields)
    assert answer["Content-Type"] == "application/pdf"
    text = pdf_text(answer.content)
    assert "Thành viên đầu danh sách: Lò Văn An" in text
    assert "7,99 m²" in text
    named = client.post(SLIP, SETUP | fields | {"head": "Lò Thị Pâng"})
    assert "Chủ hộ: Lò Thị Pâng" in pdf_text(named.content)


@pytest.mark.parametrize("wrong", [{"nd07-2021:b1": "x"}, {"slip": "qd09-2011"}, {"on": "?"}])
def test_a_slip_that_cannot_be_made_leads_back_to_the_page(client: Client, wrong: dict[str, str]) -> None:
    fields = {"nd07-2021:b1": "130", "nd07-2021:b2": "0", "slip": "nd07-2021"} | wrong
    answer = client.post(SLIP, SETUP | fields)
    assert answer["Content-Type"].startswith("text/html")
    assert "Phân loại thử" in answer.content.decode()


@pytest.mark.parametrize(
    ("file", "title"), [("phieu-a", "PHIẾU A"), ("phieu-b", "PHIẾU B"), ("phu-luc-viii", "PHỤ LỤC VIII")]
)
def test_blank_forms_are_handed_out(client: Client, file: str, title: str) -> None:
    answer = client.get(f"/standards/nd07-2021/{file}.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert title in pdf_text(answer.content).upper()


@pytest.mark.parametrize("path", ["/standards/khong-co/phieu-a.pdf", "/standards/nd07-2021/phieu-b.pdf?variant=north"])
def test_a_form_that_does_not_exist_is_not_found(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_what_is_wrong_for_all_standards_alike_is_said_once(client: Client) -> None:
    page = client.post(
        TRY, SETUP | {"on": "22/11/2026", "standard": "", "way": "full", "do": "classify"}
    ).content.decode()
    assert page.count("hộ phải có ít nhất một thành viên") == 1
    assert "Chưa phân loại được: 1 ô cần sửa" in page
