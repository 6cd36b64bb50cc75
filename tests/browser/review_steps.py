"""The steps of a review as they are made on its pages; each takes the review and who makes it."""

import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.desk import put, said, until
from tests.browser.review_portal import Review

# What a reviewer types where the demonstration left a gap.
CODES = {"h-floor_area": "32", "h-toilet": "5", "h-water_source": "6", "m1-health_insurance": "1"}
HALL, OFFICE = "Nhà văn hóa thôn", "Trụ sở UBND xã"


def finished(review: Review, form: int, role: str = "reviewer") -> None:
    """What is missing is typed, the form is finished."""
    page = review.open(role, f"/surveys/{form}/finish/")
    missing = [one.get_attribute("href") or "" for one in page.locator("main a[href*='#']").all()]
    if missing:
        page.goto(f"{review.url}/surveys/{form}/")
        until(page, "window.desk.store.ready()")
        for field in (one.rpartition("#id_")[2] for one in missing):
            put(page, field, CODES[field])
        said(page, "Đã lưu lúc")
        page.goto(f"{review.url}/surveys/{form}/finish/")
    page.get_by_role("button", name="Hoàn thành phiếu").click()
    expect(page.locator("main")).to_contain_text("Hoàn thành lúc")


def opened(review: Review, procedure: str = "periodic") -> str:
    """The path of the board."""
    made = review.made
    page = review.open("official", f"/review/rounds/{made['round']}/{made['commune']}/{procedure}/")
    review.press(page, "Lập hồ sơ rà soát", "Đã lập hồ sơ rà soát của xã")
    return page.url.removeprefix(review.url)


