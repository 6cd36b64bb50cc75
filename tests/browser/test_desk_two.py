"""Two people on one form: each sees who else is in it, nobody writes over what another types, a clash shows both."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.browser.desk import at_desk, made_forms, opened, put, said, signed_in, stored, value
from tests.browser.test_walk import look_at, violations

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def forms(running_portal) -> dict[str, int]:
    return made_forms(running_portal.database)


@pytest.fixture(scope="module")
def contexts(browser, running_portal):
    """The commune's official and the reviewer of its villages; a one-time code signs in once."""
    found = at_desk(browser), at_desk(browser)
    for one, name in zip(found, ("canbo", "rasoat"), strict=True):
        signed_in(one, running_portal, name).close()
    yield found
    for one in found:
        one.close()


@pytest.fixture
def two(contexts):
    pages = [one.new_page() for one in contexts]
    yield pages
    for page in pages:
        page.close()


def look_again(page) -> None:
    """As the page does by itself every quarter of a minute."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_the_second_is_told_who_is_there_and_sees_what_the_first_writes(two, forms, running_portal):
    first, second = (opened(page, running_portal.url, forms["two"]) for page in two)
    expect(second.locator("#others")).to_contain_text("cũng đang mở phiếu này")
    put(first, "m0-work", "3")
    said(first, "Đã lưu lúc")
    second.locator("[name=s-note]").focus()
    second.keyboard.type("đang gõ d")
    look_again(second)
    expect(second.locator("[name=m0-work]")).to_have_value("own")
    expect(second.locator("#id_m0-work_said")).to_contain_text("Người khác vừa ghi ô này")
    assert value(second, "s-note") == "đang gõ d"
    first.get_by_role("button", name="Thêm người").click()
    first.keyboard.type("Lục Văn Mới")
    first.keyboard.press("Enter")
    said(first, "Đã lưu lúc")
    look_again(second)
    expect(second.get_by_label("Họ và tên, người thứ 3")).to_have_value("Lục Văn Mới")


def test_a_clash_shows_both_values_and_one_key_takes_either(two, forms, running_portal):
    form = forms["clash"]
    first, second = (opened(page, running_portal.url, form) for page in two)
    put(first, "s-respondent", "Lục Thị Mỷ")
    put(first, "m0-work", "1")
    said(first, "Đã lưu lúc")
    put(second, "s-respondent", "Lục Văn Thàng")
    put(second, "m0-work", "4")
    clash = second.locator("#conflicts")
    expect(clash.get_by_role("button", name="Dùng: Lục Văn Thàng")).to_be_visible()
    expect(clash).to_contain_text("Đang dùng: Lục Thị Mỷ")
    expect(second.locator("[name=s-respondent]")).to_have_value("Lục Thị Mỷ")
    assert violations(second) == []
    second.keyboard.press("F8")
    second.keyboard.press("2")
    expect(second.locator("[name=s-respondent]")).to_have_value("Lục Văn Thàng")
    expect(clash.locator("section")).to_have_count(1)
    second.keyboard.press("F8")
    second.keyboard.press("1")
    expect(clash).to_be_hidden()
    told = stored(running_portal.database, form)
    assert (told["s-respondent"], told["m0-work"]) == (["Lục Văn Thàng"], ["contract"])


def test_a_refused_answer_stands_at_its_field_and_the_others_are_saved(two, forms, running_portal):
    form = forms["refused"]
    page = opened(two[0], running_portal.url, form)
    put(page, "m0-identity", "chưa làm thẻ")
    put(page, "m0-work", "3")
    expect(page.locator("#saved")).to_have_attribute("data-state", "refused")
    expect(page.locator("[name=m0-identity]")).to_have_attribute("aria-invalid", "true")
    page.locator("[name=s-note]").focus()
    page.keyboard.type("đã xem thẻ")
    with page.expect_response("**/save/"):
        page.keyboard.press("Control+s")
    told = stored(running_portal.database, form)
    assert told["m0-work"] == ["own"]
    assert told["s-note"] == ["đã xem thẻ"]
    put(page, "m0-identity", "004075012346")
    said(page, "Đã lưu lúc")


def test_a_form_works_on_a_phone(two, forms, running_portal):
    page = two[0]
    page.set_viewport_size(PHONE)
    opened(page, running_portal.url, forms["phone"])
    page.get_by_label("Việc làm, người thứ 1").select_option("own")
    said(page, "Đã lưu lúc")
    expect(page.locator(".desk-summary")).to_be_in_viewport()
    page.locator(".desk-summary").click()
    page.locator("#panel").get_by_role("link", name="người khuyết tật").first.click()
    expect(page.locator("[name=m0-disabled]")).to_be_focused()
    expect(page.locator("[name=m0-disabled]")).to_be_in_viewport()


def test_the_page_is_accessible_and_fits(two, forms, running_portal):
    page = opened(two[0], running_portal.url, forms["others"])
    look_at(page, "official-desk-form")
