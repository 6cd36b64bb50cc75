"""Random histories of a small invented province in 2026: households and the map change in any order of entry."""

import random
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from households.areas.changes import ChangeRefusedError, apply_change
from households.areas.models import Area
from households.areas.planning.operations import Kind, Operation
from households.areas.villages import close_village, create_village, merge_villages
from households.registry.actions.correcting import correct_residence
from households.registry.actions.founding import register_household
from households.registry.actions.heads import change_head
from households.registry.actions.members import add_member, record_death, remove_member
from households.registry.actions.moving import end_household, move_household, place_household
from households.registry.actions.parting import join_households, split_household
from households.registry.actions.taking_back import withdraw_event
from households.registry.entries import MemberData, Place
from households.registry.merging.records import merge_households, merge_persons
from households.registry.models import Household, HouseholdEvent, Person
from households.registry.problems import RegistryRefusedError
from households.registry.state import HouseholdState, states_on
from povertyportal.core.accounts import system_user
from povertyportal.core.periods import on as valid_on
from tests.areas.changes import SINCE, act, commune, stored_province
from tests.registry.people import AT, member, told

LAST = date(2026, 11, 15)
RELATIONS = ("spouse", "child", "parent", "sibling", "unknown")
NAMES = ("Nông Văn An", "Hoàng Thị Bình", "Lý A Páo", "Triệu Mùi Chài", "Đàm Văn Cường", "Sầm Thị Dung")


