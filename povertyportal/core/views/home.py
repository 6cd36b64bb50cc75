"""The home page: a card for each field of work that registered one."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from povertyportal.core.navigation import Card, Link, registry


@dataclass(frozen=True, slots=True)
class FilledCard:
    card: Card
    links: Sequence[Link]


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    cards = [FilledCard(card, tuple(card.links(request))) for card in registry.cards_for(request.user)]
    return render(request, "core/home.html", {"cards": cards})
