"""A household is typed from paper by keyboard alone: what it takes in strokes stands in docs/survey-desk.md."""

import os
import re

import pytest
from playwright.sync_api import expect

from tests.browser.desk import Typist, made_forms, opened, put, said, stored, value
from tests.browser.test_households import PASTE
from tests.conftest import ROOT

pytestmark = pytest.mark.browser
DOCUMENT = ROOT / "docs/survey-desk.md"
# Card, Moran, Newell 1980: seconds a key of a skilled typist, of one who is none, of somebody who types codes letter by letter;
# and to look up and prepare for what comes next, here once a person and once a block of questions.
PACES = {"skilled": 0.20, "ordinary": 0.28, "slow": 0.50}
LOOKING_UP, BLOCKS = 1.35, 12
FAMILY = (
    ("", "", "", "", "", "001080012345", "3", "2", "2", "1"),
    ("Hoàng Thị Sính", "1982", "2", "2", '"', "", "3", "2", "2", "1"),
    ("Hoàng Văn Dình", "14092008", "3", "1", '"', "", "5", "2", "2", "1", "5", "3", "2"),
    ("Hoàng Thị Mẩy", "03052014", "3", "2", '"', "", "2", "2", "1", "1", "4"),
    ("Hoàng Văn Chá", "20112021", "3", "1", '"', "", "2", "2", "1", "2"),
)


@pytest.fixture(scope="module")
def forms(running_portal) -> dict[str, int]:
    return made_forms(running_portal.database)


def family_typed(typist: Typist) -> None:
    typist.type("05102026", "Nông Thị Bích Đào", "Hoàng Văn Páo", "2")
    for row in FAMILY:
        typist.type(*row)
    typist.type("")  # an empty row: on to the house
    typist.type("2", "2", "1", "32", "6", "5", "2")
    for ticked in ("17", "", "26", "1", "3"):
        if not ticked:
            typist.type("120")
            continue
        for key in ticked:
            typist.press(key)
        typist.type("")


def test_five_people_from_paper_in_less_than_three_minutes(visit, forms, running_portal):
    visitor = visit("official")
    page = opened(visitor.open("/"), running_portal.url, forms["paper"])
    typist = Typist(page)
    page.locator("#id_s-day").focus()
    family_typed(typist)
    said(page, "Đã lưu lúc")
    told = stored(running_portal.database, forms["paper"])
    people = sorted(
        {name.partition("-")[0] for name in told if re.match(r"m\d+-name", name)}, key=lambda one: int(one[1:])
    )
    assert [told[f"{one}-name"] for one in people] == [["Hoàng Văn Páo"], *([row[0]] for row in FAMILY[1:])]
    assert [told[f"{one}-ethnicity"] for one in people] == [["tay"]] * 5
    assert told[f"{people[3]}-birth"] == ["03/05/2014"]
    assert told[f"{people[3]}-studying"] == ["lower_secondary"]
    assert told["m0-identity"][0].startswith("#")
    assert told["h-devices"] == ["smartphone", "tv"]
    assert told["nd07-2021:b1"] == ["120"]
    assert sorted(told["s-causes"]) == ["2", "6"]
    expect(page.locator("#panel .desk-result h2")).not_to_have_text("")
    seconds = {pace: typist.strokes * each + (BLOCKS + 5) * LOOKING_UP for pace, each in PACES.items()}
    assert seconds["ordinary"] < 180
    write_down(typist, seconds)
    assert visitor.complaints == []


def write_down(typist: Typist, seconds: dict[str, float]) -> None:
    lines = [
        f"| phím bấm (tên người gõ Telex, kể cả Enter) | {typist.strokes} |",
        f"| câu trả lời | {typist.answers} |",
        f"| lần trang tự gửi lên máy chủ, người gõ không phải chờ lần nào | {len(typist.sent)} |",
        f"| gõ thạo (0,20 giây một phím) | {round(seconds['skilled'])} giây |",
        f"| gõ thường (0,28 giây một phím) | {round(seconds['ordinary'])} giây |",
        f"| gõ chậm, dò từng mã (0,50 giây một phím) | {round(seconds['slow'])} giây |",
    ]
    text = DOCUMENT.read_text(encoding="utf-8")
    first, _, rest = text.partition("<!-- strokes -->\n")
    _old, _, last = rest.partition("<!-- /strokes -->")
    table = "| một hộ 5 người, nhập từ giấy | |\n| --- | --- |\n" + "\n".join(lines) + "\n"
    if os.environ.get("UPDATE_GUIDE") == "1":
        DOCUMENT.write_text(f"{first}<!-- strokes -->\n{table}<!-- /strokes -->{last}", encoding="utf-8")
    assert f"| {typist.strokes} |" in DOCUMENT.read_text(encoding="utf-8"), "run with UPDATE_GUIDE=1"


