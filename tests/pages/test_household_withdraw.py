"""The page on which a mistaken event is withdrawn: what will be again is said before, and recording it anew is a step away."""

import html
import io
import re
from datetime import date
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from households.registry.actions.members import add_member, record_death, remove_member
from households.registry.actions.moving import end_household, move_household
from households.registry.actions.parting import join_households, split_household
from households.registry.actions.taking_back import withdraw_event
from households.registry.codes import EventKind
from households.registry.entries import MemberData, Place
from households.registry.models import Household, HouseholdEvent, Person
from households.registry.state import state_on
from households.web.household_again import again_url
from tests.access.people import AREAS, person, signed_in
from tests.registry.people import SIBLING, household, member, person_of, told, village

pytestmark = pytest.mark.django_db
DAY, TODAY = date(2026, 3, 1), date(2026, 11, 20)


@pytest.fixture
def official() -> Client:
    return signed_in(person("commune_official", AREAS.COMMUNE))


@pytest.fixture
def family() -> Household:
    """Ông An, vợ là bà Bình, con là Chi."""
    binh = member("Hoàng Thị Bình", "spouse", born=1972, sex="female")
    return household(members=[member("Nông Văn An", "head", born=1970), binh, member("Nông Thị Chi", born=2010)])


def event(kind: str, **more: Any) -> HouseholdEvent:
    return HouseholdEvent.objects.filter(kind=kind, **more).latest("pk")


def page(of: HouseholdEvent) -> str:
    return f"/households/{of.household_id}/events/{of.pk}/withdraw/"


def seen(response: Any) -> str:
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split()))


def withdrawn(client: Client, of: HouseholdEvent, reason: str = "Ghi nhầm người") -> Any:
    version = re.search(r'name="version" value="([^"]*)"', client.get(page(of)).content.decode())
    assert version is not None
    return client.post(page(of), {"reason": reason, "version": version[1]}, follow=True)


def members(row: Household, day: date = TODAY) -> dict[str, str]:
    return {one.full_name: one.relation for one in state_on(row.pk, day).members}


def dies(row: Household, name: str, **more: Any) -> HouseholdEvent:
    record_death(person=person_of(row, name).pk, on=DAY, **told(), **more)
    return event("died")


def test_each_event_offers_it_and_the_page_says_what_will_be_again(official: Client, family: Household) -> None:
    death = dies(family, "Chi")
    shown = official.get(f"/households/{family.pk}/events/").content.decode()
    assert page(death) in shown
    assert page(event("registered")) not in shown
    said = seen(official.get(page(death)))
    assert "từ ngày 01/03/2026 hồ sơ trở lại" in said
    assert "có thêm Nông Thị Chi (con)" in said
    assert "Nông Thị Chi" not in members(family)


def test_a_withdrawn_event_is_struck_through_with_who_and_why(official: Client, family: Household) -> None:
    death = dies(family, "Chi")
    answer = seen(withdrawn(official, death, "Nhầm với người cùng tên"))
    assert "ghi nhầm, đã bỏ" in answer
    assert members(family)["Nông Thị Chi"] == "child"
    panel = official.get(f"/households/{family.pk}/events/")
    assert "event-withdrawn" in panel.content.decode()
    assert "Bỏ vì: Nhầm với người cùng tên" in seen(panel)
    assert seen(panel).count("Nông Thị Chi") == 2  # the household's beginning, and the one event


def test_without_a_reason_nothing_is_withdrawn(official: Client, family: Household) -> None:
    death = dies(family, "Chi")
    answer = official.post(page(death), {"reason": " "})
    assert "field-error" in answer.content.decode()
    assert "hồ sơ trở lại" in seen(answer)
    assert not hasattr(HouseholdEvent.objects.get(pk=death.pk), "withdrawn_by")


def test_what_another_event_builds_on_is_refused_and_the_other_named(official: Client, family: Household) -> None:
    add_member(household=family.pk, member=member("Lý A Páo"), kind="joined", on=DAY, **told())
    remove_member(person=person_of(family, "Páo").pk, on=date(2026, 6, 1), **told())
    answer = official.get(page(event("joined")))
    assert "ngày 01/06/2026 “rời hộ” (Lý A Páo)" in seen(answer)
    assert '<form class="panel' not in answer.content.decode()


