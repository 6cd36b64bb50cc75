"""What stands in the header's menu and on the home page.

Apps register their entries in ``AppConfig.ready()``; nothing here names an app of ours. Titles and texts are lazy
translations. An entry with a ``permission`` ("app_label.codename") is shown only to users who hold it; this hides, it
does not protect: the view itself checks.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of the header's menu. ``icon`` is a name known to ``povertyportal.core.icons``."""

    title: Text
    url_name: str
    order: int
    permission: str | None = None
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    title: Text
    url: str
    note: Text = ""


def no_links(request: HttpRequest) -> Iterable[Link]:
    return ()


@dataclass(frozen=True, slots=True)
class Card:
    """One box of the home page: ``links(request)`` lists what it leads to; ``template`` (optional) adds more below."""

    title: Text
    text: Text
    order: int
    links: Callable[[HttpRequest], Iterable[Link]] = no_links
    permission: str | None = None
    icon: str = ""
    template: str = ""


class Registry:
    """The entries of one process, filled at start-up and never changed afterwards."""

    def __init__(self) -> None:
        self._items: dict[str, Item] = {}
        self._cards: list[Card] = []

    def add_item(self, item: Item) -> None:
        """Raises ValueError when two apps claim one page."""
        if self._items.setdefault(item.url_name, item) != item:
            raise ValueError(f"navigation: {item.url_name} is registered twice")

    def add_card(self, card: Card) -> None:
        if card not in self._cards:
            self._cards.append(card)

    def items_for(self, user: object) -> list[Item]:
        return sorted((item for item in self._items.values() if _may_see(user, item.permission)), key=_by_order)

    def cards_for(self, user: object) -> list[Card]:
        return sorted((card for card in self._cards if _may_see(user, card.permission)), key=_by_order)


def _by_order(entry: Item | Card) -> tuple[int, str]:
    return entry.order, str(entry.title)


def _may_see(user: object, permission: str | None) -> bool:
    """A visitor who has not signed in sees no entry."""
    if not getattr(user, "is_authenticated", False):
        return False
    return permission is None or bool(user.has_perm(permission))  # type: ignore[attr-defined]  # user model is core's own


registry = Registry()
registry.add_item(Item(_("Trang chủ"), "home", order=0, icon="home"))


def register_navigation(item: Item) -> None:
    registry.add_item(item)


def register_home_card(card: Card) -> None:
    registry.add_card(card)


@dataclass(frozen=True, slots=True)
class MenuEntry:
    title: Text
    url: str
    icon: str
    current: bool


def menu(request: HttpRequest) -> list[MenuEntry]:
    """The header's menu for this request; the entry whose address begins the current one is marked."""
    entries = [(item, reverse(item.url_name)) for item in registry.items_for(getattr(request, "user", None))]
    matches = [url for _, url in entries if _leads_to(url, request.path)]
    current = max(matches, key=len, default=None)
    return [MenuEntry(item.title, url, item.icon, url == current) for item, url in entries]


def _leads_to(url: str, path: str) -> bool:
    return path == url if url == "/" else path.startswith(url)
