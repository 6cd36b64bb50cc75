"""The list of candidates is what a look at every pair gives, on random registries."""

import random
from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from households.access.scope import EVERYWHERE
from households.registry.finding import upkeep
from households.registry.finding.name_keys import keys_of
from households.registry.finding_models import DuplicateVerdict
from households.registry.merging.findings import Candidates
from households.registry.models import Household, Membership, Person, Residence
from households.registry.numbers.sealed import keep
from povertyportal.core.accounts import system_user
from tests.oracle.duplicates import Row, pairs
from tests.people import on_the_record
from tests.registry.people import AT, village

pytestmark = pytest.mark.django_db

TODAY, SINCE = date(2026, 11, 20), DateRange(date(2026, 1, 5), None)
NAMES = ("Nông Văn An", "NÔNG VĂN AN", "Nông Văn Anh", "Nong Van An", "Lục Thị Bình", "Lục Thị Bính", "An Nông Văn")
DAYS = (date(1980, 3, 4), date(1980, 4, 3), date(1980, 1, 1), date(1981, 3, 4), None)


def random_registry(chance: random.Random) -> list[Row]:
    places = [(village(name, commune), commune) for commune in ("01392", "01363") for name in ("Nà Tềnh", "Lũng Mật")]
    places += [("01392", "01392")]
    kept = [keep("personal", f"00408000000{one}") for one in range(6)]
    rows = []
    for _one in range(40):
        (area, commune), name, born = chance.choice(places), chance.choice(NAMES), chance.choice(DAYS)
        year = born.year if born else chance.choice([1980, None])
        number = chance.choice([None, None, None, *kept])
        keys = keys_of(name)
        person = Person.objects.create(
            full_name=name, search_key=keys.search_key, sort_key=keys.sort_key, sex=chance.choice(["", "male", "female"]),
            birth_date=born, birth_year=year, identity=number, old_identity=chance.choice([None] * 9 + [kept[0]]),
        )  # fmt: skip
        home = Household.objects.create(validity=SINCE)
        Residence.objects.create(household=home, area_code=area, validity=SINCE)
        Membership.objects.create(household=home, person=person, relation="head", validity=SINCE)
        rows.append(
            Row(
                person.pk,
                keys.search_key,
                person.sex,
                born,
                year,
                area,
                commune,
                person.identity_id,
                None,
                person.old_identity_id,
            )
        )
    upkeep.refresh(person_ids=[row.id for row in rows])
    return rows


@pytest.mark.parametrize("seed", range(4))
def test_the_fast_list_is_the_slow_one(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  # the same each time
    with on_the_record():
        rows = random_registry(chance)
        first = pairs(rows, set())
        apart = {(one, other) for one, other, _reason, _weight in chance.sample(first, 3)}
        for one, other in apart:
            DuplicateVerdict.objects.create(
                first_id=one, second_id=other, verdict="different", reason="thử", by=system_user(), at=AT
            )
    found = Candidates(EVERYWHERE, day=TODAY)
    assert [(one.first, one.second, one.reason, one.weight) for one in found[:]] == pairs(rows, apart)
    assert found.count() == len(first) - 3
    assert len({reason for _one, _other, reason, _weight in first}) >= 6
