"""The list of households: one box, filters, and no personal number in any address."""

import re
from datetime import date
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client

from households.registry.actions.members import add_member, remove_member
from households.registry.actions.moving import end_household, move_household
from households.registry.entries import MemberData, Place
from households.registry.finding_models import SavedFilter
from households.registry.models import Recognition, Residence
from tests.access.people import AREAS, NATION, person, signed_in
from tests.people import on_the_record
from tests.registry.people import AT, household, member, person_of, told

pytestmark = pytest.mark.django_db

NUMBER = "004190123456"
LIST = "/households/"


@pytest.fixture
def official() -> Client:
    return signed_in(person("commune_official", AREAS.COMMUNE))


def text_of(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def names_in(answer: Any) -> list[str]:
    return [
        " ".join(name.split())
        for name in re.findall(r'<th role="rowheader" scope="row">\s*(?:<a[^>]*>)?([^<]+)', answer.content.decode())
    ]


def of(name: str, **more: Any) -> Any:
    return household("01392-001", [member(name, "head", **more)])


def test_heads_stand_by_given_name_in_the_order_of_the_alphabet(official: Client) -> None:
    for name in ("Nông Văn Đào", "Bế Thị Ân", "Lý Văn An", "Đàm Văn Dũng", "Hoàng Thị An"):
        of(name)
    assert names_in(official.get(LIST)) == ["Hoàng Thị An", "Lý Văn An", "Bế Thị Ân", "Đàm Văn Dũng", "Nông Văn Đào"]


def test_a_name_is_found_without_marks_and_its_address_can_be_kept(official: Client) -> None:
    of("Nông Thị Hoà")
    of("Lý Văn Páo")
    sent = official.post(LIST, {"q": "nong thi hoa", "sex": "", "on": ""})
    assert sent.url == "/households/?q=nong+thi+hoa"
    assert names_in(official.get(sent.url)) == ["Nông Thị Hoà"]


@pytest.mark.parametrize("typed", [NUMBER, "004 190 123 456", "004.190.123.456"])
def test_a_number_leads_to_the_household_and_stands_neither_in_the_address_nor_on_the_page(
    official: Client, typed: str
) -> None:
    home = of("Nông Văn An", identity=NUMBER, sex="male", born=1990)
    found = official.post(LIST, {"q": typed}, follow=True)
    assert found.redirect_chain == [(f"/households/{home.pk}/", 302)]
    assert "Số vừa tìm là của Nông Văn An." in text_of(found)
    assert NUMBER not in re.sub(r"[ .]", "", found.content.decode())


def test_a_number_that_two_people_have_leaves_the_choice(official: Client) -> None:
    of("Nông Văn An", identity=NUMBER, sex="male", born=1990)
    of("Nông Văn Ân", identity=NUMBER, sex="male", born=1990, despite_twin=True)
    found = official.post(LIST, {"q": NUMBER})
    assert names_in(found) == ["Nông Văn An", "Nông Văn Ân"]
    assert NUMBER not in re.sub(r"[ .]", "", found.content.decode())


@pytest.mark.parametrize(
    "typed",
    ["CCCD: 004 190 123 456", "004–190–123–456", "004/190/123/456", "Nông Văn An 004190123456", "０04190123456"],
)
def test_a_number_is_found_however_it_is_grouped_and_whatever_stands_beside_it(official: Client, typed: str) -> None:
    home = of("Nông Văn An", identity=NUMBER, sex="male", born=1990)
    of("Nông Văn An", born=1950)
    assert official.post(LIST, {"q": typed})["Location"] == f"/households/{home.pk}/"


@pytest.mark.parametrize("beside", [{"sex": "male"}, {"on": "2026-05-01"}, {"sex": "x"}, {"on": "31/02/2026"}])
def test_a_number_stands_in_no_link_and_no_box_of_the_page_it_is_looked_for_on(
    official: Client, beside: dict[str, str]
) -> None:
    of("Nông Văn An", identity=NUMBER, sex="male", born=1990)
    of("Nông Văn Ân", identity=NUMBER, sex="male", born=1990, despite_twin=True)
    assert NUMBER not in official.post(LIST, {"q": NUMBER, **beside}).content.decode()


def test_a_number_nobody_has_says_so(official: Client) -> None:
    assert "Không có ai mang số này" in text_of(official.post(LIST, {"q": NUMBER}))


@pytest.mark.parametrize(
    "typed",
    [
        NUMBER,
        "004190 123 456",
        "HN4 040101234567",
        "004–190–123–456",
        "004/190/123/456",
        "004_190_123_456",
        "٠٠٤١٩٠١٢٣٤٥٦",
    ],
)
def test_a_number_in_the_address_is_refused(official: Client, typed: str) -> None:
    answer = official.get(LIST, {"q": typed})
    assert answer.status_code == 400
    assert "gõ số vào ô tìm" in text_of(answer)
    assert NUMBER not in answer.content.decode()


def test_nothing_found_comes_with_what_to_try(official: Client) -> None:
    told = text_of(official.get(LIST, {"q": "trần văn xyz", "sex": "male"}))
    assert "Không tìm thấy “trần văn xyz”" in told
    assert "Tìm lại không kèm bộ lọc" in told


def test_an_empty_commune_is_told_to_begin(official: Client) -> None:
    assert "Lập hộ đầu tiên" in text_of(official.get(LIST))


def test_a_list_says_how_many_households_there_are_and_how_many_people_live_in_each(official: Client) -> None:
    household("01392-001", [member("Nông Văn An", "head"), member("Nông Thị Mai"), member("Nông Văn Tú")])
    of("Lý Văn Bảo")
    told_there = text_of(official.get(LIST))
    assert "2 hộ , ngày" in told_there
    assert re.findall(r"H\d+ (\d) Xóm Nà Tềnh", told_there) == ["3", "1"]


def test_whoever_sees_the_nation_is_asked_whom_he_looks_for() -> None:
    of("Nông Văn An")
    answer = signed_in(person("auditor", NATION)).get(LIST)
    assert "hãy gõ tên" in text_of(answer)
    assert names_in(answer) == []


def test_people_of_other_communes_are_not_found() -> None:
    of("Nông Văn An")
    neighbour = signed_in(person("commune_official", AREAS.SIBLING))
    assert "Không tìm thấy" in text_of(neighbour.get(LIST, {"q": "nông văn an"}))


def test_one_that_moved_away_is_found_on_a_day_when_it_was_here(official: Client) -> None:
    home = of("Nông Văn An")
    move_household(household=home.pk, place=Place(AREAS.SIBLING), on=date(2026, 6, 1), **told())
    assert names_in(official.get(LIST)) == []
    then = official.get(LIST, {"on": "2026-05-01"})
    assert names_in(then) == ["Nông Văn An"]
    assert f"/households/{home.pk}/?on=2026-05-01" in then.content.decode()


def moved_away(**more: Any) -> Any:
    """From Trường Hà to Thông Nông in June, where it has the code TN-1 and is no more since September."""
    home = household("01392-001", [member("Nông Văn An", "head", born=1980)], local_code="TH-1", **more)
    move_household(household=home.pk, place=Place(AREAS.SIBLING, "", "TN-1"), on=date(2026, 6, 1), **told())
    end_household(household=home.pk, on=date(2026, 9, 1), **told())
    return home


@pytest.mark.parametrize("asked", [{"q": "TN-1"}, {"unplaced": "1"}, {"gone": "1"}, {"klass": "poor"}])
def test_the_old_place_cannot_ask_about_what_came_after_its_days(official: Client, asked: dict[str, str]) -> None:
    home = moved_away()
    decided_later(home)
    with on_the_record():
        Residence.objects.filter(household=home, area_code=AREAS.SIBLING).update(unplaced=True)
    assert names_in(official.get(LIST, {"on": "2026-05-01", **asked})) == []


def test_what_the_new_place_decided_for_earlier_days_stands_in_no_list_of_the_old_one(official: Client) -> None:
    home = moved_away()
    decided_later(home)
    assert "hộ nghèo" not in row_of(official.get(LIST, {"on": "2026-05-01"}))
    assert "đã mất" not in row_of(official.get(LIST, {"on": "2026-05-01", "q": f"H{home.pk}"}))
    neighbour = signed_in(person("commune_official", AREAS.SIBLING))
    assert "hộ nghèo" in row_of(neighbour.get(LIST, {"on": "2026-05-01"}))
    assert names_in(neighbour.get(LIST, {"on": "2026-05-01", "klass": "poor"})) == ["Nông Văn An"]


def decided_later(home: Any) -> None:
    with on_the_record() as by:
        Recognition.objects.create(
            household=home, klass="poor", year=2025, standard="nd07-2021", decision_number="9/QĐ",
            decision_date=date(2026, 7, 10), validity=DateRange(date(2026, 1, 11), None), area_code=AREAS.SIBLING,
            origin="taken_over", source="Sổ của xã", reason="Nhập sổ cũ", by=by, at=AT,
        )  # fmt: skip


def row_of(answer: Any) -> str:
    rows = re.search(r"<tbody.*</tbody>", answer.content.decode(), re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", rows[0]).split()) if rows else ""


def test_who_married_into_the_commune_is_not_shown_in_the_household_left_behind(official: Client) -> None:
    left = household("01392-001", [member("Nông Văn An", "head"), member("Nông Thị Mai", born=2000)])
    joined = household(AREAS.SIBLING, [member("Lý Văn Bảo", "head")])
    mai = person_of(left, "Mai")
    remove_member(person=mai.pk, on=date(2026, 6, 1), **told())
    bride = MemberData(person=mai.pk, relation="spouse")
    add_member(household=joined.pk, member=bride, kind="joined", on=date(2026, 6, 1), **told())
    neighbour = signed_in(person("commune_official", AREAS.SIBLING))
    assert names_in(neighbour.get(LIST, {"q": "mai"})) == ["Nông Thị Mai"]
    assert names_in(neighbour.get(LIST, {"q": "mai", "on": "2026-05-01"})) == []
    assert names_in(official.get(LIST, {"q": "mai", "on": "2026-05-01"})) == ["Nông Thị Mai"]


def test_those_who_are_gone_stand_apart(official: Client) -> None:
    home = of("Nông Văn An")
    end_household(household=home.pk, on=date(2026, 6, 1), **told())
    assert names_in(official.get(LIST)) == []
    assert names_in(official.get(LIST, {"gone": "1"})) == ["Nông Văn An"]


def test_a_place_can_be_chosen_among_ones_own(official: Client) -> None:
    of("Nông Văn An")
    household("01392-002", [member("Lý Văn Bảo", "head")])
    page = official.get(LIST)
    assert '<option value="01392-002">– Xóm' in page.content.decode()
    assert names_in(official.get(LIST, {"area": "01392-002"})) == ["Lý Văn Bảo"]


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"area": "06688"}, "Hãy chọn một mục trong danh sách."),
        ({"sex": "x"}, "Hãy chọn một mục trong danh sách."),
        ({"born_from": "85"}, "Hãy ghi năm sinh bằng 4 chữ số."),
        ({"born_from": "1990", "born_to": "1980"}, "Năm sau phải không trước năm đầu."),
        ({"on": "31/02/2026"}, "Cần ghi ngày/tháng/năm"),
        ({"on": "01/01/2199"}, "Ngày này chưa tới"),
        ({"page": "x"}, "không phải là số trang"),
    ],
)
def test_a_filter_that_cannot_be_read_is_told_at_its_field(
    official: Client, asked: dict[str, str], sentence: str
) -> None:
    answer = official.get(LIST, asked)
    assert answer.status_code == 400
    assert sentence in text_of(answer)


