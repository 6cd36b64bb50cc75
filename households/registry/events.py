"""The dated events of a household: told by every action, enough to rebuild the household of any day (see 0017)."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from households.registry.codes import EventKind
from households.registry.models import Household, HouseholdEvent, Membership, Person, Residence
from povertyportal.core.models import User
from povertyportal.core.periods import holds

Pairs = Mapping[int, str]


def listed(relations: Pairs) -> list[list[int | str]]:
    return [[person, relation] for person, relation in sorted(relations.items())]


def place_details(code: str, local_code: str, address: str, *, unplaced: bool = False) -> dict[str, Any]:
    return {"area_code": code, "local_code": local_code, "address": address, "unplaced": unplaced}


def follows(old: str, new: str, *, unplaced: bool) -> dict[str, Any]:
    """A change of areas; ``unplaced``: it left open in which successor a household lies."""
    return {"follows": {"from": old, "to": new, "unplaced": unplaced}}


def tell(
    household: int,
    kind: EventKind,
    on: date,
    *,
    details: Mapping[str, Any],
    reason: str,
    by: User,
    at: datetime,
    person: int | None = None,
    other: int | None = None,
    part_of: HouseholdEvent | None = None,
    withdraws: HouseholdEvent | None = None,
) -> HouseholdEvent:
    return HouseholdEvent.objects.create(
        household_id=household, kind=kind, on=on, person_id=person, other_id=other,
        details=dict(details), reason=reason[:400], by=by, at=at, part_of=part_of, withdraws=withdraws,
    )  # fmt: skip


def restate(
    household_ids: Iterable[int], *, reason: str, by: User, at: datetime, other: Mapping[int, int] | None = None
) -> None:
    """After rows of memberships and residences were changed by hand: what holds from each day on which they change or an
    older event lies, so that a replay comes to what the tables say."""
    for household in Household.objects.filter(pk__in=list(household_ids), merged_into=None).order_by("pk"):
        members = list(Membership.objects.filter(household=household))
        places = list(Residence.objects.filter(household=household))
        HouseholdEvent.objects.bulk_create(
            HouseholdEvent(
                household=household, kind=EventKind.DUPLICATE, on=day, other_id=(other or {}).get(household.pk),
                details=_standing(day, household, members, places), reason=reason[:400], by=by, at=at,
            )
            for day in _turns(household, members, places)
        )  # fmt: skip


def _turns(household: Household, members: list[Membership], places: list[Residence]) -> list[date]:
    """From the first day to the one on which it ends, where it does."""
    told = HouseholdEvent.objects.filter(household=household).values_list("on", flat=True)
    spans = [row.validity for row in members] + [row.validity for row in places]
    days = {*told, *(span.lower for span in spans), *(span.upper for span in spans if span.upper)}
    end = household.validity.upper
    return sorted(day for day in days if day >= household.validity.lower and (end is None or day <= end))


def _standing(day: date, household: Household, members: list[Membership], places: list[Residence]) -> dict[str, Any]:
    if day == household.validity.upper:
        return {"ended": True}
    here = next((one for one in places if holds(one.validity.lower, one.validity.upper, day)), None)
    now = {one.person_id: one.relation for one in members if holds(one.validity.lower, one.validity.upper, day)}
    told: dict[str, Any] = {"roster": listed(now)}
    if here:
        told["place"] = place_details(here.area_code, here.local_code, here.address, unplaced=here.unplaced)
    return told


def merged_persons() -> dict[int, int]:
    """Events name persons as they were known when they were told: by record that went, the one that stays."""
    rows = Person.objects.exclude(merged_into=None).values_list("pk", "merged_into")
    return {key: into for key, into in rows if into is not None}


def restated_after(households: Collection[int], on: date) -> list[int]:
    """Those of which something was restated for a later day: it has to be restated once more."""
    rows = HouseholdEvent.objects.filter(household__in=households, on__gt=on, kind=EventKind.DUPLICATE)
    return sorted(set(rows.values_list("household_id", flat=True)))


def on_day(household: int, day: date, person: int | None = None) -> HouseholdEvent | None:
    """The event that best explains what changed on the day: one about the person, else the latest."""
    rows = HouseholdEvent.objects.standing().filter(household=household, on=day).order_by("-pk")
    about = Q(person=person) | Q(details__joined__contains=[[person]]) if person else Q()
    return rows.filter(about).first() or rows.first()
