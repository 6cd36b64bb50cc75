"""The search box: who is found, in which order, and who may not be."""

from datetime import date

import pytest

from households.access.scope import EVERYWHERE, reach_of
from households.registry.search import Filters, find
from tests.access.people import AREAS, area_on
from tests.registry.findable import One, living_at, names

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)


def found(text: str, **filters: object) -> list[str]:
    return names(find(text, EVERYWHERE, DAY, day=DAY, filters=Filters(**filters)).rows)


def test_one_box_takes_numbers_codes_and_names() -> None:
    house = living_at(
        AREAS.COMMUNE,
        [One("Nguyễn Văn An", numbers={"identity": "004085900001"}), "Lý Thị Hoà", "Nông Văn Ân", "H'Hen Niê"],
        code="HN-012",
    )
    scope = reach_of([area_on(AREAS.COMMUNE, DAY).pk])
    foreign = reach_of([area_on(AREAS.SIBLING, DAY).pk])
    for text in [
        "nguyễn văn an",
        "nguyen van an",
        "An Nguyễn Văn",
        "an",
        "văn an",
        "nguyễn",
        "nguyễn an",
        "nguyen van a",
        "ho",
        "nguyeenx vawn an",
        "nguye64n van an",
        "nguyen vna an",
        "hoà",
        "hòa",
        "ly thi hao",
        "hhen nie",
        "h hen",
        "nguyễn văn an trường hà",
        "nguyễn văn an, xã trường hà",
        "trường hà",
        "HN-012",
        "004 085 900 001",
        f"H{house.pk}",
        "nguyenvan an",
    ]:
        hits = find(text, EVERYWHERE, DAY, day=DAY)
        assert find(text, scope, DAY, day=DAY).rows == hits.rows, text
        assert find(text, foreign, DAY, day=DAY).rows == (), text
        assert find(text, EVERYWHERE, date(2025, 1, 1), day=DAY).rows == ()
        assert len(find(text, scope, date(2026, 2, 1), day=DAY).rows) == len(hits.rows), text
