"""Everything can be reached and worked by keyboard alone, and one sees where one is."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.addresses import FILES, to_open
from tests.browser.conftest import PHONE, Visitor
from tests.browser.test_walk import seen

pytestmark = pytest.mark.browser
LIMIT = 120  # stops checked on a long page
GONE_THROUGH: set[str] = set()

# Elements a keyboard should stop at: one stop for a radio group; what is hidden or switched off is none.
STOPS = """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
  .filter(e => !e.disabled && e.tabIndex >= 0 && e.type !== 'hidden' && e.checkVisibility({visibilityProperty: true}))
  .filter(e => e.type !== 'radio' || e === (document.querySelector(`input[name="${e.name}"]:checked`)
    || document.querySelector(`input[type="radio"][name="${e.name}"]`))).length"""
# Where the focus went since: each place once, and the first at which it could not be seen. Noted by the page itself, which spares
# a question after every key.
NOTE = """() => {
  const there = window.stops = {reached: new Set(), unseen: null};
  document.addEventListener('focusin', ({target}) => {
    const s = getComputedStyle(target);
    const visible = (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2) || s.boxShadow !== 'none';
    if (!visible) there.unseen ??= target.outerHTML.slice(0, 120);
    there.reached.add(target);
  });
}"""
NOTED = "() => ({reached: window.stops.reached.size, unseen: window.stops.unseen})"


@pytest.fixture(scope="module")
def editor(signed_in_as: Callable[[str], Visitor]) -> Iterator[Visitor]:
    """With one page for all addresses."""
    found = signed_in_as("editor")
    yield found
    found.close()


@pytest.mark.parametrize(("name", "path"), [(name, path) for name, path in to_open() if path and name not in FILES])
def test_tab_reaches_everything_and_shows_where_it_is(editor: Visitor, name: str, path: str) -> None:
    """Once on pages with the same content, as most refusals are."""
    page = editor.open(path)
    if seen(page.content(), GONE_THROUGH):
        return
    wanted = min(page.evaluate(STOPS), LIMIT)
    parts = 3 * page.locator("input[type=date]").count()  # day, month, year and calendar are a stop each
    page.evaluate(NOTE)
    for _ in range(wanted + parts + 2):  # the way leads once over the browser's own bars
        page.keyboard.press("Tab")
    noted = page.evaluate(NOTED)
    assert noted["unseen"] is None, f"focus not to be seen on {noted['unseen']}"
    assert noted["reached"] >= wanted, f"{noted['reached']} of {wanted} reached"


def test_the_first_stop_jumps_to_the_content(visit):
    page = visit("reader").open("/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    expect(page.locator(".skip-link")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def open_with_enter(page: Page, button: str) -> None:
    page.focus(button)
    page.keyboard.press("Enter")
    expect(page.locator(button)).to_have_attribute("aria-expanded", "true")


def test_the_menu_opens_by_keyboard_on_a_phone(visit):
    page = visit("reader").open("/")
    page.set_viewport_size(PHONE)
    expect(page.locator("#menu")).to_be_hidden()
    open_with_enter(page, ".menu-toggle")
    expect(page.locator("#menu a").first).to_be_visible()


def test_the_account_menu_opens_and_closes_by_keyboard(visit):
    page = visit("reader").open("/")
    open_with_enter(page, ".dropdown-toggle")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".dropdown-menu a").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".dropdown-menu")).to_be_hidden()
