"""What the portal knows of a form's household beside what was typed."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from households.registry.codes import EventKind, NumberKind
from households.registry.identity import check
from households.registry.models import HouseholdEvent, Membership, Person, SealedNumber
from households.registry.numbers.sealed import masked, show
from households.registry.state import recognised_on
from households.surveys.checks.parts import Answers, Before, Known, KnownPerson, NumberDoubt
from households.surveys.checks.seen import Row, rows_of
from households.surveys.form_models import SurveyForm
from households.surveys.forms.numbers import key_in, token_of
from households.surveys.forms.opening import content_of, previous_form, previous_of
from povertyportal.core.crypto import Unreadable
from povertyportal.vietnamese import fold

NEW = 366  # days: what a household was split off from matters so long


def known_of(form: SurveyForm, on: date, answers: Answers | None = None) -> Known:
    """``answers``: those looked at, without them those stored; 4 queries, 1 more each where somebody stands in a row who is no
    member, where a number is nobody's in the registry, where the household is new, where somebody has left since."""
    shown = content_of(form).answers if answers is None else answers
    rows, first_day = rows_of(shown, on), form.round.days.lower
    recognised = recognised_on([form.household_id], first_day).get(form.household_id)
    since = form.household.validity.lower
    persons = _persons(form.household_id, rows, on)
    return Known(
        why=form.why,
        first_day=first_day,
        last_day=form.round.days.upper - timedelta(days=1),
        persons=persons,
        recognised=recognised.klass if recognised else "",
        since=since,
        split=(on - since).days <= NEW and _split(form.household_id, since),
        before=_before(form, shown),
        **_numbers(rows, on, persons),
    )


def _persons(household: int, rows: Sequence[Row], on: date) -> dict[int, KnownPerson]:
    members = Membership.objects.filter(household=household, validity__contains=on).select_related("person")
    found = {row.person_id: _known(row.person, relation=row.relation, member=True) for row in members}
    absent = {row.person for row in rows if row.person and row.person not in found}
    if absent:
        away = _members_elsewhere(absent, household, on)
        found |= {row.pk: _known(row, elsewhere=row.pk in away) for row in Person.objects.filter(pk__in=absent)}
    return found


def _known(row: Person, *, relation: str = "", member: bool = False, elsewhere: bool = False) -> KnownPerson:
    return KnownPerson(
        person=row.pk,
        name=row.full_name,
        relation=relation,
        sex=row.sex,
        birth_date=row.birth_date,
        birth_year=row.birth_year,
        ethnicity=row.ethnicity,
        number=token_of(row.identity_id) if row.identity_id else "",
        died_on=row.died_on,
        elsewhere=elsewhere,
        member=member,
    )


def _members_elsewhere(persons: Collection[int], household: int, on: date) -> set[int]:
    rows = Membership.objects.filter(person__in=persons, validity__contains=on).exclude(household=household)
    return set(rows.values_list("person_id", flat=True))


def _split(household: int, since: date) -> bool:
    """Whether it began by being split off."""
    rows = HouseholdEvent.objects.standing().filter(household=household, kind=EventKind.SPLIT, on=since)
    return rows.filter(details__has_key="place").exists()


def _numbers(rows: Sequence[Row], on: date, persons: Mapping[int, KnownPerson]) -> dict[str, Any]:
    tokens = {row: key for row in rows if (key := key_in([row.text("identity")]))}
    keys = set(tokens.values())
    people = Person.objects.filter(identity__in=keys, merged_into=None).select_related("identity")
    holders = list(people) if keys else []
    numbers = {one.identity.pk: one.identity for one in holders if one.identity}
    if free := keys - numbers.keys():
        numbers |= SealedNumber.objects.in_bulk(free)
    doubts = {row.index: list(_doubts(row, numbers[key], on)) for row, key in tokens.items() if key in numbers}
    masks = {token_of(key): masked(number) for key, number in numbers.items()}
    return {"doubts": doubts, "others": _others(tokens, holders, _left_out(rows, persons)), "masks": masks}


def _doubts(row: Row, number: SealedNumber, on: date) -> Iterator[NumberDoubt]:
    try:
        plain = show(number)
    except Unreadable:
        return
    year = row.born[0].year if row.born else None
    for one in check(NumberKind.PERSONAL.value, plain, sex=row.text("sex"), birth_year=year, on=on):
        yield NumberDoubt(one.strength, one.field, one.message)


def _left_out(rows: Sequence[Row], persons: Mapping[int, KnownPerson]) -> set[int]:
    """Members whom no row names by key."""
    return {key for key, one in persons.items() if one.member} - {row.person for row in rows if row.person}


def _others(tokens: Mapping[Row, int], holders: Sequence[Person], left_out: Collection[int]) -> dict[str, str]:
    """Who else has the number in the registry: a name only where it is the same. A member whose row was taken away and typed
    anew is nobody else."""
    found = {}
    for row, key in tokens.items():
        for one in holders:
            again = row.person is None and one.pk in left_out and fold(one.full_name) == fold(row.text("name"))
            if one.identity_id == key and one.pk != row.person and not again:
                found[row.field("identity")] = one.full_name
    return found


def _before(form: SurveyForm, answers: Answers) -> Before | None:
    earlier = previous_form(form)
    if earlier is None:
        return None
    return Before(
        year=earlier.form.round.year,
        answers=previous_of(earlier.form, answers),
        standard=earlier.standard,
        klass=earlier.klass,
        b1=earlier.scores.get("b1"),
        b2=earlier.scores.get("b2"),
    )
