"""Fonts, themes and language as a browser shows them."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
SHOWN = "getComputedStyle(document.body).backgroundColor"


def test_the_portals_own_font_is_loaded(visit):
    page = visit("stranger").open("/sign-in/")
    page.evaluate("document.fonts.ready")
    assert page.evaluate("document.fonts.check('16px \"Be Vietnam Pro\"', 'ƯỚẬỹ')")


def test_without_a_choice_the_page_follows_the_system_before_the_first_paint(visit):
    visitor = visit("stranger")
    visitor.page.emulate_media(color_scheme="dark")
    page = visitor.open("/sign-in/")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    dark = page.evaluate(SHOWN)
    page.emulate_media(color_scheme="light")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "light")
    assert page.evaluate(SHOWN) != dark


def test_a_chosen_theme_outlives_the_page_and_the_system(browser, live_portal):
    with browser.new_context(color_scheme="light") as context:
        page = context.new_page()
        page.goto(f"{live_portal}/sign-in/?next=/password/")
        page.get_by_role("button", name="Nền tối").click()
        expect(page).to_have_url(f"{live_portal}/sign-in/?next=/password/")
        expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
        expect(page.get_by_role("button", name="Nền tối")).to_have_attribute("aria-pressed", "true")


def test_the_english_switch_and_back(browser, live_portal):
    with browser.new_context(locale="vi-VN") as context:
        page = context.new_page()
        page.goto(f"{live_portal}/sign-in/")
        page.get_by_role("button", name="English").click()
        expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
        page.get_by_role("button", name="Tiếng Việt").click()
        expect(page.get_by_role("heading", name="Đăng nhập")).to_be_visible()


def test_the_pages_work_without_scripts(browser, live_portal, live_accounts):
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{live_portal}/sign-in/")
        page.fill("#id_username", live_accounts["official"][0])
        page.fill("#id_password", live_accounts["official"][1])
        page.click("main button")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Xin chào")
