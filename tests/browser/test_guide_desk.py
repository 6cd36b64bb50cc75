"""Walks the steps of the guide's chapter on the survey desk and takes its pictures (see test_guide)."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_guide import picture  # noqa: F401  # the fixture

pytestmark = pytest.mark.browser


def test_the_list_of_forms_as_the_guide_says(visit, picture):  # noqa: F811
    page = visit("official").open("/surveys/?who=all")
    expect(page.get_by_role("heading", name="Phiếu rà soát", level=1)).to_be_visible()
    page.set_viewport_size({"width": 1100, "height": 760})
    picture(page, "danh-sach-phieu")
    page.get_by_role("checkbox").nth(0).check()
    page.get_by_role("button", name="Giao các phiếu đã chọn").click()
    expect(page.get_by_role("heading", name="Giao 1 phiếu")).to_be_visible()
    page.get_by_label("Giao cho").select_option(index=1)
    page.get_by_role("button", name="Giao", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="phiếu").first).to_be_visible()


def test_typing_a_form_as_the_guide_says(visit, picture):  # noqa: F811
    page = visit("official").open("/surveys/?who=all&state=typing")
    path = page.locator(".desk-forms th a").first.get_attribute("href")
    page = visit("official").open(path)
    expect(page.get_by_role("heading", name="Còn thiếu")).to_be_visible()
    page.set_viewport_size({"width": 1366, "height": 900})
    picture(page, "nhap-phieu")


def test_finishing_a_form_as_the_guide_says(visit, picture):  # noqa: F811
    page = visit("official").open("/surveys/?who=all&state=handed")
    path = page.locator(".desk-forms th a").first.get_attribute("href")
    page = visit("official").open(f"{path}finish/")
    expect(page.get_by_role("heading", name="Hoàn thành phiếu")).to_be_visible()
    expect(page.get_by_text("sổ hộ").first).to_be_visible()
    page.set_viewport_size({"width": 1366, "height": 900})
    picture(page, "hoan-thanh-phieu")


def test_listing_households_as_the_guide_says(visit, picture):  # noqa: F811
    page = visit("official").open("/surveys/list-households/")
    expect(page.get_by_role("heading", name="Lập danh sách rà soát")).to_be_visible()
    picture(page, "lap-danh-sach")


def test_sheets_filled_in_as_the_guide_says(visit, picture):  # noqa: F811
    page = visit("official").open("/surveys/sheets/")
    page.get_by_role("checkbox").first.check()
    picture(page, "phieu-dien-san")
    page.get_by_role("button", name="Làm tệp PDF").click()
    expect(page.get_by_role("heading", name="Đang làm phiếu điền sẵn")).to_be_visible()


def test_sending_a_form_back_as_the_guide_says(visit, picture):  # noqa: F811
    page = visit("official").open("/surveys/?who=all&state=done")
    path = page.locator(".desk-forms th a").first.get_attribute("href")
    page = visit("official").open(f"{path}return/")
    page.get_by_label("Vì sao trả lại").fill(
        "Bà Sầm Thị Nhình đã mất ngày 02/10, còn ghi trong hộ; hãy hỏi lại tổ dân phố."
    )
    picture(page, "tra-lai-phieu")
    page.get_by_role("button", name="Trả lại").click()
    expect(page.get_by_text("Đã trả lại phiếu.")).to_be_visible()
