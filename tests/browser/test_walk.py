"""Every page × role, light and dark, desk and phone: accessible, quiet, light, and never wider than the phone."""

import re
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.addresses import OPENED_AS, named_patterns, to_open
from tests.browser.conftest import DESKTOP, PHONE, SCREENSHOTS, TABLET

pytestmark = pytest.mark.browser
ROLES = ("stranger", "reader", "editor")
LARGEST_PAGE = 100_000  # bytes of HTML
LOOKED_AT: set[tuple[str, str]] = set()  # (path, text): the same page is not measured twice


def test_every_named_address_has_an_entry():
    missing = [name for name, path in to_open() if not path]
    assert missing == [], "add them to tests/browser/addresses.py"


def test_no_entry_outlives_its_address():
    assert OPENED_AS.keys() - {name for name, _ in named_patterns()} == set()


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("name", "path"), [(name, path) for name, path in to_open() if path])
def test_a_page_is_accessible_quiet_and_fits(visit, role, name, path):
    visitor = visit(role)
    answer = visitor.page.request.get(visitor.home + path)
    if "text/html" not in answer.headers["content-type"]:
        assert answer.status == 200
        return
    page = visitor.open(path)
    assert answer.status in ({200, 403} if role == "reader" else {200})  # a refusal is a page too
    assert len(answer.body()) < LARGEST_PAGE
    if not seen(page):
        look_at(page, f"{role}-{name.replace(':', '-')}")
    assert visitor.complaints == []


def seen(page: Page) -> bool:
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.content())
    key = (urlsplit(page.url).path, text if "sign-in" not in page.url else "")
    known = key in LOOKED_AT
    LOOKED_AT.add(key)
    return known


def look_at(page: Page, picture: str) -> None:
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for size in (DESKTOP, TABLET, PHONE):
            page.set_viewport_size(size)
            page.screenshot(path=SCREENSHOTS / f"{picture}-{size['width']}-{scheme}.png", full_page=True)
            wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wider <= 0, f"{wider}px wider than {size['width']}"
            if size is not TABLET:
                assert violations(page) == [], f"{scheme} {size['width']}"


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{rule['id']}: {node['html'][:160]} – {node.get('failureSummary')}" for rule in found for node in rule["nodes"]
    ]
