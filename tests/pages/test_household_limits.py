"""No page about households over 100 KB of HTML or 15 queries, with a commune of 5,000 of them."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from households.registry.actions.heads import change_head
from households.registry.models import Membership, Person, Recognition, Residence
from households.registry.numbers.sealed import show
from households.web.household_tasks_known import TASKS
from tests.access.people import AREAS, NATION, person, signed_in
from tests.costs import Asked, too_dear
from tests.people import on_the_record
from tests.registry.people import told
from tests.registry.small import crowded

pytestmark = pytest.mark.django_db

HOUSEHOLDS = 5000
SEARCHES = (
    "an", "nguyễn văn an", "nong van an", "nông văn an trường hà", "nongg van ann", "văn", "H17", "H99999999", "TH-99999",
    "xyz không có ai",
)  # fmt: skip


def searches() -> Iterator[Asked]:
    yield from (("get", "/households/", {"q": text}) for text in SEARCHES)
    number = Person.objects.exclude(identity=None).select_related("identity").order_by("pk")[0].identity
    assert number
    yield "post", "/households/", {"q": show(number)}
    code = Residence.objects.exclude(local_code="").order_by("pk").values_list("local_code", flat=True)[0]
    yield "get", "/households/", {"q": code}


def lists() -> Iterator[Asked]:
    for asked in (
        {}, {"page": "2"}, {"page": "100"}, {"head": "0"}, {"klass": "poor"}, {"unplaced": "1"}, {"no_number": "1"},
        {"gone": "1", "head": "0"}, {"on": "2025-03-01"}, {"sex": "female", "ethnicity": "nung", "born_from": "1990"},
    ):  # fmt: skip
        yield "get", "/households/", asked


def pages_of(household: int) -> Iterator[Asked]:
    for part in ("", "events/", "history/", "papers/", "numbers/"):
        yield "get", f"/households/{household}/{part}", {}
    yield "get", f"/households/{household}/", {"on": "2025-03-01"}
    yield from (("get", f"/households/{household}/do/{task}/", {}) for task in TASKS)


def busy_household() -> int:
    """The largest one, after forty changes of its head and with what eleven years gave."""
    rows = Membership.objects.filter(validity__endswith=None).order_by("household", "pk")
    by_household: dict[int, list[Membership]] = {}
    for row in rows:
        by_household.setdefault(row.household_id, []).append(row)
    members = max(by_household.values(), key=len)
    home, start = members[0].household_id, date(2026, 1, 1)
    heads = [
        next(row.person_id for row in members if row.relation == wanted) for wanted in ("head", members[-1].relation)
    ]
    for number in range(40):
        change_head(household=home, new_head=heads[1 - number % 2], on=start + timedelta(days=7 * number), **told())
    with on_the_record():
        one = Recognition.objects.filter(household__isnull=False).order_by("pk")[0]
        for year in range(2016, 2027):
            one.pk, one.household_id, one.year, one._state.adding = None, home, year, True
            one.save()
    return home


@pytest.mark.long
def test_every_page_stays_light_and_cheap() -> None:
    crowded(HOUSEHOLDS)
    home = busy_household()
    official = signed_in(person("commune_official", AREAS.COMMUNE))
    everything = [
        *lists(),
        *searches(),
        *pages_of(home),
        ("get", "/households/new/", {}),
        ("get", "/households/duplicates/", {}),
    ]
    wrong = [told_of for asked in everything for told_of in too_dear(official, asked)]
    for area in (AREAS.PROVINCE, NATION):
        reader = signed_in(person("auditor", area))
        wrong += [told_of for asked in (*lists(), *searches()) for told_of in too_dear(reader, asked)]
    assert "\n".join(wrong) == ""
