"""Walks the steps of the guide's chapter on survey rounds and takes its pictures (see test_guide)."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_guide import picture  # noqa: F401  # the fixture
from tests.browser.test_households import PASTE

pytestmark = pytest.mark.browser
PLAN = "Kế hoạch 135/KH-UBND ngày 20/8/2026"


def previewed(page: Page, area: str, month: str = "") -> None:
    page.get_by_label("Loại đợt").select_option("inyear" if month else "periodic")
    page.get_by_label("Năm rà soát").fill("2026")
    page.get_by_label("Tháng").select_option(month)
    page.get_by_label("Mã địa bàn").fill(area)
    page.get_by_label("Kế hoạch, căn cứ").fill(PLAN)
    page.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_role("heading", name="Sẽ mở đợt này")).to_be_visible()


def opened(page: Page) -> str:
    """The path of the round's page."""
    page.get_by_role("button", name="Mở đợt", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Đã mở đợt")
    return "/rounds/" + page.url.partition("/rounds/")[2]


def test_opening_a_round_as_the_guide_says(visit, picture):  # noqa: F811
    page = visit("editor").open("/rounds/new/")
    previewed(page, "20")  # the invented round of this year is Cao Bằng's
    page.set_viewport_size({"width": 1100, "height": 640})
    page.get_by_role("heading", name="Sẽ mở đợt này").evaluate("one => one.scrollIntoView()")
    picture(page, "mo-dot")
    opened(page)
    expect(page.get_by_text("Chưa gắn chuẩn mở đầu giai đoạn sau")).to_be_visible()
    picture(page, "mot-dot")


def test_entering_totals_as_the_guide_says(visit, picture):  # noqa: F811
    page = visit("editor").open("/rounds/new/")
    previewed(page, "01392", month="8")
    path = opened(page)
    page = visit("official").open(path)
    page.get_by_role("link", name="Nhập tổng số").click()
    page.get_by_label(re.compile("^Số hộ")).focus()
    page.evaluate(PASTE, "Xã Trường Hà\t1.046\t4.187\n")
    page.get_by_role("button", name="Điền vào bảng").click()
    page.get_by_label(re.compile("^Số nhân khẩu")).press("Enter")
    expect(page.get_by_label("Nguồn")).to_be_focused()
    page.keyboard.type("Báo cáo dân số, hộ khẩu của Công an xã ngày 31/8/2026")
    picture(page, "tong-so-xa")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Đã ghi số của 1 xã")


def test_withdrawing_a_round_as_the_guide_says(visit, picture):  # noqa: F811
    page = visit("editor").open("/rounds/new/")
    previewed(page, "01392", month="7")
    opened(page)
    page.get_by_role("link", name="Rút đợt mở nhầm").click()
    page.get_by_label("Vì sao rút").fill("Mở nhầm tháng 7, đúng ra là tháng 8")
    picture(page, "rut-dot")
    page.get_by_role("button", name="Rút đợt").click()
    expect(page.get_by_text("Đợt này đã rút, không nhận số liệu nữa.").first).to_be_visible()
