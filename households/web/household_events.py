"""What happened to a household, in words: the panel of its dated events."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from households.registry.codes import EventKind, Relation
from households.registry.models import HouseholdEvent, Person
from households.registry.places import PlaceName, named_places
from households.registry.visible import WRITE
from households.registry.withdrawing.acts import may_go
from households.web.household_days import day_asked
from households.web.household_heads import HouseholdHead, head_of
from households.web.panels import in_page, panel_response
from povertyportal.core.paging import page_asked
from povertyportal.core.session_guard import account_of

TITLE = gettext_lazy("Biến động của hộ")
PAGE_SIZE, FEW = 20, 5  # alone, inside the household's page
RELATIONS = dict(Relation.choices)
Places = Mapping[tuple[str, date], PlaceName]


@dataclass(frozen=True, slots=True)
class Happened:
    """One event: ``sentences`` say what besides its kind and person. ``withdrawn``: the event that withdrew it."""

    row: HouseholdEvent
    sentences: tuple[str, ...]
    withdrawn: HouseholdEvent | None


@require_safe
def events(request: HttpRequest, household: int) -> HttpResponse:
    """Withdrawn ones too, each with who did it; who moved a household away sees that he did."""
    user = account_of(request)
    head = head_of(household, day_asked(request), user, also=[WRITE])
    rows = HouseholdEvent.objects.filter(household=household, withdraws=None).order_by("-on", "-pk")
    rows = rows.select_related("person", "by", "other", "part_of", "withdrawn_by__by")
    seen = [row for row in rows if head.seen.on(row.on) or (row.by_id == user.pk and _left(row, head))]
    page = page_asked(request, seen, FEW if in_page(request) else PAGE_SIZE)
    mine = {row.pk for row in page.object_list if _may_withdraw(row, head)}
    context = {"page": page, "happened": told(list(page.object_list)), "mine": mine}
    return panel_response(request, head, TITLE, "households/household_events.html", context)


def _left(row: HouseholdEvent, head: HouseholdHead) -> bool:
    return row.kind == EventKind.MOVED and head.seen.on(row.on - timedelta(days=1))


def _may_withdraw(row: HouseholdEvent, head: HouseholdHead) -> bool:
    seen = head.seen_with[WRITE]
    return may_go(row, head.household) and (seen.on(row.on) or seen.on(row.on - timedelta(days=1)))


def withdraw_url(row: HouseholdEvent) -> str:
    return reverse("households:withdraw", args=[row.household_id, row.pk])


def told(rows: list[HouseholdEvent]) -> list[Happened]:
    """2 queries, for names of people and of places."""
    people = Person.objects.in_bulk({key for row in rows for key in _people(row.details)})
    names = {key: person.full_name for key, person in people.items()}
    places = named_places({key for row in rows for key in _codes(row)})
    return [Happened(row, tuple(_sentences(row, names, places)), getattr(row, "withdrawn_by", None)) for row in rows]


def _codes(row: HouseholdEvent) -> Iterator[tuple[str, date]]:
    """What a change of areas left it left on the day before."""
    if place := row.details.get("place"):
        yield place["area_code"], row.on
    if follows := row.details.get("follows"):
        yield follows["from"], row.on - timedelta(days=1)
        yield follows["to"], row.on
    if placed := row.details.get("placed"):
        yield placed["to"], row.on


def _people(details: Mapping[str, Any]) -> Iterator[int]:
    for name in ("roster", "joined", "relations"):
        yield from (key for key, _relation in details.get(name, ()))
    yield from details.get("left", ())


def _sentences(row: HouseholdEvent, names: Mapping[int, str], places: Places) -> Iterator[str]:
    details = row.details
    if place := details.get("place"):
        yield _("Ở %s") % _place_words(place, places[place["area_code"], row.on])
    if follows := details.get("follows"):
        old, new = places[follows["from"], row.on - timedelta(days=1)], places[follows["to"], row.on]
        yield _("Từ %(old)s sang %(new)s") % {"old": old.near, "new": new.near}
    if placed := details.get("placed"):
        yield _("Xếp vào %s") % places[placed["to"], row.on].near
    if corrected := details.get("corrected"):
        yield _("Địa chỉ: %(address)s; mã hộ: %(code)s") % {
            "address": corrected["address"] or _("để trống"), "code": corrected["local_code"] or _("để trống")
        }  # fmt: skip
    titles = {"roster": _("Thành viên"), "joined": _("Vào hộ"), "relations": _("Quan hệ")}
    for name, title in titles.items():
        if pairs := details.get(name):
            yield f"{title}: {'; '.join(_with_relation(pairs, names))}"
    if left := [key for key in details.get("left", ()) if key != row.person_id]:
        yield _("Rời hộ: %s") % "; ".join(names.get(key, "?") for key in left)


def _place_words(place: Mapping[str, Any], named: PlaceName) -> str:
    code = _("mã hộ %s") % place["local_code"] if place.get("local_code") else ""
    return ", ".join(part for part in (place.get("address", ""), named.near, code) if part)


def _with_relation(pairs: Iterable[tuple[int, str]], names: Mapping[int, str]) -> Iterator[str]:
    for key, relation in pairs:
        yield f"{names.get(key, '?')} ({RELATIONS.get(relation, relation)})"