def test_filters_leave_who_fits_and_say_what_was_filtered(official: Client) -> None:
    of("Nông Văn An", sex="male", born=1950)
    of("Lý Thị Bình", sex="female", born=1990)
    answer = official.get(LIST, {"sex": "female", "born_from": "1980"})
    assert names_in(answer) == ["Lý Thị Bình"]
    assert "Giới tính: nữ" in text_of(answer)
    assert "Sinh từ năm: 1980" in text_of(answer)


def test_a_search_is_kept_under_a_name_and_dropped(official: Client) -> None:
    official.post("/households/filters/", {"name": "Phụ nữ Nùng", "sex": "female", "ethnicity": "nung"})
    page = official.get(LIST)
    assert "/households/?ethnicity=nung&amp;sex=female" in page.content.decode()
    kept = SavedFilter.objects.get()
    assert kept.query == {"sex": "female", "ethnicity": "nung"}
    official.post(f"/households/filters/{kept.pk}/delete/")
    assert not SavedFilter.objects.exists()


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"name": "", "sex": "female"}, "Hãy đặt tên"),
        ({"name": "Tìm ông An", "q": NUMBER}, "Số định danh không được lưu"),
        ({"name": NUMBER, "sex": "male"}, "Số định danh không được lưu"),
        ({"name": "Rỗng"}, "Chưa lọc gì để lưu"),
        ({"name": "Đã có", "sex": "male"}, "Bạn đã có cách lọc tên “Đã có”"),
        ({"name": "Sai", "sex": "x"}, "Giới tính: Hãy chọn một mục trong danh sách."),
        ({"name": "Ngày lạ", "on": "abc"}, "Vào ngày: Cần ghi ngày/tháng/năm"),
        ({"name": "Ngày mai", "on": "2199-01-01"}, "Ngày này chưa tới"),
        ({"name": "Nơi khác", "area": "06688"}, "Địa bàn: Hãy chọn một mục"),
        ({"name": "Dài", "q": "an " * 200}, "Câu tìm dài quá"),
        ({"name": "Năm ngược", "born_from": "1990", "born_to": "1980"}, "Năm sau phải không trước năm đầu"),
        ({"name": "\x00", "sex": "male"}, "Hãy đặt tên"),
    ],
)
def test_what_cannot_be_kept_is_said(official: Client, sent: dict[str, str], sentence: str) -> None:
    official.post("/households/filters/", {"name": "Đã có", "sex": "female"})
    assert sentence in text_of(official.post("/households/filters/", sent, follow=True))
    assert [kept.name for kept in SavedFilter.objects.all()] == ["Đã có"]


def test_nobody_sees_or_drops_what_another_keeps(official: Client) -> None:
    official.post("/households/filters/", {"name": "Của tôi", "sex": "female"})
    colleague = signed_in(person("commune_official", AREAS.COMMUNE))
    assert "Của tôi" not in text_of(colleague.get(LIST))
    colleague.post(f"/households/filters/{SavedFilter.objects.get().pk}/delete/")
    assert SavedFilter.objects.exists()


def test_whoever_manages_an_account_sees_how_many_households_it_sees_and_not_which() -> None:
    of("Nông Văn An")
    of("Lý Văn Bảo")
    person("commune_official", AREAS.COMMUNE, username="can-bo-xa")
    page = text_of(signed_in(person("administrator", AREAS.COMMUNE)).get("/access/accounts/can-bo-xa/sees/"))
    assert re.search(r"Hộ gia đình đang ở trong địa bàn\D*2\b", page)
    assert "Nông Văn An" not in page


def test_the_menu_and_the_home_page_lead_there(official: Client) -> None:
    home = official.get("/").content.decode()
    assert 'href="/households/"' in home
    assert 'href="/households/new/"' in home
    assert "/households/" not in signed_in(person("administrator", AREAS.COMMUNE)).get("/").content.decode()
