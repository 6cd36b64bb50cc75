"""Phân loại thử in a browser: by keyboard alone, and without a script."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_households import PASTE
from tests.browser.test_walk import violations

pytestmark = pytest.mark.browser
TRY = "/standards/try/?standard=nd07-2021"


def type_row(page: Page, *answers: str) -> None:
    """One answer a field, Enter after each."""
    for answer in answers:
        page.keyboard.type(answer)
        page.keyboard.press("Enter")


def test_a_household_is_typed_with_the_keyboard_alone(visit):
    page = visit("official").open(TRY)
    page.locator("[name=m0-name]").focus()
    for number in range(5):
        type_row(page, f"Lò Văn {number}", "05/02/1990", "2", "2", "2", "1", "1", "1", "4", "2")
    expect(page.locator("[name=m5-name]")).to_be_focused()
    assert page.locator(".trial-roster tbody tr").count() == 6
    assert [page.input_value(f"[name=m{row}-work]") for row in range(5)] == ["no_contract"] * 5
    page.keyboard.press("ArrowUp")
    expect(page.locator("[name=m4-name]")).to_be_focused()
    for name in ("walls", "columns", "roof", "water_source", "toilet", "internet"):
        page.locator(f"[name=h-{name}]").press("1")
    page.fill("[name=h-floor_area]", "40")
    page.get_by_label("Tivi").check()
    page.fill("[name='nd07-2021:b1']", "130")
    page.get_by_role("button", name="Phân loại", exact=True).last.click()
    expect(page.get_by_role("heading", level=2).first).to_have_text("Hộ cận nghèo")
    expect(page.get_by_text("Có 5 người không có việc làm")).to_be_visible()


def test_rows_come_and_go_without_the_server(visit):
    page = visit("official").open(TRY)
    page.locator("[name=m0-name]").fill("Lò Văn A")
    page.locator("[name=m1-name]").fill("Lò Văn B")
    page.get_by_role("button", name="Bỏ người thứ 1").click()
    expect(page.get_by_label("Họ và tên, người thứ 1")).to_have_value("Lò Văn B")
    page.get_by_role("button", name="Thêm người").click()
    expect(page.get_by_label("Họ và tên, người thứ 4")).to_be_focused()
    assert page.url.endswith(TRY)


def test_a_block_of_a_spreadsheet_fills_the_roster(visit):
    page = visit("official").open(TRY)
    page.locator("[name=m1-name]").focus()
    page.evaluate(PASTE, "\n".join(f"Lò Văn {number}\t05/02/199{number}\t2" for number in range(5)))
    expect(page.get_by_label("Họ và tên, người thứ 6")).to_have_value("Lò Văn 4")
    assert page.locator(".trial-roster tbody tr").count() == 6
    page.locator("form#trial .form-actions .btn-primary").click()
    expect(page.locator("[name=m5-birth]")).to_have_value("05/02/1994")


def test_enter_leads_through_the_form_to_the_button_and_never_sends_it(visit):
    page = visit("official").open(TRY)
    page.locator("form#trial input:visible").last.press("Enter")
    expect(page.get_by_role("button", name="Phân loại", exact=True).last).to_be_focused()
    assert page.url.endswith(TRY)


def test_without_a_script_the_same_page_does_the_same(visit, browser):
    visitor = visit("official")
    state = visitor.page.context.storage_state()
    context = browser.new_context(java_script_enabled=False, storage_state=state, locale="vi-VN")
    page = context.new_page()
    page.goto(visitor.home + TRY)
    page.fill("[name=m0-name]", "Lò Văn A")
    page.get_by_role("button", name="Thêm người").click()
    assert page.locator(".trial-roster tbody tr").count() == 5
    page.fill("[name=m0-birth]", "05/02/1990")
    page.fill("[name='nd07-2021:b1']", "141")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2).first).to_have_text("Hộ không nghèo, không cận nghèo")
    context.close()


def test_a_result_and_a_refusal_are_accessible(visit):
    page = visit("official").open(TRY)
    page.fill("[name=m0-name]", "Lò Văn A")
    page.fill("[name=m0-birth]", "31/02/1990")
    page.get_by_role("button", name="Phân loại", exact=True).last.click()
    expect(page.get_by_role("alert")).to_contain_text("1 ô cần sửa")
    assert violations(page) == []
    page.fill("[name=m0-birth]", "28/02/1990")
    page.get_by_role("button", name="Phân loại", exact=True).last.click()
    expect(page.get_by_text("Còn thiếu câu trả lời; không có gì được đoán")).to_be_visible()
    assert violations(page) == []
