"""Walks the steps of the guide's chapter on trying a household and takes its pictures (see test_guide)."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_guide import picture  # noqa: F401  # the fixture

pytestmark = pytest.mark.browser


def test_trying_a_household_as_the_guide_says(visit, picture):  # noqa: F811
    page = visit("official").open("/standards/")
    page.get_by_role("main").get_by_role("link", name="Phân loại thử").click()
    page.get_by_label("Chuẩn", exact=True).select_option("nd07-2021")
    page.get_by_label("Cách nhập").select_option("scores")
    page.get_by_role("button", name="Hiện câu hỏi").click()
    page.get_by_role("textbox", name="Điểm B1").fill("130")
    page.get_by_role("textbox", name="Điểm B2").fill("40")
    page.get_by_role("button", name="Phân loại", exact=True).last.click()
    expect(page.get_by_role("heading", level=2).first).to_have_text("Hộ nghèo")
    expect(page.get_by_role("button", name="Phiếu kết quả (PDF) cho hộ")).to_be_visible()
    picture(page, "phan-loai-thu")


def test_printing_blank_forms_as_the_guide_says(visit, picture):  # noqa: F811
    page = visit("official").open("/standards/nd07-2021/")
    page.get_by_role("link", name="Phiếu in").click()
    expect(page.get_by_role("button", name="Tải Phiếu B")).to_be_visible()
    page.set_viewport_size({"width": 1100, "height": 640})
    page.locator("#papers").evaluate("heading => heading.scrollIntoView()")
    picture(page, "phieu-in")
