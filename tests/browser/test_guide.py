"""Walks the steps of docs/user-guide and takes its pictures; UPDATE_GUIDE=1 puts them into the guide."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor

pytestmark = pytest.mark.browser
GUIDE = Path(__file__).resolve().parents[2] / "docs/user-guide"
SIZE = {"width": 1100, "height": 640}
LARGEST_PICTURE = 150_000  # bytes


@pytest.fixture
def picture(tmp_path) -> Callable[[Page, str], None]:
    def take(page: Page, name: str) -> None:
        page.set_viewport_size(SIZE)
        file = tmp_path / f"{name}.png"
        page.screenshot(path=file)
        assert file.stat().st_size < LARGEST_PICTURE
        if os.environ.get("UPDATE_GUIDE") == "1":
            with Image.open(file) as image:  # few colours: a third of the size, and nothing to be seen of it
                image.convert("RGB").quantize(96, dither=Image.Dither.NONE).save(
                    GUIDE / "img" / file.name, optimize=True
                )
        assert (GUIDE / "img" / file.name).exists(), "run with UPDATE_GUIDE=1"

    return take


def test_signing_in_as_the_guide_says(visit: Callable[[str], Visitor], picture):
    page = visit("stranger").open("/sign-in/")
    expect(page.get_by_label("Tên đăng nhập")).to_be_focused()
    picture(page, "dang-nhap")
    page.get_by_label("Tên đăng nhập").fill("canbo")
    page.get_by_label("Mật khẩu").fill("sai")
    page.get_by_role("main").get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("alert")).to_contain_text("Caps Lock")
    picture(page, "dang-nhap-sai")


def test_the_home_page_and_the_account_menu_as_the_guide_says(visit: Callable[[str], Visitor], picture):
    page = visit("reader").open("/")
    picture(page, "trang-chu")
    page.get_by_role("button", name=re.compile("Tài khoản")).click()
    expect(page.get_by_role("button", name="Đăng xuất")).to_be_visible()
    picture(page, "tai-khoan")


def test_changing_the_password_as_the_guide_says(visit: Callable[[str], Visitor], picture):
    page = visit("reader").open("/")
    page.get_by_role("button", name=re.compile("Tài khoản")).click()
    page.get_by_role("link", name="Đổi mật khẩu").click()
    page.get_by_label("Mật khẩu hiện tại").fill("không phải mật khẩu này")
    page.get_by_label("Mật khẩu mới", exact=False).first.fill("ngắn")
    page.get_by_label("Nhập lại mật khẩu mới").fill("ngắn")
    page.get_by_role("button", name="Lưu mật khẩu mới").click()
    expect(page.get_by_text("Mật khẩu hiện tại không đúng.")).to_be_visible()
    picture(page, "doi-mat-khau")


def test_the_dark_page_as_the_guide_says(visit: Callable[[str], Visitor], picture):
    page = visit("reader").open("/")
    page.emulate_media(color_scheme="dark")
    picture(page, "nen-toi")


def test_looking_up_units_as_the_guide_says(visit: Callable[[str], Visitor], picture):
    page = visit("reader").open("/areas/")
    page.get_by_role("link", name="31/12/2019").click()
    picture(page, "don-vi")
    page.get_by_label("Tên hoặc mã đơn vị").fill("ha long")
    page.get_by_role("main").get_by_role("button", name="Xem").click()
    page.get_by_role("main").get_by_role("link", name="Thành phố Hạ Long").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thành phố Hạ Long")
    picture(page, "don-vi-ha-long")


def test_proposing_a_change_as_the_guide_says(visit: Callable[[str], Visitor], picture):
    page = visit("administrator").open("/areas/changes/merge/?unit=01392&on=2028-01-01")
    page.get_by_label("Xã Lũng Nặm (01393)").check()
    page.locator("[name=name]").fill("Trường Hà")
    page.locator("[name=legal_basis]").fill("Nghị quyết (ví dụ của hướng dẫn)")
    page.get_by_role("button", name="Xem trước kết quả").click()
    expect(page.get_by_role("region", name="Từ ngày 01/01/2028")).to_contain_text("Xã Trường Hà")
    expect(page.get_by_role("button", name="Gửi đề nghị")).to_be_visible()
    picture(page, "thay-doi")


def test_the_villages_of_a_commune_as_the_guide_says(visit: Callable[[str], Visitor], picture):
    page = visit("administrator").open("/areas/01392/")
    page.get_by_role("link", name="Thôn, tổ dân phố").click()
    for task in ("Thêm thôn", "Sáp nhập", "Nạp từ tệp"):
        expect(page.get_by_role("main").get_by_role("link", name=task)).to_be_visible()
    picture(page, "thon")


def test_accounts_and_rights_as_the_guide_says(visit: Callable[[str], Visitor], picture):
    page = visit("administrator").open("/access/accounts/?q=bích+đào")
    picture(page, "tai-khoan-dia-ban")
    page.get_by_role("main").get_by_role("link", name="Nông Thị Bích Đào").click()
    expect(page.get_by_role("link", name="Tạm ngừng tài khoản")).to_be_visible()
    picture(page, "mot-tai-khoan")
    page.get_by_role("link", name="Giao quyền").click()
    page.get_by_label("Vai trò").select_option("commune_leader")
    page.get_by_label("Lý do, văn bản phân công").fill("Quyết định (ví dụ của hướng dẫn)")
    picture(page, "giao-quyen")


def test_my_rights_and_the_table_of_rights_as_the_guide_says(visit: Callable[[str], Visitor], picture):
    page = visit("official").open("/access/")
    expect(page.get_by_role("heading", name="Công chức giảm nghèo cấp xã")).to_be_visible()
    picture(page, "quyen-cua-toi")
    page = visit("editor").open("/access/rights/01392/")
    expect(page.get_by_role("link", name="6 tháng")).to_be_visible()
    picture(page, "bang-phan-quyen")


def test_published_figures_as_the_guide_says(visit: Callable[[str], Visitor], picture):
    page = visit("editor").open("/reports/figures/")
    expect(page.get_by_role("link", name="Nhập số liệu")).to_be_visible()
    picture(page, "so-lieu")
    page.get_by_role("link", name="Nhập số liệu").click()
    page.get_by_label("Tên hoặc mã đơn vị").fill("hoanh bo")
    page.get_by_role("button", name="Tìm", exact=True).click()
    expect(page.get_by_role("link", name="Huyện Hoành Bồ")).to_be_visible()
    picture(page, "nhap-so-lieu")
    page.get_by_role("link", name="Huyện Hoành Bồ").click()
    expect(page.get_by_label("Địa bàn (mã hoặc tên)")).to_have_value("204")
    page.go_back()
    page.go_back()
    page.go_back()
    page.get_by_role("link", name="Nạp từ tệp").click()
    expect(page.get_by_role("button", name="Chỉ kiểm tra")).to_be_visible()
    picture(page, "nap-tep")


def test_reading_a_wrap_up_as_the_guide_says(visit: Callable[[str], Visitor], picture):
    page = visit("editor").open("/reports/")
    page.get_by_role("main").get_by_role("link", name="Thành phố Hạ Long").first.click()
    expect(page.get_by_role("link", name="Tải bản in (PDF)")).to_be_visible()
    picture(page, "bao-cao")


def test_every_picture_of_the_guide_is_shown_in_it_and_every_shown_one_exists():
    text = "".join(chapter.read_text(encoding="utf-8") for chapter in GUIDE.glob("*.md"))
    shown = set(re.findall(r"\]\(img/([\w-]+\.png)\)", text))
    assert shown == {file.name for file in (GUIDE / "img").glob("*.png")}
