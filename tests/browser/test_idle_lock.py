"""The screen lock in a real browser: it hides the page, asks the password and leaves what was typed; tabs agree."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import DESKTOP, PHONE, SCREENSHOTS
from tests.browser.test_walk import violations

pytestmark = pytest.mark.browser
MINUTE = 60_000
NAME = "canbo"  # a commune official: 15 minutes, no second factor
Pages = Callable[..., Page]


@pytest.fixture
def password(running_portal) -> str:
    return str(running_portal.accounts[NAME])


@pytest.fixture
def own_browser(browser: Browser, live_portal: str, password: str) -> Iterator[BrowserContext]:
    """A browser of its own, signed in: what is locked here disturbs no other test."""
    context = browser.new_context(viewport=DESKTOP, reduced_motion="reduce", locale="vi-VN")
    page = context.new_page()
    page.goto(f"{live_portal}/sign-in/")
    sign_in_here(page, password)
    page.wait_for_url(f"{live_portal}/")
    page.close()
    yield context
    context.close()


@pytest.fixture
def tab(own_browser: BrowserContext, live_portal: str) -> Pages:
    """A tab whose clock the test moves, on the page to change one's password: it has fields to type in."""

    def opened() -> Page:
        page = own_browser.new_page()
        page.set_default_timeout(15_000)
        page.clock.install()
        page.goto(f"{live_portal}/password/")
        return page

    return opened


def sign_in_here(page: Page, password: str) -> None:
    page.fill("#id_username", NAME)
    page.fill("#id_password", password)
    page.click("main button[type=submit]")


def typed(page: Page) -> str:
    return page.locator("#id_new_password1").input_value()


def unlock(page: Page, password: str) -> None:
    page.fill("#idle-lock-password", password)
    page.get_by_role("button", name="Mở khóa").click()


def leave_alone(page: Page, minutes: float) -> None:
    page.clock.run_for(int(minutes * MINUTE))


def test_the_page_hides_after_a_quarter_of_an_hour_and_comes_back_as_it_was(tab, password):
    page = tab()
    page.fill("#id_new_password1", "hộ ông Sơn, 5 khẩu")
    leave_alone(page, 14.9)
    expect(page.locator("#idle-lock")).to_be_hidden()
    leave_alone(page, 0.2)
    expect(page.locator("#idle-lock")).to_be_visible()
    expect(page.locator("#id_new_password1")).to_be_hidden()
    expect(page).to_have_title("Màn hình đã khóa")
    unlock(page, "sai")
    expect(page.get_by_role("alert")).to_contain_text("Mật khẩu không đúng")
    expect(page.locator("#id_new_password1")).to_be_hidden()
    unlock(page, password)
    expect(page.locator("#idle-lock")).to_be_hidden()
    assert typed(page) == "hộ ông Sơn, 5 khẩu"


def test_typing_keeps_the_page_open(tab):
    page = tab()
    for letter in "abc":
        leave_alone(page, 10)
        page.locator("#id_new_password1").press_sequentially(letter)
    expect(page.locator("#idle-lock")).to_be_hidden()


def test_escape_does_not_open_a_locked_page(tab):
    page = tab()
    leave_alone(page, 16)
    for _ in range(3):
        page.keyboard.press("Escape")
    expect(page.locator("#idle-lock")).to_be_visible()
    expect(page.locator("#id_new_password1")).to_be_hidden()


def test_the_locked_page_is_accessible_on_desk_and_phone(tab):
    page = tab()
    leave_alone(page, 16)
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)
        page.screenshot(path=SCREENSHOTS / f"idle-lock-{size['width']}.png")
        assert violations(page) == []


def test_tabs_lock_and_open_together(tab, password):
    first, second = tab(), tab()
    second.fill("#id_new_password1", "thẻ hai")
    leave_alone(first, 16)
    expect(second.locator("#idle-lock")).to_be_visible()
    unlock(second, password)
    expect(first.locator("#idle-lock")).to_be_hidden()
    assert typed(second) == "thẻ hai"


def test_locking_by_the_menu_hides_the_other_tabs_too(tab, password):
    first, second = tab(), tab()
    second.fill("#id_new_password1", "thẻ hai")
    first.get_by_role("button", name="Tài khoản").click()
    first.get_by_role("button", name="Khóa màn hình").click()
    expect(second.locator("#idle-lock")).to_be_visible()
    unlock(second, password)
    assert typed(second) == "thẻ hai"


def test_signing_out_in_one_tab_hides_the_others(tab):
    first, second = tab(), tab()
    first.get_by_role("button", name="Tài khoản").click()
    first.get_by_role("button", name="Đăng xuất").click()
    first.wait_for_url("**/sign-in/**")
    leave_alone(second, 0.1)
    expect(second.get_by_role("link", name="Đăng nhập ở thẻ mới")).to_be_visible()


def test_typing_in_one_tab_keeps_the_other_open(tab):
    first, second = tab(), tab()
    for letter in "ab":  # the clock is one for all tabs of a browser
        leave_alone(first, 10)
        first.locator("#id_new_password1").press_sequentially(letter)
    leave_alone(first, 10)
    expect(second.locator("#idle-lock")).to_be_hidden()


def test_a_session_ended_elsewhere_keeps_what_was_typed_until_one_has_signed_in_again(
    tab, own_browser, live_portal, password
):
    page = tab()
    page.fill("#id_new_password1", "vẫn còn đây")
    with own_browser.new_page() as other:
        other.goto(f"{live_portal}/")
        other.get_by_role("button", name="Tài khoản").click()
        other.get_by_role("button", name="Đăng xuất").click()
        other.wait_for_url("**/sign-in/**")
    page.locator("#id_new_password1").press_sequentially(".")
    leave_alone(page, 1.1)
    expect(page.get_by_role("link", name="Đăng nhập ở thẻ mới")).to_be_visible()
    with own_browser.expect_page() as opened:
        page.get_by_role("link", name="Đăng nhập ở thẻ mới").click()
    sign_in_here(opened.value, password)
    expect(page.locator("#idle-lock")).to_be_hidden()
    assert typed(page) == "vẫn còn đây."
    page.fill("#id_old_password", "không phải mật khẩu này")
    page.get_by_role("button", name="Lưu mật khẩu mới").click()
    expect(page.get_by_text("Mật khẩu hiện tại không đúng.")).to_be_visible()


def test_without_a_script_the_form_waits_behind_the_password(browser, running_portal, password):
    context = browser.new_context(viewport=DESKTOP, java_script_enabled=False, locale="vi-VN")
    page = context.new_page()
    page.goto(f"{running_portal.url}/sign-in/")
    sign_in_here(page, password)
    page.goto(f"{running_portal.url}/password/")
    page.fill("#id_old_password", "không phải mật khẩu này")
    with running_portal.database.connect() as connection, connection.cursor() as cursor:
        cursor.execute(
            "UPDATE core_opensession SET locked_at = now() WHERE id = (SELECT id FROM core_opensession"
            " WHERE ended_at IS NULL ORDER BY started_at DESC LIMIT 1)"
        )
    page.get_by_role("button", name="Lưu mật khẩu mới").click()
    expect(page.get_by_text("đã được giữ lại")).to_be_visible()
    page.fill("#id_password", password)
    page.get_by_role("button", name="Mở khóa").click()
    page.get_by_role("button", name="Gửi tiếp").click()
    expect(page.get_by_text("Mật khẩu hiện tại không đúng.")).to_be_visible()
    context.close()
