"""Walks the steps of the guide's chapter on households and takes its pictures (see test_guide)."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.test_guide import picture  # noqa: F401  # the fixture
from tests.browser.test_households import NEW, START, record, register, type_cells, vi

pytestmark = pytest.mark.browser
NUMBER = "004180123457"


def test_finding_a_household_as_the_guide_says(visit, picture):  # noqa: F811
    page = visit("official").open(NEW)
    register(page, ("Đàm Văn Khoát", "1", "1", "1961", "Nùng"), ("Nông Thị Én", "2", "2", "1966", "Tày"))
    find(page, "dam van khoat")
    expect(page.get_by_role("main").get_by_role("link", name=re.compile("Đàm Văn Khoát")).first).to_be_visible()
    picture(page, "tim-ho")


def test_reading_a_household_as_the_guide_says(visit, picture):  # noqa: F811
    page = visit("official").open("/households/")
    page.get_by_role("row").filter(has_text="hộ nghèo").get_by_role("link").first.click()  # of the demonstration
    page.wait_for_selector("#panel-households-history li.event")
    picture(page, "mot-ho")


def find(page: Page, text: str) -> None:
    page.goto(page.url.partition("/households/")[0] + "/households/")
    page.locator("main [name=q]").first.fill(text)
    page.get_by_role("main").get_by_role("button", name="Tìm").first.click()


def test_registering_a_household_as_the_guide_says(visit, picture):  # noqa: F811
    page = visit("official").open(NEW)
    page.get_by_label("Thôn, tổ dân phố").select_option(label="Xóm Nà Mạ")
    page.get_by_label("Từ ngày").fill("05/01/2026")
    page.get_by_label("Lý do, căn cứ").fill("Giấy đề nghị rà soát")
    page.get_by_label("Họ và tên, người thứ 1").focus()
    type_cells(page, ("Hoàng Văn Páo", "1", "1", "12/05/1978", "Mông", "", "", "", "mất thẻ"))
    type_cells(page, ("Lý Thị Dợ", "2", "2", "1981", "H'Mông", "", "", "", "mất thẻ"))
    page.keyboard.type("Hoàng A Sình")
    page.set_viewport_size({"width": 1100, "height": 640})
    page.locator("legend").first.evaluate("one => one.scrollIntoView()")
    picture(page, "lap-ho")


def test_splitting_a_household_as_the_guide_says(visit, picture):  # noqa: F811
    page = visit("official").open(NEW)
    home = register(page, ("Ma Văn Tuyển", "1", "1", "1958", "Tày"), ("Ma Văn Hợp", "3", "1", "1992", "Tày"))
    record(page, home, "split", START + timedelta(days=7), "Đơn tách hộ")
    page.get_by_label("Sang hộ mới, là, Ma Văn Hợp").select_option(label="chủ hộ")
    page.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_text("(chưa lưu gì)")).to_be_visible()
    page.set_viewport_size({"width": 1100, "height": 640})
    page.get_by_role("heading", level=1).evaluate("one => window.scrollTo(0, document.body.scrollHeight)")
    picture(page, "tach-ho")


def test_deciding_about_two_records_as_the_guide_says(visit, picture):  # noqa: F811
    page = visit("official").open(NEW)
    row = ("Triệu Thị Phấy", "1", "2", "1980", "Dao", NUMBER)
    register(page, row)
    page.goto(page.url.partition("/households/")[0] + NEW)
    page.get_by_label("Thôn, tổ dân phố").select_option(label="Xóm Lũng Mật")
    page.get_by_label("Từ ngày").fill(vi(timezone.localdate()))
    page.get_by_label("Lý do, căn cứ").fill("Danh sách của xóm")
    page.get_by_label("Họ và tên, người thứ 1").focus()
    type_cells(page, row)
    page.get_by_role("button", name="Lưu hồ sơ").click()
    page.get_by_label("Số này đã có ở một người khác").first.select_option("other")
    page.get_by_role("button", name="Lưu hồ sơ").click()
    page.goto(page.url.partition("/households/")[0] + "/households/duplicates/")
    page.get_by_role("link", name=re.compile("Xem và kết luận: Triệu Thị Phấy")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Có phải một người?")
    picture(page, "ghi-trung")
