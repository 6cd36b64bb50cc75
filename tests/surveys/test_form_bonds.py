"""What hangs together with a form: its round stays, its household may be merged, its numbers are kept, its history is told."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from households.access.scope import reach_of
from households.registry.merging.records import merge_households
from households.registry.models import Household, SealedNumber
from households.registry.numbers.rotation import prune_unused
from households.registry.numbers.sealed import keep
from households.registry.problems import RegistryRefusedError
from households.surveys.form_models import State, SurveyForm, SurveySheet
from households.surveys.forms.differences import differences
from households.surveys.forms.numbers import token_of
from households.surveys.forms.opening import prefilled
from households.surveys.forms.saving import Change, save_answers
from households.surveys.withdrawing import in_the_way
from povertyportal.core.models import User
from povertyportal.records.search import Asked, search
from povertyportal.records.wording import entries
from tests.access.people import AREAS, area_on, person
from tests.people import on_the_record
from tests.registry.people import SINCE, household, member, person_of, told
from tests.surveys.filled import a_round, form

pytestmark = pytest.mark.django_db
AT = datetime(2026, 10, 5, 10, 32, tzinfo=UTC)


@pytest.fixture
def an(db: None) -> User:
    return person("commune_official", AREAS.COMMUNE, full_name="Nông Văn An")


def typed(made: SurveyForm, by: User, name: str, *after: str, before: str = "") -> dict[str, list[str]]:
    change = Change(name, (before,) if before else (), after)
    return save_answers(form=made.pk, key=uuid4(), base=0, changes=[change], by=by, at=AT).answers


def twins() -> tuple[Household, Household]:
    return tuple(household(members=[member("Nông Văn An", "head", born=1980)]) for _one in range(2))  # type: ignore[return-value]


def merged(keep_: Household, drop: Household) -> None:
    pair = {person_of(drop).pk: person_of(keep_).pk}
    merge_households(keep=keep_.pk, drop=drop.pk, persons=pair, **told())


def test_a_round_with_forms_cannot_be_withdrawn_any_more() -> None:
    form()
    assert "đã có phiếu của 1 hộ" in in_the_way(a_round())


def test_a_form_goes_with_its_household_when_two_records_are_merged() -> None:
    one, other = twins()
    made = form(of=other)
    merged(one, other)
    made.refresh_from_db()
    assert made.household == one


def test_two_records_with_forms_in_one_round_are_not_merged_and_the_sentence_says_why() -> None:
    one, other = twins()
    forms = [form(of=home) for home in (one, other)]
    with pytest.raises(RegistryRefusedError, match=rf"H{one.pk} và hộ H{other.pk} cùng có phiếu .* 2026-periodic"):
        merged(one, other)
    assert [SurveyForm.objects.get(pk=made.pk).household for made in forms] == [one, other]
    assert Household.objects.get(pk=other.pk).merged_into is None


def test_once_one_of_the_forms_is_dropped_the_records_are_merged(recorded: None) -> None:
    one, other = twins()
    form(of=one, state=State.DROPPED, remark="Ghi trùng với hồ sơ kia")
    made = form(of=other)
    merged(one, other)
    made.refresh_from_db()
    assert made.household == one


def test_a_person_on_a_form_is_read_through_the_record_that_stays() -> None:
    one, other = twins()
    named = str(person_of(other).pk)
    made = form(prefilled(unsaved(other)), of=other)
    merged(one, other)
    made.refresh_from_db()
    answers = SurveySheet.objects.get(pk=made.pk).answers
    assert answers["m0-person"] == [named] != [str(person_of(one).pk)]
    assert differences(made, answers, date(2026, 10, 5)) == []


def unsaved(home: Household) -> SurveyForm:
    return SurveyForm(round=a_round(), household=home, listed_at=AT)


def test_a_number_that_only_a_form_has_is_not_pruned(an: User) -> None:
    made = form()
    token = typed(made, an, "m0-identity", "004080123456")["m0-identity"][0]
    assert (prune_unused(), SealedNumber.objects.filter(pk=int(token[1:])).exists()) == (0, True)


def test_a_number_that_a_form_once_had_or_refused_is_not_pruned_either(an: User) -> None:
    first = keep("personal", "004080123456")
    made = form({"m0-identity": [token_of(first)]})
    typed(made, an, "m0-identity", "004080123457", before=token_of(first))
    typed(made, person("commune_official", AREAS.COMMUNE), "m0-identity", "004080123458")
    spare = keep("personal", "004080123459")
    assert prune_unused() == 1
    assert not SealedNumber.objects.filter(pk=spare.pk).exists()
    assert SealedNumber.objects.filter(pk=first.pk).exists()


def test_what_becomes_of_a_form_is_told_to_its_commune(an: User) -> None:
    made = form()
    typed(made, an, "h-toilet", "septic")
    with on_the_record():
        SurveyForm.objects.filter(pk=made.pk).update(state=State.DROPPED, remark="Đã chuyển đi")
    listed = {code: told_in(code) for code in (AREAS.COMMUNE, AREAS.SIBLING)}
    assert [text.rsplit(", ")[-1] for text in listed[AREAS.COMMUNE]] == ["không rà soát", "đang nhập", "chờ nhập"]
    assert listed[AREAS.SIBLING] == []


def told_in(commune: str) -> list[str]:
    areas = reach_of([area_on(commune, SINCE).pk]).ids
    return [entry.name for entry in entries(search(Asked(areas=areas, table="households.surveyform"), limit=20))]
