"""The forms of a demonstration: those of its last year as they were decided, those of this year as far as they are."""

import re
from collections import Counter
from datetime import date, datetime
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from households.access.accounts import open_account
from households.access.grants import give_grant
from households.areas.models import Area
from households.registry.models import Recognition
from households.surveys.checks.findings import findings_of
from households.surveys.checks.known import known_of
from households.surveys.checks.parts import Strength
from households.surveys.demonstration.making import Made, Wish, make
from households.surveys.demonstration.people import Soul, life_of
from households.surveys.demonstration.progress import whole_communes
from households.surveys.form_models import State, SurveyForm, SurveyResult, SurveySave, SurveySheet, Why
from households.surveys.forms.opening import previous_answers
from households.surveys.looking import looks, typed_forms
from households.surveys.models import SurveyRound
from households.surveys.rounds import open_round
from povertyportal.core.accounts import system_user
from povertyportal.core.models import User
from tests.registry.small import demonstration

pytestmark = pytest.mark.django_db
NOVEMBER = timezone.make_aware(datetime.fromisoformat("2026-11-20T09:00"))
AUGUST = timezone.make_aware(datetime.fromisoformat("2026-08-20T09:00"))


def made(at: datetime = NOVEMBER, households: int = 60, **more: Any) -> Made:
    wish = Wish(1, households, 2021, more.pop("last", 2025))
    return make(wish, by=system_user(), at=at, commit=True, **more)


def of(year: int) -> Any:
    return SurveyForm.objects.filter(round__year=year)


def decided(year: int) -> dict[tuple[int, str], str]:
    """By household and standard, in December."""
    rows = Recognition.objects.filter(year=year, decision_date__gte=date(year, 12, 1))
    return {(row.household_id, row.standard): row.klass for row in rows}


def computed(year: int) -> dict[tuple[int, str], str]:
    rows = SurveyResult.objects.filter(form__round__year=year).exclude(result__gate="stop")
    return {(row.form.household_id, row.standard): row.klass for row in rows.select_related("form")}


def test_the_answers_of_the_last_year_come_to_what_was_decided() -> None:
    demonstration(households=90, forms=True)
    recognised, found = decided(2025), computed(2025)
    assert len(found) > 20
    assert {one: klass for one, klass in found.items() if recognised.get(one, "not_poor") != klass} == {}
    assert set(of(2025).values_list("state", flat=True)) <= {State.DONE, State.DROPPED}


def test_in_a_change_over_year_they_come_to_what_was_decided_by_both_standards() -> None:
    made(last=2021, households=90)
    recognised, found = decided(2021), computed(2021)
    both = [one for one in found if one in recognised]
    assert {code for _household, code in both} == {"qd59-2015", "nd07-2021"}
    assert [one for one in both if recognised[one] != found[one]] == []


def test_everybody_on_the_list_of_the_last_year_has_a_form() -> None:
    made()
    listed = {household for (household, _), klass in decided(2025).items() if klass in ("poor", "near_poor")}
    assert listed <= set(of(2025).values_list("household", flat=True))


def test_the_round_of_this_year_is_under_way() -> None:
    made(households=200)
    places = set(of(2026).values_list("area_code", flat=True))
    communes = dict(Area.objects.filter(code__in=places).values_list("code", "parent_code"))
    whole = whole_communes(communes.values())
    ours = [code for code in places if communes[code] not in whole]
    assert set(of(2026).exclude(area_code__in=ours).values_list("state", flat=True)) <= {State.DONE, State.DROPPED}
    states = Counter(of(2026).filter(area_code__in=ours).values_list("state", flat=True))
    total = sum(states.values())
    shares = {state: round(100 * number / total) for state, number in states.items()}
    assert 50 <= shares[State.DONE] <= 60
    assert 7 <= shares[State.TYPING] <= 13
    assert 3 <= shares[State.RETURNED] <= 9
    assert shares[State.HANDED] >= 1
    assert shares[State.WAITING] >= 20
    told = of(2026).filter(state__in=[State.RETURNED, State.HANDED]).values_list("remark", flat=True)
    assert all(told)
    assert set(of(2026).values_list("why", flat=True)) > {Why.POOR, Why.NEAR_POOR, Why.REQUEST, Why.AVERAGE}


