"""Panels of the household's page: apps above this one put what they hold about a household there, and are never named here.

A panel is a page of its own (``url_name`` takes the household's number, and answers to ``?on=``). On the household's page it
stands as a link, which htmx replaces by the panel's content; without a script the link leads to the panel's page.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise

from households.web.household_heads import HouseholdHead


@dataclass(frozen=True, slots=True)
class Panel:
    """``permission``: the action without which the panel is not offered; its view checks it again, with the place."""

    title: str | Promise
    permission: str
    url_name: str
    order: int


_panels: dict[str, Panel] = {}


def register_panel(panel: Panel) -> None:
    """Called in ``AppConfig.ready()``. Raises ValueError when two panels claim one page."""
    if _panels.setdefault(panel.url_name, panel) != panel:
        raise ValueError(f"two panels {panel.url_name}")


@dataclass(frozen=True, slots=True)
class Offered:
    """``key``: for the element's id."""

    title: str | Promise
    url: str
    key: str


def panels_for(user: Any, household: int, *, on: date) -> list[Offered]:
    """In their order, those whose action the user has anywhere."""
    may = [one for one in _panels.values() if user.has_perm(one.permission)]
    return [
        Offered(one.title, f"{reverse(one.url_name, args=[household])}?on={on.isoformat()}", _key(one))
        for one in sorted(may, key=lambda one: (one.order, one.url_name))
    ]


def _key(panel: Panel) -> str:
    return "panel-" + panel.url_name.replace(":", "-").replace("_", "-")


def in_page(request: HttpRequest) -> bool:
    """Whether the household's page asks for a panel to put into itself: it wants the newest few lines, not all."""
    return request.headers.get("HX-Request") == "true"


def panel_response(
    request: HttpRequest, head: HouseholdHead, title: str | Promise, template: str, context: Mapping[str, Any]
) -> HttpResponse:
    """``template`` with ``context`` and ``head``: alone for the household's page, which asks by htmx; else as a page."""
    filled = {**context, "head": head, "panel_title": title, "panel_template": template}
    part = in_page(request)
    return render(
        request, "households/household_panel_part.html" if part else "households/household_panel.html", filled
    )
