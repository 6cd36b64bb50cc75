"""Every page × role, light and dark, desk and phone: accessible, quiet, light, and never wider than the phone."""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.addresses import FILES, OPENED_AS, named_patterns, to_open
from tests.browser.conftest import DESKTOP, PHONE, SCREENSHOTS, TABLET, Visitor

pytestmark = pytest.mark.browser
ROLES = ("stranger", "reader", "editor", "administrator", "official")
LARGEST_PAGE = 100_000  # bytes of HTML
LOOKED_AT: set[str] = set()
EVERYTHING = {"resultTypes": ["violations"]}
COLOURS = EVERYTHING | {"runOnly": ["color-contrast", "link-in-text-block"]}
# On the phone all but the contrast of colours, which axe takes longest to find and the desk has told; what only a phone shows,
# the head's menu and rows as cards, is judged whole on these pages.
BUT_COLOURS = EVERYTHING | {"rules": {"color-contrast": {"enabled": False}}}
PHONE_OWN = ("/", "/households/", "/households/1/")
AXE = Axe()


@pytest.fixture(scope="session")
def walkers(signed_in_as: Callable[[str], Visitor]) -> Iterator[dict[str, Visitor]]:
    """One page a role, for the whole walk."""
    found = {role: signed_in_as(role) for role in ROLES}
    yield found
    for visitor in found.values():
        visitor.close()


def test_every_named_address_has_an_entry():
    missing = [name for name, path in to_open() if not path]
    assert missing == [], "add them to tests/browser/addresses.py"


def test_no_entry_outlives_its_address():
    assert OPENED_AS.keys() - {name for name, _ in named_patterns()} == set()


@pytest.mark.parametrize(("name", "path"), [(name, path) for name, path in to_open() if name in FILES])
def test_a_file_is_handed_to_who_may_read_and_not_to_strangers(walkers, name, path):
    assert 200 in {walkers[role].get(path).status for role in ROLES[1:]}
    answer = walkers["stranger"].get(path)
    assert name == "healthz" or "/sign-in/" in answer.url


@pytest.mark.parametrize(("name", "path"), [(name, path) for name, path in to_open() if path and name not in FILES])
def test_a_page_is_accessible_quiet_and_fits(walkers, name, path):
    """For every role in one test, so that a page that is the same for all is measured once."""
    for role, visitor in walkers.items():
        walk(visitor, role, name, path)


def walk(visitor: Visitor, role: str, name: str, path: str) -> None:
    answer = visitor.get(path)
    # a refusal is a page too; who gets which: tests/access/test_scope_matrix.py. What lies outside his commune is not there
    # for the official; the others work nationwide.
    assert answer.status in ((200, 403, 404) if role == "official" else (200, 403)), role
    assert len(answer.body()) < LARGEST_PAGE, role
    if seen(answer.text(), LOOKED_AT):
        return
    page = visitor.open(path)
    look_at(page, picture_name(role, name, path))
    refused = f"status of {answer.status}" if answer.status != 200 else None
    assert [said for said in visitor.complaints if not (refused and refused in said)] == [], role


def seen(html: str, known: set[str]) -> bool:
    """Whether the same content was looked at before: most pages are the same for every role."""
    main = html.partition("<main")[2].partition("</main>")[0]
    text = re.sub(r'name="(csrfmiddlewaretoken|next)" value="[^"]*"', "", main)
    before = len(known)
    known.add(text)
    return len(known) == before


def picture_name(role: str, name: str, path: str) -> str:
    return "-".join([role, *re.findall(r"\w+", path or name)]) if path != "/" else f"{role}-{name}"


def look_at(page: Page, picture: str) -> None:
    """axe judges everything on the desk, the colours again in the dark, and the layout of the phone."""
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    for size in (DESKTOP, TABLET, PHONE):
        page.set_viewport_size(size)
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, f"{wider}px wider than {size['width']}"
        take(page, f"{picture}-{size['width']}-light")
        if size != TABLET:
            whole = size == DESKTOP or urlsplit(page.url).path in PHONE_OWN
            assert violations(page, EVERYTHING if whole else BUT_COLOURS) == [], f"light {size['width']}"
    page.set_viewport_size(DESKTOP)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    take(page, f"{picture}-{DESKTOP['width']}-dark")
    assert violations(page, COLOURS) == [], "dark"


def take(page: Page, picture: str) -> None:
    """Pictures are for people who look at them: only when asked for."""
    if os.environ.get("SCREENSHOTS"):
        page.screenshot(path=SCREENSHOTS / f"{picture}.png", full_page=True)


def violations(page: Page, options: Mapping[str, Any] = EVERYTHING) -> list[str]:
    if page.evaluate("typeof axe") == "undefined":  # once a page: it is half a megabyte
        page.evaluate(AXE.axe_script)
    found = page.evaluate("options => axe.run(options).then(found => found.violations)", dict(options))
    return [
        f"{rule['id']}: {node['html'][:160]} – {node.get('failureSummary')}" for rule in found for node in rule["nodes"]
    ]
