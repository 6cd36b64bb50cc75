"""Whatever happened to households and to the map, in any order of entry: the tables and the told events agree on each day."""

from datetime import date, timedelta

import pytest

from households.registry.models import Household, HouseholdEvent, Person
from households.registry.soundness import unsound
from households.registry.state import HouseholdState, states_on
from tests.oracle.replay import Replayed, replay
from tests.registry.stories import LAST, Story

pytestmark = pytest.mark.django_db

Told = list[tuple[date, int, dict[str, object], int | None]]


def told_events() -> dict[int, Told]:
    found: dict[int, Told] = {key: [] for key in Household.objects.values_list("pk", flat=True)}
    for event in HouseholdEvent.objects.all():
        found[event.household_id].append((event.on, event.pk, event.details, event.withdraws_id))
    return found


def plain(state: HouseholdState) -> Replayed:
    members = {one.person: one.relation for one in state.members}
    place = (state.area_code, state.local_code, state.address)
    return Replayed(state.exists, place, state.unplaced, members)


def check_every_turn(story: Story) -> None:
    told = told_events()
    same = dict(Person.objects.exclude(merged_into=None).values_list("pk", "merged_into"))
    merged = set(Household.objects.exclude(merged_into=None).values_list("pk", flat=True))
    turns = {on for events in told.values() for on, *_rest in events} | {LAST}
    for day in sorted({turn + timedelta(days=shift) for turn in turns for shift in (-1, 0)}):
        for key, state in states_on(told, day).items():
            expected = Replayed() if key in merged else replay(told[key], day, same)
            assert plain(state) == expected, (key, day, told[key], dict(story.done))
            heads = [one for one in state.members if one.relation == "head"]
            assert len(heads) == (1 if state.exists else 0)
    assert list(unsound()) == []


@pytest.mark.parametrize("seed", range(3))
def test_the_household_of_any_day_is_what_its_events_tell(seed: int) -> None:
    story = Story(seed)
    story.run(50)
    check_every_turn(story)
    assert len(story.done) > 10, (story.done, story.refused)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 106))
def test_longer_histories_agree_too(seed: int) -> None:
    story = Story(seed)
    story.run(100)
    check_every_turn(story)
    assert len(story.done) > 10, (story.done, story.refused)
