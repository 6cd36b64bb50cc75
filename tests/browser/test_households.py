"""The life of a household in a browser: registered by keyboard, found without marks, split, a death, a move; nothing is lost."""

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor
from tests.browser.test_walk import look_at, violations

pytestmark = pytest.mark.browser
NEW = "/households/new/"
START = timezone.localdate() - timedelta(days=60)

PASTE = """text => {
    const data = new DataTransfer();
    data.setData("text", text);
    const pasted = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
    document.activeElement.dispatchEvent(pasted);
}"""


def vi(day: date) -> str:
    return day.strftime("%d/%m/%Y")


def type_cells(page: Page, cells: Iterable[str]) -> None:
    """One answer a cell, Enter after each; a select takes the first letters of its option."""
    for text in cells:
        page.keyboard.type(text)
        page.keyboard.press("Enter")


def start(page: Page, village: str = "Xóm Nà Mạ") -> None:
    page.get_by_label("Thôn, tổ dân phố").select_option(label=village)
    page.get_by_label("Từ ngày").fill(vi(START))
    page.get_by_label("Lý do, căn cứ").fill("Giấy đề nghị rà soát")


def register(page: Page, *rows: tuple[str, ...]) -> str:
    """The address of the household's page."""
    start(page)
    page.get_by_label("Họ và tên, người thứ 1").focus()
    for row in rows:
        type_cells(page, (*row, *[""] * (9 - len(row))))
    page.get_by_role("button", name="Lưu hồ sơ").press("Enter")
    page.wait_for_url(re.compile(r"/households/\d+/\?on="))
    return page.url.partition("?")[0]


def members(page: Page) -> list[str]:
    cells = page.locator(".household-members tbody th").all_inner_texts()
    return [one.replace("Sửa", "").strip() for one in cells]


def record(page: Page, home: str, task: str, day: date, reason: str = "Đơn của hộ") -> None:
    page.goto(f"{home}do/{task}/")
    page.get_by_label(re.compile("^(Ngày|Từ ngày|Thay đổi từ ngày)")).first.fill(vi(day))
    page.get_by_label("Lý do, căn cứ").fill(reason)


def test_the_life_of_a_household(visit: Callable[[str], Visitor]) -> None:
    page = visit("official").open(NEW)
    home = register(
        page, ("Nông Văn Thẩn", "1", "1", "02/09/1965", "Tày"), ("Hoàng Thị Lụa", "2", "2", "1968", "nung"),
        ("Nông Văn Chải", "3", "1", "1990", "Tày"),
    )  # fmt: skip
    assert members(page) == ["Nông Văn Thẩn", "Hoàng Thị Lụa", "Nông Văn Chải"]

    page.goto(page.url.partition("/households/")[0] + "/households/")
    page.get_by_role("main").get_by_role("searchbox").or_(page.locator("main [name=q]")).first.fill("nong van than")
    page.get_by_role("main").get_by_role("button", name="Tìm").first.click()
    expect(page.get_by_role("main").get_by_role("link", name=re.compile("Nông Văn Thẩn")).first).to_be_visible()

    record(page, home, "split", START + timedelta(days=10))
    page.get_by_label("Sang hộ mới, là, Nông Văn Chải").select_option(label="chủ hộ")
    page.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_text("Hộ Nông Văn Thẩn: không còn Nông Văn Chải (con).")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Tách hộ").click()
    expect(page.get_by_role("status")).to_contain_text("Đã lưu: Tách hộ")
    assert members(page) == ["Nông Văn Chải"]

    record(page, home, "death", START + timedelta(days=20), "Trích lục khai tử 7/2026")
    expect(page.get_by_text("Chủ hộ mới", exact=True)).to_be_hidden()
    page.get_by_role("radio", name="Nông Văn Thẩn").check()
    expect(page.get_by_text("Chủ hộ mới", exact=True)).to_be_visible()
    page.get_by_label("Quan hệ với chủ hộ mới, Hoàng Thị Lụa").select_option(label="chủ hộ")
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hộ Hoàng Thị Lụa")

    record(page, home, "move", START + timedelta(days=30))
    page.get_by_label("Đến thôn khác trong xã").select_option(label="Xóm Lũng Mật")
    page.get_by_role("button", name="Chuyển hộ").click()
    expect(page.get_by_text("Xóm Lũng Mật").first).to_be_visible()

    page.goto(f"{home}?on={START.isoformat()}")
    assert members(page) == ["Nông Văn Thẩn", "Hoàng Thị Lụa", "Nông Văn Chải"]
    expect(page.get_by_text("Xóm Nà Mạ").first).to_be_visible()


