"""Who may have been entered twice: found in the scope, the surest first, a page at a time, nobody asked about twice."""

from datetime import date
from typing import Any

import pytest

from households.access.scope import EVERYWHERE, NOTHING, Scope, scope_of
from households.registry.merging.deciding import decide_pair
from households.registry.merging.findings import Candidate, Candidates
from households.registry.merging.records import last_households
from tests.access.people import AREAS, person
from tests.registry.people import household, member, person_of, told

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 20)
BORN = date(1980, 3, 4)


def an(name: str = "Nông Văn An", born: Any = BORN, area: str = "01392-001", **more: Any) -> int:
    """Key of a person of that name, head of a household of his own."""
    return person_of(household(area, [member(name, "head", born=born, **more)])).pk


def found(scope: Scope = EVERYWHERE) -> list[Candidate]:
    return Candidates(scope, day=TODAY)[:]


def reasons(scope: Scope = EVERYWHERE) -> list[str]:
    return [one.reason for one in found(scope)]


def test_the_same_number_is_the_surest_sign_wherever_the_two_live() -> None:
    first = an(identity="004080000017")
    second = an("Lý Thị Hoa", 1990, AREAS.FOREIGN_COMMUNE, identity="004 080 000 017", despite_twin=True)
    assert found() == [Candidate(first, second, "identity", 100)]


@pytest.mark.parametrize(("field", "number"), [("old_identity", "090123456"), ("insurance", "0412345678")])
def test_the_other_numbers_count_too(field: str, number: str) -> None:
    an(**{field: number})
    an("Lý Thị Hoa", 1990, **{field: number}, despite_twin=True)
    assert reasons() == [field]


@pytest.mark.parametrize(
    ("name", "born", "area", "reason"),
    [
        ("NÔNG VĂN AN", BORN, "01392-001", "name_date_village"),
        ("Nong Van An", BORN, "01392-002", "name_date"),
        ("Nông Văn An", 1980, "01392-001", "name_year_village"),
        ("Nông Văn An", date(1980, 4, 3), "01392-001", "name_year_village"),
        ("Nông Văn An", date(1980, 1, 1), "01392-002", "name_year"),
        ("Nông Văn Am", BORN, "01392-001", "alike_date_village"),
        ("Nông Văng An", BORN, "01392-002", "alike_date"),
    ],
)
def test_alike_in_name_birth_and_village(name: str, born: Any, area: str, reason: str) -> None:
    first, second = an(), an(name, born, area)
    assert [(one.first, one.second, one.reason) for one in found()] == [(first, second, reason)]


@pytest.mark.parametrize(
    ("name", "born", "area", "sex"),
    [
        ("Nông Văn An", BORN, "01363", "male"),  # another commune
        ("Nông Văn An", date(1980, 5, 6), "01392-001", "male"),  # another day of the year
        ("Nông Văn An", 1981, "01392-001", "male"),
        ("Nông Văn An", BORN, "01392-001", "female"),
        ("Lục Thị Bình", BORN, "01392-001", "male"),
    ],
)
def test_not_alike_enough(name: str, born: Any, area: str, sex: str) -> None:
    an(sex="male"), an(name, born, area, sex=sex)
    assert found() == []


def test_two_different_numbers_speak_against_it() -> None:
    an(identity="004080000017"), an(identity="004080000018")
    (one,) = found()
    assert one.weight == 55


def test_the_surest_come_first_and_page_by_page() -> None:
    for born in (BORN, BORN, 1980):
        an(born=born)
    an("Lý A", identity="004080000017"), an("Lý B", 1990, identity="004080000017", despite_twin=True)
    whole = Candidates(EVERYWHERE, day=TODAY)
    assert whole.count() == 4
    assert [one.weight for one in whole[:]] == [100, 80, 50, 50]
    assert [*whole[0:2], *whole[2:4]] == whole[:]


def test_a_pair_told_apart_is_not_shown_again() -> None:
    first, second = an(), an()
    decide_pair(first=first, second=second, verdict="different", **told())
    assert found() == []


def test_a_merged_person_is_no_candidate() -> None:
    first, second = an(), an()
    home = last_households([first])[first]
    decide_pair(first=first, second=second, verdict="same", keep=first, keep_household=home, **told())
    assert found() == []


def test_an_official_sees_pairs_of_his_commune_and_no_others() -> None:
    an(), an(area="01392-002")
    mine = scope_of(person("commune_official", AREAS.COMMUNE), "duplicates.decide", day=TODAY)
    theirs = scope_of(person("commune_official", AREAS.SIBLING), "duplicates.decide", day=TODAY)
    assert (reasons(mine), reasons(theirs), reasons(NOTHING)) == (["name_date"], [], [])
    assert Candidates(NOTHING, day=TODAY).count() == 0


def test_of_two_communes_with_one_number_both_officials_see_the_pair() -> None:
    an(identity="004080000017"), an("Lý B", 1990, AREAS.SIBLING, identity="004080000017", despite_twin=True)
    for commune in (AREAS.COMMUNE, AREAS.SIBLING):
        scope = scope_of(person("commune_official", commune), "duplicates.decide", day=TODAY)
        assert reasons(scope) == ["identity"]


def test_a_page_costs_a_few_queries_however_many_pairs(django_assert_max_num_queries: Any) -> None:
    for _one in range(4):
        an()
    pairs = Candidates(EVERYWHERE, day=TODAY)
    with django_assert_max_num_queries(6):
        assert (pairs.count(), len(pairs[:5])) == (6, 5)
