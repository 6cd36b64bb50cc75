"""Two people change the same household, take in the same person, or withdraw what another builds on, at the same moment; or
the map changes meanwhile."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.at_once import alone, at_once
from tests.conftest import Database, cloned_database

SCRIPT = """
import sys, django
django.setup()
from datetime import date
from households.areas.villages import merge_villages
from households.registry.entries import MemberData, Place
from households.registry.actions.members import add_member, record_death, remove_member
from households.registry.actions.taking_back import withdraw_event
from households.registry.models import Household, HouseholdEvent, Membership, Person, Residence
from households.registry.actions.moving import move_household
from households.registry.problems import RegistryRefusedError
from households.registry.soundness import unsound
from tests.registry.people import START, household, member, told, village
DAY = date(2026, 3, 1)
job = sys.argv[1]
if job == "prepare":
    for name in ("Một", "Hai"):
        household(members=[member("Nông Văn " + name, "head"), member("Nông Thị Ba", "child")])
    village("Lũng Mật")
    free = Person.objects.get(full_name="Nông Thị Ba", memberships__household=Household.objects.earliest("pk"))
    remove_member(person=free.pk, on=date(2026, 2, 1), **told())
    sys.exit()
if job == "look":
    print([one.check for one in unsound()], Membership.objects.filter(validity__contains=DAY).count(),
          sorted(set(Residence.objects.filter(validity__contains=DAY).values_list("area_code", flat=True))))
    sys.exit()
first, second = Household.objects.order_by("pk")
free = Person.objects.exclude(memberships__validity__contains=DAY).first()
print("ready", flush=True)
sys.stdin.readline()
try:
    if job in ("first", "second"):
        data = MemberData(person=free.pk, relation="child")
        where = first if job == "first" else second
        add_member(household=where.pk, member=data, kind="joined", on=DAY, **told())
    elif job in ("move", "again"):
        move_household(household=first.pk, place=Place("01392-002", job), on=DAY, **told())
    elif job == "dies":
        record_death(person=second.memberships.filter(relation="child").earliest("pk").person_id, on=DAY, **told())
    elif job == "leaves":
        remove_member(person=second.memberships.filter(relation="child").earliest("pk").person_id, on=DAY, **told())
    elif job.startswith("withdraw"):
        left = HouseholdEvent.objects.get(kind="left", household=first, withdrawn_by=None)
        withdraw_event(event=left.pk, **told())
    elif job == "arrives":
        move_household(household=first.pk, place=Place("01392-002"), on=DAY, **told())
    else:
        made = merge_villages(villages=["01392-001", "01392-002"], type="Xóm", name="Chung", on=DAY,
                              legal_basis="Nghị quyết", by=told()["by"], at=told()["at"])
    print("done")
except RegistryRefusedError as refused:
    print("told:", refused.problems[0].message)
"""


@pytest.fixture
def own_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[Database]:
    with django_db_blocker.unblock(), cloned_database("registry") as database:
        alone(SCRIPT, "prepare", database)
        yield database


def look(database: Database) -> str:
    return alone(SCRIPT, "look", database)


def test_of_two_the_second_gets_a_sentence_and_nothing_is_there_twice(own_database: Database) -> None:
    said = at_once(SCRIPT, ["first", "second"], own_database)
    assert said[0] == "done"
    assert "đang thuộc hộ khác" in said[1]
    said = at_once(SCRIPT, ["dies", "leaves"], own_database)
    assert said[0] == "done"
    assert said[1].startswith("told:")
    assert look(own_database).startswith("[] 3 ")


def test_who_left_by_mistake_comes_back_or_joins_another_household_but_not_both(own_database: Database) -> None:
    said = at_once(SCRIPT, ["withdraw", "second"], own_database)
    assert said[0] == "done"
    assert "thuộc một hộ khác" in said[1] or "đang thuộc hộ khác" in said[1]
    assert look(own_database).startswith("[] 4 ")


def test_one_event_is_withdrawn_once(own_database: Database) -> None:
    said = at_once(SCRIPT, ["withdraw one", "withdraw two"], own_database)
    assert said[0] == "done"
    assert "đã được" in said[1]
    assert look(own_database).startswith("[] 4 ")


def test_a_household_that_arrives_while_its_village_is_merged_lives_in_the_new_one(own_database: Database) -> None:
    assert "done" in at_once(SCRIPT, ["arrives", "merge"], own_database)
    assert look(own_database) == "[] 3 ['01392-003']"
