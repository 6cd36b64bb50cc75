"""Changes carried out in the database: all rows or none, the history told, the map right before and after."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from households.areas import queries
from households.areas.changes import AppliedChange, ChangeRefusedError, Kind, Operation, apply_change, plan_change
from households.areas.loading import load
from households.areas.models import Area, AreaTraits, Origin
from households.areas.plan import make_plan as loaded_plan
from households.areas.planning.operations import Target
from households.areas.villages import create_village
from povertyportal.core.accounts import system_user
from povertyportal.core.history import acting
from tests.areas.changes import DAY, SINCE, act, commune, fact, stored_province

AT = datetime(2026, 6, 1, 8, tzinfo=UTC)
EVE = date(2026, 6, 30)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def province() -> None:
    stored_province()
    with acting(by=system_user(), reason="Đặc điểm cho phép thử"):
        known = fact("98101", "rural")
        AreaTraits.objects.create(
            code=known.code, kind=known.kind, value=known.value, validity=(SINCE, None), confidence="recalled"
        )


def applied(operation: Operation, **options: Any) -> AppliedChange:
    return apply_change(operation, by=system_user(), at=AT, reason="Thi hành nghị quyết", **options)


def names(code: str, on: date) -> list[str]:
    return [child.full_name for child in queries.tree_around(code, on=on).children(code)]


MERGER = act(Kind.MERGE, "98101 98102", commune("98101", "Bản Lừa"))


def test_a_merger_as_the_map_shows_it_before_and_after() -> None:
    change = applied(MERGER)
    assert names("981", EVE) == ["Xã Bản Mới", "Xã Nà Lừa"]
    assert names("981", DAY) == ["Xã Bản Lừa"]
    assert names("98101", DAY) == ["Thôn Nậm Cang", "Thôn Tả Van", "Thôn Tả Van"]
    assert [area.code for area in change.made][:1] == ["98101"]
    tree = queries.tree_around("98102", on=EVE)
    assert [link.to_name for link in tree.successors("98102")] == ["Xã Bản Lừa"]


def test_a_village_of_a_later_day_follows_its_commune() -> None:
    later = date(2027, 3, 1)
    create_village(
        commune="98102", type="Thôn", name="Nà Mới", on=later, legal_basis="Quyết định 5/QĐ-UBND",
        by=system_user(), at=AT,
    )  # fmt: skip
    applied(MERGER)
    assert "Thôn Nà Mới" in names("98101", later)
    assert "Thôn Nà Mới" not in names("98101", DAY)


def test_the_history_tells_who_and_why() -> None:
    applied(MERGER)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT pgh_context->>'username', pgh_context->>'reason' FROM areas_area_history"
            " WHERE code = '98102' AND upper(validity) = %s",
            [DAY],
        )
        assert cursor.fetchall() == [("he-thong", "Thi hành nghị quyết")]


def test_villages_of_one_name_are_told_in_the_plan() -> None:
    told = " ".join(plan_change(MERGER).sentences)
    assert "Từ ngày 01/07/2026, toàn bộ Xã Bản Mới (98101), Xã Nà Lừa (98102) hợp thành Xã Bản Lừa (98101)" in told
    assert "Trùng tên sau thay đổi: Thôn Tả Van (98101-001) và Thôn Tả Van (98102-001)" in told
    assert "2 đơn vị chuyển về Xã Bản Lừa" in told


def test_the_end_of_the_district_level() -> None:
    plan = plan_change(act(Kind.DISSOLVE_DISTRICTS, "98"))
    assert "không còn cấp huyện: 2 đơn vị kết thúc (Huyện Núi Cao (981), Huyện Suối Dài (982))" in plan.sentences[0]
    applied(plan.operation)
    assert names("98", DAY) == ["Xã Bản Mới", "Xã Đồng Cỏ", "Xã Khe Sâu", "Xã Nà Lừa"]
    assert names("98101", DAY) == ["Thôn Tả Van"]
    went = queries.tree_around("981", on=EVE).land_went_to("981")
    assert {link.to_code for link in went} == {"98101", "98102"}


def test_a_merger_of_the_same_day_goes_before_the_end_of_the_districts() -> None:
    applied(MERGER)
    applied(act(Kind.DISSOLVE_DISTRICTS, "98"))
    assert names("98", DAY) == ["Xã Bản Lừa", "Xã Đồng Cỏ", "Xã Khe Sâu"]
    assert Area.objects.get(code="98101", validity__startswith=DAY).parent_code == "98"


def test_a_commune_becomes_a_ward_and_urban() -> None:
    applied(act(Kind.RECLASSIFY, "98101", commune("98101", "Bản Mới", kind="Phường")))
    values = [queries.traits(["98101"], on=day)[0].value for day in (EVE, DAY)]
    assert values == ["rural", "urban"]


def test_a_province_whose_start_is_not_known_becomes_a_city_and_keeps_its_communes() -> None:
    before = names("22", EVE)
    applied(act(Kind.RECLASSIFY, "22", Target("22", "Thành phố", "Quảng Ninh", "")))
    found = [queries.find_area(code="22", on=day) for day in (EVE, DAY)]
    assert [one.full_name for one in found] == ["Tỉnh Quảng Ninh", "Thành phố Quảng Ninh"]
    assert [one.vouched_from for one in found] == [date(2025, 3, 1), None]
    assert names("22", DAY) == before


def test_a_new_code_takes_the_villages_along_with_their_own_codes() -> None:
    applied(act(Kind.RECODE, "98102", commune("98112", "Nà Lừa")))
    assert [child.code for child in queries.tree_around("98112", on=DAY).children("98112")] == [
        "98102-002",
        "98102-001",
    ]


def test_an_approved_plan_is_not_carried_out_on_another_map() -> None:
    seen = plan_change(MERGER).digest
    applied(act(Kind.RENAME, "98102-002", Target("98102-002", "Thôn", "Nậm Cang Mới", "98102"), on=date(2026, 5, 1)))
    with pytest.raises(ChangeRefusedError, match="Bản đồ hành chính đã thay đổi"):
        applied(MERGER, expected=seen)
    assert names("981", DAY) == ["Xã Bản Mới", "Xã Nà Lừa"]


def test_the_same_change_twice_is_refused_in_words() -> None:
    applied(MERGER)
    with pytest.raises(ChangeRefusedError, match="Ngày 01/07/2026 không có đơn vị nào mang mã 98102") as caught:
        applied(MERGER)
    assert {problem.field for problem in caught.value.problems} == {"units"}


def test_what_the_database_refuses_leaves_nothing_behind() -> None:
    """Somebody has written down that the code will be urban later: the two values would hold at once."""
    with acting(by=system_user(), reason="Đặc điểm ghi trước"):
        later = (date(2029, 1, 1), None)
        AreaTraits.objects.create(code="98120", kind="settlement", value="urban", validity=later, confidence="verified")
    with pytest.raises(ChangeRefusedError, match="Cơ sở dữ liệu không nhận thay đổi này, chưa ghi gì"):
        applied(act(Kind.CREATE, "", commune("98120", "Hồ Thử")))
    assert not Area.objects.filter(code="98120").exists()


def test_loading_again_leaves_what_people_changed_alone() -> None:
    operation = act(Kind.MERGE, "06688 06661", commune("06688", "Hạ Long", parent="22", kind="Phường"))
    applied(operation)
    assert set(Area.objects.filter(code="06661").order_by("-validity").values_list("origin", flat=True)[:1]) == {
        Origin.ENTERED
    }
    before = list(Area.objects.order_by("id").values_list("id", "validity"))
    found = load(loaded_plan(), by=system_user(), commit=True)
    assert found.writes == 0
    assert list(Area.objects.order_by("id").values_list("id", "validity")) == before


def test_a_plan_costs_few_queries_whatever_the_provinces_size() -> None:
    operation = act(Kind.RENAME, "22", Target("22", "Tỉnh", "Quảng Ninh Mới", ""))
    with CaptureQueriesContext(connection) as captured:
        plan_change(operation)
    assert len(captured) <= 7
