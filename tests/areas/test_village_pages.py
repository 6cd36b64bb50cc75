"""The commune's leader keeps its villages on the pages; everybody with a grant reads them."""

import re
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from households.areas.villages import villages_of
from tests.access.people import AREAS, person, signed_in
from tests.reading import seen

pytestmark = pytest.mark.django_db

DAY, LATER = date(2026, 9, 1), date(2026, 10, 1)
PAPER = {"on": "01/09/2026", "legal_basis": "Nghị quyết 12/NQ-HĐND ngày 20/8/2026", "source": ""}
LIST = f"/areas/{AREAS.COMMUNE}/villages/"


@pytest.fixture
def leader() -> Client:
    return signed_in(person("commune_leader", AREAS.COMMUNE))


def add(client: Client, name: str, type: str = "Xóm") -> Any:
    return client.post(f"{LIST}new/", PAPER | {"type": type, "name": name}, follow=True)


def names(on: date = DAY) -> list[str]:
    return [one.full_name for one in villages_of(AREAS.COMMUNE, on=on)]


def test_the_leader_adds_renames_merges_and_closes_villages(leader: Client) -> None:
    assert "Đã thêm Xóm Nà Mạ (01392-001)" in seen(add(leader, "Nà Mạ"))
    add(leader, "Lũng Mật")
    add(leader, "Pác Bó")
    later = PAPER | {"on": "01/10/2026"}
    leader.post("/areas/villages/01392-003/rename/", later | {"type": "Tổ dân phố", "name": "Pác Bó"})
    merged = {"villages": ["01392-001", "01392-002"], "type": "Xóm", "name": "Mạ Mật", "keep": ""}
    answer = leader.post(f"{LIST}merge/", later | merged, follow=True)
    assert "Đã sáp nhập thành Xóm Mạ Mật (01392-004)" in seen(answer)
    assert (names(), names(LATER)) == (
        ["Xóm Lũng Mật", "Xóm Nà Mạ", "Xóm Pác Bó"],
        ["Tổ dân phố Pác Bó", "Xóm Mạ Mật"],
    )
    leader.post("/areas/villages/01392-004/close/", PAPER | {"on": "01/11/2026"})
    assert names(date(2026, 11, 1)) == ["Tổ dân phố Pác Bó"]


def test_a_slip_of_the_keyboard_is_corrected_on_the_day_it_was_made(leader: Client) -> None:
    add(leader, "Nà Mạa")
    typed = {"type": "Xóm", "name": "Nà Mạ", "reason": "gõ nhầm"}
    answer = leader.post("/areas/villages/01392-001/correct/", typed, follow=True)
    assert "Đã sửa thành Xóm Nà Mạ (01392-001)" in seen(answer)
    assert "không có gì khác" in seen(leader.post("/areas/villages/01392-001/correct/", typed))
    assert "Hãy điền mục này" in seen(leader.post("/areas/villages/01392-001/correct/", typed | {"reason": " "}))


def test_what_cannot_be_is_said_beside_its_field(leader: Client) -> None:
    add(leader, "Nà Mạ")
    again = add(leader, "nà mạ")
    assert "đã có Xóm Nà Mạ" in seen(again)
    assert 'id="id_name_error"' in again.content.decode()
    alone = leader.post(f"{LIST}merge/", PAPER | {"villages": ["01392-001"], "type": "Xóm", "name": "A", "keep": ""})
    assert "Hãy chọn ít nhất hai thôn" in seen(alone)
    assert "Ngày này quá xa" in seen(
        leader.post(f"{LIST}new/", PAPER | {"on": "01/09/2062", "type": "Xóm", "name": "B"})
    )


def test_a_village_that_starts_later_has_its_pages_already(leader: Client) -> None:
    leader.post(f"{LIST}new/", PAPER | {"on": "01/03/2028", "type": "Xóm", "name": "Xóm Tương Lai"})
    assert names(date(2028, 3, 1)) == ["Xóm Tương Lai"]
    linked = re.findall(r'href="(/areas/villages/[^"]+)"', leader.get(f"{LIST}?on=2028-03-01").content.decode())
    assert len(linked) >= 2
    assert {leader.get(path).status_code for path in linked} == {200}


def test_a_reader_sees_the_list_and_nothing_to_do_with_it(leader: Client) -> None:
    add(leader, "Nà Mạ")
    reader = signed_in(person("commune_official", AREAS.SIBLING))
    page = reader.get(f"{LIST}?on=2026-09-01").content.decode()
    assert "Xóm Nà Mạ" in page
    assert "/rename/" not in page
    assert reader.get(f"{LIST}new/").status_code == 403


def test_the_leader_of_another_commune_changes_nothing_here(leader: Client) -> None:
    add(leader, "Nà Mạ")
    stranger = signed_in(person("commune_leader", AREAS.FOREIGN_COMMUNE))
    for path in (f"{LIST}new/", f"{LIST}merge/", "/areas/villages/01392-001/rename/"):
        assert stranger.post(path, PAPER | {"type": "Xóm", "name": "Khác"}).status_code == 403
    assert names() == ["Xóm Nà Mạ"]


@pytest.mark.parametrize("path", ["/areas/04/villages/", "/areas/99999/villages/", "/areas/villages/01392/rename/"])
def test_what_is_no_commune_and_no_village_has_no_such_page(leader: Client, path: str) -> None:
    assert leader.get(path).status_code == 404


def upload(client: Client, rows: str, button: str) -> Any:
    text = "ma_xa,loai,ten_thon,tu_ngay,can_cu\n" + rows
    file = SimpleUploadedFile("thon.csv", text.encode())
    return client.post("/areas/villages/upload/", {"file": file, button: "1"}, follow=True)


def test_a_file_is_shown_before_it_is_loaded(leader: Client) -> None:
    row = "01392,Xóm,Nà Mạ,01/09/2026,NQ 12\n"
    assert "không có lỗi; 1 thôn mới" in seen(upload(leader, row, "check"))
    assert names() == []
    assert "Đã lưu 1 thôn mới" in seen(upload(leader, row, "load"))
    assert names() == ["Xóm Nà Mạ"]


def test_a_bad_row_or_a_foreign_commune_in_a_file(leader: Client) -> None:
    answer = seen(upload(leader, "01392,Xóm,A,hôm qua,NQ\n06688,Khu,B,01/09/2026,NQ\n", "load"))
    assert "“hôm qua” không phải là một ngày" in answer
    assert "của bạn không gồm Phường Hạ Long (06688)" in answer
    assert names() == []


def test_the_template_is_itself_a_good_file(leader: Client) -> None:
    template = leader.get("/areas/villages/mau-thon.csv").content
    answer = leader.post(
        "/areas/villages/upload/", {"file": SimpleUploadedFile("mau-thon.csv", template), "check": "1"}
    )
    assert "không có lỗi; 1 thôn mới" in seen(answer)


def test_the_pages_cost_few_queries(leader: Client) -> None:
    add(leader, "Nà Mạ")
    for path in (f"{LIST}?on=2026-09-01", f"{LIST}new/", f"/areas/{AREAS.COMMUNE}/"):
        with CaptureQueriesContext(connection) as captured:
            assert leader.get(path).status_code == 200
        assert len(captured) <= 15, path
