"""Nothing typed is lost and nothing is stored twice: the network is cut, the server killed, the browser closed."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ARGUMENTS, CHROMIUM
from tests.browser.desk import (
    at_desk,
    kept,
    made_forms,
    opened,
    own_server,
    put,
    said,
    saves,
    signed_in,
    stored,
    until,
    value,
)

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def forms(running_portal) -> dict[str, int]:
    return made_forms(running_portal.database)


@pytest.fixture
def desk(browser):
    context = at_desk(browser)
    yield context
    context.close()


def test_what_is_typed_without_a_network_arrives_when_there_is_one(desk, forms, running_portal):
    form = forms["cut"]
    page = opened(signed_in(desk, running_portal), running_portal.url, form)
    desk.set_offline(True)
    put(page, "s-respondent", "Lục Thị Mỷ")
    put(page, "m0-work", "3")
    said(page, "Chưa gửi được: 2 thay đổi, giữ trên máy này")
    put(page, "s-respondent", "Lục Văn Thàng")  # while the first is still waiting to be sent again
    desk.set_offline(False)
    said(page, "Đã lưu lúc")
    expect(page.locator("#saved")).to_have_attribute("data-state", "saved")
    told = stored(running_portal.database, form)
    assert (told["s-respondent"], told["m0-work"]) == (["Lục Văn Thàng"], ["own"])
    assert page.evaluate("desk.store.records().then(found => found.length)") == 0


def test_a_save_whose_answer_was_lost_is_stored_once(desk, forms, running_portal):
    """The server has it, the page does not know and sends it again."""
    form = forms["cut"]
    page = opened(signed_in(desk, running_portal), running_portal.url, form)
    lost = []

    def answer_lost(route):
        if not lost:
            lost.append(route.fetch().status)
            return route.abort()
        return route.continue_()

    page.route("**/save/", answer_lost)
    put(page, "s-note", "đi làm xa, gặp vợ")
    said(page, "Đã lưu lúc")
    assert lost == [200]
    assert saves(running_portal.database, form, "s-note") == 1


def test_a_killed_server_loses_nothing(desk, forms, running_portal):
    form = forms["killed"]
    with own_server(running_portal) as server:
        page = opened(signed_in(desk, running_portal, home=server.url), server.url, form)
        put(page, "m0-work", "3")
        server.kill()
        put(page, "m0-disabled", "2")
        put(page, "m1-work", "2")
        kept(page)
        server.start()
        said(page, "Đã lưu lúc")
        expect(page.locator("#saved")).to_have_attribute("data-state", "saved")
    told = stored(running_portal.database, form)
    assert [told[name] for name in ("m0-work", "m0-disabled", "m1-work")] == [["own"], ["no"], ["no_contract"]]
    assert [saves(running_portal.database, form, name) for name in ("m0-work", "m0-disabled", "m1-work")] == [1, 1, 1]


def test_what_a_closed_browser_kept_comes_back_sealed_until_its_owner_signs_in(
    browser, forms, running_portal, tmp_path
):
    form = forms["closed"]
    launch = {"executable_path": CHROMIUM, "args": [*ARGUMENTS, "--no-sandbox"], "locale": "vi-VN"}
    first = browser.browser_type.launch_persistent_context(tmp_path, **launch)
    page = opened(signed_in(first, running_portal), running_portal.url, form)
    first.set_offline(True)
    put(page, "m0-identity", "004075012345")
    put(page, "s-note", "vợ nằm viện tỉnh")
    kept(page)
    first.close()
    files = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file() and "IndexedDB" in str(file))
    assert files
    for words in ("004075012345", "viện tỉnh"):
        assert words.encode() not in files
        assert words.encode("utf-16-le") not in files
    second = browser.browser_type.launch_persistent_context(tmp_path, **launch)
    page = opened(signed_in(second, running_portal), running_portal.url, form)
    said(page, "Đã lưu lúc")
    assert value(page, "s-note") == "vợ nằm viện tỉnh"
    assert value(page, "m0-identity").endswith("•345")
    second.close()
    told = stored(running_portal.database, form)
    assert told["s-note"] == ["vợ nằm viện tỉnh"]
    assert re.fullmatch(r"#\d+", told["m0-identity"][0])


def test_the_list_sends_what_a_form_left_behind(desk, forms, running_portal):
    form = forms["closed"]
    page = opened(signed_in(desk, running_portal), running_portal.url, form)
    page.route("**/save/", lambda route: route.abort())
    put(page, "s-respondent", "Lục Thị Mỷ")
    kept(page)
    page.unroute("**/save/")
    page.goto(f"{running_portal.url}/surveys/")
    until(page, "desk.store.records().then(found => found.length === 0)")
    expect(page.locator("#unsent")).to_be_hidden()
    assert stored(running_portal.database, form)["s-respondent"] == ["Lục Thị Mỷ"]


def test_signing_out_asks_before_it_drops_what_is_unsent(desk, forms, running_portal):
    form = forms["leaving"]
    page = opened(signed_in(desk, running_portal), running_portal.url, form)
    page.route("**/save/", lambda route: route.abort())
    put(page, "m0-work", "3")
    put(page, "m1-work", "3")
    kept(page)
    leave(page)
    expect(page.get_by_role("heading", name="Còn 2 thay đổi chưa gửi được")).to_be_visible()
    page.get_by_role("button", name="Ở lại").click()
    assert page.evaluate("desk.store.records().then(found => found.length)") > 0
    leave(page)
    page.get_by_role("button", name="Đăng xuất và bỏ 2 thay đổi").click()
    page.wait_for_url("**/sign-in/**")
    assert page.evaluate("indexedDB.databases().then(all => all.filter(one => one.name === 'desk').length)") == 0
    assert "m0-work" not in stored(running_portal.database, form)


def test_where_the_device_can_keep_nothing_the_page_says_so_and_asks_before_it_closes(desk, forms, running_portal):
    """Plain http in the office's network: the browser offers no cryptography."""
    page = signed_in(desk, running_portal)
    page.add_init_script("Object.defineProperty(window, 'isSecureContext', {value: false})")
    page.goto(f"{running_portal.url}/surveys/{forms['cut']}/")
    expect(page.get_by_text("trình duyệt không cho giữ bản chưa gửi")).to_be_visible()
    page.route("**/save/", lambda route: route.abort())
    put(page, "s-respondent", "Lục Văn Sử")
    said(page, "Máy này không giữ được: đừng đóng trang")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(f"{running_portal.url}/")
    assert asked == ["beforeunload"]


