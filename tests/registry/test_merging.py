"""Records of one person, or of one household, that were entered twice."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from households.registry.actions.members import record_death
from households.registry.actions.taking_over import take_over_recognition
from households.registry.codes import RecognisedClass
from households.registry.entries import MemberData
from households.registry.finding_models import DuplicateVerdict, SearchRow
from households.registry.merging.deciding import decide_pair, likely_others, plan_of
from households.registry.merging.records import merge_households, merge_persons
from households.registry.merging.words import sentences
from households.registry.models import Household, HouseholdEvent, Membership, Person, Recognition
from households.registry.numbers.sealed import masked
from households.registry.problems import RegistryRefusedError
from households.registry.state import state_on
from tests.access.people import AREAS, person
from tests.people import on_the_record
from tests.registry.people import START, household, member, person_of, told

pytestmark = pytest.mark.django_db

LATER = date(2026, 6, 1)
NUMBER = "004190012345"


def twice(first: list[MemberData], second: list[MemberData], area: str = "01392-001") -> tuple[Household, Household]:
    """Registered in January and, once more, in June."""
    return household("01392-001", first), household(area, second, on=LATER)


def an(**more: Any) -> MemberData:
    return member("Nông Văn An", "head", born=1980, **more)


BINH = member("Nông Thị Bình", "child", born=2005)


def members(key: int, day: date = LATER) -> dict[str, str]:
    return {one.full_name: one.relation for one in state_on(key, day).members}


def test_a_child_written_twice_stays_once_with_what_either_record_knew() -> None:
    first, second = twice(
        [an(), BINH], [member("Lý A", "head"), member("Nông Thị Binh", born=2005, identity="004305000017")]
    )
    keep, drop = person_of(first, "Bình"), person_of(second, "Binh")
    merge_persons(keep=keep.pk, drop=drop.pk, **told())
    keep.refresh_from_db()
    assert masked(keep.identity) == "•••••••••017"
    assert members(first.pk) == {"Nông Văn An": "head", "Nông Thị Bình": "child"}
    assert members(second.pk) == {"Lý A": "head"}
    assert Person.objects.get(pk=drop.pk).merged_into_id == keep.pk
    assert not SearchRow.objects.filter(person=drop.pk).exists()


def test_what_the_kept_record_says_is_never_overwritten() -> None:
    first, second = twice([an(sex="male", ethnicity="tay")], [an(sex="female", ethnicity="nung"), BINH])
    keep, drop = person_of(first), person_of(second, "Bình")
    merge_persons(keep=keep.pk, drop=drop.pk, **told())
    keep.refresh_from_db()
    assert (keep.full_name, keep.sex, keep.ethnicity, keep.birth_year) == ("Nông Văn An", "male", "tay", 1980)


def test_a_household_is_not_left_without_its_head() -> None:
    first, second = twice([an(), BINH], [an(), BINH])
    with pytest.raises(RegistryRefusedError, match="không còn chủ hộ"):
        merge_persons(keep=person_of(first).pk, drop=person_of(second).pk, **told())
    assert Person.objects.filter(merged_into=None).count() == 4


def test_two_records_of_a_household_become_one_with_the_earlier_start() -> None:
    first, second = twice([an(), BINH], [an(), BINH, member("Nông Văn Cường", born=2010)])
    others = likely_others(second.pk, first.pk)
    assert len(others) == 2
    merge_households(keep=second.pk, drop=first.pk, persons=others, **told())
    assert members(second.pk, LATER) == {"Nông Văn An": "head", "Nông Thị Bình": "child", "Nông Văn Cường": "child"}
    assert members(second.pk, START) == {"Nông Văn An": "head", "Nông Thị Bình": "child"}
    assert state_on(second.pk, START).area_code == "01392-001"
    gone = state_on(first.pk, LATER)
    assert (gone.exists, gone.merged_into) == (False, second.pk)
    assert not Membership.objects.filter(household=first).exists()
    assert HouseholdEvent.objects.filter(household=second, kind="duplicate", other=first).exists()


def recognised(key: int, klass: str = "poor", year: int = 2026) -> Recognition:
    return take_over_recognition(
        household=key, klass=klass, year=year, valid_from=LATER, decision_number="12/QĐ-UBND", decision_date=LATER,
        standard="nd07-2021", area_code="01392", source="Sổ hộ nghèo xã", **told(),
    )  # fmt: skip


def test_a_recognition_goes_with_the_household_and_counts_once() -> None:
    first, second = twice([an()], [an()])
    old = recognised(second.pk)
    merge_households(keep=first.pk, drop=second.pk, persons=likely_others(first.pk, second.pk), **told())
    (now,) = Recognition.objects.filter(corrected_by=None)
    assert (now.household_id, now.corrects_id, now.decision_number) == (first.pk, old.pk, "12/QĐ-UBND")
    assert f"H{second.pk}" in now.source
    state = state_on(first.pk, LATER)
    assert state.recognition is not None
    assert state.recognition.klass == RecognisedClass.POOR


def test_the_same_recognition_on_both_records_counts_once() -> None:
    first, second = twice([an()], [an()])
    for one in (first, second):
        recognised(one.pk)
    merge_households(keep=first.pk, drop=second.pk, persons=likely_others(first.pk, second.pk), **told())
    assert Recognition.objects.filter(household=first).count() == 1


def test_two_recognitions_that_contradict_each_other_are_put_right_first() -> None:
    first, second = twice([an()], [an()])
    recognised(first.pk, "poor")
    recognised(second.pk, "near_poor")
    with pytest.raises(RegistryRefusedError, match=r"Năm 2026 hộ H.*hộ cận nghèo.*đính chính"):
        merge_households(keep=first.pk, drop=second.pk, persons=likely_others(first.pk, second.pk), **told())


def test_records_merged_into_one_that_is_merged_again_lead_to_the_last() -> None:
    first, second = twice([an()], [an()])
    third = household("01392-001", [an()], on=LATER)
    merge_households(keep=second.pk, drop=third.pk, persons=likely_others(second.pk, third.pk), **told())
    merge_households(keep=first.pk, drop=second.pk, persons=likely_others(first.pk, second.pk), **told())
    assert set(Household.objects.exclude(pk=first.pk).values_list("merged_into", flat=True)) == {first.pk}
    assert Person.objects.filter(merged_into=None).count() == 1


def test_what_will_happen_is_said_before_and_writes_nothing() -> None:
    first, second = twice(
        [an(), BINH], [member("Lý A", "head"), member("Nông Thị Binh", born=2005, identity="004305000017")]
    )
    keep, drop = person_of(first, "Bình"), person_of(second, "Binh")
    before = HouseholdEvent.objects.count()
    plan = plan_of(first=keep.pk, second=drop.pk, keep=keep.pk, by=told()["by"], day=LATER)
    text = " ".join(sentences(plan))
    assert "số định danh cá nhân" in text
    assert "Bỏ: Nông Thị Bình là thành viên hộ" in text
    assert "004305000017" not in text
    assert HouseholdEvent.objects.count() == before


def test_a_death_known_to_the_other_record_only_is_cleared_up_first() -> None:
    first, second = twice([an(), BINH], [member("Lý A", "head"), BINH])
    keep, drop = person_of(first, "Bình"), person_of(second, "Bình")
    record_death(person=drop.pk, on=date(2026, 8, 1), **told())
    with pytest.raises(RegistryRefusedError, match="mất ngày 01/08/2026"):
        merge_persons(keep=keep.pk, drop=drop.pk, **told())
    merge_persons(keep=drop.pk, drop=keep.pk, **told())
    assert members(first.pk, date(2026, 7, 31)) == {"Nông Văn An": "head"}
    assert members(first.pk, date(2026, 5, 1)) == {"Nông Văn An": "head", "Nông Thị Bình": "child"}
    assert members(first.pk, date(2026, 9, 1)) == {"Nông Văn An": "head"}


def test_a_birth_after_he_belonged_somewhere_is_not_taken_over() -> None:
    first, second = twice([an(), member("Nông Thị Bình", "child")], [member("Lý A", "head"), BINH])
    keep, drop = person_of(first, "Bình"), person_of(second, "Bình")
    with on_the_record():
        Person.objects.filter(pk=drop.pk).update(birth_date=date(2026, 5, 1), birth_year=2026)
    merge_persons(keep=keep.pk, drop=drop.pk, **told())
    keep.refresh_from_db()
    assert (keep.birth_date, keep.birth_year) == (None, 2026)


def test_who_was_recorded_before_the_birth_that_stays_is_cleared_up_first() -> None:
    first, second = twice([an(), BINH], [member("Lý A", "head"), member("Nông Thị Bình", born=date(2026, 5, 1))])
    keep, drop = person_of(second, "Bình"), person_of(first, "Bình")
    with pytest.raises(RegistryRefusedError, match=r"sinh 01/05/2026.*05/01/2026, trước khi sinh"):
        merge_persons(keep=keep.pk, drop=drop.pk, **told())
    assert not Person.objects.exclude(merged_into=None).exists()


def test_invented_persons_are_not_merged_with_real_ones() -> None:
    first, second = twice([an(), BINH], [member("Lý A", "head"), BINH])
    drop = person_of(second, "Bình")
    with on_the_record():
        Person.objects.filter(pk=drop.pk).update(invented=True)
    with pytest.raises(RegistryRefusedError, match="minh họa"):
        merge_persons(keep=person_of(first, "Bình").pk, drop=drop.pk, **told())


def decided(first: Household, second: Household, verdict: str, **more: Any) -> None:
    pair = {"first": person_of(first, "Bình").pk, "second": person_of(second, "Bình").pk}
    decide_pair(**pair, verdict=verdict, **told(**more))


def test_the_verdict_is_kept_with_the_smaller_key_first() -> None:
    first, second = twice([an(), BINH], [member("Lý A", "head"), BINH])
    decided(second, first, "different")
    row = DuplicateVerdict.objects.get()
    assert (row.first_id, row.second_id) == (person_of(first, "Bình").pk, person_of(second, "Bình").pk)
    assert Person.objects.filter(merged_into=None).count() == 4


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"reason": "  "}, "reason"),
        ({"reason": f"Đã xem căn cước {NUMBER}"}, "reason"),
        ({"keep": 0}, "keep"),
        ({"keep": None}, "keep"),
        ({"keep_household": 0}, "keep_household"),
        ({"others": {1: 2}}, "others"),
    ],
)
def test_a_decision_that_makes_no_sense_is_refused_at_its_field(more: dict[str, Any], field: str) -> None:
    first, second = twice([an(), BINH], [member("Lý A", "head"), BINH])
    keep = person_of(first, "Bình").pk
    with pytest.raises(RegistryRefusedError) as refused:
        decided(first, second, "same", **{"keep": keep, **more})
    assert [problem.field for problem in refused.value.problems] == [field]
    assert not DuplicateVerdict.objects.exists()


def test_who_was_merged_is_not_decided_about_again() -> None:
    first, second = twice([an(), BINH], [member("Lý A", "head"), BINH])
    keep, drop = person_of(first, "Bình").pk, person_of(second, "Bình").pk
    decide_pair(first=keep, second=drop, verdict="same", keep=keep, **told())
    for verdict in ("same", "different"):
        with pytest.raises(RegistryRefusedError, match="đã được gộp"):
            decide_pair(first=keep, second=drop, verdict=verdict, keep=keep, **told())


@pytest.mark.parametrize("verdict", ["same", "different"])
def test_only_who_has_the_right_at_both_places_decides(verdict: str) -> None:
    first, second = twice([an(), BINH], [member("Lý A", "head"), BINH], area=AREAS.SIBLING)
    pair = {"first": person_of(first, "Bình").pk, "second": person_of(second, "Bình").pk}
    with pytest.raises(PermissionDenied, match="cả hai hồ sơ"):
        decide_pair(**pair, verdict=verdict, keep=pair["first"], **told(by=person("commune_official", AREAS.COMMUNE)))
    assert not DuplicateVerdict.objects.exists()


def test_an_official_merges_two_records_of_his_commune() -> None:
    first, second = twice([an(), BINH], [an(), BINH])
    pair = {"first": person_of(first).pk, "second": person_of(second).pk}
    others = {person_of(second, "Bình").pk: person_of(first, "Bình").pk}
    by = person("commune_official", AREAS.COMMUNE)
    decision = decide_pair(
        **pair, verdict="same", keep=pair["first"], keep_household=first.pk, others=others, **told(by=by)
    )
    assert len(decision.verdicts) == 2
    assert Person.objects.filter(merged_into=None).count() == 2
