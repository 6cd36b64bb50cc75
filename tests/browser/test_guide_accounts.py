"""Walks the steps of the guide's chapter on signing in and takes its pictures (see test_guide)."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_guide import picture  # noqa: F401  # the fixture

pytestmark = pytest.mark.browser


def test_the_code_is_asked_for_as_the_guide_says(browser, live_portal, live_accounts, picture):  # noqa: F811
    name, password = live_accounts["reader"]
    page = browser.new_context(locale="vi-VN").new_page()
    page.goto(f"{live_portal}/sign-in/")
    page.get_by_label("Tên đăng nhập").fill(name)
    page.get_by_label("Mật khẩu").fill(password)
    page.get_by_role("main").get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_label("Mã xác thực")).to_be_focused()
    picture(page, "nhap-ma")
    page.context.close()


def test_one_s_account_as_the_guide_says(visit, picture):  # noqa: F811
    page = visit("official").open("/")
    page.get_by_role("button", name=re.compile("Tài khoản")).click()
    page.get_by_role("link", name="Tài khoản của tôi").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tài khoản của tôi")
    picture(page, "tai-khoan-cua-toi")
    page.get_by_role("link", name="Gắn mã xác thực").click()
    expect(page.get_by_role("button", name="Gắn")).to_be_visible()
    picture(page, "gan-ma")
    page.get_by_role("link", name="Tài khoản của tôi").first.click()
    page.get_by_role("link", name="Xem và kết thúc phiên").click()
    expect(page.get_by_text("phiên này", exact=True)).to_be_visible()
    picture(page, "phien-dang-nhap")


def test_the_locked_screen_as_the_guide_says(browser, running_portal, picture):  # noqa: F811
    page = browser.new_context(locale="vi-VN", reduced_motion="reduce").new_page()
    page.goto(f"{running_portal.url}/sign-in/")
    page.get_by_label("Tên đăng nhập").fill("canbo")
    page.get_by_label("Mật khẩu").fill(running_portal.accounts["canbo"])
    page.get_by_role("main").get_by_role("button", name="Đăng nhập").click()
    page.clock.install()
    page.goto(f"{running_portal.url}/account/")
    page.clock.run_for(16 * 60_000)
    expect(page.get_by_role("button", name="Mở khóa")).to_be_visible()
    picture(page, "khoa-man-hinh")
    page.context.close()
