"""A form is finished: what the survey found about the people comes into the registry, and what the answers come to is kept."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from households.registry.actions.members import add_member
from households.registry.models import HouseholdEvent, Membership, Person, SealedNumber
from households.registry.numbers.sealed import keep
from households.registry.state import HouseholdState, state_on
from households.surveys.checks.confirming import confirm_question
from households.surveys.form_models import State, SurveyForm, SurveyResult, SurveySave, SurveySheet
from households.surveys.forms.differences import differences
from households.surveys.forms.finishing import How, finish_form, hand_over
from households.surveys.forms.numbers import token_of
from households.surveys.forms.standing import Kind, standing_of
from households.surveys.refusals import SurveyRefusedError
from povertyportal.core.accounts import system_user
from povertyportal.core.models import User
from tests.access.people import AREAS, person
from tests.registry.people import household, member, person_of, told
from tests.surveys.families import AT, HEAD, ON, WIFE, family, filled_form, newcomer
from tests.surveys.filled import answers

pytestmark = pytest.mark.usefixtures("recorded")
TODAY = date(2026, 10, 20)
NOTHING: Mapping[str, How] = {}


def finished(made: SurveyForm, told: Mapping[str, How] = NOTHING, *, by: User | None = None) -> HouseholdState:
    """The household on the day of the survey."""
    finish_form(form=made.pk, told=told, by=by or system_user(), at=AT)
    return state_on(made.household_id, ON)


def names(state: HouseholdState) -> list[tuple[str, str]]:
    return [(one.full_name, one.relation) for one in state.members]


def refusal(made: SurveyForm, told: Mapping[str, How] = NOTHING) -> list[tuple[str, str]]:
    with pytest.raises(SurveyRefusedError) as refused:
        finished(made, told)
    return [(problem.field, problem.message) for problem in refused.value.problems]


def kinds_left(made: SurveyForm) -> list[tuple[Kind, str]]:
    return [(one.kind, one.field) for one in standing_of(SurveyForm.objects.get(pk=made.pk), TODAY).obstacles]


def test_people_who_are_as_the_registry_has_them_leave_it_as_it_is() -> None:
    made = filled_form(family())
    before = HouseholdEvent.objects.count()
    finished(made)
    made.refresh_from_db()
    result = SurveyResult.objects.get(form=made)
    assert (made.state, made.done_by, made.done_at) == (State.DONE, system_user(), AT)
    assert (result.purpose, result.klass, result.on) == ("closing", "near_poor", ON)
    assert HouseholdEvent.objects.count() == before


def test_a_death_a_birth_and_a_slip_in_a_name_come_into_the_registry_on_their_days() -> None:
    found = family()
    mother = person_of(found, "Bình").pk
    baby = newcomer(
        7, "Nông Thị Dung", "03/03/2026", relation="child", sex="female", work="", studying="no", education="none"
    )
    made = filled_form(found, WIFE, added=baby, m0_name="Nông Văn Ân")
    state = finished(made, {f"gone:{mother}": How("died", date(2026, 8, 1)), "new:7": How("born")})
    assert names(state) == [("Nông Văn Ân", "head"), ("Nông Văn Cường", "child"), ("Nông Thị Dung", "child")]
    assert Person.objects.get(pk=mother).died_on == date(2026, 8, 1)
    assert len(state_on(found.pk, date(2026, 3, 2)).members) == 3
    assert len(state_on(found.pk, date(2026, 3, 3)).members) == 4


def test_when_the_head_died_the_form_says_who_follows_and_how_the_others_are_related() -> None:
    found = family()
    head = person_of(found).pk
    made = filled_form(found, HEAD, m1_relation="head", m2_relation="child")
    state = finished(made, {f"gone:{head}": How("died", date(2026, 9, 1))})
    assert names(state) == [("Lò Thị Bình", "head"), ("Nông Văn Cường", "child")]
    assert state_on(found.pk, date(2026, 8, 31)).head.person == head  # type: ignore[union-attr]


def test_a_newcomer_may_be_the_head_from_the_day_that_is_told() -> None:
    found = family()
    son = newcomer(9, "Nông Văn Em", "02/02/1999", relation="head")
    made = filled_form(found, added=son, m0_relation="parent", m1_relation="parent", m2_relation="sibling")
    assert kinds_left(made) == []
    state = finished(made, {"new:9": How("joined", date(2026, 6, 1)), "relations": How("changed", date(2026, 7, 1))})
    assert names(state)[0] == ("Nông Văn Em", "head")
    assert dict(names(state))["Nông Văn An"] == "parent"
    assert dict(names(state_on(found.pk, date(2026, 6, 15))))["Nông Văn Em"] == "unknown"


def test_who_joined_stands_in_the_row_with_his_key_as_a_save_of_its_own() -> None:
    made = filled_form(family(), added=newcomer(9, "Nông Văn Em", "02/02/1999"))
    state = finished(made, {"new:9": How("joined", date(2026, 6, 1))})
    newest = next(one for one in state.members if one.full_name == "Nông Văn Em")
    sheet = SurveySheet.objects.get(pk=made.pk)
    assert sheet.answers["m9-person"] == [str(newest.person)]
    assert [one["name"] for one in SurveySave.objects.get(form=made).changes] == ["m9-person"]
    assert SurveyResult.objects.get(form=made).version == sheet.version


def typed_anew(made: SurveyForm, row: int, newer: int) -> dict[str, list[str]]:
    """The row taken away and its person typed below, as by somebody who pressed the cross by mistake."""
    said = SurveySheet.objects.get(pk=made.pk).answers
    moved = {name.replace(f"m{row}-", f"m{newer}-"): values for name, values in said.items()}
    moved.pop(f"m{newer}-person")
    SurveySheet.objects.filter(pk=made.pk).update(answers=moved)
    return moved


def test_a_member_whose_row_was_taken_away_and_typed_anew_is_the_same_person() -> None:
    found = family()
    made = filled_form(found)
    mother = person_of(found, "Bình").pk
    typed_anew(made, WIFE, 77)
    state = finished(made)
    assert names(state) == [("Nông Văn An", "head"), ("Lò Thị Bình", "spouse"), ("Nông Văn Cường", "child")]
    assert SurveySheet.objects.get(pk=made.pk).answers["m77-person"] == [str(mother)]
    assert Person.objects.count() == 3


def test_a_birth_that_the_registry_had_before_the_paper_was_typed_is_no_second_child() -> None:
    found = family()
    made = filled_form(found, added=newcomer(7, "Nông thị Dung", "03/03/2026", relation="child", sex="female"))
    baby = member("Nông Thị Dung", "child", born=date(2026, 3, 3), sex="female", ethnicity="tay")
    add_member(household=found.pk, member=baby, kind="born", on=date(2026, 3, 3), **told())
    found_ones = differences(made, SurveySheet.objects.get(pk=made.pk).answers, ON)
    assert [one.told for one in found_ones] == [("Họ tên: Nông Thị Dung → Nông thị Dung",)]


def test_a_number_typed_on_the_form_becomes_the_persons() -> None:
    number = keep("personal", "004082012345")
    made = filled_form(family(), m0_identity=token_of(number))
    confirm_all(made)
    finished(made)
    assert Person.objects.get(full_name="Nông Văn An").identity_id == number.pk


def confirm_all(made: SurveyForm, reason: str = "Đã xem thẻ căn cước") -> None:
    for one in standing_of(SurveyForm.objects.get(pk=made.pk), TODAY).obstacles:
        assert one.kind is Kind.QUESTION
        assert one.finding is not None
        confirm_question(
            form=made.pk, check=one.finding.check, field=one.field, fingerprint=one.fingerprint, reason=reason,
            by=system_user(), at=AT,
        )  # fmt: skip


def test_a_number_of_somebody_else_stands_with_both_once_it_is_confirmed() -> None:
    household(members=[member("Sầm Thị Nhình", "head", identity="004182000002")])
    number = SealedNumber.objects.get()
    made = filled_form(family(), m1_identity=token_of(number))
    assert (Kind.QUESTION, "m1-identity") in kinds_left(made)
    confirm_all(made)
    finished(made)
    assert Person.objects.filter(identity=number).count() == 2


def test_one_refusal_of_the_registry_leaves_everything_as_it_was() -> None:
    found = family()
    mother = person_of(found, "Bình").pk
    made = filled_form(found, WIFE, added=newcomer(9, "Nông Văn Em", "02/02/1999"), m0_name="Nông Văn Ân")
    before = stored(made)
    told = {"new:9": How("joined", date(2026, 6, 1)), f"gone:{mother}": How("left", date(2025, 12, 1))}
    (field, message), *more = refusal(made, told)
    assert (field, more) == (f"gone:{mother}", [])
    assert "05/01/2026" in message or "01/12/2025" in message
    assert stored(made) == before


def stored(made: SurveyForm) -> tuple[Any, ...]:
    sheet = SurveySheet.objects.get(pk=made.pk)
    form = SurveyForm.objects.values_list("state", "done_by", "done_at").get(pk=made.pk)
    rows = (HouseholdEvent, Membership, Person, SurveyResult, SurveySave)
    return (form, sheet.answers, sheet.version, *(list(model.objects.order_by("pk").values()) for model in rows))


def test_what_is_wrong_unanswered_or_unconfirmed_stands_in_the_way() -> None:
    made = filled_form(family(), m1_birth="07/10/2009", m1_relation="spouse", h_toilet="", s_causes="", s_day="")
    left = kinds_left(made)
    assert {(Kind.MISSING, "s-day"), (Kind.ERROR, "s-causes"), (Kind.QUESTION, "m1-birth")} <= set(left)
    refused = refusal(made)
    assert len(refused) == len(left)
    assert SurveyForm.objects.get(pk=made.pk).state == State.WAITING


def test_a_conflict_stands_in_the_way_until_somebody_decides() -> None:
    made = filled_form(family())
    kept = {"value": ["none"], "by": system_user().pk, "at": AT.isoformat(), "save": "x"}
    SurveySheet.objects.filter(pk=made.pk).update(conflicts={"h-toilet": [kept]})
    assert kinds_left(made) == [(Kind.CONFLICT, "h-toilet")]


def test_a_day_of_the_survey_that_has_not_come_stands_in_the_way() -> None:
    made = filled_form(family(), s_day="21/10/2026")
    assert kinds_left(made) == [(Kind.FAULT, "s-day")]


def test_what_happened_has_to_be_said_with_a_day_up_to_the_survey() -> None:
    found = family()
    mother = person_of(found, "Bình").pk
    made = filled_form(found, WIFE)
    key = f"gone:{mother}"
    assert [field for field, _message in refusal(made)] == [key]
    assert "chọn việc" in refusal(made)[0][1]
    assert "ngày xảy ra" in refusal(made, {f"gone:{mother}": How("died")})[0][1]
    assert "06/10/2026" in refusal(made, {f"gone:{mother}": How("died", date(2026, 10, 6))})[0][1]


def test_a_confirmed_question_comes_again_when_its_answers_change() -> None:
    made = filled_form(family(), h_floor_area="7")
    assert kinds_left(made) == [(Kind.QUESTION, "h-floor_area")]
    confirm_all(made, "Nhà tạm của xóm, đo tay")
    assert kinds_left(made) == []
    sheet = SurveySheet.objects.get(pk=made.pk)
    SurveySheet.objects.filter(pk=made.pk).update(answers=sheet.answers | {"h-floor_area": ["6"]})
    assert kinds_left(made) == [(Kind.QUESTION, "h-floor_area")]


def test_a_question_that_no_longer_stands_cannot_be_confirmed() -> None:
    made = filled_form(family())
    with pytest.raises(SurveyRefusedError):
        confirm_question(
            form=made.pk, check="floor_area", field="h-floor_area", fingerprint="0" * 64, reason="Đã đo lại",
            by=system_user(), at=AT,
        )  # fmt: skip


def test_a_reviewer_finishes_what_agrees_and_hands_over_what_does_not() -> None:
    reviewer, official = person("village_reviewer", AREAS.COMMUNE), person("commune_official", AREAS.COMMUNE)
    finished(filled_form(family()), by=reviewer)
    other = family()
    made = filled_form(other, WIFE, s_day="06/10/2026")
    told = {f"gone:{person_of(other, 'Bình').pk}": How("left", date(2026, 9, 1))}
    with pytest.raises(SurveyRefusedError, match="công chức xã"):
        finished(made, told, by=reviewer)
    SurveySheet.objects.filter(pk=made.pk).update(version=3)
    assert hand_over(form=made.pk, remark="Bà Bình về nhà mẹ đẻ", by=reviewer, at=AT).state == State.HANDED
    assert len(finished(made, told, by=official).members) == 2


def test_nobody_finishes_a_form_of_another_commune_or_one_that_is_done() -> None:
    made = filled_form(family())
    with pytest.raises(PermissionDenied):
        finished(made, by=person("commune_official", AREAS.SIBLING))
    finished(made)
    assert "đã hoàn thành" in refusal(made)[0][1]


def test_a_request_that_phieu_a_stops_is_finished_without_phieu_b() -> None:
    said = {
        name: values for name, values in answers().items() if name.startswith(("m0-n", "m0-b", "m0-r", "m0-s", "m0-e"))
    }
    said |= {"s-day": ["05/10/2026"], "s-reviewer": ["Hoàng Văn Tám"], "nd07-2021:a": ["5"], "m0-person": []}
    found = household(members=[member("Nông Văn An", "head", born=date(1980, 2, 5), sex="male", ethnicity="tay")])
    made = filled_form(found, why="request")
    SurveySheet.objects.filter(pk=made.pk).update(answers=said | {"m0-person": [str(person_of(found).pk)]})
    finished(made)
    result = SurveyResult.objects.get(form=made)
    assert (result.result["gate"], result.result["scores"]["a"]) == ("stop", 5)


def test_somebody_of_another_household_has_to_leave_it_first() -> None:
    stranger = person_of(household(members=["Sầm Thị Nhình"]))
    made = filled_form(family(), added=newcomer(9, "Sầm Thị Nhình", "1960", person=str(stranger.pk)))
    assert (Kind.ERROR, "m9-name") in kinds_left(made)


def test_numbers_never_stand_in_what_finishing_writes() -> None:
    number = keep("personal", "004082012345")
    made = filled_form(family(), m0_identity=token_of(number))
    confirm_all(made)
    finished(made)
    written = [*SurveyResult.objects.values_list("result"), *SurveySave.objects.values_list("changes")]
    assert "012345" not in str(written) + str(list(HouseholdEvent.objects.values()))


def test_an_indicator_is_needed_for_the_tables_also_where_no_class_hangs_on_it() -> None:
    assert kinds_left(filled_form(family(), h_toilet="")) == [(Kind.MISSING, "h-toilet")]
