"""A number in full: with the right, with a purpose, and never without a record of it."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError

from households.registry.actions.members import remove_member
from households.registry.actions.moving import move_household
from households.registry.entries import Place
from households.registry.models import Person
from households.registry.numbers.disclosing import disclose_numbers
from households.registry.problems import RegistryRefusedError
from povertyportal.core.models import User
from povertyportal.records.models import DisplayRecord
from tests.access.people import AREAS, NATION, person
from tests.registry.people import AT, START, household, member, person_of, told

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 20)
NUMBERS = {"identity": "004190012345", "insurance": "0412345678"}


@pytest.fixture
def an() -> Person:
    home = household(
        "01392-001", [member("Nông Văn An", "head", born=1990, **NUMBERS), member("Nông Thị Bình", "child")]
    )
    return person_of(home)


def disclosed(an: Person, by: User, **more: Any) -> dict[str, str]:
    asked = {"purpose": "Đối chiếu căn cước", "by": by, "at": AT, "day": TODAY, **more}
    return disclose_numbers(person=an.pk, **asked)


@pytest.mark.parametrize("role", ["commune_official", "commune_leader"])
def test_who_has_the_right_sees_all_numbers_and_each_is_recorded(an: Person, role: str) -> None:
    by = person(role, AREAS.COMMUNE)
    assert disclosed(an, by) == NUMBERS
    rows = DisplayRecord.objects.filter(user=by, subject_kind="person", subject_id=str(an.pk))
    assert set(rows.values_list("field", "purpose", "area_code")) == {
        (name, "Đối chiếu căn cước", "01392-001") for name in NUMBERS
    }


@pytest.mark.parametrize(
    ("role", "area"),
    [
        ("commune_official", AREAS.SIBLING),
        ("commune_official", AREAS.FOREIGN_COMMUNE),
        ("auditor", AREAS.COMMUNE),
        ("auditor", NATION),
        ("village_reviewer", AREAS.COMMUNE),
        ("province_reviewer", AREAS.PROVINCE),
        ("administrator", AREAS.PROVINCE),
    ],
)
def test_others_see_none_and_nothing_is_recorded(an: Person, role: str, area: str) -> None:
    with pytest.raises(PermissionDenied):
        disclosed(an, person(role, area))
    assert not DisplayRecord.objects.exists()


@pytest.mark.parametrize("purpose", ["", "  ", "xem số 004190012345", "x" * 401])
def test_without_a_purpose_in_words_nothing_is_shown(an: Person, purpose: str) -> None:
    with pytest.raises(RegistryRefusedError) as refused:
        disclosed(an, person("commune_official", AREAS.COMMUNE), purpose=purpose)
    assert {problem.field for problem in refused.value.problems} == {"purpose"}
    assert not DisplayRecord.objects.exists()


def test_what_cannot_be_recorded_is_not_shown(an: Person, monkeypatch: Any) -> None:
    def broken(**told: Any) -> None:
        raise DatabaseError

    monkeypatch.setattr("households.registry.numbers.disclosing.record_display", broken)
    with pytest.raises(DatabaseError):
        disclosed(an, person("commune_official", AREAS.COMMUNE))


def test_of_nobody_there_is_nothing_to_see() -> None:
    with pytest.raises(PermissionDenied):
        disclose_numbers(person=0, purpose="Đối chiếu", by=person("commune_official", AREAS.COMMUNE), at=AT, day=TODAY)


def test_after_a_move_the_new_commune_sees_and_the_old_one_sees_its_own_days(an: Person) -> None:
    home = an.memberships.get().household
    move_household(household=home.pk, place=Place(AREAS.SIBLING), on=date(2026, 6, 1), **told())
    old, new = person("commune_official", AREAS.COMMUNE), person("commune_official", AREAS.SIBLING)
    assert disclosed(an, new) == NUMBERS
    with pytest.raises(PermissionDenied):
        disclosed(an, old)
    assert disclosed(an, old, on=START) == NUMBERS


def test_who_left_is_judged_by_the_household_he_left() -> None:
    home = household("01392-001", ["Nông Văn An", member("Nông Thị Bình", "child", identity="004190012345")])
    woman = person_of(home, "Bình")
    remove_member(person=woman.pk, on=date(2026, 6, 1), **told())
    assert disclosed(woman, person("commune_official", AREAS.COMMUNE)) == {"identity": "004190012345"}
    with pytest.raises(PermissionDenied):
        disclosed(woman, person("commune_official", AREAS.SIBLING))
