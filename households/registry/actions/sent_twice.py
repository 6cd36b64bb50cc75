"""The form of a new household that comes a second time: pressed twice, sent again after "back" or after a lost answer."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db import connection

from households.registry.actions.living import tidied as tidied_place
from households.registry.actions.persons import tidied
from households.registry.codes import EventKind
from households.registry.entries import MemberData, Place
from households.registry.models import Household, HouseholdEvent, Membership, Person
from povertyportal.core.models import User

SENT_LOCK = 0x53454E54  # "SENT", with the user's key: of two that he sends at once the second sees the first
A_WHILE = timedelta(hours=1)
Told = tuple[str, str, date | None, int | None]


def registered_before(
    *, place: Place, members: Sequence[MemberData], on: date, by: User, at: datetime
) -> Household | None:
    """The household that the user registered a while ago from just the same sheet. Call it in the transaction that would
    register it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [SENT_LOCK, by.pk % 2**31])
    place, told = tidied_place(place), _told(members)
    events = HouseholdEvent.objects.filter(kind=EventKind.REGISTERED, by=by, on=on, at__gt=at - A_WHILE)
    for event in events.filter(household__merged_into=None).select_related("household").order_by("-pk"):
        there = event.details.get("place", {})
        same_place = all(there.get(name, "") == getattr(place, name) for name in Place.__slots__)
        if same_place and _entered(event) == told:
            return event.household
    return None


def _told(members: Sequence[MemberData]) -> list[Told]:
    known = Person.objects.in_bulk([one.person for one in members if one.person])
    plain = [tidied(one) for one in members]
    return _sorted(
        _of(known[one.person], one.relation)
        if one.person in known
        else (one.full_name, one.relation, one.birth_date, one.birth_year)
        for one in plain
    )


def _entered(event: HouseholdEvent) -> list[Told]:
    rows = Membership.objects.filter(household=event.household_id, validity__startswith=event.on)
    persons = rows.select_related("person")
    return _sorted(_of(row.person, row.relation) for row in persons)


def _of(person: Person, relation: str) -> Told:
    return person.full_name, relation, person.birth_date, person.birth_year


def _sorted(found: Iterable[Told]) -> list[Told]:
    return sorted(found, key=str)
