"""What an auditor reads and takes away: everything in reach, nothing beyond it, and every taking away is recorded."""

import csv
import io
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from households.areas.models import Area
from povertyportal.core.clock import now, today
from povertyportal.core.history import acting
from povertyportal.core.models import User
from povertyportal.core.origin import coming_from
from povertyportal.documents.spreadsheet import csv_file, xlsx_file
from povertyportal.records.displays import record_display
from povertyportal.records.models import DisplayRecord, SignInRecord
from tests.access.people import AREAS, NATION, area_on, person, signed_in

pytestmark = pytest.mark.django_db

LISTS = ("/records/", "/records/sign-ins/", "/records/displays/")


def auditor(area: str = AREAS.PROVINCE) -> Client:
    return signed_in(person("auditor", area))


def renamed(code: str, name: str, by: User, reason: str = "sửa lỗi gõ tên") -> Area:
    area = area_on(code, today())
    with coming_from(via="/areas/", address="10.1.2.3"), acting(by=by, reason=reason):
        area.name = name
        area.save()
    return area


@pytest.fixture
def official() -> User:
    return person("commune_leader", AREAS.COMMUNE, username="dao", full_name="Nông Thị Bích Đào")


def said(client: Client, address: str) -> str:
    page = client.get(address)
    assert page.status_code == 200
    return page.content.decode()


def test_a_change_in_reach_is_read_with_who_when_what_why_and_where_from(official: User) -> None:
    renamed(AREAS.COMMUNE, "Trường Hà thử", official)
    page = said(auditor(), "/records/?person=dao")
    for told in ("Nông Thị Bích Đào", "Xã Trường Hà thử (01392)", "<del>Trường Hà</del>", "sửa lỗi gõ tên", "10.1.2.3"):
        assert told in page


def test_a_change_beyond_reach_is_not_shown(official: User) -> None:
    renamed(AREAS.FOREIGN_COMMUNE, "Hạ Long thử", official)
    assert "Hạ Long thử" not in said(auditor(), "/records/?person=dao")
    assert "Không có thay đổi nào khớp" in said(auditor(), "/records/?q=Hạ+Long+thử")
    assert "Hạ Long thử" in said(auditor(NATION), "/records/?person=dao")


def test_a_unit_narrows_the_list_to_what_is_below_it(official: User) -> None:
    renamed(AREAS.COMMUNE, "Trường Hà thử", official)
    renamed(AREAS.SIBLING, "Thông Nông thử", official)
    page = said(auditor(), f"/records/?person=dao&area={AREAS.COMMUNE}")
    assert "Trường Hà thử" in page
    assert "Thông Nông thử" not in page


def test_one_row_is_followed_through_its_life(official: User) -> None:
    area = renamed(AREAS.COMMUNE, "Trường Hà một", official)
    renamed(AREAS.COMMUNE, "Trường Hà hai", official)
    page = said(auditor(), f"/records/?table=areas.area&object={area.pk}")
    assert page.index("<ins>Trường Hà hai</ins>") < page.index("<ins>Trường Hà một</ins>")


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("area=22", "Không có đơn vị nào mang mã “22” trong phạm vi bạn được xem nhật ký."),
        ("since=hôm nay", "Cần ghi ngày/tháng/năm"),
        ("since=2/2/2026&until=1/2/2026", "Ngày cuối phải sau hoặc trùng ngày đầu."),
        ("until=31/12/9999", "hãy xem lại năm đã ghi"),
        ("table=auth.user", "Không có bảng dữ liệu này"),
        ("object=99999999999999999999", "Số của dòng dữ liệu trong địa chỉ không đúng."),
    ],
)
def test_a_filter_that_cannot_be_read_is_told_at_its_field(query: str, sentence: str) -> None:
    page = auditor().get(f"/records/?{query}")
    assert page.status_code == 400
    assert sentence in page.content.decode()
    assert '<li class="event' not in page.content.decode()


@pytest.mark.parametrize("address", LISTS)
def test_an_unknown_filter_is_refused(address: str) -> None:
    assert auditor().get(f"{address}?everything=1").status_code == 400


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize("role", ["administrator", "province_reviewer", "district_reviewer"])
def test_whoever_is_no_auditor_reads_no_records(role: str, address: str) -> None:
    assert signed_in(person(role, AREAS.PROVINCE)).get(address).status_code == 403


def test_days_are_days_in_vietnam_and_the_last_one_counts(official: User) -> None:
    renamed(AREAS.COMMUNE, "Trường Hà thử", official)
    day, eve = today().strftime("%d/%m/%Y"), (today() - timedelta(days=1)).strftime("%d/%m/%Y")
    client = auditor()
    assert "Trường Hà thử" in said(client, f"/records/?person=dao&since={day}&until={day}")
    assert "Không có thay đổi nào khớp" in said(client, f"/records/?person=dao&until={eve}")


