"""What the portal knows of a form's household beside what was typed."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from households.registry.codes import EventKind, NumberKind
from households.registry.identity import check
from households.registry.models import HouseholdEvent, Membership, Person, SealedNumber
from households.registry.numbers.sealed import show
from households.registry.state import recognised_on
from households.surveys.checks.parts import Answers, Before, Known, KnownPerson, NumberDoubt
from households.surveys.checks.seen import CLOSING, Row, rows_of
from households.surveys.form_models import SurveyForm, SurveyResult
from households.surveys.forms.numbers import key_in, token_of
from households.surveys.forms.opening import content_of, previous_form, previous_of
from povertyportal.core.crypto import Unreadable
from povertyportal.vietnamese import fold

NEW = 366  # days: what a household was split off from matters so long


def known_of(form: SurveyForm, on: date, answers: Answers | None = None) -> Known:
    """``answers``: those looked at, without them those stored; 6 queries, 1 more each where somebody stands in a row who is no
    member, where the household is new, where somebody has left since the year before."""
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
    numbers = SealedNumber.objects.in_bulk(set(tokens.values())) if tokens else {}
    doubts = {row.index: list(_doubts(row, numbers[key], on)) for row, key in tokens.items() if key in numbers}
    return {"doubts": doubts, "others": _others(tokens, _left_out(rows, persons))}


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


def _others(tokens: Mapping[Row, int], left_out: Collection[int]) -> dict[str, str]:
    """Who else has the number in the registry: a name only where it is the same. A member whose row was taken away and typed
    anew is nobody else."""
    if not tokens:
        return {}
    people = Person.objects.filter(Q(identity__in=set(tokens.values())), merged_into=None)
    holders = list(people.values_list("pk", "identity_id", "full_name"))
    found = {}
    for row, key in tokens.items():
        for person, number, name in holders:
            again = row.person is None and person in left_out and fold(name) == fold(row.text("name"))
            if number == key and person != row.person and not again:
                found[row.field("identity")] = name
    return found


def _before(form: SurveyForm, answers: Answers) -> Before | None:
    earlier = previous_form(form)
    if earlier is None:
        return None
    rows = SurveyResult.objects.filter(form=earlier, purpose=CLOSING).order_by("-pk")
    standard, klass, scores = rows.values_list("standard", "klass", "result__scores").first() or ("", "", {})
    return Before(
        year=earlier.round.year,
        answers=previous_of(earlier, answers),
        standard=standard,
        klass=klass,
        b1=scores.get("b1"),
        b2=scores.get("b2"),
    )
