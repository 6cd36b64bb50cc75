"""A review during the year: a household hands in its paper, another one too; one is recognised within fifteen days, the other is
told in writing why not; a farm household is recognised as of average standard; and somebody asks what is kept about him."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tests.browser.review_portal import Review, reviewed
from tests.browser.review_steps import certified, compiled, decided, finished, met, opened, posted, results, taken_down
from tests.browser.test_guide import picture  # noqa: F401  # the fixture

pytestmark = pytest.mark.browser
MONDAY = date(2026, 11, 16)  # the review of the month begins on the 15th


@pytest.fixture(scope="module")
def review(browser, tmp_path_factory, django_db_blocker) -> Iterator[Review]:  # type: ignore[no-untyped-def]
    wanted = {"round": "2026-11-inyear", "households": 60, "villages": 2, "filled": False}
    folder = tmp_path_factory.mktemp("clock")
    with django_db_blocker.unblock(), reviewed("inyear", browser, folder, MONDAY, wanted) as found:
        yield found


@pytest.mark.timeout(600)
def test_from_the_paper_to_the_certificate_or_the_letter(
    review: Review,
    picture: Callable[[Page, str], None],  # noqa: F811
) -> None:
    review.takes = picture
    review.taken |= {"hop-dan", "niem-yet", "ra-quyet-dinh", "giay-chung-nhan"}  # those of a whole commune are better
    poor, stopped = (handed_in(review, household) for household in review.made["free"][:2])
    review.answered(poor, "poor")
    review.answered(stopped, "stopped")
    for form in (poor, stopped):
        finished(review, form)
    farm = handed_in(review, review.made["free"][3], kind="average")
    review.answered(farm, "average")
    finished(review, farm)
    board, farms = opened(review, "in_year"), opened(review, "average")
    review.tomorrow()
    villages = villages_of(review, board)
    met(review, board, villages[0])
    posted(review, board, villages[0])
    posted(review, farms)
    review.tomorrow(6)
    taken_down(review, board, villages[0])
    compiled(review, board)
    decided(review, board)
    certified(review, board)
    assert results(review, board) == (1, 1, 0)
    letter_to(review, board, stopped)
    reprinted(review, board)
    corrected(review, board)
    review.tomorrow(2)  # posted for five working days
    farm_decided(review, farms)


def farm_decided(review: Review, board: str) -> None:
    page = review.open("official", board)
    review.picture(page, "muc-song-trung-binh")
    taken_down(review, board, review.made["commune"])
    compiled(review, board)
    page = decided(review, board)
    expect(page.locator("main")).to_contain_text("mức sống trung bình")
    review.open("official", "/review/intake/?kind=average")
    page = review.page("official")
    page.locator("main tbody a").first.click()
    expect(page.locator("main")).to_contain_text("/QĐ-UBND")


def reprinted(review: Review, board: str) -> None:
    page = review.open("leader", f"{board}certificates/")
    page.get_by_role("link", name="In lại").first.click()
    page.locator("[name='reason']").fill("Giấy bị ướt khi lũ, không đọc được")
    review.picture(page, "in-lai")
    review.press(page, "Ghi vào sổ in", "Đã ghi bản in thứ 2")


def corrected(review: Review, board: str) -> None:
    page = review.open("leader", f"{board}decisions/")
    page.locator("main a[href^='/review/decisions/']").first.click()
    page.get_by_role("link", name="Đính chính").first.click()
    page.locator("select[name^='class-']").first.select_option("near_poor")
    page.locator("[name='reason']").fill("Ghi nhầm phân loại khi lập danh sách kèm quyết định")
    review.picture(page, "dinh-chinh")
    review.press(page, "Ra quyết định đính chính", "Đã ra quyết định đính chính")


def handed_in(review: Review, household: int, kind: str = "review") -> int:
    """Mẫu 01 into the register, its household onto the list; key of the form."""
    page = review.open("official", "/review/intake/new/")
    page.locator("[name='kind']").select_option(kind)
    page.locator("[name='applicant']").fill("Lò Thị Bình")
    page.locator("[name='household']").fill(f"H{household}")
    page.locator("[name='content']").fill("Chồng bị tai nạn lao động từ tháng 9, mất nguồn thu")
    review.press(page, "Ghi vào sổ", "Đã vào sổ giấy đề nghị số")
    receipt_of(review, page)
    page.get_by_role("radio").first.check()
    review.picture(page, "giay-de-nghi")
    review.press(page, "Đưa vào danh sách", "đã ở trong danh sách rà soát")
    link = page.locator("main a[href^='/surveys/']").first.get_attribute("href")
    assert link is not None
    return int(link.strip("/").rpartition("/")[2])


def receipt_of(review: Review, page: Page) -> None:
    paper = page.get_by_role("link", name="In giấy tiếp nhận và hẹn trả").get_attribute("href")
    answer = page.request.get(f"{review.url}{paper}")
    assert (answer.status, answer.body()[:4]) == (200, b"%PDF")


def villages_of(review: Review, board: str) -> list[str]:
    """Of the households that a meeting speaks of."""
    page = review.open("official", board)
    links = page.locator(f"main a[href^='{board}villages/']").all()
    return list(dict.fromkeys((one.get_attribute("href") or "").strip("/").split("/")[3] for one in links))


def letter_to(review: Review, board: str, form: int) -> None:
    page = review.open("leader", f"{board}refusals/")
    expect(page.locator(f"[name='forms'][value='{form}']")).to_be_checked()
    page.locator("[name='reason']").fill("Hộ có từ 4 chỉ tiêu trở lên ở Phiếu A nên không rà soát tiếp bằng Phiếu B.")
    review.picture(page, "khong-cong-nhan")
    review.press(page, "Ghi văn bản cho các hộ đã chọn", "Đã ghi 1 văn bản")
    expect(page.locator("main")).to_contain_text("Không còn hộ nào phải trả lời")
    review.open("auditor", "/review/refusals/")
    expect(review.page("auditor").locator("main")).to_contain_text("1/TB-UBND")


@pytest.mark.timeout(300)
def test_what_is_kept_about_somebody_is_told_within_two_working_days(
    review: Review,
    picture: Callable[[Page, str], None],  # noqa: F811
) -> None:
    review.takes = picture
    household = review.made["free"][2]
    page = review.open("official", f"/review/requests/new/?household=H{household}")
    page.locator("[name='applicant']").fill("Lò Thị Bình")
    page.locator("[name='content']").fill("Xin xem dữ liệu của hộ tôi trên cổng")
    review.picture(page, "yeu-cau-du-lieu")
    review.press(page, "Ghi yêu cầu", "Đã ghi yêu cầu; hạn trả lời")
    paper = page.get_by_role("link", name="Dữ liệu của hộ").get_attribute("href")
    assert page.request.get(f"{review.url}{paper}").body()[:4] == b"%PDF"
    path = page.url.removeprefix(review.url)
    review.tomorrow(7)
    expect(review.open("auditor", "/review/requests/?show=late").locator("main")).to_contain_text("quá hạn")
    page = review.open("official", path)
    page.locator("[name='text']").fill("Đã trao bản in dữ liệu của hộ")
    page.get_by_role("button", name="Ghi câu trả lời").click()
    expect(page.locator("main")).to_contain_text("cần ghi vì sao")
    page.locator("[name='late']").fill("Đường vào xóm sạt lở, người yêu cầu chưa đến được")
    review.press(page, "Ghi câu trả lời", "Đã ghi câu trả lời")
    expect(page.locator("main")).to_contain_text("Sau hạn")