def test_of_two_officials_the_second_is_told_what_the_first_did(official: Client, family: Household) -> None:
    death = dies(family, "Chi")
    old = re.search(r'name="version" value="([^"]*)"', official.get(page(death)).content.decode())
    add_member(household=family.pk, member=member("Lý A Páo"), kind="joined", on=DAY, **told())
    answer = seen(official.post(page(death), {"reason": "Nhầm", "version": old[1] if old else ""}))
    assert "Chưa lưu: hồ sơ này vừa được cập nhật" in answer
    assert "“vào hộ”" in answer


def test_others_are_refused(family: Household) -> None:
    death = dies(family, "Chi")
    for role, area in (("commune_official", SIBLING), ("auditor", AREAS.COMMUNE), ("commune_leader", AREAS.COMMUNE)):
        assert signed_in(person(role, area)).get(page(death)).status_code == 403


def test_who_sent_a_household_away_finds_the_move_and_takes_it_back(family: Household) -> None:
    sender = person("commune_official", AREAS.COMMUNE)
    client = signed_in(sender)
    move_household(household=family.pk, place=Place(SIBLING), on=DAY, **told(by=sender))
    assert page(event("moved")) in client.get(f"/households/{family.pk}/events/").content.decode()
    withdrawn(client, event("moved"), "Hộ chưa chuyển")
    assert state_on(family.pk, TODAY).area_code == "01392-001"


def test_either_half_of_a_split_leads_to_one_page_and_back_to_the_old_household(
    official: Client, family: Household
) -> None:
    chi = person_of(family, "Chi").pk
    new = split_household(household=family.pk, members={chi: "head"}, place=None, on=DAY, **told())
    half = event("split", household=new)
    answer = official.get(page(half), follow=True)
    assert answer.redirect_chain[-1][0] == page(event("split", household=family))
    assert f"người của hộ về hộ H{family.pk}" in seen(answer)
    withdrawn(official, event("split", household=family), "Chưa tách")
    assert official.get(f"/households/{new.pk}/").url.startswith(f"/households/{family.pk}/")


# Recorded again


def again(client: Client, of: HouseholdEvent) -> str:
    withdraw_event(event=of.pk, **told())
    of = HouseholdEvent.objects.get(pk=of.pk)
    assert again_url(of) in html.unescape(client.get(page(of)).content.decode())
    return client.get(again_url(of)).content.decode()


def test_a_death_on_the_wrong_day_is_recorded_again_with_the_new_head_filled_in(
    official: Client, family: Household
) -> None:
    binh, chi = person_of(family, "Bình").pk, person_of(family, "Chi").pk
    death = dies(family, "An", new_head=binh, relations={chi: "child"})
    shown = again(official, death)
    assert 'value="01/03/2026"' in shown
    assert re.search(rf'value="{death.person_id}"[^>]*checked', shown)
    assert re.search(r'value="head"\s+selected', shown)
    typed = {"on": "02/03/2026", "reason": "Trích lục khai tử số 5/2026", "person": death.person_id, "do": "save"}
    answer = official.post(again_url(event("died")), typed | {f"relation0_{binh}": "head", f"relation0_{chi}": "child"})
    assert answer.status_code == 302
    assert members(family, DAY)["Nông Văn An"] == "head"
    assert members(family) == {"Hoàng Thị Bình": "head", "Nông Thị Chi": "child"}


def test_a_birth_is_recorded_again_with_the_name_filled_in(official: Client, family: Household) -> None:
    child = member("Nông Văn Dũng", born=DAY, sex="male", ethnicity="nung", no_identity_reason="mới sinh")
    add_member(household=family.pk, member=child, kind="born", on=DAY, **told())
    shown = again(official, event("born"))
    assert 'value="Nông Văn Dũng"' in shown
    assert 'value="Nùng"' in shown
    assert 'value="mới sinh"' in shown


