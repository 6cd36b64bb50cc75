"""The rows of a household as its remaining events tell them, by the fewest changes; and what becomes of its people."""

from collections.abc import Callable, Collection, Iterable
from typing import Any, TypeVar

from django.db.backends.postgresql.psycopg_any import DateRange

from households.registry.actions.working import Work
from households.registry.codes import EventKind
from households.registry.events import listed
from households.registry.models import Household, HouseholdEvent, Membership, Person, Residence
from households.registry.replaying import Stretch
from households.registry.withdrawing.planning import Without

Row = TypeVar("Row", Membership, Residence)


def tell(plan: Without, work: Work) -> None:
    """That its events are withdrawn, and what has to be said anew for that."""
    for one in plan.gone:
        work.tell(
            plan.household, EventKind.WITHDRAWN, on=one.on, person=one.person_id, other=one.other_id, withdraws=one
        )
    for day, relations in plan.opened.items():
        work.tell(plan.household, EventKind.HEAD_CHANGED, on=day, relations=listed(relations))
    for day, step in plan.steps:
        work.tell(plan.household, EventKind.AREA_CHANGED, on=day, **step)


def write(plan: Without, work: Work) -> None:
    household = plan.household
    if household.validity.upper != plan.until:
        household.validity = DateRange(household.validity.lower, plan.until)
        household.save(update_fields=["validity"])
    members = list(Membership.objects.filter(household=household))
    work.persons |= {row.person_id for row in members}
    _lay(
        members,
        plan.members,
        what=lambda row: (row.person_id, row.relation),
        make=lambda what: Membership(household=household, person_id=what[0], relation=what[1]),
    )
    _lay(
        Residence.objects.filter(household=household),
        plan.places,
        what=lambda row: (row.area_code, row.local_code, row.address, row.unplaced),
        make=lambda what: Residence(
            household=household, area_code=what[0], local_code=what[1], address=what[2], unplaced=what[3]
        ),
    )
    work.persons |= {one.what[0] for one in plan.members}


def _lay(
    rows: Iterable[Row], wanted: Collection[Stretch], *, what: Callable[[Row], Any], make: Callable[[Any], Row]
) -> None:
    """A row that starts as it should is only ended otherwise; the constraints are asked at the end."""
    missing = {(one.what, one.start): one for one in wanted}
    for row in rows:
        stretch = missing.pop((what(row), row.validity.lower), None)
        if stretch is None:
            row.delete()
        elif row.validity.upper != stretch.end:
            row.validity = DateRange(stretch.start, stretch.end)
            row.save(update_fields=["validity"])
    for stretch in sorted(missing.values(), key=lambda one: one.start):
        row = make(stretch.what)
        row.validity = DateRange(stretch.start, stretch.end)
        row.save()


def undo_founding(household: Household, origin: Household, gone: Iterable[HouseholdEvent], work: Work) -> None:
    """A household that never was: it leads to the one it was split off from, like a record written twice."""
    for one in gone:
        work.tell(household, EventKind.WITHDRAWN, on=one.on, other=origin.pk, withdraws=one)
    Membership.objects.filter(household=household).delete()
    Residence.objects.filter(household=household).delete()
    household.merged_into = origin
    household.save(update_fields=["merged_into"])


def revive(persons: Iterable[int], work: Work) -> None:
    """Whose death is withdrawn."""
    for person in Person.objects.filter(pk__in=list(persons)).exclude(died_on=None):
        person.died_on = None
        person.save(update_fields=["died_on"])
        work.persons.add(person.pk)


def release_numbers(persons: Iterable[int], work: Work) -> None:
    """Of those who were entered by mistake alone, and belong nowhere on any day: their numbers are free for whoever bears
    them. The record stays, for the history."""
    for person in Person.objects.filter(pk__in=list(persons), memberships=None):
        work.persons.add(person.pk)
        if person.identity_id or person.old_identity_id or person.insurance_id:
            person.identity = person.old_identity = person.insurance = None
            person.save(update_fields=["identity", "old_identity", "insurance"])
