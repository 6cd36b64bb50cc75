"""A withdrawn event recorded once more: the form of its task, filled with what was recorded."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from households.registry.codes import EventKind
from households.registry.models import HouseholdEvent, Person
from households.web.household_form_fields import Birth
from households.web.household_forms import HouseholdForm
from households.web.household_forms_person import JoiningForm
from households.web.household_tasks_known import PLACE

ASKS = "again"  # of the address: the event's number
_TASKS: dict[str, str] = {
    EventKind.BORN: "birth", EventKind.JOINED: "join", EventKind.DIED: "death", EventKind.LEFT: "leave",
    EventKind.HEAD_CHANGED: "head", EventKind.MOVED: "move", EventKind.SPLIT: "split", EventKind.MERGED: "merge",
    EventKind.ENDED: "end", EventKind.CORRECTED: "residence", EventKind.AREA_CHANGED: PLACE,
}  # fmt: skip


def again_url(event: HouseholdEvent) -> str:
    """Of a withdrawn event; nothing for one that another of the same act speaks for."""
    task = _TASKS.get(event.kind)
    halves = event.kind == EventKind.MERGED and "joined" in event.details
    if task is None or (event.part_of_id and event.kind in (EventKind.ENDED, EventKind.HEAD_CHANGED)) or halves:
        return ""
    return f"{reverse('households:task', args=[event.household_id, task])}?{ASKS}={event.pk}"


def asked_again(request: HttpRequest, household: int, task: str) -> HouseholdEvent | None:
    """The event that the address names, where it is one of this household that was withdrawn, and of this task."""
    text = request.GET.get(ASKS, "")
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        return None
    rows = HouseholdEvent.objects.filter(pk=int(text), household=household, withdrawn_by__isnull=False)
    found = rows.select_related("person").first()
    return found if found and _TASKS.get(found.kind) == task else None


def fill_in(form: HouseholdForm, event: HouseholdEvent) -> None:
    """Also of a form that was sent: whom it is about is known then too."""
    values: dict[str, Any] = {"on": event.on, "reason": event.reason, **_of_place(form, event), **_of_other(event)}
    values |= {f"relation0_{person}": relation for person, relation in _relations(event)}
    if isinstance(form, JoiningForm) and event.person:
        values |= _of_person(event.person, event)
        if event.person.memberships.exists():
            form.take(event.person)
    elif event.person_id:
        values["person"] = str(event.person_id)
    form.initial.update({name: value for name, value in values.items() if name in form.fields})


def _relations(event: HouseholdEvent) -> list[tuple[int, str]]:
    """In the column of the form that asks for them first: of a split and a union those in the other household."""
    if event.kind in (EventKind.SPLIT, EventKind.MERGED):
        half = _other_half(event)
        return [(person, relation) for person, relation in half.details.get("joined", ())] if half else []
    return [(person, relation) for person, relation in event.details.get("relations", ())]


def _other_half(event: HouseholdEvent) -> HouseholdEvent | None:
    rows = HouseholdEvent.objects.filter(
        household=event.other_id, other=event.household_id, kind=event.kind, on=event.on
    )
    return rows.order_by("-pk").first()


def _of_person(person: Person, event: HouseholdEvent) -> dict[str, Any]:
    """His numbers have to be typed again: no page shows them."""
    return {
        "full_name": person.full_name, "sex": person.sex, "ethnicity": person.ethnicity,
        "birth": Birth(person.birth_date, person.birth_year) if person.birth_year else None,
        "no_identity_reason": person.no_identity_reason,
        "relation": dict(event.details.get("joined", ())).get(person.pk, ""),
    }  # fmt: skip


def _of_place(form: HouseholdForm, event: HouseholdEvent) -> dict[str, Any]:
    half = _other_half(event) if event.kind == EventKind.SPLIT else event
    details = half.details if half else {}
    if "placed" in details:
        return {"area_code": details["placed"]["to"]}
    place = details.get("place") or details.get("corrected") or {}
    values = {name: place[name] for name in ("address", "local_code", "area_code") if name in place}
    field = form.fields.get("area_code")
    offered = {value for value, _label in getattr(field, "choices", ())}
    if "elsewhere" in form.fields and values.get("area_code") not in offered:
        values["elsewhere"] = values.pop("area_code", "")
    return values


def _of_other(event: HouseholdEvent) -> dict[str, Any]:
    """Of a split also who heads those that stay."""
    if event.kind == EventKind.MERGED:
        return {"into": f"H{event.other_id}"}
    if event.kind == EventKind.SPLIT:
        return {f"relation1_{person}": relation for person, relation in event.details.get("relations", ())}
    return {}
