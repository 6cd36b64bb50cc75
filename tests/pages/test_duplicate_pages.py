"""Persons entered twice: the list of an area, two records side by side, and what a verdict does."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from households.registry.finding_models import DuplicateVerdict
from households.registry.models import Household, Person
from households.registry.state import state_on
from tests.access.people import AREAS, person, signed_in
from tests.reading import seen
from tests.registry.people import household, member, person_of, village

pytestmark = pytest.mark.django_db
LIST = "/households/duplicates/"
START, DAY = date(2026, 1, 5), date(2026, 6, 1)
NUMBER = "004190123456"


@pytest.fixture
def official() -> Client:
    return signed_in(person("commune_official", AREAS.COMMUNE))


@pytest.fixture
def twins() -> tuple[Person, Person]:
    """Bình of one household is written as Binh in another, with the same number."""
    nanua = village("Nà Nưa", on=date(2025, 7, 1))
    one = household(nanua, [member("Nông Văn An", "head", born=1970),
                            member("Hoàng Thị Bình", "spouse", born=1972, identity=NUMBER)], on=START)  # fmt: skip
    other = household(nanua, [member("Lý Văn Xa", "head", born=1960),
                              member("Hoàng Thị Binh", born=1972, identity=NUMBER, despite_twin=True)], on=START)  # fmt: skip
    return person_of(one, "Bình"), person_of(other, "Binh")


def path(pair: tuple[Person, Person]) -> str:
    return f"{LIST}{pair[0].pk}/{pair[1].pk}/"


def test_the_list_leads_to_two_records_side_by_side(official: Client, twins: tuple[Person, Person]) -> None:
    listed = official.get(LIST)
    assert "1 cặp cần xem" in seen(listed)
    assert "cùng số định danh cá nhân" in seen(listed)
    assert f'href="{path(twins)}"' in listed.content.decode()
    page = seen(official.get(path(twins)))
    assert "Hai hồ sơ khác nhau ở: Họ và tên" in page
    assert "•••••••••456" in page
    assert NUMBER not in page


def test_numbers_that_end_alike_are_not_taken_for_the_same(official: Client) -> None:
    for number in (NUMBER, "004190999456"):
        household("01392-001", [member("Nông Thị Ké", "head", born=1990, sex="female", identity=number)], on=START)
    pair = Person.objects.order_by("pk")
    page = seen(official.get(path((pair[0], pair[1]))))
    assert "Số định danh •••••••••456 •••••••••456 khác" in page


def test_one_person_after_all_is_merged_as_it_was_said_before(official: Client, twins: tuple[Person, Person]) -> None:
    stated = {"verdict": "same", "keep": str(twins[0].pk), "keep_household": "", "reason": "Đối chiếu căn cước"}
    said = seen(official.post(path(twins), stated | {"do": "preview"}))
    assert "Nếu ghi kết luận này" in said
    assert f"gộp vào hồ sơ số {twins[0].pk}" in said
    assert not DuplicateVerdict.objects.exists()
    done = official.post(path(twins), stated | {"do": "save"}, follow=True)
    assert "cùng một người" in seen(done)
    assert "Không có cặp nào cần xem" in seen(done)
    assert Person.objects.get(pk=twins[1].pk).merged_into_id == twins[0].pk
    assert official.get(path(twins)).status_code == 404


def test_two_persons_are_told_apart_for_good(official: Client, twins: tuple[Person, Person]) -> None:
    official.post(path(twins), {"verdict": "different", "reason": "Hai chị em", "do": "save"})
    assert "Không có cặp nào cần xem" in seen(official.get(LIST))
    assert "Đã kết luận ngày" in seen(official.get(path(twins)))
    assert Person.objects.filter(merged_into=None).count() == 4


def test_a_household_entered_twice_becomes_one_record(official: Client) -> None:
    nanua = village("Nà Nưa", on=date(2025, 7, 1))
    family = [member("Nông Văn An", "head", born=1970, identity=NUMBER), member("Hoàng Thị Bình", "spouse", born=1972)]
    first = household(nanua, family, on=START)
    again = [member("Nông Văn An", "head", born=1970, identity=NUMBER, despite_twin=True), family[1]]
    second = household(nanua, again, on=date(2026, 2, 1))
    pair = person_of(first), person_of(second)
    left, right = person_of(first, "Bình"), person_of(second, "Bình")
    stated = {
        "verdict": "same", "keep": str(pair[0].pk), "keep_household": str(first.pk), "reason": "Ghi hai lần",
        f"other_{left.pk}_{right.pk}": "on", "do": "save",
    }  # fmt: skip
    answer = official.post(path(pair), stated)
    assert answer.status_code == 302, seen(answer)
    assert Household.objects.get(pk=second.pk).merged_into_id == first.pk
    assert [one.person for one in state_on(first.pk, DAY).members] == [pair[0].pk, left.pk]


def test_a_verdict_without_its_matter_is_refused_at_its_field(official: Client, twins: tuple[Person, Person]) -> None:
    empty = official.post(path(twins), {"do": "save"}).content.decode()
    assert 'id="id_verdict_error"' in empty
    assert 'id="id_reason_error"' in empty
    unchosen = official.post(path(twins), {"verdict": "same", "reason": "một người", "do": "save"})
    assert "Hãy chọn hồ sơ giữ lại" in seen(unchosen)
    assert not DuplicateVerdict.objects.exists()


def test_a_record_of_another_area_is_not_shown(official: Client) -> None:
    here = household("01392-001", [member("Nông Văn An", "head", born=1970, identity=NUMBER)], on=START)
    there = household("01363-001", [member("Nông Văn Bí Mật", "head", born=1970, identity=NUMBER, despite_twin=True)],
                      on=START)  # fmt: skip
    listed = seen(official.get(LIST))
    assert "một người ở địa bàn khác" in listed
    assert "Bí Mật" not in listed
    pair = person_of(here), person_of(there)
    assert official.get(path(pair)).status_code == 403
    assert official.post(path(pair), {"verdict": "different", "reason": "x", "do": "save"}).status_code == 403


def test_a_long_list_costs_as_little_as_a_short_one(official: Client) -> None:
    for number in range(6):
        for _twice in range(2):
            name = f"Nông Văn {'ABCDEG'[number]}"
            household("01392-001", [member(name, "head", born=1970)], on=START)
    with CaptureQueriesContext(connection) as queries:
        page = official.get(LIST)
    assert "6 cặp cần xem" in seen(page)
    assert len(queries) <= 15