def test_a_conflict_keeps_what_was_typed(visit: Callable[[str], Visitor]) -> None:
    page = visit("official").open(NEW)
    home = register(page, ("Lục Văn Chậm", "1", "1", "1970", "Tày"), ("Lục Thị Na", "3", "2", "2001", "Tày"))
    page.goto(f"{home}do/residence/")
    page.get_by_label("Địa chỉ").fill("Ngõ 9, đường đi Pác Bó")
    page.get_by_label("Sai ở đâu").fill("gõ nhầm")
    other = visit("official").open("/")
    record(other, home, "leave", START + timedelta(days=5))
    other.get_by_role("radio", name="Lục Thị Na").check()
    other.get_by_role("button", name="Lưu").click()
    other.wait_for_url(re.compile(r"\?on="))
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_role("alert")).to_contain_text("vừa được cập nhật")
    expect(page.get_by_label("Địa chỉ")).to_have_value("Ngõ 9, đường đi Pác Bó")
    assert violations(page) == []
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_text("Ngõ 9, đường đi Pác Bó").first).to_be_visible()


def test_rows_come_and_go_and_cells_are_pasted(visit: Callable[[str], Visitor]) -> None:
    page = visit("official").open(NEW)
    first = page.get_by_label("Họ và tên, người thứ 1")
    first.focus()
    lines = "\n".join(f"Lò Văn {n}\tcon\tnam\t{1990 + n}\tThái" for n in range(1, 6))
    page.evaluate(PASTE, lines)
    expect(page.get_by_label("Họ và tên, người thứ 5")).to_have_value("Lò Văn 5")
    expect(page.get_by_label("Quan hệ với chủ hộ, người thứ 5")).to_have_value("child")
    expect(page.get_by_label("Giới tính, người thứ 5")).to_have_value("male")
    page.get_by_role("button", name="Bỏ người thứ 1").click()
    expect(page.get_by_label("Họ và tên, người thứ 1")).to_have_value("Lò Văn 2")
    page.get_by_role("button", name="Thêm người").click()
    expect(page.get_by_label("Họ và tên, người thứ 5")).to_be_focused()
    assert page.url.endswith(NEW)


def test_a_pasted_cell_that_fits_no_list_is_told_and_the_others_are_filled(visit: Callable[[str], Visitor]) -> None:
    page = visit("official").open(NEW)
    page.get_by_label("Họ và tên, người thứ 1").focus()
    page.evaluate(PASTE, "Lò Văn A\tchủ hộ\t1\t1970\tThái\nLò Thị B\tbạn hàng\tnữ\t1999\tThái\n")
    expect(page.locator("[data-grid-told]")).to_have_text(re.compile("2: “bạn hàng”"))
    expect(page.get_by_label("Giới tính, người thứ 1")).to_have_value("male")
    expect(page.get_by_label("Quan hệ với chủ hộ, người thứ 2")).to_have_value("")
    expect(page.get_by_label("Giới tính, người thứ 2")).to_have_value("female")


def test_without_a_script_the_same_form_does_the_same(visit: Callable[[str], Visitor], browser) -> None:
    visitor = visit("official")
    state = visitor.page.context.storage_state()
    context = browser.new_context(java_script_enabled=False, storage_state=state, locale="vi-VN")
    page = context.new_page()
    page.goto(visitor.home + NEW)
    start(page)
    page.get_by_label("Họ và tên, người thứ 1").fill("Vi Thị Mỷ")
    page.get_by_label("Lý do, căn cứ").press("Enter")
    page.wait_for_load_state()
    expect(page.get_by_label("Họ và tên, người thứ 1")).to_have_value("Vi Thị Mỷ")
    page.get_by_role("button", name="Thêm người").click()
    expect(page.get_by_label("Họ và tên, người thứ 1")).to_have_value("Vi Thị Mỷ")
    page.get_by_role("button", name="Lưu hồ sơ").click()
    expect(page.get_by_role("alert")).to_contain_text("Chưa lưu gì")
    assert page.locator("[name=m-0-relation]").get_attribute("aria-invalid") == "true"
    page.get_by_label("Quan hệ với chủ hộ, người thứ 1").select_option("head")
    page.get_by_role("button", name="Lưu hồ sơ").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hộ Vi Thị Mỷ")
    context.close()


def test_the_forms_are_accessible_and_fit(visit: Callable[[str], Visitor]) -> None:
    """The walk knows nobody who may write: here are the pages as an official of the commune sees them."""
    visitor = visit("official")
    page = visitor.open(NEW)
    home = register(page, ("Bế Văn Luận", "1", "1", "1970", "Tày"), ("Bế Thị Sen", "3", "2", "2001", "Tày"))
    path = home.removeprefix(visitor.home)
    correct = page.get_by_role("link", name="Sửa thông tin của Bế Thị Sen").get_attribute("href")
    forms = [f"{path}do/{task}/" for task in ("join", "death", "split", "recognition")]
    for one in (NEW, *forms, str(correct), "/households/duplicates/"):
        page = visitor.open(one)
        look_at(page, "official" + one.replace("/", "-"))
        assert visitor.complaints == []
