"""Browse the administrative map of a chosen day, and read one unit's life."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import wraps
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from households.access.scope import may
from households.areas import queries
from households.areas.days import DayRefusedError
from households.areas.models import CONFIDENCES, LEVELS, AreaTraits, TraitKind
from households.areas.units import Confidence, Extent, Level, Link, Version
from households.web.dates import MAPS, date_asked
from povertyportal.core.clock import today

SEARCH_LIMIT = 60
SETTLEMENTS = {"urban": "thành thị", "rural": "nông thôn"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A unit in a list: its name and where its page on the right day is."""

    name: str
    code: str
    url: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """One act as a row: old unit, new unit, how much of the land, by which paper, how sure."""

    old: Entry
    new: Entry
    on: date
    extent: str
    legal_basis: str
    note: str
    doubt: str


@dataclass(frozen=True, slots=True)
class Trait:
    title: str
    value: str
    about: str
    source: str
    doubt: str


def address(code: str, on: date) -> str:
    return f"{reverse('areas:detail', args=[code])}?{urlencode({'on': on.isoformat()})}"


def asks_again_for_a_bad_day(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """No map is shown for a text that is no day: the form comes back with what was typed and why it cannot be."""

    @wraps(view)
    def answer(request: HttpRequest, code: str = "") -> HttpResponse:
        try:
            return view(request, code) if code else view(request)
        except DayRefusedError as refused:
            text = request.GET.get("q", "").strip()
            context = {"typed": refused.text, "problem": str(refused), "code": code, "text": text, "maps": MAPS}
            return render(request, "households/area_bad_day.html", context, status=400)

    return answer


@asks_again_for_a_bad_day
def tree(request: HttpRequest) -> HttpResponse:
    on, text = date_asked(request), request.GET.get("q", "").strip()
    found = queries.search(text, on=on, limit=SEARCH_LIMIT + 1) if text else []
    context = {
        "on": on,
        "text": text,
        "maps": MAPS,
        "found": [_hit(version, on) for version in found[:SEARCH_LIMIT]],
        "more": len(found) > SEARCH_LIMIT,
        "limit": SEARCH_LIMIT,
        "may_propose": request.user.has_perm("areas.propose"),
        "provinces": [] if text else [_entry(version, on) for version in queries.provinces(on=on)],
    }
    return render(request, "households/area_tree.html", context)


@asks_again_for_a_bad_day
def detail(request: HttpRequest, code: str) -> HttpResponse:
    on = date_asked(request)
    versions = queries.versions_of(code)
    try:
        around = queries.tree_around(code, on=on)
    except queries.UnknownAreaError as error:
        context = {"on": on, "code": code, "why": str(error), "lives": [_life(one, on) for one in versions]}
        return render(request, "households/area_unknown.html", context, status=404)
    unit = around.get(code)
    chain = around.ancestors(code)
    context = {
        "on": on,
        "code": code,
        "unit": unit,
        "level": dict(LEVELS)[unit.level],
        "span": queries.span_in_words(unit),
        "chain": [_entry(one, on) for one in reversed(chain)],
        "children": [_entry(one, on) for one in around.children(code)],
        "came_from": [_act(link) for link in around.predecessors(code)],
        "became": [_act(link) for link in around.land_went_to(code)],
        "by_commune": bool(around.land_went_to(code)) and not around.successors(code),
        "traits": _traits([unit, *chain], on),
        "special_zone": unit.type == "Đặc khu",
        "commune": unit.level is Level.COMMUNE,
        "may_propose": _may_propose(request, unit, on),
        "lives": [_life(one, on) for one in versions],
    }
    return render(request, "households/area_detail.html", context)


def _may_propose(request: HttpRequest, unit: Version, on: date) -> bool:
    """A change begins with a unit that goes on; villages have pages of their own."""
    going_on = unit.end is None and unit.level is not Level.VILLAGE
    return going_on and may(request.user, "areas.propose", code=unit.code, on=on, day=today())


def _entry(version: Version, on: date, note: str = "") -> Entry:
    return Entry(version.full_name, version.code, address(version.code, on), note)


def _hit(version: Version, on: date) -> Entry:
    return _entry(version, on, str(dict(LEVELS)[version.level]))


def _life(version: Version, on: date) -> tuple[Entry, bool]:
    """A unit that has had this code, on a day of its own, and whether it is the one shown."""
    day = version.start or (version.end - timedelta(days=1) if version.end else on)
    return _entry(version, on if version.holds(on) else day, queries.span_in_words(version)), version.holds(on)


def _act(link: Link) -> Act:
    """The old unit is linked to its last day, the new one to its first."""
    return Act(
        old=Entry(link.from_name, link.from_code, address(link.from_code, link.on - timedelta(days=1))),
        new=Entry(link.to_name, link.to_code, address(link.to_code, link.on)),
        on=link.on,
        extent=_("toàn bộ") if link.extent is Extent.WHOLE else _("một phần"),
        legal_basis=link.legal_basis,
        note=link.note,
        doubt=_doubt(link.confidence),
    )


def _doubt(confidence: str) -> str:
    """Empty for what was read in a source: only the rest needs a mark."""
    return "" if confidence == Confidence.VERIFIED else str(dict(CONFIDENCES)[confidence])


def _traits(units: Iterable[Version], on: date) -> list[Trait]:
    names = {unit.code: unit.full_name for unit in units}
    return [_trait(trait, names) for trait in queries.traits(names, on=on)]


def _trait(trait: AreaTraits, names: dict[str, str]) -> Trait:
    source = "; ".join(text for text in (trait.legal_basis, trait.source) if text)
    value = SETTLEMENTS.get(trait.value, trait.value)
    return Trait(str(TraitKind(trait.kind).label), value, names[trait.code], source, _doubt(trait.confidence))
