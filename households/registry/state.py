"""A household as it was on a day, from what lasts: a few queries for one or for many."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from django.db import connection
from django.db.models import QuerySet

from households.registry.codes import Relation
from households.registry.models import Household, Membership, Recognition, Residence
from povertyportal.core.periods import holds
from povertyportal.core.periods import on as holding_on


@dataclass(frozen=True, slots=True)
class MemberState:
    """``since``: member of this household without a break from that day on; ``number``: key of the sealed personal number."""

    person: int
    full_name: str
    relation: str
    sex: str
    birth_date: date | None
    birth_year: int | None
    ethnicity: str
    since: date
    has_number: bool
    number: int | None = field(default=None, compare=False, repr=False)
    died_on: date | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class RecognitionState:
    id: int
    klass: str
    kind: str
    year: int
    valid_from: date
    valid_until: date | None
    decision_number: str
    decision_date: date
    area_code: str
    standard: str
    origin: str
    source: str


@dataclass(frozen=True, slots=True)
class HouseholdState:
    """``ended``: the day from which it no longer exists. Where it does not exist on the day it has no place and nobody."""

    household: int
    day: date
    exists: bool
    merged_into: int | None
    started: date | None
    ended: date | None
    area_code: str
    local_code: str
    address: str
    unplaced: bool
    members: tuple[MemberState, ...]
    recognition: RecognitionState | None

    @property
    def head(self) -> MemberState | None:
        return next((one for one in self.members if one.relation == Relation.HEAD), None)


def state_on(household: int, day: date) -> HouseholdState:
    return states_on([household], day)[household]


def states_on(ids: Iterable[int], day: date) -> dict[int, HouseholdState]:
    """3 queries however many, 1 more where one of them lives nowhere on the day; every id asked for has an entry, also where
    no such household is."""
    wanted = sorted(set(ids))
    found = {key: _absent(key, day) for key in wanted}
    places = list(holding_on(Residence.objects.filter(household__in=wanted), day).select_related("household"))
    rows = {place.household_id: place.household for place in places}
    if elsewhere := [key for key in wanted if key not in rows]:
        rows |= Household.objects.in_bulk(elsewhere)
    for row in rows.values():
        start, end = row.validity.lower, row.validity.upper
        exists = row.merged_into_id is None and holds(start, end, day)
        found[row.pk] = replace(found[row.pk], exists=exists, merged_into=row.merged_into_id, started=start, ended=end)
    here = [key for key, state in found.items() if state.exists]
    members, recognised = members_on(here, day), recognised_on(here, day)
    for key in here:
        own = tuple(members.get(key, ()))
        found[key] = replace(found[key], members=own, recognition=recognised.get(key))
    for place in places:
        state = found[place.household_id]
        if state.exists:
            found[state.household] = replace(
                state,
                area_code=place.area_code,
                local_code=place.local_code,
                address=place.address,
                unplaced=place.unplaced,
            )
    return found


def _absent(key: int, day: date) -> HouseholdState:
    return HouseholdState(
        household=key, day=day, exists=False, merged_into=None, started=None, ended=None,
        area_code="", local_code="", address="", unplaced=False, members=(), recognition=None,
    )  # fmt: skip


def members_on(ids: Collection[int], day: date) -> dict[int, list[MemberState]]:
    """Head first, then by birth; 1 query. A change of the relation starts another row: ``since`` goes back over those that
    touch."""
    rows = Membership.objects.filter(household__in=ids, validity__startswith__lte=day).select_related("person")
    spans: dict[tuple[int, int], list[Membership]] = {}
    for row in rows.order_by("household", "person", "validity"):
        spans.setdefault((row.household_id, row.person_id), []).append(row)
    found: dict[int, list[MemberState]] = {}
    for (household, _person), own in spans.items():
        if holds(own[-1].validity.lower, own[-1].validity.upper, day):
            found.setdefault(household, []).append(_member(own))
    for members in found.values():
        members.sort(key=_order)
    return found


def _member(own: list[Membership]) -> MemberState:
    since = own[-1].validity.lower
    for row in reversed(own):
        if row.validity.upper == since:
            since = row.validity.lower
    row = own[-1]
    person = row.person
    return MemberState(
        person.pk, person.full_name, row.relation, person.sex, person.birth_date, person.birth_year, person.ethnicity,
        since, person.identity_id is not None, person.identity_id, person.died_on,
    )  # fmt: skip


def _order(member: MemberState) -> tuple[bool, int, date, int]:
    return (
        member.relation != Relation.HEAD,
        member.birth_year or date.max.year,
        member.birth_date or date.max,
        member.person,
    )


def recognised_on(ids: Collection[int], day: date) -> dict[int, RecognitionState]:
    """The recognition in force: of those that hold and that no other corrects, the latest start, then the latest entry."""
    rows = in_force_on(day).filter(household__in=ids)
    return {row.household_id: recognition_state(row) for row in rows}


def in_force_on(day: date) -> QuerySet[Recognition]:
    """Of a household the last counts."""
    rows = holding_on(Recognition.objects.filter(corrected_by=None), day)
    return rows.order_by("validity__startswith", "at", "pk")


def recognition_state(row: Recognition) -> RecognitionState:
    return RecognitionState(
        row.pk, row.klass, row.kind, row.year, row.validity.lower, row.validity.upper, row.decision_number,
        row.decision_date, row.area_code, row.standard, row.origin, row.source,
    )  # fmt: skip


_VERSION = """
SELECT coalesce((SELECT max(id) FROM households_householdevent WHERE household_id = %(id)s), 0),
       coalesce((SELECT max(h.pgh_id) FROM households_person_history h
                  WHERE h.pgh_obj_id IN (SELECT person_id FROM households_membership WHERE household_id = %(id)s)), 0),
       coalesce((SELECT max(id) FROM households_recognition WHERE household_id = %(id)s), 0)
"""


def version_of(household: int) -> str:
    """Another text as soon as anything about the household, its members or its recognitions is written; 1 query."""
    with connection.cursor() as cursor:
        cursor.execute(_VERSION, {"id": household})
        return "-".join(map(str, cursor.fetchone()))
