"""Finding people and households: one box, filters, and the list that they leave."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from households.access.scope import Scope, scope_of
from households.registry.codes import RecognisedClass
from households.registry.finding import search
from households.registry.finding.terms import looks_like_number
from households.registry.finding_models import SavedFilter
from households.registry.places import PlaceName, named_place, named_places
from households.registry.visible import READ, WRITE
from households.web.household_members import sizes_on
from households.web.household_search_forms import SearchForm, as_query
from households.web.household_timeline import classes_on
from povertyportal.core.clock import today
from povertyportal.core.paging import page_asked
from povertyportal.core.session_guard import account_of

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Row:
    """One person of the list. ``place`` in words; ``klass``: what is recognised for his household on the day; ``size``: how
    many belong to it then."""

    hit: search.Hit
    url: str
    place: str
    klass: str
    klass_code: str
    size: int


@dataclass(frozen=True, slots=True)
class Saved:
    id: int
    name: str
    url: str


@require_http_methods(["GET", "HEAD", "POST"])
def household_list(request: HttpRequest) -> HttpResponse:
    """A search is sent by POST, so that no personal number comes into an address; any other one goes on to its address."""
    user, day = account_of(request), today()
    if request.method != "POST" and looks_like_number(request.GET.get("q", "")):
        raise BadRequest(_("Số định danh không được ghi trong địa chỉ trang; hãy gõ số vào ô tìm và bấm Tìm."))
    scope = scope_of(user, READ, day=day)
    form = SearchForm(request.POST if request.method == "POST" else request.GET, scope, day=day)
    if not form.is_valid():
        form.hide_number()
        return render(request, "households/household_list.html", _frame(request, form, day), status=400)
    secret = looks_like_number(form.text)
    if request.method == "POST" and not secret:
        return redirect(_address(form.query()))
    found = _found(request, form, scope, day=day)
    if secret and (only := _only_one(found["rows"])):
        messages.info(request, _("Số vừa tìm là của %s.") % only.hit.full_name)
        return redirect(only.url)
    form.hide_number()
    told = _frame(request, form, day) | found | {"text": form.text, "secret": secret}
    return render(request, "households/household_list.html", told)


def _only_one(rows: Sequence[Row]) -> Row | None:
    """Whose number it is, where that is clear: to his household at once, and from there back without sending it again."""
    return rows[0] if len(rows) == 1 and rows[0].hit.why == search.Why.NUMBER and rows[0].url else None


def _address(query: dict[str, str]) -> str:
    return reverse("households:list") + (f"?{urlencode(query)}" if query else "")


def _frame(request: HttpRequest, form: SearchForm, day: date) -> dict[str, Any]:
    kept = SavedFilter.objects.filter(user=account_of(request)).order_by("name")
    query = form.query() if form.is_valid() else {}
    return {
        "form": form,
        "query": query,
        "here": _address(query),
        "saved": [Saved(one.pk, one.name, _address(as_query(one.query))) for one in kept],
        "may_write": request.user.has_perm(WRITE),
        "may_decide": request.user.has_perm("duplicates.decide"),
        "presets": _presets(query),
    }


def _presets(query: dict[str, str]) -> list[tuple[str, str, bool]]:
    """Lists that an official comes back to: title, address, whether it is this one."""
    told: tuple[tuple[str, dict[str, str]], ...] = (
        (_("Mọi hộ"), {}),
        (_("Hộ nghèo"), {"klass": str(RecognisedClass.POOR)}),
        (_("Hộ cận nghèo"), {"klass": str(RecognisedClass.NEAR_POOR)}),
        (_("Cần xếp lại địa bàn"), {"unplaced": "1"}),
        (_("Chưa có số định danh"), {"no_number": "1", "head": "0"}),
    )
    return [(title, _address(asked), asked == query) for title, asked in told]


def _found(request: HttpRequest, form: SearchForm, scope: Scope, *, day: date) -> dict[str, Any]:
    on: date = form.cleaned_data["on"]
    area = form.cleaned_data["area"]
    told: dict[str, Any] = {
        "on": on,
        "past": on != day,
        "area": named_place(area, on=on) if area else None,
        "heads_only": form.filters().head,
        "narrowed": form.narrowed,
        "said": form.in_words(),
    }
    known = form.places if on == day else {}
    if form.text:
        hits = search.find(form.text, scope, on, day=day, limit=PAGE_SIZE, filters=form.filters())
        return told | {"hits": hits, "rows": rows_of(hits.rows, on, day, known, scope)}
    if scope.nation and not form.narrowed:
        return told | {"ask_first": True, "rows": []}
    page = page_asked(request, search.people(scope, on, day=day, filters=form.filters()), PAGE_SIZE)
    return told | {"page": page, "rows": rows_of(page.object_list, on, day, known, scope)}


def rows_of(
    hits: Iterable[search.Hit], on: date, day: date, known: Mapping[str, PlaceName], scope: Scope
) -> Sequence[Row]:
    """``known``: places that need not be asked; 3 queries at most, 4 for an earlier day."""
    listed = list(hits)
    asked = {hit.area_code for hit in listed if hit.area_code and hit.area_code not in known}
    places = {**known, **{code: place for (code, _day), place in named_places((one, on) for one in asked).items()}}
    households = {hit.household for hit in listed if hit.household}
    classes, sizes = classes_on(households, on, scope, day=day), sizes_on(households, on)
    query = f"?{urlencode({'on': on.isoformat()})}" if on != day else ""
    rows = []
    for hit in listed:
        klass = classes.get(hit.household, "") if hit.household else ""
        url = reverse("households:detail", args=[hit.household]) + query if hit.household else ""
        place = places[hit.area_code].near if hit.area_code else ""
        label = str(RecognisedClass(klass).label) if klass else ""
        rows.append(Row(hit, url, place, label, klass, sizes.get(hit.household or 0, 0)))
    return rows