def knocks(*names: str) -> None:
    for name in names:
        user = User.objects.filter(username=name).first()
        SignInRecord.objects.create(at=now(), kind="wrong_password", username=name, user=user, address="10.9.9.9")


def test_sign_ins_of_ones_own_people_are_shown_and_strangers_only_to_the_nation(official: User) -> None:
    person("commune_official", AREAS.FOREIGN_COMMUNE, username="nguoi-ha-long")
    knocks("dao", "nguoi-ha-long", "ten-khong-co")
    page = said(auditor(), "/records/sign-ins/?kind=wrong_password")
    assert ["dao" in page, "nguoi-ha-long" in page, "ten-khong-co" in page] == [True, False, False]
    page = said(auditor(NATION), "/records/sign-ins/?address=10.9.9.9")
    assert ["dao" in page, "nguoi-ha-long" in page, "ten-khong-co" in page] == [True, True, True]


def test_what_was_shown_is_read_by_who_reaches_the_person_or_the_unit(official: User) -> None:
    outsider = person("commune_official", AREAS.FOREIGN_COMMUNE, full_name="Lò Thị Én")
    for user, area in ((official, ""), (outsider, AREAS.COMMUNE), (outsider, "")):
        place: dict[str, Any] = {"area_code": area, "area_on": today() if area else None}
        record_display(
            by=user, at=now(), subject_kind="person", subject_id="1", field="số định danh",
            purpose=f"đối chiếu {user.username} {area}", **place,
        )  # fmt: skip
    page = said(auditor(), "/records/displays/")
    assert f"đối chiếu {outsider.username} {AREAS.COMMUNE}" in page
    assert "đối chiếu dao" in page
    assert page.count("đối chiếu") == 2


# Files


def read_csv(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_a_file_holds_what_the_page_found_and_taking_it_is_recorded(official: User) -> None:
    renamed(AREAS.COMMUNE, "Trường Hà thử", official)
    reader = person("auditor", AREAS.PROVINCE, username="kiem-toan")
    answer = signed_in(reader).get("/records/changes.csv?person=dao")
    header, row = read_csv(answer.content)
    assert dict(zip(header, row, strict=True))["Thay đổi"] == "Tên: Trường Hà → Trường Hà thử"
    assert 'attachment; filename="thay-doi-du-lieu-' in answer["Content-Disposition"]
    taken = DisplayRecord.objects.get()
    assert (taken.user.username, taken.field, taken.purpose) == (
        "kiem-toan", "1 dòng", "Tải tệp nhật ký (person=dao)",
    )  # fmt: skip


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("name", ["changes_file", "sign_ins_file", "displays_file"])
def test_every_list_leaves_as_csv_and_as_excel(name: str, kind: str, official: User) -> None:
    knocks("dao")
    address = reverse(f"records:{name}", args=[kind]) + "?person=dao"
    answer = auditor().get(address)
    assert answer.status_code == 200
    assert zipfile.is_zipfile(io.BytesIO(answer.content)) == (kind == "xlsx")


def test_a_file_with_a_filter_that_cannot_be_read_is_refused_and_not_recorded() -> None:
    assert auditor().get("/records/changes.csv?since=hom-nay").status_code == 400
    assert not DisplayRecord.objects.exists()


def test_more_than_a_file_may_hold_is_refused_with_a_way_out(monkeypatch: pytest.MonkeyPatch, official: User) -> None:
    monkeypatch.setattr("households.web.records_files.MOST_ROWS", 2)
    answer = auditor().get("/records/changes.csv")
    assert answer.status_code == 400
    assert "Hãy chọn thời gian hoặc bảng dữ liệu hẹp hơn" in answer.content.decode()


@pytest.mark.parametrize("typed", ["=1+1", "+84", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"])
def test_what_begins_like_a_formula_stays_text_in_a_file(typed: str) -> None:
    (_header, row) = read_csv(csv_file(["Tên"], [[typed]]))
    assert row[0] == f"'{typed}"
    sheet = zipfile.ZipFile(io.BytesIO(xlsx_file("Thử", ["Tên"], [[typed]]))).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet


def test_a_page_stays_light_and_cheap(official: User, django_assert_max_num_queries: Any) -> None:
    client = auditor()
    with django_assert_max_num_queries(15):
        page = client.get("/records/")
    assert page.content.count(b'<li class="event ') == 30
    assert len(page.content) < 100_000
