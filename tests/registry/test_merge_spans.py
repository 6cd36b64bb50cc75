"""Two records of one become one, day by day: compared with a naive look at every single day."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from households.registry.merging.spans import FOR_EVER, Lost, Pairs, Stay, merge

FIRST = date(2026, 1, 1)
KEEP, DROP, OTHER = 1, 2, 3
HOME, SECOND = 10, 20
NOBODY = Pairs({}, {})


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def stay(person: int, household: int, relation: str, start: int, end: int | None = None) -> Stay:
    return Stay(person, household, relation, day(start), FOR_EVER if end is None else day(end))


SAME_PERSON = Pairs({DROP: KEEP}, {})
SAME_HOUSEHOLD = Pairs({DROP: KEEP}, {SECOND: HOME})


def test_one_after_the_other_becomes_one_life() -> None:
    first, later = stay(DROP, SECOND, "child", 0, 5), stay(KEEP, HOME, "head", 5)
    found = merge([first, later], SAME_PERSON)
    assert found.stays == (stay(KEEP, SECOND, "child", 0, 5), later)
    assert found.lost_heads == ()


def test_on_days_of_both_the_record_that_stays_is_right() -> None:
    found = merge([stay(KEEP, HOME, "head", 3), stay(DROP, SECOND, "child", 0)], SAME_PERSON)
    assert found.stays == (stay(KEEP, SECOND, "child", 0, 3), stay(KEEP, HOME, "head", 3))


def test_a_household_that_would_lose_its_head_is_told() -> None:
    found = merge([stay(KEEP, HOME, "child", 3), stay(DROP, SECOND, "head", 0)], SAME_PERSON)
    assert found.lost_heads == (Lost(SECOND, day(3)),)


def test_the_head_written_twice_in_one_household_stays_its_head() -> None:
    found = merge([stay(KEEP, HOME, "child", 0), stay(DROP, HOME, "head", 0)], SAME_PERSON)
    assert found.stays == (stay(KEEP, HOME, "head", 0),)


def test_after_the_day_of_death_nobody_belongs_anywhere() -> None:
    rows = [stay(KEEP, HOME, "child", 0, 4), stay(DROP, SECOND, "child", 2)]
    found = merge(rows, SAME_PERSON, {KEEP: day(4)})
    assert found.stays == (stay(KEEP, HOME, "child", 0, 4),)


def test_two_records_of_a_household_give_its_members_once() -> None:
    rows = [stay(KEEP, HOME, "head", 3), stay(DROP, SECOND, "head", 0), stay(OTHER, SECOND, "child", 0)]
    found = merge(rows, SAME_HOUSEHOLD)
    assert set(found.stays) == {stay(KEEP, HOME, "head", 0), stay(OTHER, HOME, "child", 0)}


def test_whose_relation_was_to_another_head_has_none_on_record() -> None:
    rows = [stay(KEEP, HOME, "head", 3), stay(DROP, SECOND, "head", 0), stay(OTHER, SECOND, "child", 0)]
    found = merge(rows, Pairs({}, {SECOND: HOME}))
    assert stay(OTHER, HOME, "unknown", 3) in found.stays
    assert stay(DROP, HOME, "unknown", 3) in found.stays
    assert stay(OTHER, HOME, "child", 0, 3) in found.stays


persons, households = st.sampled_from([KEEP, DROP, OTHER]), st.sampled_from([HOME, SECOND])


@st.composite
def lives(draw: st.DrawFn) -> list[Stay]:
    """Each person in one household a day, each household with one head a day at most."""
    found: list[Stay] = []
    for number in range(6):
        for person in (KEEP, DROP, OTHER):
            where = draw(st.one_of(st.none(), households))
            if where:
                headed = any(one.household == where and one.relation == "head" and one.on(day(number)) for one in found)
                relation = draw(st.sampled_from(["child"] if headed else ["head", "child"]))
                found.append(stay(person, where, relation, number, number + 1))
    return found


@given(lives(), st.sampled_from([SAME_PERSON, SAME_HOUSEHOLD, Pairs({}, {SECOND: HOME})]), st.integers(0, 5))
@settings(max_examples=150, deadline=None)
def test_on_any_day_a_person_is_where_one_of_his_records_was(rows: list[Stay], pairs: Pairs, number: int) -> None:
    on = day(number)
    before = [one for one in rows if one.on(on)]
    after = [one for one in merge(rows, pairs).stays if one.on(on)]
    assert {one.person for one in after} == {pairs.person(one) for one in before}
    assert len({one.person for one in after}) == len(after), "nobody is in two households"
    for one in after:
        of = [old for old in before if pairs.person(old) == one.person]
        own = [old for old in of if old.person not in pairs.persons] or of
        assert one.household in {pairs.household(old) for old in own}
    heads = [one.household for one in after if one.relation == "head"]
    assert len(heads) == len(set(heads)), "one head a household"


@given(lives(), st.sampled_from([SAME_PERSON, SAME_HOUSEHOLD]))
@settings(max_examples=150, deadline=None)
def test_every_household_without_the_head_it_had_is_told(rows: list[Stay], pairs: Pairs) -> None:
    found = merge(rows, pairs)
    without = set()
    for number in range(6):
        had = {pairs.household(one) for one in rows if one.on(day(number)) and one.relation == "head"}
        has = {one.household for one in found.stays if one.on(day(number)) and one.relation == "head"}
        without |= had - has
    assert {one.household for one in found.lost_heads} == without
