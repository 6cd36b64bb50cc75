"""On random registries the search finds whom a naive one finds that looks at everybody, in the same order."""

import random
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from psycopg2.extras import DateRange

from households.access.scope import EVERYWHERE, Scope, reach_of
from households.registry.finding import rows, upkeep
from households.registry.finding.name_keys import keys_of
from households.registry.finding.search import find
from households.registry.models import Household, Membership, Person, Residence
from povertyportal.vietnamese import fold
from tests.access.people import AREAS, area_on
from tests.oracle.finding import BEGUN, INNER, WAYS, Somebody, Stay, meant, ranked, seen
from tests.people import on_the_record

pytestmark = pytest.mark.django_db
DAY, EARLIER = date(2026, 11, 20), date(2026, 2, 1)
PLACES = (AREAS.COMMUNE, AREAS.SIBLING, AREAS.FOREIGN_COMMUNE)
FAMILIES = ("Nguyễn", "Nguyên", "Lý", "Lê", "Lều")
MIDDLES = ("Văn", "Thị", "Thị Vân", "", "Vạn Thì")
GIVEN = ("Khôi", "Khối", "Khoi", "Khoa", "Khoá", "Vân", "Thì", "Lê", "Khoan")
FEW = 5


def random_people(rng: random.Random, number: int) -> list[Somebody]:
    made = []
    for key in range(1, number + 1):
        name = " ".join(f"{rng.choice(FAMILIES)} {rng.choice(MIDDLES)} {rng.choice(GIVEN)}".split())
        start = date(2025, 8, 1) + timedelta(days=rng.randint(0, 60))
        moved = start + timedelta(days=rng.randint(30, 90)) if rng.random() < 0.4 else None
        end = DAY - timedelta(days=rng.randint(0, 90)) if rng.random() < 0.3 else None
        stays = [Stay(2 * key, rng.choice(PLACES), True, start, moved or end)]
        stays += [Stay(2 * key + 1, rng.choice(PLACES), True, moved, end)] if moved else []
        made.append(Somebody(key, name, None, end if end and rng.random() < 0.5 else None, tuple(stays)))
    return made


def store(people: list[Somebody]) -> None:
    with on_the_record():
        stays = [(one, stay) for one in people for stay in one.stays]
        Person.objects.bulk_create(stored(one) for one in people)
        spans = {stay.household: DateRange(stay.start, stay.end) for _one, stay in stays}
        Household.objects.bulk_create(Household(pk=key, validity=span) for key, span in spans.items())
        Residence.objects.bulk_create(
            Residence(household_id=stay.household, area_code=stay.area, validity=spans[stay.household])
            for _one, stay in stays
        )
        Membership.objects.bulk_create(
            Membership(household_id=stay.household, person_id=one.key, relation="head", validity=spans[stay.household])
            for one, stay in stays
        )
        upkeep.refresh(all=True)


def stored(one: Somebody) -> Person:
    keys = keys_of(one.name)
    return Person(pk=one.key, full_name=one.name, search_key=keys.search_key, sort_key=keys.sort_key, died_on=one.died)


def typed(rng: random.Random, name: str) -> str:
    """What somebody may type who looks for this name."""
    words = name.split()
    if len(words) > 1 and rng.random() < 0.4:
        words.pop(rng.randrange(len(words)))
    if rng.random() < 0.2:
        rng.shuffle(words)
    if rng.random() < 0.2:
        words[-1] = words[-1][: rng.randint(1, len(words[-1]))]
    text = " ".join(words)
    if rng.random() < 0.3 and len(text) > 2:
        at = rng.randrange(1, len(text) - 1)
        text = rng.choice(
            [
                text[:at] + text[at + 1 :],
                text[:at] + "h" + text[at:],
                text[:at] + text[at + 1] + text[at] + text[at + 2 :],
            ]
        )
    change: Callable[[str], str] = rng.choice([str, fold, str.upper, lambda one: unicodedata.normalize("NFD", one)])
    return change(" ".join(text.split()))


def expected(people: list[Somebody], text: str, known: set[str], *, past: bool) -> tuple[dict[int, str], set[int]]:
    """In order with the way of finding; and who may have been meant besides."""
    found = ranked(people, WAYS, text, past=past)
    for ways in (BEGUN, INNER) if len(found) < FEW else (BEGUN,):
        for key, why in ranked(people, ways, text, past=past).items():
            found.setdefault(key, why)
    return found, meant(people, text, known) - found.keys() if len(found) < FEW else set()


@pytest.mark.parametrize(("seed", "few"), [(0, rows.CODES_BY_INDEX), (1, rows.CODES_BY_INDEX), (2, 0)])
def test_the_search_finds_whom_a_look_at_everybody_finds(seed: int, few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A scope of more than a ``few`` codes is asked in another way."""
    monkeypatch.setattr(rows, "CODES_BY_INDEX", few)
    rng = random.Random(seed)  # noqa: S311  # invented people
    people = random_people(rng, 40)
    store(people)
    known = {word for one in people for word in one.words}
    scopes: list[Scope] = [EVERYWHERE, *(reach_of([area_on(code, DAY).pk]) for code in (AREAS.PROVINCE, AREAS.SIBLING))]
    for _text in range(40):
        text, scope, on = typed(rng, rng.choice(people).name), rng.choice(scopes), rng.choice([DAY, DAY, EARLIER])
        found, besides = expected(shown(people, scope, on), text, known, past=on < DAY)
        hits = find(text, scope, on, day=DAY, limit=200).rows
        sure = {hit.person: str(hit.why) for hit in hits if hit.why != "meant"}
        assert (text, list(sure.items())) == (text, list(found.items()))
        assert besides <= {hit.person for hit in hits}, text


def shown(people: list[Somebody], scope: Scope, on: date) -> list[Somebody]:
    return seen(people, lambda code, day: scope.covers(code, on=day), on, DAY)
