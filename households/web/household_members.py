"""Who belongs to a household on a day, and who did before, as the household's page tells it."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from households.registry.codes import Relation
from households.registry.ethnicities import name_of
from households.registry.models import Membership, Person
from households.registry.numbers.sealed import masked
from households.registry.visible import Seen
from povertyportal.core.periods import on as valid_on
from povertyportal.vietnamese import format_date

ORDER = {relation: place for place, relation in enumerate(Relation.values)}


@dataclass(frozen=True, slots=True)
class Member:
    """``number``: masked; ``until``: the last day of a membership that is over."""

    person: Person
    relation: str
    head: bool
    born: str
    age: int | None
    ethnicity: str
    number: str
    since: date
    until: date | None
    why: str

    @property
    def has_other_number(self) -> bool:
        return bool(self.person.old_identity_id or self.person.insurance_id)


def memberships_of(household: int, seen: Seen) -> list[Membership]:
    """All that may be seen, with persons and their sealed numbers; 1 query."""
    rows = Membership.objects.filter(household=household).select_related(
        "person__identity", "person__old_identity", "person__insurance"
    )
    return [row for row in rows if seen.touches(row.validity)]


def sizes_on(households: Collection[int], on: date) -> Mapping[int, int]:
    """How many belong to each on the day; 1 query."""
    return Counter(
        valid_on(Membership.objects.filter(household__in=households), on).values_list("household", flat=True)
    )


def members_on(rows: Iterable[Membership], on: date) -> list[Member]:
    """The head first, then by relation and age."""
    every = list(rows)
    present = [row for row in every if on in row.validity]
    return [_member(row, on, _since(row, every)) for row in sorted(present, key=_place)]


def members_before(rows: Sequence[Membership], on: date) -> list[Member]:
    """Those who were members before the day and are not on it, each once, the latest first."""
    here = {row.person_id for row in rows if on in row.validity}
    over = [row for row in rows if row.validity.upper and row.validity.upper <= on and row.person_id not in here]
    latest = {row.person_id: row for row in sorted(over, key=lambda one: one.validity.upper)}
    ordered = sorted(latest.values(), key=lambda one: one.validity.upper, reverse=True)
    return [_member(row, on, _since(row, rows)) for row in ordered]


def _place(row: Membership) -> tuple[int, int, str]:
    return ORDER[row.relation], row.person.birth_year or 9999, row.person.sort_key


def _since(row: Membership, rows: Iterable[Membership]) -> date:
    """The day of joining: another relation to the head is another row, which follows the one before without a gap."""
    before = {one.validity.upper: one.validity.lower for one in rows if one.person_id == row.person_id}
    start: date = row.validity.lower
    while start in before:
        start = before[start]
    return start


def _member(row: Membership, on: date, since: date) -> Member:
    person, end = row.person, row.validity.upper
    return Member(
        person=person,
        relation=row.get_relation_display(),
        head=row.relation == Relation.HEAD,
        born=format_date(person.birth_date) if person.birth_date else str(person.birth_year or ""),
        age=age_on(person, on),
        ethnicity=name_of(person.ethnicity) if person.ethnicity else "",
        number=masked(person.identity),
        since=since,
        until=end - timedelta(days=1) if end and end <= on else None,
        why=_why_over(person, end),
    )


def _why_over(person: Person, end: date | None) -> str:
    if end is None:
        return ""
    return _("mất ngày %s") % format_date(person.died_on) if person.died_on and person.died_on <= end else _("rời hộ")


def age_on(person: Person, on: date) -> int | None:
    """Full years; None where only the year of birth is known, or nothing, or the person is dead or not yet born."""
    born = person.birth_date
    if born is None or born > on or (person.died_on and person.died_on <= on):
        return None
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
