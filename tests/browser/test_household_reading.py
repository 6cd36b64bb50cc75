"""Finding and reading a household as an official does: the box, the list, the page with its panels."""

import re

import pytest

pytestmark = pytest.mark.browser


def test_a_household_is_found_and_its_panels_load_by_themselves(visit) -> None:
    visitor = visit("official")
    page = visitor.open("/households/")
    demonstrated = page.get_by_role("row").filter(has_text=re.compile(r"MH-\d+"))  # no other test changes these
    demonstrated.get_by_role("link").first.click()
    page.wait_for_selector("#panel-households-events li.event")
    page.wait_for_selector("#panel-households-history li.event")
    assert "Lập hồ sơ hộ" in page.inner_text("#panel-households-events")
    assert page.locator(".household-loading").count() == 0
    assert visitor.complaints == []


def test_a_panel_that_cannot_be_loaded_says_so_and_stays_a_link(visit) -> None:
    visitor = visit("official")
    page = visitor.open("/households/")
    page.route("**/events/*", lambda route: route.abort())
    page.click(".household-rows th a")
    failed = page.locator("#panel-households-events .household-failed")
    failed.wait_for(state="visible")
    assert page.locator("#panel-households-events h2 a").is_visible()


def test_a_number_never_comes_into_the_address(visit) -> None:
    page = visit("official").open("/households/")
    page.fill("#find-q", "004 190 123 456")
    page.press("#find-q", "Enter")
    page.wait_for_selector(".notice-info")
    assert page.url.endswith("/households/")
    assert page.input_value("#find-q") == ""


def test_a_name_is_looked_for_with_the_enter_key_and_can_be_found_again_by_its_address(visit) -> None:
    page = visit("official").open("/households/")
    name = page.inner_text(".household-rows th a >> nth=0")
    page.fill("#find-q", name)
    page.press("#find-q", "Enter")
    page.wait_for_url("**/households/?q=*")
    assert page.inner_text(".household-rows th a >> nth=0") == name
