"""The menu and the home page show what the apps registered and the user may see."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from povertyportal.core import navigation
from povertyportal.core.models import User
from povertyportal.core.navigation import Card, Item, Registry, menu
from tests.access.people import AREAS, granted


def test_entries_stand_in_their_order_whatever_the_order_of_registration(official):
    registry = Registry()
    for title, order in (("Báo cáo", 30), ("Địa bàn", 10), ("Số liệu", 20)):
        registry.add_item(Item(title, f"page{order}", order))
        registry.add_card(Card(title, "", order))
    assert [item.title for item in registry.items_for(official)] == ["Địa bàn", "Số liệu", "Báo cáo"]
    assert [card.title for card in registry.cards_for(official)] == ["Địa bàn", "Số liệu", "Báo cáo"]


def test_two_apps_cannot_claim_one_page():
    registry = Registry()
    registry.add_item(Item("Địa bàn", "areas", 10))
    registry.add_item(Item("Địa bàn", "areas", 10))
    with pytest.raises(ValueError, match="areas is registered twice"):
        registry.add_item(Item("Báo cáo", "areas", 20))


def test_an_entry_with_a_permission_is_shown_only_to_who_holds_it(official):
    registry = Registry()
    registry.add_item(Item("Tài khoản", "users", 10, permission="accounts.manage"))
    registry.add_card(Card("Tài khoản", "", 10, permission="accounts.manage"))
    assert registry.items_for(official) == []
    granted(official, "administrator", AREAS.COMMUNE)
    again = User.objects.get(pk=official.pk)
    assert len(registry.items_for(again)) == len(registry.cards_for(again)) == 1


def test_a_stranger_sees_no_entry():
    registry = Registry()
    registry.add_item(Item("Địa bàn", "areas", 10))
    assert registry.items_for(AnonymousUser()) == []


def test_the_entry_of_the_open_page_is_marked_and_the_longest_address_wins(official, monkeypatch):
    registry = Registry()
    for name in ("home", "password_change", "login"):
        registry.add_item(Item(name, name, 1))
    monkeypatch.setattr(navigation, "registry", registry)
    request = RequestFactory().get("/password/deeper/")
    request.user = official
    assert {entry.title: entry.current for entry in menu(request)} == {
        "home": False,
        "login": False,
        "password_change": True,
    }


def test_the_home_page_greets_by_name_and_lists_the_cards(signed_in, official):
    page = signed_in.get("/").content.decode()
    assert "Xin chào, Nông Thị Bích Đào" in page
    assert page.count('class="home-card"') == len(navigation.registry.cards_for(official)) > 0