def test_typed_forms_have_their_sheet_and_how_it_came() -> None:
    made()
    typed = set(SurveyForm.objects.exclude(state__in=[State.WAITING, State.DROPPED]).values_list("pk", flat=True))
    assert set(SurveySheet.objects.values_list("pk", flat=True)) == typed
    assert set(SurveySave.objects.values_list("form", flat=True)) == typed
    assert not re.search(r"\b\d{12}\b", str(list(SurveySheet.objects.values_list("answers", flat=True))))


def test_finished_forms_hold_no_error_and_nothing_unread() -> None:
    made()
    for survey_round in SurveyRound.objects.filter(forms__isnull=False).distinct():
        for seen in looks(typed_forms(survey_round, survey_round.area_code)):
            assert (seen.form.household_id, seen.faults) == (seen.form.household_id, {})
            if seen.form.state == State.DONE and seen.form.pk % 3 == 0:
                found = findings_of(seen, known_of(seen.form, seen.on, seen.typed.data))
                assert [one.sentence for one in found if one.strength == Strength.ERROR] == []


def test_growing_older_changes_nothing_else_of_an_invented_person() -> None:
    levels = ["none", "primary", "lower_secondary", "upper_secondary", "intermediate"]
    for number in range(60):
        lives = [life_of(Soul(0, years, 1995, female=True, seed=f"{number}")) for years in range(8, 35)]
        diplomas = [levels.index(one["education"]) for one in lives]
        assert diplomas == sorted(diplomas), number
        assert len({one["disabled"] for one in lives}) == 1, number


def test_a_household_is_asked_again_with_what_it_said_last_year() -> None:
    made()
    again = of(2026).filter(state=State.WAITING, household__forms__round__year=2025, why=Why.POOR).first()
    assert again is not None
    assert {"h-toilet", "m0-education"} <= previous_answers(again).keys()


def test_the_forms_of_a_commune_are_of_those_who_work_there() -> None:
    typist = official("thu", "01392")
    made()
    areas = {one.area_code for one in of(2026).filter(done_by=typist)}
    assert areas
    assert {one.area_code for one in of(2026).filter(assigned_to=typist)} <= areas | {
        one.area_code for one in of(2026).exclude(state=State.DONE)
    }
    assert of(2026).exclude(done_by=typist).filter(done_by=system_user()).exists()


def official(name: str, area_code: str) -> User:
    told = {"by": system_user(), "at": NOVEMBER, "reason": "Cho phép thử"}
    user, _first = open_account(username=name, full_name="Nông Thị Thu", area_code=area_code, **told)  # type: ignore[arg-type]
    give_grant(user=user, role="commune_official", area_code=area_code, on=date(2026, 11, 20), **told)  # type: ignore[arg-type]
    return user


def test_before_september_no_round_of_this_year_is_there() -> None:
    assert made(at=AUGUST).forms == of(2025).count() > 0
    assert not of(2026).exists()


def test_in_its_first_weeks_nothing_is_typed_yet() -> None:
    made(at=timezone.make_aware(datetime.fromisoformat("2026-09-10T09:00")))
    assert set(of(2026).values_list("state", flat=True)) == {State.WAITING}


def test_a_real_round_of_this_year_is_left_alone() -> None:
    open_round(code="2026-periodic", area_code="01392", on=date(2026, 9, 1), by=system_user(), at=NOVEMBER)
    made()
    assert not of(2026).exists()


def test_without_forms_there_are_none() -> None:
    assert made(forms=False).forms == SurveyForm.objects.count() == 0


def test_the_same_seed_answers_the_same() -> None:
    def told() -> list[Any]:
        with transaction.atomic():
            made(households=40)
            forms = SurveyForm.objects.filter(sheet__isnull=False).select_related("sheet").order_by("pk")
            rows = [one.sheet.answers for one in forms]
            transaction.set_rollback(True)
        return [
            {name: told for name, told in one.items() if not name.endswith(("-person", "-identity"))} for one in rows
        ]

    first = told()
    assert first
    assert told() == first