def met(review: Review, board: str, village: str, *, down: int | None = None, present: int = 40) -> Page:
    """Everybody agrees, but on the form ``down``."""
    page = review.open("official", f"{board}villages/{village}/")
    page.get_by_role("link", name=re.compile("^Ghi họp dân")).click()
    told = {
        "held_on": review.clock.day.strftime("%d/%m/%Y"), "starts": "19:30", "ends": "21:30", "place": HALL,
        "chair": "Lục Văn Thàng", "secretary": "Sầm Thị Nhình", "present_count": str(present),
        "present": "Nông Văn Páo, Bí thư chi bộ\nHoàng Thị Mai, Hội Phụ nữ",
    }  # fmt: skip
    for name, text in told.items():
        page.locator(f"main [name='{name}']").fill(text)
    if down is not None:
        page.locator(f"[name='disagree-{down}']").fill(str(present // 2 + 1))
        page.locator(f"[name='remark-{down}']").fill("Hộ có thêm thu nhập từ chăn nuôi")
    review.picture(page, "hop-dan")
    page.get_by_role("button", name="Ghi cuộc họp").click()
    expect(page.get_by_role("status").first).to_be_visible()
    return page


def posted(review: Review, board: str, *villages: str, turn: int = 1) -> Page:
    """Without names: every village that can be posted."""
    page = review.open("official", f"{board}posting/" + (f"?turn={turn}" if turn == 2 else ""))
    if villages:
        for box in page.locator("[name='village']").all():
            box.set_checked(box.get_attribute("value") in villages)
    page.locator("[name='starts_on']").fill(review.clock.day.strftime("%d/%m/%Y"))
    for field, place in zip(page.locator("[name^='place']").all(), (HALL, OFFICE), strict=False):
        field.fill(place)
    review.picture(page, "niem-yet")
    page.get_by_role("button", name="Ghi niêm yết").click()
    expect(page.get_by_role("status").first).to_be_visible()
    return page


def complained(review: Review, board: str, village: str, form: int) -> str:
    """The path of the complaint."""
    page = review.open("official", f"{board}villages/{village}/complain/?form={form}")
    page.locator("[name='complainant']").fill("Lò Văn Dìn")
    page.locator("[name='received_on']").fill(review.clock.day.strftime("%d/%m/%Y"))
    page.locator("[name='form']").select_option(str(form))
    page.locator("[name='matter']").fill("Hộ này có máy cày, thu nhập cao hơn nhà tôi")
    review.picture(page, "khieu-nai")
    page.get_by_role("button", name="Ghi khiếu nại").click()
    expect(page.get_by_role("status").first).to_be_visible()
    page.goto(f"{review.url}{board}complaints/")
    link = page.locator("main a[href*='/complaints/']").first.get_attribute("href")
    assert link is not None
    return link


def answered_complaint(review: Review, complaint: str) -> None:
    page = review.open("official", complaint)
    page.get_by_label("giữ nguyên kết quả").check()
    page.locator("[name='answer']").fill("Máy cày là của hợp tác xã, hộ chỉ được giao chạy thuê; kết quả giữ nguyên.")
    page.get_by_role("button", name="Ghi trả lời").click()
    expect(page.get_by_role("status").first).to_be_visible()


def taken_down(review: Review, board: str, village: str) -> None:
    page = review.open("official", f"{board}villages/{village}/")
    page.get_by_role("button", name="Kết thúc niêm yết").click()
    expect(page.get_by_role("status").first).to_be_visible()


def all_taken_down(review: Review, board: str) -> None:
    page = review.open("official", board)
    review.picture(page, "ho-so-xa")
    page.get_by_role("button", name=re.compile(r"^Hết niêm yết \d+ thôn")).click()
    expect(page.get_by_role("status").first).to_be_visible()


def compiled(review: Review, board: str) -> None:
    page = review.open("official", f"{board}compile/")
    page.get_by_role("button", name="Tổng hợp danh sách").click()
    expect(page.get_by_role("status").first).to_be_visible()


def asked(review: Review, board: str, number: str) -> None:
    page = review.open("leader", f"{board}ask/")
    page.locator("[name='letter_number']").fill(number)
    page.get_by_role("button", name="Gửi xin ý kiến").click()
    expect(page.get_by_role("status").first).to_be_visible()


def sent_back(review: Review, board: str, form: int, remark: str) -> Page:
    """From the inbox."""
    page = review.open("superior", "/review/inbox/")
    page.locator(f"main a[href='{board}answer/']").first.click()
    page.locator(f"[name='remark-{form}']").fill(remark)
    review.picture(page, "y-kien-cap-tren")
    page.get_by_role("button", name="Trả lại để rà soát lại").click()
    expect(page.get_by_role("status").first).to_be_visible()
    return page


def agreed(review: Review, board: str) -> None:
    page = review.open("superior", f"{board}answer/")
    page.locator("[name='number']").fill("512/UBND-KGVX")
    page.get_by_role("button", name="Thống nhất", exact=True).click()
    expect(page.get_by_role("status").first).to_be_visible()


def decided(review: Review, board: str) -> Page:
    page = review.open("leader", f"{board}decide/")
    review.picture(page, "ra-quyet-dinh")
    page.get_by_role("button", name="Ra quyết định").click()
    expect(page.get_by_role("status").first).to_be_visible()
    return page


def certified(review: Review, board: str) -> Page:
    page = review.open("leader", f"{board}certificates/")
    page.get_by_role("button", name="Cấp giấy cho tất cả").click()
    expect(page.get_by_role("status").first).to_be_visible()
    review.picture(page, "giay-chung-nhan")
    return page


def standing(review: Review, board: str, village: str) -> str:
    """The village's state, as it is stored."""
    dossier = board.strip("/").rpartition("/")[2]
    return str(
        _asked(
            review,
            "SELECT state FROM households_dossierpart WHERE dossier_id = %s AND area_code = %s",
            dossier,
            village,
        )[0][0]
    )


def results(review: Review, board: str) -> tuple[int, int, int]:
    """Households recognised as poor or near-poor, certificates, households that escaped."""
    dossier = board.strip("/").rpartition("/")[2]
    lines = (
        "SELECT count(*) FILTER (WHERE d.kind = 'recognised'), count(c.id), count(*) FILTER (WHERE d.kind = 'escaped')"
        " FROM households_decision d JOIN households_decisionline l ON l.decision_id = d.id"
        " JOIN households_recognition r ON r.id = l.recognition_id AND r.class = l.class"
        " LEFT JOIN households_certificate c ON c.line_id = l.id WHERE d.dossier_id = %s"
    )
    recognised, certificates, escaped = _asked(review, lines, dossier)[0]
    return recognised, certificates, escaped


def forms_of(review: Review, village: str) -> list[int]:
    """Those that came to poor or near-poor."""
    rows = _asked(
        review,
        "SELECT f.id FROM households_surveyform f JOIN households_surveyresult r ON r.form_id = f.id"
        " WHERE f.round_id = %s AND f.area_code = %s AND f.state = 'done' AND r.purpose = 'closing'"
        " AND r.class IN ('poor', 'near_poor') AND f.why IN ('poor', 'near_poor') GROUP BY f.id ORDER BY f.id",
        review.made["round"],
        village,
    )
    return [key for (key,) in rows]


def _asked(review: Review, sql: str, *values: object) -> list[tuple[Any, ...]]:
    with review.database.connect() as connection, connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
