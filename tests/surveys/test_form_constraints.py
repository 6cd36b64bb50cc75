"""What the database refuses of forms, whoever asks."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from households.surveys.form_models import (
    ConfirmedQuestion,
    State,
    SurveyForm,
    SurveyPresence,
    SurveySave,
    SurveySheet,
)
from povertyportal.core.accounts import system_user
from tests.registry.people import household
from tests.surveys.filled import a_round, form

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("recorded")]
AT = datetime(2026, 10, 5, 10, 32, tzinfo=UTC)


def refused(name: str, make: Any) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make()


def listed(**more: Any) -> SurveyForm:
    told = {"why": "poor", "area_code": "01392-001", "listed_by": system_user(), "listed_at": AT}
    return SurveyForm.objects.create(round=a_round(), household=household(), **told | more)


def test_a_household_has_one_form_in_a_round() -> None:
    made = form()
    refused("form_once_in_a_round", lambda: form(of=made.household))


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("form_why_known", {"why": "rich"}),
        ("form_state_known", {"state": "lost"}),
        ("form_done_by", {"state": State.DONE}),
        ("form_done_by", {"state": State.DONE, "done_at": AT}),
        ("form_remark_told", {"state": State.RETURNED}),
        ("form_remark_told", {"state": State.DROPPED, "remark": "  "}),
    ],
)
def test_a_form_is_whole(name: str, fields: dict[str, Any]) -> None:
    refused(name, lambda: listed(**fields))


def test_a_finished_form_names_who_finished_it_and_when() -> None:
    assert listed(state=State.DONE, done_at=AT, done_by=system_user()).pk


def test_a_form_has_one_sheet() -> None:
    made = form()
    refused("surveysheet_pkey", lambda: SurveySheet.objects.create(form=made))


def test_the_key_of_a_save_is_used_once() -> None:
    made, key = form(), uuid4()

    def save() -> SurveySave:
        return SurveySave.objects.create(form=made, key=key, base=0, version=1, by=system_user(), at=AT)

    save()
    refused("key", save)


def test_somebody_is_in_a_form_once() -> None:
    made = form()
    for refuse in (False, True):
        told = {"form": made, "user": system_user(), "at": AT}
        if refuse:
            refused("presence_once", lambda told=told: SurveyPresence.objects.create(**told))
        else:
            SurveyPresence.objects.create(**told)


def test_a_question_is_confirmed_for_a_reason() -> None:
    made = form()
    told = {"form": made, "check_name": "one_head", "fingerprint": "0" * 64, "by": system_user(), "at": AT}
    refused("confirmed_for_a_reason", lambda: ConfirmedQuestion.objects.create(**told, reason=" "))


@pytest.mark.parametrize("field", ["base", "version"])
def test_versions_are_counted_from_nought(field: str) -> None:
    made = form()
    told = {"base": 0, "version": 0, "by": system_user(), "at": AT, field: -1}
    refused(f"{field}_check", lambda: SurveySave.objects.create(form=made, key=uuid4(), **told))