class Story:
    """``done``: how often each thing happened, ``refused``: how often it could not."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)  # noqa: S311  # no secret
        self.done: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.days: set[date] = set()
        stored_province()
        for name in ("Lũng Mật", "Pác Bó", "Nà Mạ"):
            create_village(commune="98101", type="Thôn", name=name, on=SINCE, **basis())
        for _ in range(3):
            self.attempt(self.registers)

    def run(self, steps: int) -> None:
        often = [self.born, self.joins, self.dies, self.leaves, self.moves, self.turns, self.splits]
        seldom = [self.registers, self.unites, self.ends, self.placed, self.corrected]
        rare = [self.villages_merge, self.village_ends, self.communes_change, self.people_merge, self.records_merge]
        seldom += [self.placed, self.villages_merge, self.withdrawn, self.withdrawn, self.undone]
        for step in self.dice.choices(often * 4 + seldom * 3 + rare * 2, k=steps):
            self.attempt(step)

    def attempt(self, step: Callable[[date], None]) -> None:
        day = SINCE + timedelta(days=self.dice.randrange((LAST - SINCE).days))
        try:
            with transaction.atomic():
                step(day)
        except (RegistryRefusedError, ChangeRefusedError):
            self.refused[step.__name__] += 1
        else:
            self.done[step.__name__] += 1
            self.days.add(day)

    # Choices

    def area(self, day: date) -> str:
        units = valid_on(Area.objects.filter(code__startswith="981", level__in=["commune", "village"]), day)
        return self.dice.choice(sorted(units.values_list("code", flat=True)))

    def place(self, day: date) -> Place:
        number = self.dice.randrange(100)
        return Place(self.area(day), f"Nhà {number}", f"M{number}")

    def household(self, day: date) -> HouseholdState:
        """One that exists on the day, if any does."""
        states = states_on(Household.objects.values_list("pk", flat=True), day)
        there = [state for state in states.values() if state.exists]
        if not there:
            raise RegistryRefusedError([])
        return self.dice.choice(there)

    def one(self, state: HouseholdState) -> int:
        return self.dice.choice([member.person for member in state.members])

    def relations(self, state: HouseholdState) -> dict[int, str]:
        return {one.person: self.dice.choice(RELATIONS) for one in state.members if self.dice.random() < 0.5}

    def heir(self, state: HouseholdState, without: set[int]) -> dict[str, Any]:
        """The next head, where the head goes."""
        rest = [one.person for one in state.members if one.person not in without]
        if state.head is None or state.head.person not in without or not rest:
            return {}
        head = self.dice.choice(rest)
        relations = {one: relation for one, relation in self.relations(state).items() if one in rest and one != head}
        return {"new_head": head, "relations": relations}

    def newcomer(self, relation: str = "", **more: Any) -> MemberData:
        return member(self.dice.choice(NAMES), relation or self.dice.choice(RELATIONS), **more)

    # Households

    def registers(self, day: date) -> None:
        others = [self.newcomer() for _ in range(self.dice.randrange(4))]
        members = [self.newcomer("head"), *others]
        register_household(place=self.place(day), members=members, on=day, **told())

    def born(self, day: date) -> None:
        child = self.newcomer("child", born=day)
        add_member(household=self.household(day).household, member=child, kind="born", on=day, **told())

    def joins(self, day: date) -> None:
        free = Person.objects.filter(died_on=None, merged_into=None).order_by("pk")
        known = self.dice.choice([None, *free.values_list("pk", flat=True)])
        data = MemberData(person=known, relation="sibling") if known else self.newcomer()
        add_member(household=self.household(day).household, member=data, kind="joined", on=day, **told())

    def dies(self, day: date) -> None:
        state = self.household(day)
        person = self.one(state)
        record_death(person=person, on=day, **self.heir(state, {person}), **told())

    def leaves(self, day: date) -> None:
        state = self.household(day)
        person = self.one(state)
        remove_member(person=person, on=day, **self.heir(state, {person}), **told())

    def turns(self, day: date) -> None:
        state = self.household(day)
        head = self.dice.choice([None, self.one(state)])
        relations = {one: relation for one, relation in self.relations(state).items() if one != head}
        change_head(household=state.household, on=day, new_head=head, relations=relations, **told())

    def moves(self, day: date) -> None:
        move_household(household=self.household(day).household, place=self.place(day), on=day, **told())

    def splits(self, day: date) -> None:
        state = self.household(day)
        going = {one.person for one in state.members if self.dice.random() < 0.4} or {self.one(state)}
        head = self.dice.choice(sorted(going))
        members = {one: "head" if one == head else "other_relative" for one in going}
        place = self.dice.choice([None, self.place(day)])
        heir = self.heir(state, going)
        split_household(household=state.household, members=members, place=place, on=day, **heir, **told())

    def unites(self, day: date) -> None:
        one, other = self.household(day), self.household(day)
        relations = {each.person: self.dice.choice(RELATIONS) for each in one.members}
        join_households(household=one.household, into=other.household, relations=relations, on=day, **told())

    def ends(self, day: date) -> None:
        end_household(household=self.household(day).household, on=day, **told())

    def placed(self, day: date) -> None:
        place_household(household=self.household(day).household, area_code=self.area(day), on=day, **told())

    def corrected(self, day: date) -> None:
        household = self.household(day).household
        correct_residence(household=household, on=day, address="Nhà sửa", local_code="S1", **told())

    # Mistakes

    def withdrawn(self, day: date) -> None:
        """An event of those recorded around the day; the days before it do not change."""
        near = HouseholdEvent.objects.standing().exclude(kind="withdrawn").filter(on__gte=day).order_by("on", "pk")
        event = self.dice.choice(list(near[:10]) or [None])
        if event is None:
            raise RegistryRefusedError([])
        before = every_state(event.on - timedelta(days=1))
        withdraw_event(event=event.pk, **told())
        assert every_state(event.on - timedelta(days=1)) == before
        self.done[f"withdrawn {event.kind}"] += 1

    def undone(self, day: date) -> None:
        """Something is recorded and withdrawn at once: everything is as it was."""
        steps = [self.born, self.joins, self.dies, self.leaves, self.moves, self.turns, self.splits, self.unites]
        step = self.dice.choice([*steps, self.ends, self.placed, self.corrected])
        last, before = HouseholdEvent.objects.latest("pk").pk, self.every_turn()
        step(day)
        if HouseholdEvent.objects.filter(pk__gt=last, kind="duplicate").exists():
            raise RegistryRefusedError([])
        withdraw_event(event=HouseholdEvent.objects.filter(pk__gt=last).earliest("pk").pk, **told())
        assert self.every_turn() == before, step
        self.done[f"undone {step.__name__}"] += 1

    def every_turn(self) -> dict[date, dict[int, tuple[object, ...]]]:
        return {day: every_state(day) for day in [SINCE, *sorted(self.days), LAST]}

    # The map

    def villages_merge(self, day: date) -> None:
        villages = valid_on(Area.objects.filter(code__startswith="981", level="village"), day).order_by("code")
        pair = sorted(self.dice.sample(list(villages.values_list("code", flat=True)), 2)) if len(villages) > 1 else []
        keep = self.dice.choice(["", *pair])
        merge_villages(villages=pair or ["98101-001"], type="Thôn", name=f"Mới {day}", on=day, keep=keep, **basis())

    def village_ends(self, day: date) -> None:
        villages = valid_on(Area.objects.filter(code__startswith="981", level="village"), day).order_by("code")
        code = self.dice.choice(["98102-002", *villages.values_list("code", flat=True)])
        close_village(village=code, on=day, **basis())
        create_village(commune="98104", type="Thôn", name=f"Khác {day}", on=day, **basis())

    def communes_change(self, day: date) -> None:
        apply_change(self.dice.choice(changes(day)), by=system_user(), at=AT, reason="Nghị quyết (phép thử)")

    # Records entered twice

    def people_merge(self, day: date) -> None:
        keys = Person.objects.filter(merged_into=None).order_by("pk").values_list("pk", flat=True)
        keep, drop = self.dice.sample(list(keys), 2)
        merge_persons(keep=keep, drop=drop, **told())

    def records_merge(self, day: date) -> None:
        keep, drop = self.household(day), self.household(day)
        persons: dict[int, int] = {}
        if keep.head and drop.head:
            persons = {drop.head.person: keep.head.person}
        merge_households(keep=keep.household, drop=drop.household, persons=persons, **told())


def every_state(day: date) -> dict[int, tuple[object, ...]]:
    """Of every household that exists on the day."""
    states = states_on(Household.objects.values_list("pk", flat=True), day)
    return {
        key: (
            (one.area_code, one.local_code, one.address, one.unplaced),
            {member.person: member.relation for member in one.members},
        )
        for key, one in states.items()
        if one.exists
    }


def basis() -> dict[str, Any]:
    return {"legal_basis": "Nghị quyết (phép thử)", "by": system_user(), "at": AT}


def changes(day: date) -> list[Operation]:
    """What may become of the communes of a district; most can happen once only."""
    new = commune("98109", "Hợp Nhất")
    return [
        act(Kind.MERGE, "98101 98102", new, on=day),
        act(Kind.MERGE, "98101 98102", commune("98101", "Bản Mới"), on=day),
        act(Kind.RECODE, "98101", commune("98108", "Bản Mới"), on=day),
        act(Kind.RENAME, "98102", commune("98102", f"Nà {day}"), on=day),
        act(Kind.MERGE, "98104", commune("98104", "Đồng Cỏ", "98"), on=day, parts=("98102",)),
        act(Kind.SPLIT, "98102", commune("98106", "Một"), commune("98107", "Hai"), on=day, children=halves(day)),
    ]


def halves(day: date) -> tuple[tuple[str, str], ...]:
    below = valid_on(Area.objects.filter(parent_code="98102"), day).order_by("code").values_list("code", flat=True)
    return tuple((code, ("98106", "98107")[number % 2]) for number, code in enumerate(below))
