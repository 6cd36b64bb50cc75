"""Persons to be found, written straight into the tables: tests of the search do not wait for the registry's actions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from psycopg2.extras import DateRange

from households.registry.finding import upkeep
from households.registry.finding.name_keys import keys_of
from households.registry.models import Household, Membership, Person, Residence
from households.registry.numbers import sealed
from tests.people import on_the_record

SINCE = date(2026, 1, 5)


@dataclass(frozen=True)
class One:
    """``numbers``: fields of Person and the number as typed."""

    name: str
    relation: str = "not_related"
    sex: str = ""
    born: int | None = None
    ethnicity: str = ""
    died: date | None = None
    numbers: dict[str, str] = field(default_factory=dict)


KINDS = {"identity": "personal", "old_identity": "old", "insurance": "insurance"}


def stored(one: One) -> Person:
    keys = keys_of(one.name)
    return Person.objects.create(
        full_name=one.name,
        search_key=keys.search_key,
        sort_key=keys.sort_key,
        sex=one.sex,
        birth_year=one.born,
        ethnicity=one.ethnicity,
        died_on=one.died,
        **{column: sealed.keep(KINDS[column], text) for column, text in one.numbers.items()},
    )


def living_at(
    area: str, members: Sequence[One | str], *, code: str = "", since: date = SINCE, until: date | None = None
) -> Household:
    """A household whose first member is the head; whoever has died belongs to it until then."""
    with on_the_record():
        days = DateRange(since, until)
        household = Household.objects.create(validity=days)
        Residence.objects.create(household=household, area_code=area, local_code=code, validity=days)
        for at, member in enumerate(members):
            one = One(member) if isinstance(member, str) else member
            person = stored(one)
            relation = "head" if at == 0 else one.relation
            Membership.objects.create(
                household=household, person=person, relation=relation, validity=DateRange(since, one.died or until)
            )
        upkeep.refresh(household_ids=[household.pk])
    return household


def names(hits: Iterable[object]) -> list[str]:
    return [str(getattr(hit, "full_name", "")) for hit in hits]
