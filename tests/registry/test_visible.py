"""Who sees which household, and of which days: by where it lives on the day asked for."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from households.access.scope import scope_of, scopes_of
from households.registry.actions.moving import end_household, move_household
from households.registry.entries import Place
from households.registry.models import Household
from households.registry.visible import NOTHING_SEEN, READ, WRITE, check_sees, codes_in, seen_by
from povertyportal.core.models import User
from tests.access.people import AREAS, NATION, granted, person
from tests.registry.people import household, told, village

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
START, MOVED = date(2026, 1, 5), date(2026, 6, 1)


@pytest.fixture
def official() -> User:
    return person("commune_official", AREAS.COMMUNE)


@pytest.fixture
def neighbour() -> User:
    return person("commune_official", AREAS.SIBLING)


@pytest.fixture
def moved(official: User) -> Household:
    """From Trường Hà to Thông Nông on 1 June."""
    home = household("01392-001", on=START)
    return move_household(household=home.pk, place=Place(AREAS.SIBLING), on=MOVED, **told(by=official))


def test_whoever_works_where_it_lives_sees_all_of_it(official: User) -> None:
    seen = seen_by(official, household(on=START).pk, day=TODAY)
    assert seen.whole
    assert seen.on(START)
    assert seen.last_day(TODAY) == TODAY


def test_the_old_place_sees_the_days_on_which_it_lived_there(official: User, moved: Household) -> None:
    seen = seen_by(official, moved.pk, day=TODAY)
    assert not seen.whole
    assert (seen.on(START), seen.on(date(2026, 5, 31)), seen.on(MOVED)) == (True, True, False)
    assert seen.last_day(TODAY) == date(2026, 5, 31)
    assert seen.last_day(date(2026, 2, 1)) == date(2026, 2, 1)


def test_the_new_place_sees_its_whole_life(neighbour: User, moved: Household) -> None:
    seen = seen_by(neighbour, moved.pk, day=TODAY)
    assert seen.whole
    assert seen.on(START)


def test_one_that_is_no_more_is_judged_by_where_it_lived_last(
    official: User, neighbour: User, moved: Household
) -> None:
    end_household(household=moved.pk, on=date(2026, 9, 1), **told())
    assert seen_by(neighbour, moved.pk, day=TODAY).whole
    assert not seen_by(official, moved.pk, day=TODAY).whole


def test_elsewhere_nothing_of_it_is_seen(moved: Household) -> None:
    foreign = person("commune_official", AREAS.FOREIGN_COMMUNE)
    seen = seen_by(foreign, moved.pk, day=TODAY)
    assert seen == NOTHING_SEEN
    assert not seen
    assert seen.last_day(TODAY) is None
    with pytest.raises(PermissionDenied, match=f"H{moved.pk} không thuộc địa bàn"):
        check_sees(seen, moved, on=START)


def test_the_refusal_of_a_day_does_not_tell_where_it_went(official: User, moved: Household) -> None:
    with pytest.raises(PermissionDenied) as refused:
        check_sees(seen_by(official, moved.pk, day=TODAY), moved, on=MOVED)
    assert "Thông Nông" not in str(refused.value)
    assert "01/06/2026" in str(refused.value)


def test_a_household_that_is_not_there_is_seen_by_nobody_of_a_commune(official: User) -> None:
    assert not seen_by(official, 999_999, day=TODAY)


def test_codes_are_those_of_communes_and_villages_of_the_day(official: User) -> None:
    code = village("Nà Tềnh")
    scope = scope_of(official, READ, day=TODAY)
    assert {code, AREAS.COMMUNE} <= set(codes_in(scope, TODAY) or ())
    assert code not in (codes_in(scope, date(2025, 6, 30)) or ())
    province = scope_of(person("auditor", AREAS.PROVINCE), READ, day=TODAY)
    assert min(map(len, codes_in(province, TODAY) or ())) == 5


def test_the_nation_is_no_list_and_no_grant_is_an_empty_one() -> None:
    assert codes_in(scope_of(person("auditor", NATION), READ, day=TODAY), TODAY) is None
    assert codes_in(scope_of(person(), READ, day=TODAY), TODAY) == []


def test_several_actions_are_answered_at_once_as_one_by_one(official: User) -> None:
    granted(official, "auditor", AREAS.SIBLING)
    fresh = User.objects.get(pk=official.pk)
    asked = (READ, WRITE, "records.read", "rounds.open")
    assert scopes_of(fresh, asked, day=TODAY) == {one: scope_of(fresh, one, day=TODAY) for one in asked}


@pytest.mark.parametrize("account", ["system", "nation", "nobody"])
def test_the_widest_and_the_narrowest_scopes_are_the_same_too(account: str) -> None:
    from_system = told()["by"]
    user = {"system": from_system, "nation": person("auditor", NATION), "nobody": person()}[account]
    assert scopes_of(user, [READ], day=TODAY) == {READ: scope_of(user, READ, day=TODAY)}
