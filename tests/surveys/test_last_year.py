"""What stands on a form before anybody types, and what is taken over from the form of the year before."""

from datetime import UTC, date, datetime

import pytest

from households.registry.actions.members import add_member, remove_member
from households.registry.models import Household, SealedNumber
from households.registry.numbers.sealed import keep
from households.surveys.form_models import State, SurveyForm, SurveySave, SurveySheet
from households.surveys.forms.numbers import token_of
from households.surveys.forms.opening import content_of, prefilled, previous_answers
from households.surveys.forms.taking_over import take_over
from povertyportal.core.accounts import system_user
from tests.registry.people import household, member, person_of, told
from tests.surveys.families import AT, WIFE, answers_of, family
from tests.surveys.filled import a_round, form

pytestmark = pytest.mark.usefixtures("recorded")
BEFORE = datetime(2025, 10, 20, 3, tzinfo=UTC)


def test_a_form_begins_with_the_people_as_the_registry_has_them() -> None:
    found = household(
        members=[
            member("Nông Văn An", "head", born=date(1980, 2, 5), sex="male", ethnicity="tay", identity="004080012345"),
            member("Lò Thị Bình", "unknown", born=1982, sex="female"),
        ]
    )
    said = prefilled(form(of=found))
    assert said.pop("m0-identity") == [token_of(SealedNumber.objects.get())]
    assert said == {
        "m0-person": [str(person_of(found).pk)], "m0-name": ["Nông Văn An"], "m0-birth": ["05/02/1980"],
        "m0-relation": ["head"], "m0-sex": ["male"], "m0-ethnicity": ["tay"],
        "m1-person": [str(person_of(found, "Bình").pk)], "m1-name": ["Lò Thị Bình"], "m1-birth": ["1982"],
        "m1-sex": ["female"],
    }  # fmt: skip


def test_who_left_before_the_listing_is_not_on_the_form() -> None:
    found = family()
    remove_member(person=person_of(found, "Bình").pk, on=date(2026, 9, 1), **told())
    names = [values for name, values in prefilled(form(of=found)).items() if name.endswith("-name")]
    assert names == [["Nông Văn An"], ["Nông Văn Cường"]]


def test_who_was_born_or_left_after_the_listing_is_seen_to_when_the_form_is_opened() -> None:
    found = family()
    made = form(of=found)
    remove_member(person=person_of(found, "Bình").pk, on=date(2026, 11, 2), **told())
    baby = member("Nông Thị Dung", "child", born=date(2026, 11, 5), sex="female")
    add_member(household=found.pk, member=baby, kind="born", on=date(2026, 11, 5), **told())
    names = [values for name, values in prefilled(made).items() if name.endswith("-name")]
    assert names == [["Nông Văn An"], ["Nông Văn Cường"], ["Nông Thị Dung"]]


def test_what_is_shown_is_what_was_stored_once_anything_was() -> None:
    made = form({"m0-name": ["Nông Văn Ân"]}, of=family())
    shown = content_of(made)
    assert (shown.answers, shown.stored) == ({"m0-name": ["Nông Văn Ân"]}, True)


def test_before_the_first_save_the_registry_is_shown_and_nothing_is_written() -> None:
    made = SurveyForm(round=a_round(), household=family(), why="poor", area_code="01392-001")
    made.listed_by, made.listed_at = system_user(), AT
    made.save()
    shown = content_of(made)
    assert (shown.answers, shown.version, shown.stored) == (prefilled(made), 0, False)
    assert not SurveySheet.objects.filter(pk=made.pk).exists()


def earlier(found: Household, answers: dict[str, list[str]]) -> SurveyForm:
    round = a_round("2025-periodic", on=date(2025, 9, 1))
    return form(answers, of=found, round=round, state=State.DONE, done_by=system_user(), done_at=BEFORE)


def test_last_years_rows_stand_at_the_same_people_now() -> None:
    found = family()
    said = answers_of(found)
    moved = {name.replace("m1-", "m8-"): values for name, values in said.items() if not name.startswith("m2-")}
    earlier(found, moved | {"m8-work": ["none"]})
    before = previous_answers(form(prefilled(form(of=family())) | answers_of(found), of=found))
    assert before["m1-work"] == ["none"]
    assert not [name for name in before if name.startswith(("m2-", "m8-"))]
    assert "s-day" not in before


def test_a_form_that_was_never_finished_or_is_of_this_round_is_no_earlier_one() -> None:
    found = family()
    round = a_round("2025-periodic", on=date(2025, 9, 1))
    form(answers_of(found), of=found, round=round, state=State.TYPING)
    assert previous_answers(form(of=found)) == {}


def test_only_what_need_not_be_asked_anew_is_taken_over_and_only_into_empty_fields() -> None:
    found = family()
    earlier(found, answers_of(found, h_toilet="other", m1_education="primary"))
    made = form(prefilled(form(of=family())) | content_for(found), of=found)
    taken = take_over(form=made.pk, names=None, by=system_user(), at=AT)
    now = content_of(SurveyForm.objects.get(pk=made.pk)).answers
    assert taken == len(SurveySave.objects.get(form=made).changes) > 10
    assert (now["h-toilet"], now["m1-education"]) == (["septic"], ["primary"])
    asked_anew = ("s-causes", "nd07-2021:b1", "m2-studying", "m2-nutrition", "m1-health_insurance")
    assert not [name for name in asked_anew if name in now]
    assert take_over(form=made.pk, names=None, by=system_user(), at=AT) == 0


def content_for(found: Household) -> dict[str, list[str]]:
    """The people, and one answer of this year."""
    listed = SurveyForm(round=a_round(), household=found, listed_at=AT)
    return prefilled(listed) | {"h-toilet": ["septic"]}


def test_a_field_that_is_named_is_taken_over_whatever_it_is() -> None:
    found = family()
    earlier(found, answers_of(found))
    made = form(content_for(found), of=found)
    assert take_over(form=made.pk, names=["s-causes"], by=system_user(), at=AT) == 1
    assert content_of(SurveyForm.objects.get(pk=made.pk)).answers["s-causes"] == ["2"]


def test_numbers_of_an_earlier_form_are_not_taken_over() -> None:
    found = family()
    number = token_of(keep("personal", "004082012345"))
    earlier(found, answers_of(found, m1_identity=number))
    made = form(
        {name: values for name, values in content_for(found).items() if not name.endswith("identity")}, of=found
    )
    take_over(form=made.pk, names=None, by=system_user(), at=AT)
    assert f"m{WIFE}-identity" not in content_of(SurveyForm.objects.get(pk=made.pk)).answers
