"""What the portal knows of a form's household beside what was typed."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from households.registry.codes import EventKind, NumberKind
from households.registry.identity import check
from households.registry.models import HouseholdEvent, Membership, Person, SealedNumber
from households.registry.numbers.sealed import show
from households.registry.state import HouseholdState, state_on
from households.surveys.checks.parts import Answers, Before, Known, KnownPerson, NumberDoubt
from households.surveys.checks.seen import CLOSING, Row, rows_of
from households.surveys.form_models import SurveyForm, SurveyResult
from households.surveys.forms.numbers import key_in, token_of
from households.surveys.forms.opening import content_of, previous_form, previous_of
from households.surveys.sheets.bound import bound_standards
from povertyportal.core.crypto import Unreadable


def known_of(form: SurveyForm, on: date, answers: Answers | None = None) -> Known:
    """``answers``: those looked at, without them those stored; some 10 queries."""
    shown = content_of(form).answers if answers is None else answers
    state, rows = state_on(form.household_id, on), rows_of(shown, on)
    recognised = state.recognition
    return Known(
        why=form.why,
        first_day=form.round.days.lower,
        last_day=form.round.days.upper - timedelta(days=1),
        persons=_persons(state, rows, on),
        recognised=recognised.klass if recognised else "",
        since=state.started,
        split=_split(state),
        lists=_lists(form, on),
        before=_before(form, shown),
        **_numbers(rows, on),
    )


def _persons(state: HouseholdState, rows: Sequence[Row], on: date) -> dict[int, KnownPerson]:
    relations = {one.person: one.relation for one in state.members}
    wanted = {*relations, *(row.person for row in rows if row.person)}
    found = {row.pk: row for row in Person.objects.filter(pk__in=wanted)}
    absent = [key for key in found if key not in relations]
    away = _members_elsewhere(absent, state.household, on) if absent else set()
    return {
        key: KnownPerson(
            person=key,
            name=row.full_name,
            relation=relations.get(key, ""),
            sex=row.sex,
            birth_date=row.birth_date,
            birth_year=row.birth_year,
            ethnicity=row.ethnicity,
            number=token_of(row.identity_id) if row.identity_id else "",
            died_on=row.died_on,
            elsewhere=key in away,
            member=key in relations,
        )
        for key, row in found.items()
    }


def _members_elsewhere(persons: Sequence[int], household: int, on: date) -> set[int]:
    rows = Membership.objects.filter(person__in=persons, validity__contains=on).exclude(household=household)
    return set(rows.values_list("person_id", flat=True))


def _split(state: HouseholdState) -> bool:
    if state.started is None:
        return False
    rows = HouseholdEvent.objects.standing().filter(household=state.household, kind=EventKind.SPLIT, on=state.started)
    return rows.filter(details__has_key="place").exists()


def _numbers(rows: Sequence[Row], on: date) -> dict[str, Any]:
    tokens = {row: key for row in rows if (key := key_in([row.text("identity")]))}
    numbers = SealedNumber.objects.in_bulk(set(tokens.values())) if tokens else {}
    doubts = {row.index: list(_doubts(row, numbers[key], on)) for row, key in tokens.items() if key in numbers}
    return {"doubts": doubts, "others": _others(tokens)}


def _doubts(row: Row, number: SealedNumber, on: date) -> Iterator[NumberDoubt]:
    try:
        plain = show(number)
    except Unreadable:
        return
    year = row.born[0].year if row.born else None
    for one in check(NumberKind.PERSONAL.value, plain, sex=row.text("sex"), birth_year=year, on=on):
        yield NumberDoubt(one.strength, one.field, one.message)


def _others(tokens: Mapping[Row, int]) -> dict[str, str]:
    """Who else has the number in the registry: a name only where it is the same."""
    if not tokens:
        return {}
    people = Person.objects.filter(Q(identity__in=set(tokens.values())), merged_into=None)
    holders = list(people.values_list("pk", "identity_id", "full_name"))
    found = {}
    for row, key in tokens.items():
        for person, number, name in holders:
            if number == key and person != row.person:
                found[row.field("identity")] = name
    return found


def _lists(form: SurveyForm, on: date) -> dict[str, dict[str, str]]:
    closing = next(one for one in bound_standards(form.round, on) if one.purpose == CLOSING)
    return {one.name: {entry.code: entry.name for entry in one.entries} for one in closing.applied.standard.code_lists}


def _before(form: SurveyForm, answers: Answers) -> Before | None:
    earlier = previous_form(form)
    if earlier is None:
        return None
    result = SurveyResult.objects.filter(form=earlier, purpose=CLOSING).order_by("-pk").first()
    scores = result.result.get("scores", {}) if result else {}
    return Before(
        year=earlier.round.year,
        answers=previous_of(earlier, answers),
        standard=result.standard if result else "",
        klass=result.klass if result else "",
        b1=scores.get("b1"),
        b2=scores.get("b2"),
    )