def test_who_was_known_before_is_recorded_again_as_the_same_person(official: Client, family: Household) -> None:
    other = household(members=["Lý A Páo", member("Lý Thị Mỷ")])
    my = person_of(other, "Mỷ").pk
    remove_member(person=my, on=DAY, **told())
    add_member(household=family.pk, member=MemberData(person=my, relation="child"), kind="joined", on=DAY, **told())
    shown = again(official, event("joined"))
    assert "Lý Thị Mỷ" in shown
    assert 'name="full_name"' not in shown
    typed = {"on": "05/03/2026", "reason": "Đơn của hộ", "relation": "child_in_law", "do": "save"}
    assert official.post(again_url(event("joined")), typed).status_code == 302
    assert Person.objects.filter(full_name="Lý Thị Mỷ").count() == 1
    assert members(family)["Lý Thị Mỷ"] == "child_in_law"


def test_moves_splits_unions_and_ends_are_filled_in_too(official: Client, family: Household) -> None:
    village("Lũng Mật")
    other = household(members=["Lý A Páo"])
    move_household(household=family.pk, place=Place("01392-002", "Nhà 7", "M7"), on=DAY, **told())
    shown = again(official, event("moved"))
    assert re.search(r'value="01392-002"\s+selected', shown)
    assert 'value="Nhà 7"' in shown
    move_household(household=family.pk, place=Place(SIBLING, "Nhà 9"), on=DAY, **told())
    assert f'value="{SIBLING}"' in again(official, event("moved"))
    chi = person_of(family, "Chi").pk
    split_household(household=family.pk, members={chi: "head"}, place=None, on=DAY, **told())
    assert re.search(
        rf'name="relation0_{chi}".*?value="head"\s+selected', again(official, event("split", household=family)), re.S
    )
    pao = person_of(other).pk
    join_households(household=other.pk, into=family.pk, relations={pao: "not_related"}, on=DAY, **told())
    assert f'value="H{family.pk}"' in again(official, event("merged", household=other))
    end_household(household=other.pk, on=DAY, **told())
    assert 'value="01/03/2026"' in again(official, event("ended"))


def test_an_event_that_stands_or_is_of_another_household_fills_nothing_in(official: Client, family: Household) -> None:
    death = dies(family, "Chi")
    assert again_url(death).endswith(f"?again={death.pk}")
    for text in (death.pk, "x", "9" * 30):
        answer = official.get(f"/households/{family.pk}/do/leave/?again={text}")
        assert answer.status_code == 200
        assert 'value="01/03/2026"' not in answer.content.decode()


def test_every_kind_that_may_be_withdrawn_has_its_task_again() -> None:
    kinds = set(EventKind) - {EventKind.REGISTERED, EventKind.DUPLICATE, EventKind.WITHDRAWN}
    assert all(again_url(HouseholdEvent(pk=1, household_id=1, kind=kind, details={})) for kind in kinds)


# The command


def command(*arguments: str, **options: Any) -> str:
    out = io.StringIO()
    call_command("withdraw_event", *arguments, stdout=out, **options)
    return out.getvalue()


def test_the_command_lists_tries_and_withdraws(family: Household) -> None:
    user = person("commune_official", AREAS.COMMUNE).username
    death = dies(family, "Chi")
    assert f"{death.pk}  01/03/2026  chết: Nông Thị Chi" in command(f"H{family.pk}", by=user)
    asked = [f"H{family.pk}", str(death.pk)]
    assert "chưa lưu" in command(*asked, by=user, reason="Nhầm người")
    assert "Nông Thị Chi" not in members(family)
    assert "Đã bỏ" in command(*asked, by=user, reason="Nhầm người", commit=True)
    assert "Nông Thị Chi" in members(family)
    assert "ghi nhầm" in command(f"H{family.pk}", by=user)
    for who in (person("commune_official", SIBLING).username, user):
        with pytest.raises(CommandError):
            command(*asked, by=who, reason="Nhầm người", commit=True)
