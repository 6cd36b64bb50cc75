"""What the portal knows of a form's household beside what was typed."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery

from households.registry.codes import EventKind, NumberKind
from households.registry.identity import check
from households.registry.models import Household, HouseholdEvent, Membership, Person, SealedNumber
from households.registry.numbers.sealed import masked, show
from households.registry.state import MemberState, in_force_on, members_on
from households.surveys.checks.parts import Answers, Before, Known, KnownPerson, NumberDoubt
from households.surveys.checks.seen import Row, rows_of
from households.surveys.form_models import SurveyForm
from households.surveys.forms.numbers import key_in, token_of
from households.surveys.forms.opening import Earlier, content_of, not_here, previous_form, previous_of
from povertyportal.core.crypto import Unreadable
from povertyportal.vietnamese import fold

NEW = 366  # days: what a household was split off from matters so long


@dataclass(frozen=True, slots=True)
class _People:
    """Of the registry: the members on the day, and whoever else the form names, by key or by number, now or the year before."""

    members: Sequence[MemberState]
    others: Sequence[Person]

    def named(self, rows: Sequence[Row]) -> dict[int, KnownPerson]:
        """The members, and who stands in a row besides."""
        found = {one.person: _member(one) for one in self.members}
        absent = {row.person for row in rows} - found.keys()
        return found | {one.pk: _absent(one) for one in self.others if one.pk in absent}

    def became(self) -> dict[int, int]:
        return {one.pk: one.merged_into_id for one in self.others if one.merged_into_id}

    def holders(self, keys: Collection[int]) -> list[tuple[int, str, int]]:
        """Who has the numbers: person, name, number."""
        own = [(one.person, one.full_name, one.number or 0) for one in self.members]
        merged = self.became()
        more = [(one.pk, one.full_name, one.identity_id or 0) for one in self.others if one.pk not in merged]
        return [one for one in (*own, *more) if one[2] in keys]


def known_of(
    form: SurveyForm, on: date, answers: Answers | None = None, members: Sequence[MemberState] | None = None
) -> Known:
    """``answers``: those looked at, without them those stored; ``members``: on the day, where they are at hand. 3 queries, 1
    more where the form has a number, and 1 where it or last year's names anybody but the members."""
    shown = content_of(form).answers if answers is None else answers
    rows, first_day, since = rows_of(shown, on), form.round.days.lower, form.household.validity.lower
    earlier = previous_form(form)
    recognised, split = _of_household(form.household_id, first_day, since)
    numbers = {row: key for row in rows if (key := key_in([row.text("identity")]))}
    named = {row.person for row in rows if row.person} | (not_here(earlier.form, shown) if earlier else set())
    found = _people(form.household_id, on, named, set(numbers.values()), members)
    persons = found.named(rows)
    return Known(
        why=form.why,
        first_day=first_day,
        last_day=form.round.days.upper - timedelta(days=1),
        persons=persons,
        recognised=recognised,
        since=since,
        split=split and (on - since).days <= NEW,
        before=_before(earlier, shown, found.became()) if earlier else None,
        **_numbers(numbers, on, found, _left_out(rows, persons)),
    )


def _of_household(household: int, first_day: date, since: date) -> tuple[str, bool]:
    """As what it is recognised when the round begins, and whether it began by being split off."""
    recognised = in_force_on(first_day).filter(household=OuterRef("pk")).reverse().values("klass")[:1]
    begun = HouseholdEvent.objects.standing().filter(household=OuterRef("pk"), kind=EventKind.SPLIT, on=since)
    rows = Household.objects.filter(pk=household)
    told = rows.annotate(klass=Subquery(recognised), split=Exists(begun.filter(details__has_key="place")))
    klass, split = told.values_list("klass", "split").get()
    return klass or "", split


def _people(
    household: int, on: date, named: Collection[int], numbers: Collection[int], members: Sequence[MemberState] | None
) -> _People:
    own = members_on([household], on).get(household, ()) if members is None else members
    here = {one.person for one in own}
    strange = set(named) - here
    if not strange and not numbers:
        return _People(own, ())
    elsewhere = Membership.objects.filter(person=OuterRef("pk"), validity__contains=on).exclude(household=household)
    wanted = Q(pk__in=strange) | Q(identity__in=numbers, merged_into=None)
    others = Person.objects.filter(wanted).exclude(pk__in=here).annotate(elsewhere=Exists(elsewhere))
    return _People(own, list(others))


def _member(one: MemberState) -> KnownPerson:
    return KnownPerson(
        person=one.person,
        name=one.full_name,
        relation=one.relation,
        sex=one.sex,
        birth_date=one.birth_date,
        birth_year=one.birth_year,
        ethnicity=one.ethnicity,
        number=token_of(one.number) if one.number else "",
        died_on=one.died_on,
        member=True,
    )


def _absent(row: Any) -> KnownPerson:
    return KnownPerson(
        person=row.pk,
        name=row.full_name,
        sex=row.sex,
        birth_date=row.birth_date,
        birth_year=row.birth_year,
        ethnicity=row.ethnicity,
        number=token_of(row.identity_id) if row.identity_id else "",
        died_on=row.died_on,
        elsewhere=row.elsewhere,
    )


def _numbers(tokens: Mapping[Row, int], on: date, found: _People, left_out: Collection[int]) -> dict[str, Any]:
    keys = set(tokens.values())
    numbers = SealedNumber.objects.in_bulk(keys) if keys else {}
    doubts = {row.index: list(_doubts(row, numbers[key], on)) for row, key in tokens.items() if key in numbers}
    masks = {token_of(key): masked(number) for key, number in numbers.items()}
    return {"doubts": doubts, "others": _others(tokens, found.holders(keys), left_out), "masks": masks}


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


def _others(
    tokens: Mapping[Row, int], holders: Sequence[tuple[int, str, int]], left_out: Collection[int]
) -> dict[str, str]:
    """Who else has the number in the registry: a name only where it is the same. A member whose row was taken away and typed
    anew is nobody else."""
    found = {}
    for row, key in tokens.items():
        for person, name, number in holders:
            again = row.person is None and person in left_out and fold(name) == fold(row.text("name"))
            if number == key and person != row.person and not again:
                found[row.field("identity")] = name
    return found


def _before(earlier: Earlier, answers: Answers, became: Mapping[int, int]) -> Before:
    return Before(
        year=earlier.form.round.year,
        answers=previous_of(earlier.form, answers, became),
        standard=earlier.standard,
        klass=earlier.klass,
        b1=earlier.scores.get("b1"),
        b2=earlier.scores.get("b2"),
    )