def test_lists_take_numbers_letters_and_the_row_above(visit, forms, running_portal):
    page = opened(visit("official").open("/"), running_portal.url, forms["known"])
    page.locator("[name=m0-work]").focus()
    for keys, wanted in (("2", "no_contract"), ("khong lam", "none"), ("t", "own")):
        page.wait_for_timeout(850)  # a new word
        page.keyboard.type(keys)
        assert value(page, "m0-work") == wanted
    page.keyboard.press("ArrowDown")
    expect(page.locator("[name=m1-work]")).to_be_focused()
    page.keyboard.type('"')
    assert value(page, "m1-work") == "own"
    page.keyboard.press("Delete")
    assert value(page, "m1-work") == ""
    page.keyboard.press("ArrowLeft")
    expect(page.locator("[name=m1-identity]")).to_be_focused()


def test_cells_that_are_not_asked_at_an_age_are_passed_over(visit, forms, running_portal):
    page = opened(visit("official").open("/"), running_portal.url, forms["known"])
    put(page, "m1-birth", "01012020")
    expect(page.locator("td:has([name=m1-work])")).to_have_attribute("data-skip", "")
    page.locator("[name=m1-identity]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[name=m1-disabled]")).to_be_focused()
    page.locator("[name=m1-work]").focus()  # still to be reached
    page.keyboard.type("3")
    assert value(page, "m1-work") == "own"
    put(page, "m1-birth", "14091978")
    expect(page.locator("td:has([name=m1-work])")).not_to_have_attribute("data-skip", "")


def test_rows_are_pasted_taken_away_and_brought_back(visit, forms, running_portal):
    page = opened(visit("official").open("/"), running_portal.url, forms["known"])
    page.get_by_role("button", name="Thêm người").click()
    page.evaluate(PASTE, "Lục Văn Sài\t2/3/2001\tcon\tnam\tNùng\nLục Thị Nhi\t2005\t3\t2\tTày\n")
    expect(page.get_by_label("Họ và tên, người thứ 4")).to_have_value("Lục Thị Nhi")
    expect(page.get_by_label("Ngày sinh, người thứ 3")).to_have_value("02/03/2001")
    expect(page.get_by_label("Dân tộc, người thứ 3")).to_have_value("nung")
    page.get_by_role("button", name="Bỏ dòng 3").click()
    expect(page.get_by_label("Họ và tên, người thứ 3")).to_have_value("Lục Thị Nhi")
    page.get_by_role("button", name="Lấy lại").press("Enter")
    expect(page.get_by_label("Họ và tên, người thứ 3")).to_have_value("Lục Văn Sài")
    said(page, "Đã lưu lúc")
    page.reload()
    expect(page.get_by_label("Họ và tên, người thứ 4")).to_have_value("Lục Thị Nhi")


def test_an_amount_may_be_written_in_groups(visit, forms, running_portal):
    page = opened(visit("official").open("/"), running_portal.url, forms["known"])
    put(page, "h-floor_area", "1 046")
    assert value(page, "h-floor_area") == "1046"
    put(page, "h-floor_area", "1 04")
    assert value(page, "h-floor_area") == "1 04"


def test_f8_leads_to_what_is_missing(visit, forms, running_portal):
    page = opened(visit("official").open("/"), running_portal.url, forms["missing"])
    page.locator("#id_s-day").focus()
    page.keyboard.press("F8")
    expect(page.locator("[name=m0-work]")).to_be_focused()
    page.keyboard.press("F8")
    expect(page.locator("[name=m0-disabled]")).to_be_focused()