def test_what_one_account_could_not_send_outlives_the_sign_out_of_another(desk, forms, running_portal):
    form = forms["leaving"]
    page = opened(signed_in(desk, running_portal), running_portal.url, form)
    page.route("**/save/", lambda route: route.abort())
    put(page, "s-note", "còn một người đi xa")
    kept(page)
    desk.clear_cookies()  # his session ended, he never signed out
    page.close()
    other = signed_in(desk, running_portal, "canbo-ql")
    other.goto(f"{running_portal.url}/")
    leave(other)
    other.wait_for_url("**/sign-in/**")
    page = opened(signed_in(desk, running_portal), running_portal.url, form)
    said(page, "Đã lưu lúc")
    assert stored(running_portal.database, form)["s-note"] == ["còn một người đi xa"]


def leave(page) -> None:
    page.get_by_role("button", name=re.compile("Tài khoản")).click()
    page.get_by_role("button", name="Đăng xuất", exact=True).first.click()


def test_a_session_that_ended_keeps_everything_until_the_same_account_is_back(desk, forms, running_portal):
    form = forms["leaving"]
    page = opened(signed_in(desk, running_portal), running_portal.url, form)
    cookies = [one for one in desk.cookies() if one["name"] != "sessionid"]
    desk.clear_cookies()
    desk.add_cookies(cookies)
    put(page, "m1-disabled", "2")
    said(page, "Phiên đăng nhập đã hết")
    again = signed_in(desk, running_portal)
    opened(again, running_portal.url, form)
    page.evaluate("document.dispatchEvent(new Event('portal:opened'))")
    said(page, "Đã lưu lúc")
    assert stored(running_portal.database, form)["m1-disabled"] == ["no"]
