"""Two officials carry a merger of communes through, each at a screen of their own."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
DAY = "2027-01-01"  # a day to come: no other test looks at the map of that day


def states_the_merger(page: Page) -> None:
    page.get_by_role("link", name="Sáp nhập").click()
    page.get_by_label("Có hiệu lực từ ngày").fill("01/01/2027")
    page.get_by_label("Tên hoặc mã đơn vị").fill("thong nong")
    page.get_by_role("button", name="Tìm").click()
    page.get_by_role("link", name="Xã Thông Nông").click()
    page.get_by_label("Xã Cần Yên (01366)").check()
    page.locator("[name=name]").fill("Thông Nông")
    page.locator("[name=legal_basis]").fill("Nghị quyết thử của phép kiểm thử")
    page.get_by_role("button", name="Xem trước kết quả").click()


def test_one_proposes_what_both_see_and_the_other_approves(visit) -> None:
    administrator, reviewer = visit("administrator"), visit("editor")
    page = administrator.open("/areas/changes/")
    states_the_merger(page)
    after = page.get_by_role("region", name="Từ ngày 01/01/2027")
    expect(after).to_contain_text("Xã Thông Nông 01363 đổi địa giới")
    expect(after).not_to_contain_text("Cần Yên")
    page.get_by_role("button", name="Gửi đề nghị").click()
    expect(page.get_by_text("Bản đồ chỉ thay đổi khi một người khác duyệt")).to_be_visible()
    proposal = page.url.removeprefix(administrator.home)
    expect(page.get_by_role("button", name="Duyệt và thực hiện")).to_have_count(0)

    page = reviewer.open(proposal)
    expect(page.get_by_role("region", name="Trước ngày 01/01/2027")).to_contain_text("Xã Cần Yên 01366 kết thúc")
    page.get_by_role("button", name="Duyệt và thực hiện").click()
    expect(page.get_by_text("Đã duyệt và thực hiện đề nghị")).to_be_visible()

    page = reviewer.open(f"/areas/01366/?on={DAY}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Không có đơn vị mã 01366")
    page = reviewer.open(f"/areas/01363/?on={DAY}")
    expect(page.get_by_role("row", name="Xã Cần Yên")).to_contain_text("Nghị quyết thử của phép kiểm thử")
    page = reviewer.open("/areas/01366/?on=2026-12-31")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Xã Cần Yên")
