"""The pages of the administrative map: small, few queries, honest about what is not known."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.access.people import person, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> Client:
    return signed_in(person("village_reviewer", "01392"))


def text(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


@pytest.mark.parametrize("path", ["/areas/", "/areas/193/?on=2019-12-31"])
def test_the_map_needs_a_sign_in(client: Client, path: str) -> None:
    assert client.get(path).status_code == 302


@pytest.mark.parametrize(("on", "provinces"), [("2025-06-30", "63 tỉnh"), ("2025-07-01", "34 tỉnh")])
def test_the_tree_begins_with_the_provinces_of_the_day(reader: Client, on: str, provinces: str) -> None:
    assert provinces in text(reader, f"/areas/?on={on}")


def test_ha_long_has_20_wards_on_the_eve_and_33_communes_on_the_day(reader: Client) -> None:
    assert "20 đơn vị trực thuộc" in text(reader, "/areas/193/?on=2019-12-31")
    assert "33 đơn vị trực thuộc" in text(reader, "/areas/193/?on=2020-01-01")


def test_a_unit_whose_start_is_not_known_says_so(reader: Client) -> None:
    assert "chưa rõ ngày bắt đầu" in text(reader, "/areas/204/?on=2019-12-31")


def test_a_dissolved_district_shows_where_each_commune_went(reader: Client) -> None:
    page = text(reader, "/areas/193/?on=2025-06-30")
    assert 'href="/areas/06685/?on=2025-07-01"' in page
    assert "Nghị quyết 1679/NQ-UBTVQH15" in page


def test_a_doubtful_move_is_marked(reader: Client) -> None:
    assert "chưa chắc chắn" in text(reader, "/areas/01390/?on=2020-01-31")


def test_a_special_zone_does_not_pretend_to_be_urban_or_rural(reader: Client) -> None:
    assert "chưa có văn bản xếp đặc khu" in text(reader, "/areas/11948/?on=2026-01-01")


def test_a_code_of_another_day_leads_to_that_day(reader: Client) -> None:
    page = text(reader, "/areas/204/?on=2021-01-01", status=404)
    assert 'href="/areas/204/?on=2019-12-31"' in page


def test_search_by_name_without_accents_and_by_code(reader: Client) -> None:
    assert 'href="/areas/045/?on=2025-06-30"' in text(reader, "/areas/?on=2025-06-30&q=ha quang")
    assert "không có đơn vị nào khớp" in text(reader, "/areas/?on=2025-06-30&q=xyz")


@pytest.mark.parametrize("path", ["/areas/", "/areas/193/"])
@pytest.mark.parametrize("on", ["hôm qua", "14/10/1066", "30/02/2025", "2025-02-30", "12/31/2019"])
def test_a_day_that_is_none_is_said_at_its_field_and_no_map_is_shown(reader: Client, path: str, on: str) -> None:
    page = text(reader, f"{path}?on={on}", status=400)
    assert 'id="area-on-error"' in page
    assert f'value="{on}"' in page
    assert "đơn vị trực thuộc" not in page


@pytest.mark.parametrize("on", ["31/12/2019", "31.12.2019", "2019-12-31", " 31/12/2019 "])
def test_a_day_is_read_as_people_write_it_and_shown_so(reader: Client, on: str) -> None:
    page = text(reader, f"/areas/193/?on={on}")
    assert "20 đơn vị trực thuộc" in page
    assert 'value="31/12/2019"' in page


LARGE = [
    "/areas/?on=2025-06-30&q=xa",
    "/areas/38/?on=2025-07-01",
    "/areas/38/?on=2025-06-30",
    "/areas/280/?on=2025-06-30",
]


@pytest.mark.parametrize("path", LARGE)
def test_a_page_stays_small_and_asks_little(reader: Client, path: str) -> None:
    with CaptureQueriesContext(connection) as queries:
        page = text(reader, path)
    assert len(page.encode()) < 100_000
    assert len(queries) < 15
