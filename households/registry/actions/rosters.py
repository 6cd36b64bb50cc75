"""A household's roster from the database, and back into it by the fewest changes."""

from collections.abc import Mapping
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from households.registry.actions.working import Work
from households.registry.codes import EventKind, Relation
from households.registry.events import listed, on_day
from households.registry.models import Household, Membership, Person
from households.registry.problems import Problem, RegistryRefusedError, refuse
from households.registry.roster import ContradictionError, Roster, Span
from povertyportal.vietnamese import format_date


def roster_of(household: Household) -> Roster:
    rows = Membership.objects.filter(household=household)
    return Roster(
        [Span(row.person_id, row.relation, row.validity.lower, row.validity.upper, row.pk) for row in rows],
        household.validity.upper,
    )


def write_roster(household: Household, roster: Roster, work: Work) -> None:
    """Rows that go are deleted, rows that change are changed, the others stand; their history tells it."""
    work.touched.add(household.pk)
    stored = {row.pk: row for row in Membership.objects.filter(household=household)}
    work.persons |= {row.person_id for row in stored.values()}
    kept = {span.key: span for span in roster.spans if span.key is not None}
    Membership.objects.filter(pk__in=stored.keys() - kept.keys()).delete()
    changed = []
    for key, span in kept.items():
        row, validity = stored[key], DateRange(span.start, span.end)
        if (row.relation, row.validity) != (span.relation, validity):
            row.relation, row.validity = span.relation, validity
            changed.append(row)
    Membership.objects.bulk_update(changed, ["relation", "validity"])
    Membership.objects.bulk_create(
        Membership(
            household=household,
            person_id=span.person,
            relation=span.relation,
            validity=DateRange(span.start, span.end),
        )
        for span in roster.spans
        if span.key is None
    )
    for day, relations in roster.later.items():
        work.tell(household, EventKind.HEAD_CHANGED, on=day, relations=listed(relations))


def contradicts(household: Household, error: ContradictionError, field: str = "on") -> RegistryRefusedError:
    """Which record of a later day stands against it."""
    event = on_day(household.pk, error.day, error.person)
    person = Person.objects.filter(pk=error.person).first()
    told = {
        "day": format_date(error.day),
        "what": event.get_kind_display() if event else _("thay đổi thành viên"),
        "who": person or "",
    }
    message = _("Trái với việc đã ghi sau đó: ngày %(day)s “%(what)s” (%(who)s). Hãy ghi từ ngày đó trở đi.")
    return refuse(field, message % told)


def check_relations(relations: Mapping[int, str], members: Mapping[int, str], *, head: bool = False) -> None:
    """``relations`` of persons who are members; "head" only where one is asked for. Raises RegistryRefusedError."""
    problems = [
        *(
            Problem(f"relations.{person}", _("Người này không phải thành viên của hộ vào ngày đó."))
            for person in relations
            if person not in members
        ),
        *(
            Problem(f"relations.{person}", _("Không có quan hệ “%s”.") % relation)
            for person, relation in relations.items()
            if relation not in Relation.values
        ),
        *(
            Problem(f"relations.{person}", _("Hộ chỉ có một chủ hộ; hãy chọn người này ở ô “Chủ hộ mới”."))
            for person, relation in relations.items()
            if relation == Relation.HEAD and not head
        ),
    ]
    if problems:
        raise RegistryRefusedError(problems)


def new_head(
    roster: Roster, household: Household, person: int | None, relations: Mapping[int, str], on: date
) -> dict[int, str]:
    """Who heads the household from the day on, among those who stay. Raises RegistryRefusedError."""
    members = roster.on(on)
    if person is None:
        raise refuse("new_head", _("Hộ không còn chủ hộ từ ngày %s; hãy chọn chủ hộ mới.") % format_date(on))
    if person not in members:
        raise refuse("new_head", _("Chủ hộ mới phải là một thành viên còn ở trong hộ vào ngày đó."))
    later = {span.person: span.relation for span in roster.spans if span.start > on}
    given = {one: relation for one, relation in relations.items() if one != person}
    check_relations(given, {**later, **members})
    try:
        return roster.new_head(person, given, on)
    except ContradictionError as error:
        raise contradicts(household, error, "new_head") from error


def related(roster: Roster, household: Household, relations: Mapping[int, str], on: date) -> dict[int, str]:
    """Other relations to the same head; those that change. Raises RegistryRefusedError."""
    members = roster.on(on)
    check_relations(relations, members)
    changed = {one: relation for one, relation in relations.items() if members[one] != relation}
    if (head := roster.head(on)) in changed:
        raise refuse(f"relations.{head}", _("Người này là chủ hộ; muốn khác đi, hãy chọn chủ hộ mới."))
    try:
        roster.relate(changed, on)
    except ContradictionError as error:
        raise contradicts(household, error) from error
    return changed


def succession(
    roster: Roster, household: Household, head: int | None, relations: Mapping[int, str], on: date
) -> dict[int, str]:
    """Of those who stay after somebody went: the head goes on, or another is named. The relations that change."""
    if roster.head(on) is None:
        return new_head(roster, household, head, relations, on)
    if head is not None and head != roster.head(on):
        raise refuse("new_head", _("Chủ hộ vẫn còn trong hộ; đổi chủ hộ là một việc riêng."))
    return related(roster, household, relations, on)
