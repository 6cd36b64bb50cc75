"""The pages of the calendar and of the procedures."""

import re
from datetime import date

import pytest
from django.test import Client

from households.review.calendar.stored import calendar
from households.review.procedures.shelf import PROCEDURES
from households.review.superior_models import CalendarDay
from tests.access.people import AREAS, NATION, person, signed_in

pytestmark = pytest.mark.django_db
CULTURE = {"day": "24/11/2026", "off": "1", "name": "Ngày Văn hóa Việt Nam", "basis": "Thông báo 12/TB (thử)"}


def text_of(client: Client, path: str, status: int = 200) -> str:
    """Without tags, spaces drawn together."""
    answer = client.get(path)
    assert answer.status_code == status, answer.content.decode()[:400]
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.fixture
def official() -> Client:
    return signed_in(person("commune_official", AREAS.COMMUNE))


@pytest.fixture
def administrator() -> Client:
    return signed_in(person("administrator", NATION, full_name="Lý Thị Thu"))


def test_the_calendar_tells_each_day_off_with_its_basis_and_what_is_unsettled(official: Client) -> None:
    page = text_of(official, "/review/calendar/?year=2026")
    assert "02/09/2026" in page
    assert "Bộ luật Lao động 2019, Điều 112 khoản 1 điểm đ" in page
    assert re.search(r"22/08/2026 Thứ \S+ làm việc", page)
    assert re.search(r"24/11/2026, 24/11/2027: Ngày Văn hóa Việt Nam\.", page)
    assert "chưa đối chiếu" in page


def test_a_year_without_shipped_days_says_so(official: Client) -> None:
    assert "Cổng chưa có ngày nghỉ lễ của năm 2030" in text_of(official, "/review/calendar/?year=2030")


@pytest.mark.parametrize("year", ["1999", "hai", "99999999999", "²⁰"])
def test_a_year_that_is_none_is_refused_in_words(official: Client, year: str) -> None:
    assert "không phải là năm có lịch" in text_of(official, f"/review/calendar/?year={year}", 400)


def test_an_administrator_of_the_province_enters_a_day_that_counts_from_then_on(administrator: Client) -> None:
    answer = administrator.post("/review/calendar/new/", CULTURE)
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/review/calendar/?year=2026"
    assert calendar().is_off(date(2026, 11, 24))
    page = text_of(administrator, "/review/calendar/?year=2026")
    assert "Lý Thị Thu" in page
    assert "Thông báo 12/TB (thử)" in page


def test_a_day_entered_anew_strikes_out_the_word_before(administrator: Client) -> None:
    administrator.post("/review/calendar/new/", CULTURE)
    administrator.post("/review/calendar/new/", {**CULTURE, "off": "0", "name": "Vẫn làm việc"})
    assert not calendar().is_off(date(2026, 11, 24))
    assert text_of(administrator, "/review/calendar/?year=2026").count("đã ghi lại sau") == 1


def test_what_is_wrong_is_said_at_its_field(administrator: Client) -> None:
    answer = administrator.post("/review/calendar/new/", {**CULTURE, "day": "02/09/2026", "basis": ""})
    page = answer.content.decode()
    assert "Hãy điền mục này." in page
    answer = administrator.post("/review/calendar/new/", {**CULTURE, "day": "02/09/2026"})
    assert "Ngày 02/09/2026 đã là ngày nghỉ." in answer.content.decode()
    assert not CalendarDay.objects.exists()


def test_an_administrator_of_a_commune_is_told_who_may_change_it() -> None:
    client = signed_in(person("administrator", AREAS.COMMUNE))
    assert "chỉ người được giao quyền này trên toàn quốc" in text_of(client, "/review/calendar/new/")
    assert client.post("/review/calendar/new/", CULTURE).status_code == 403
    assert not CalendarDay.objects.exists()


def test_an_official_reads_the_calendar_and_does_not_change_it(official: Client) -> None:
    assert "Ghi ngày nghỉ, làm bù" not in text_of(official, "/review/calendar/")
    assert official.post("/review/calendar/new/", CULTURE).status_code == 403


def test_the_procedures_are_listed_each_with_its_page(official: Client) -> None:
    page = text_of(official, "/review/procedures/")
    for one in PROCEDURES:
        assert one.title in page
        assert one.title in text_of(official, f"/review/procedures/{one.code}/")


def test_the_page_of_a_procedure_says_who_by_when_and_on_what_basis(official: Client) -> None:
    page = text_of(official, "/review/procedures/periodic/")
    assert "Chủ tịch UBND cấp tỉnh , từ ngày 01/07/2025" in page.replace("tỉnh,", "tỉnh ,")
    assert "Đang niêm yết → Niêm yết xong , hoặc Đang phúc tra khi có khiếu nại" in page
    assert "Phúc tra: 7 ngày làm việc từ ngày nhận" in page
    assert "chậm nhất ngày 14/12" in page
    assert "Phụ lục V" in page


def test_what_nobody_compared_with_the_gazette_is_marked(official: Client) -> None:
    page = text_of(official, "/review/procedures/before_2022/")
    assert "chưa đối chiếu" in page
    assert "chưa chắc" in page
    assert "Thời gian niêm yết 7 ngày chưa đối chiếu được với công báo." in page


def test_there_is_no_page_of_a_procedure_that_is_none(official: Client) -> None:
    assert "Không có thủ tục này" in text_of(official, "/review/procedures/khac/", 404)
