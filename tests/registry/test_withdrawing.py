"""An event recorded by mistake is withdrawn: what remains adds up, both stay to be read, and nothing before it changes."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from households.registry.actions.correcting import correct_residence
from households.registry.actions.heads import change_head
from households.registry.actions.members import add_member, record_death, remove_member
from households.registry.actions.moving import end_household, move_household
from households.registry.actions.parting import join_households, split_household
from households.registry.actions.taking_back import withdraw_event
from households.registry.actions.taking_over import take_over_recognition
from households.registry.entries import MemberData, Place
from households.registry.finding_models import SearchRow
from households.registry.merging.records import merge_persons
from households.registry.models import Household, HouseholdEvent, Membership, Person, Residence
from households.registry.problems import ChangedMeanwhileError, RegistryRefusedError
from households.registry.soundness import unsound
from households.registry.state import HouseholdState, state_on, version_of
from tests.access.people import AREAS, person
from tests.registry.people import COMMUNE, SIBLING, household, member, person_of, told, village

pytestmark = pytest.mark.django_db

MARCH, JUNE, AUGUST, TODAY = date(2026, 3, 1), date(2026, 6, 1), date(2026, 8, 1), date(2026, 11, 20)
AN, BINH, CHI = member("Nông Văn An", born=1970), member("Nông Thị Bình", "spouse"), member("Nông Thị Chi", born=2010)


def three() -> Household:
    return household(members=[AN, BINH, CHI])


def last(kind: str, **more: Any) -> HouseholdEvent:
    return HouseholdEvent.objects.filter(kind=kind, **more).latest("pk")


def withdraw(kind: str, **more: Any) -> Household:
    return withdraw_event(event=last(kind).pk, **told(**more))


def refusal(kind: str, **more: Any) -> str:
    with pytest.raises(RegistryRefusedError) as refused:
        withdraw(kind, **more)
    return str(refused.value)


def members(row: Household, day: date = TODAY) -> dict[str, str]:
    return {one.full_name.split()[-1]: one.relation for one in state_on(row.pk, day).members}


def now(row: Household) -> HouseholdState:
    return state_on(row.pk, TODAY)


def found() -> set[str]:
    return set(SearchRow.objects.filter(gone=False).values_list("person__full_name", flat=True))


def sound() -> bool:
    return list(unsound()) == []


# Members


def test_who_was_recorded_dead_by_mistake_lives_again_and_heads_his_household() -> None:
    row = three()
    record_death(person=person_of(row).pk, on=MARCH, new_head=person_of(row, "Bình").pk, **told())
    assert members(row) == {"Bình": "head", "Chi": "unknown"}
    withdraw("died")
    assert members(row) == {"An": "head", "Bình": "spouse", "Chi": "child"}
    assert person_of(row).died_on is None
    assert "Nông Văn An" in found()
    assert sound()


def test_both_events_stay_and_the_second_says_who_and_why() -> None:
    row = three()
    record_death(person=person_of(row, "Chi").pk, on=MARCH, **told())
    withdraw("died", reason="Ghi nhầm người, xem đơn ngày 5/3/2026")
    event = HouseholdEvent.objects.get(kind="died")
    assert (event.withdrawn_by.on, event.withdrawn_by.reason) == (MARCH, "Ghi nhầm người, xem đơn ngày 5/3/2026")
    assert "đã được" in refusal("died")


def test_a_reason_is_needed_and_is_no_place_for_a_number() -> None:
    row = three()
    record_death(person=person_of(row, "Chi").pk, on=MARCH, **told())
    assert "lý do" in refusal("died", reason=" ")
    assert "số định danh" in refusal("died", reason="Nhầm với 004203900001")
    assert members(row) == {"An": "head", "Bình": "spouse"}


def test_a_child_who_was_never_born_is_nowhere_and_leaves_his_number_free() -> None:
    row = three()
    number = "004226900017"
    child = member("Nông Văn Dũng", born=MARCH, identity=number, sex="male")
    add_member(household=row.pk, member=child, kind="born", on=MARCH, **told())
    assert "Nông Văn Dũng" in found()
    withdraw("born")
    assert "Dũng" not in members(row)
    assert not SearchRow.objects.filter(person__full_name="Nông Văn Dũng").exists()
    other = member("Nông Văn Đạt", born=JUNE, identity=number, sex="male")
    add_member(household=row.pk, member=other, kind="born", on=JUNE, **told())
    assert sound()


def test_the_two_halves_of_a_person_who_moved_are_withdrawn_one_after_the_other() -> None:
    row, other = three(), household(members=["Lý A Páo"])
    chi = person_of(row, "Chi").pk
    remove_member(person=chi, on=MARCH, **told())
    add_member(household=other.pk, member=MemberData(person=chi, relation="child"), kind="joined", on=MARCH, **told())
    said = refusal("left")
    assert "“vào hộ”" in said
    assert "01/03/2026" in said
    assert f"H{other.pk}" in said
    withdraw("joined")
    withdraw("left")
    assert members(row)["Chi"] == "child"
    assert sound()


def test_a_later_event_that_builds_on_it_is_named_and_goes_first() -> None:
    row = three()
    change_head(household=row.pk, new_head=person_of(row, "Bình").pk, on=MARCH, **told())
    record_death(person=person_of(row, "Bình").pk, new_head=person_of(row, "An").pk, on=JUNE, **told())
    said = refusal("head_changed")
    assert "ngày 01/06/2026 “chết” (Nông Thị Bình)" in said
    withdraw("died")
    withdraw("head_changed")
    assert members(row) == {"An": "head", "Bình": "spouse", "Chi": "child"}
    assert sound()


def test_who_comes_back_after_a_change_of_the_head_has_no_relation_on_record_to_him() -> None:
    row = three()
    record_death(person=person_of(row, "Chi").pk, on=MARCH, **told())
    change_head(
        household=row.pk, new_head=person_of(row, "Bình").pk, relations={person_of(row).pk: "spouse"}, on=JUNE, **told()
    )
    withdraw("died")
    assert members(row, MARCH) == {"An": "head", "Bình": "spouse", "Chi": "child"}
    assert members(row) == {"An": "spouse", "Bình": "head", "Chi": "unknown"}
    assert sound()


def test_relations_to_a_later_head_stay_as_they_were_recorded() -> None:
    row = three()
    an, binh, chi = (person_of(row, name).pk for name in ("An", "Bình", "Chi"))
    change_head(household=row.pk, relations={chi: "grandchild"}, on=MARCH, **told())
    change_head(household=row.pk, new_head=binh, relations={an: "spouse", chi: "grandchild"}, on=JUNE, **told())
    withdraw_event(event=HouseholdEvent.objects.get(kind="head_changed", on=MARCH).pk, **told())
    assert members(row, MARCH)["Chi"] == "child"
    assert members(row)["Chi"] == "grandchild"
    assert sound()


def test_what_a_withdrawal_stated_anew_does_not_stand_in_the_way_of_the_next() -> None:
    row = three()
    an, binh, chi = (person_of(row, name).pk for name in ("An", "Bình", "Chi"))
    change_head(household=row.pk, new_head=binh, relations={an: "spouse", chi: "child"}, on=MARCH, **told())
    change_head(household=row.pk, new_head=chi, relations={an: "parent", binh: "parent"}, on=JUNE, **told())
    first, second = HouseholdEvent.objects.filter(kind="head_changed").order_by("on")
    withdraw_event(event=first.pk, **told())
    assert members(row) == {"An": "parent", "Bình": "parent", "Chi": "head"}
    withdraw_event(event=second.pk, **told())
    assert members(row) == {"An": "head", "Bình": "spouse", "Chi": "child"}
    assert sound()


# Places


def test_a_move_that_did_not_happen_leaves_the_household_where_it_lived() -> None:
    row = three()
    village("Lũng Mật")
    move_household(household=row.pk, place=Place("01392-002", "Nhà 7", "M7"), on=MARCH, **told())
    withdraw("moved")
    assert (now(row).area_code, now(row).address) == ("01392-001", "")
    assert set(SearchRow.objects.values_list("area_code", flat=True)) == {"01392-001"}
    assert sound()


def test_an_address_that_was_put_right_at_the_new_place_goes_before_the_move() -> None:
    row = three()
    village("Lũng Mật")
    move_household(household=row.pk, place=Place("01392-002", "Nhà 7"), on=MARCH, **told())
    correct_residence(household=row.pk, on=JUNE, address="Nhà 8", local_code="", **told())
    assert "“đính chính nơi ở”" in refusal("moved")
    withdraw("corrected")
    assert now(row).address == "Nhà 7"
    withdraw("moved")
    assert sound()


def test_who_sent_a_household_away_by_mistake_takes_it_back_and_others_do_not() -> None:
    row = three()
    sender, receiver = person("commune_official", COMMUNE), person("commune_official", SIBLING)
    move_household(household=row.pk, place=Place(SIBLING), on=MARCH, **told(by=sender))
    with pytest.raises(PermissionDenied):
        withdraw("moved", by=person("commune_official", AREAS.FOREIGN_COMMUNE))
    withdraw("moved", by=sender)
    assert now(row).area_code == "01392-001"
    move_household(household=row.pk, place=Place(SIBLING), on=JUNE, **told(by=sender))
    withdraw("moved", by=receiver)
    assert sound()


# The life of a household


def test_a_household_that_was_ended_by_mistake_goes_on() -> None:
    row = three()
    end_household(household=row.pk, on=JUNE, **told())
    withdraw("ended")
    assert members(row) == {"An": "head", "Bình": "spouse", "Chi": "child"}
    assert Household.objects.get(pk=row.pk).validity.upper is None
    assert sound()


def test_the_last_death_and_the_end_of_the_household_are_one_act() -> None:
    row = household()
    record_death(person=person_of(row).pk, on=MARCH, **told())
    withdraw("ended")
    assert members(row) == {"An": "head"}
    assert person_of(row).died_on is None
    assert HouseholdEvent.objects.filter(kind="withdrawn").count() == 2
    assert sound()


def test_a_split_that_did_not_happen_is_withdrawn_from_both_households() -> None:
    row = three()
    chi = person_of(row, "Chi").pk
    new = split_household(household=row.pk, members={chi: "head"}, place=None, on=MARCH, **told())
    assert withdraw_event(event=HouseholdEvent.objects.get(household=new, kind="split").pk, **told()) == row
    assert members(row)["Chi"] == "child"
    new.refresh_from_db()
    assert new.merged_into == row
    assert not now(new).exists
    assert not Residence.objects.filter(household=new).exists()
    assert sound()


def test_a_household_with_a_life_of_its_own_keeps_its_beginning() -> None:
    row = three()
    chi = person_of(row, "Chi").pk
    new = split_household(household=row.pk, members={chi: "head"}, place=None, on=MARCH, **told())
    child = member("Lý Văn Dũng", born=JUNE)
    add_member(household=new.pk, member=child, kind="born", on=JUNE, **told())
    assert "ngày 01/06/2026 “sinh”" in refusal("split")
    withdraw("born")
    recognised = {"year": 2026, "valid_from": JUNE, "decision_number": "12/QĐ-UBND", "decision_date": JUNE}
    paper = {"standard": "nd07-2021", "area_code": COMMUNE, "source": "Danh sách của xã"}
    take_over_recognition(household=new.pk, klass="poor", **recognised, **paper, **told())
    assert "12/QĐ-UBND" in refusal("split")


def test_a_union_that_did_not_happen_gives_both_households_back() -> None:
    row, other = three(), household(members=["Lý A Páo"])
    pao = person_of(other).pk
    join_households(household=other.pk, into=row.pk, relations={pao: "not_related"}, on=JUNE, **told())
    withdraw("merged")
    assert members(other) == {"Páo": "head"}
    assert "Páo" not in members(row)
    assert sound()


def test_who_left_the_other_household_since_keeps_the_union_in_place() -> None:
    row, other = three(), household(members=["Lý A Páo"])
    pao = person_of(other).pk
    join_households(household=other.pk, into=row.pk, relations={pao: "not_related"}, on=JUNE, **told())
    remove_member(person=pao, on=AUGUST, **told())
    assert "ngày 01/08/2026 “rời hộ” (Lý A Páo)" in refusal("merged")


# What is not withdrawn


def test_the_beginning_of_a_household_is_refused_with_what_to_do_instead() -> None:
    row = three()
    assert "Hộ không còn" in refusal("registered")
    record_death(person=person_of(row, "Chi").pk, on=MARCH, **told())
    withdraw("died")
    assert "hãy ghi lại" in refusal("withdrawn")


def test_what_was_recorded_before_records_were_merged_stays() -> None:
    row, other = three(), household(members=["Lý A Páo", BINH])
    record_death(person=person_of(row, "Chi").pk, on=MARCH, **told())
    merge_persons(keep=person_of(other, "Bình").pk, drop=person_of(row, "Bình").pk, **told())
    assert "đã được gộp" in refusal("died")
    assert "Tách hộ" in refusal("duplicate")
    record_death(person=person_of(other, "Bình").pk, on=AUGUST, **told())
    withdraw("died")
    assert members(other) == {"Páo": "head", "Bình": "spouse"}
    assert sound()


def test_somebody_else_wrote_meanwhile() -> None:
    row = three()
    record_death(person=person_of(row, "Chi").pk, on=MARCH, **told())
    seen = version_of(row.pk)
    change_head(household=row.pk, relations={person_of(row, "Bình").pk: "sibling"}, on=JUNE, **told())
    with pytest.raises(ChangedMeanwhileError):
        withdraw("died", expected=seen)


def test_a_wrong_day_is_withdrawn_and_recorded_again() -> None:
    row = three()
    chi = person_of(row, "Chi").pk
    record_death(person=chi, on=MARCH, **told())
    withdraw("died")
    record_death(person=chi, on=JUNE, **told())
    assert members(row, MARCH)["Chi"] == "child"
    assert "Chi" not in members(row, JUNE)
    assert Person.objects.get(pk=chi).died_on == JUNE
    assert Membership.objects.filter(person=chi).count() == 1
    assert sound()
