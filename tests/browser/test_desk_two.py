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
    expect(clash.locator("section")).to_have_count(2)
    assert violations(second) == []
    second.keyboard.press("F8")
    second.keyboard.press("1")
    expect(clash.locator("section")).to_have_count(1)
    second.keyboard.press("2")
    expect(clash).to_be_hidden()
    expect(second.locator("[name=s-respondent]")).to_have_value("Lục Văn Thàng")
    told = stored(running_portal.database, form)
    assert (told["s-respondent"], told["m0-work"]) == (["Lục Văn Thàng"], ["contract"])


def test_a_refused_answer_stands_at_its_field_and_the_others_are_saved(two, forms, running_portal):
    """A personal number belongs into its own field, where it is sealed."""
    form = forms["refused"]
    page = opened(two[0], running_portal.url, form)
    put(page, "s-respondent", "Mỷ 004075012346")
    put(page, "m0-work", "3")
    expect(page.locator("#saved")).to_have_attribute("data-state", "refused")
    expect(page.locator("#id_s-respondent_said")).to_contain_text("số định danh")
    expect(page.locator("#id_s-respondent")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#saved")).to_contain_text("Chưa lưu 1 thay đổi")
    assert stored(running_portal.database, form)["m0-work"] == ["own"]
    put(page, "s-respondent", "Lục Thị Mỷ")
    said(page, "Đã lưu lúc")
    assert stored(running_portal.database, form)["s-respondent"] == ["Lục Thị Mỷ"]


def test_last_year_stands_beside_what_differs_and_comes_back_by_a_key_or_for_all(two, forms, running_portal):
    form = forms["before"]
    page = opened(two[0], running_portal.url, form)
    put(page, "m0-work", "2")
    expect(page.locator("td:has([name=m0-work])")).to_have_attribute("data-before", "other")
    page.locator("[name=m0-work]").focus()
    expect(page.locator("#hint")).to_contain_text("Tự làm")
    page.keyboard.type("=")
    expect(page.locator("[name=m0-work]")).to_have_value("own")
    expect(page.locator("td:has([name=m0-work])")).to_have_attribute("data-before", "same")
    page.get_by_role("button", name="Lấy lại năm").click()
    expect(page.locator("[name=h-toilet]")).to_have_value("septic")
    expect(page.locator("#id_h-toilet_said")).to_contain_text("như năm")
    said(page, "Đã lưu lúc")
    assert stored(running_portal.database, form)["m0-disabled"] == ["no"]


def test_an_odd_answer_is_confirmed_with_a_reason_in_the_panel(two, forms, running_portal):
    page = opened(two[0], running_portal.url, forms["others"])
    page.get_by_role("button", name="Thêm người").click()
    page.keyboard.type("Lục Văn Già")
    page.keyboard.press("Enter")
    page.keyboard.type("1930")
    page.keyboard.press("Enter")
    page.keyboard.type("3")  # a child far older than the head
    page.keyboard.press("Enter")
    odd = page.locator(".desk-part-question li", has_text="Lục Văn Già").first
    expect(odd).to_be_visible()
    words = odd.locator("a").inner_text()
    odd.locator("summary").press("Enter")
    odd.get_by_label("Vì sao").fill("Con nuôi, có giấy tờ của xã")
    odd.get_by_role("button", name="Xác nhận").press("Enter")
    expect(page.locator(".desk-part-done")).to_contain_text(words)


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
