"""Which unit a code means depends on the day; the day of a change belongs to what comes after it."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from households.areas import queries
from households.areas.models import Area
from households.areas.units import Confidence, Extent, Level
from povertyportal.core.periods import on as valid_on

pytestmark = pytest.mark.django_db

EVE, DAY = date(2025, 6, 30), date(2025, 7, 1)


def name(code: str, on: date) -> str:
    return queries.find_area(code=code, on=on).full_name


@pytest.mark.parametrize(
    ("on", "provinces", "districts", "communes"),
    [
        (date(2025, 3, 1), 63, 696, 10_035),
        (EVE, 63, 696, 10_035),
        (DAY, 34, 0, 3_321),
        (date(2026, 4, 30), 34, 0, 3_321),
    ],
)
def test_how_many_units_there_are(on: date, provinces: int, districts: int, communes: int) -> None:
    tree = queries.load_tree(on)
    counts = [len(tree.at_level(level)) for level in (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)]
    assert counts == [provinces, districts, communes]


@pytest.mark.parametrize(
    ("code", "before", "after"),
    [
        ("01392", "Thị trấn Xuân Hòa", "Xã Trường Hà"),
        ("01438", "Xã Ngọc Đào", "Xã Hà Quảng"),
        ("01363", "Thị trấn Thông Nông", "Xã Thông Nông"),
        ("06688", "Phường Hồng Hải", "Phường Hạ Long"),
        ("06661", "Phường Giếng Đáy", "Phường Việt Hưng"),
        ("06676", "Phường Cao Thắng", "Phường Hà Lầm"),
        ("20017", "Phường Hương Xuân", "Phường Kim Trà"),
    ],
)
def test_a_code_used_again_means_another_unit(code: str, before: str, after: str) -> None:
    assert (name(code, EVE), name(code, DAY)) == (before, after)


def test_ha_long_grows_by_the_communes_of_hoanh_bo_on_new_years_day_2020() -> None:
    before, after = (queries.tree_around("193", on=day) for day in (date(2019, 12, 31), date(2020, 1, 1)))
    hoanh_bo = queries.tree_around("204", on=date(2019, 12, 31))
    codes = [{child.code for child in tree.children(code)} for tree, code in ((before, "193"), (after, "193"))]
    assert codes[1] - codes[0] == {child.code for child in hoanh_bo.children("204")}
    assert codes[0] < codes[1]
    assert {link.from_code for link in after.predecessors("193")} == {"193", "204"}


def test_troi_town_becomes_hoanh_bo_ward_with_the_same_code() -> None:
    assert name("07030", date(2019, 12, 31)) == "Thị trấn Trới"
    assert name("07030", date(2020, 1, 1)) == "Phường Hoành Bồ"


def test_thong_nong_joins_ha_quang_on_1_february_2020() -> None:
    eve, day = date(2020, 1, 31), date(2020, 2, 1)
    assert len(queries.tree_around("044", on=eve).children("044")) == 11
    assert len(queries.tree_around("045", on=eve).children("045")) == 19
    assert len(queries.tree_around("045", on=day).children("045")) == 21
    with pytest.raises(queries.UnknownAreaError, match=r"Huyện Thông Nông .*đến hết 31/01/2020"):
        queries.find_area(code="044", on=day)


def test_a_merger_not_compared_with_its_resolution_says_so() -> None:
    link = queries.tree_around("01390", on=date(2020, 1, 31)).successors("01390")[0]
    assert (link.to_code, link.confidence) == ("01387", Confidence.UNSURE)
    assert link.note


def test_dong_nai_and_ten_communes_change_type_on_30_april_2026() -> None:
    eve, day = (queries.load_tree(on) for on in (date(2026, 4, 29), date(2026, 4, 30)))
    assert (eve.get("75").full_name, day.get("75").full_name) == ("Tỉnh Đồng Nai", "Thành phố Đồng Nai")
    changed = [node.code for node in day.children("75") if node.type != eve.get(node.code).type]
    assert len(changed) == 10
    assert {day.get(code).type for code in changed} == {"Phường"}


def test_each_island_district_becomes_a_special_zone() -> None:
    tree = queries.load_tree(EVE)
    found = {code: tree.successors(code)[0].to_name for code in ("318", "471", "498", "536", "755")}
    assert all(target.startswith("Đặc khu ") for target in found.values())
    assert found["498"] == "Đặc khu Hoàng Sa"


def test_9595_communes_moved_whole_and_440_were_split() -> None:
    tree = queries.load_tree(EVE)
    moves = [tree.successors(node.code) for node in tree.at_level(Level.COMMUNE)]
    whole = [links for links in moves if len(links) == 1 and links[0].extent is Extent.WHOLE]
    split = [links for links in moves if len(links) > 1 and all(link.extent is Extent.PART for link in links)]
    assert (len(whole), len(split), len(moves)) == (9_595, 440, 10_035)


def test_every_ended_unit_but_a_district_has_a_successor() -> None:
    tree = queries.load_tree(EVE)
    ended = [node for node in tree if node.end == DAY]
    assert [node.code for node in ended if not tree.land_went_to(node.code)] == []


def test_a_province_that_did_not_merge_goes_on_without_a_new_version() -> None:
    assert queries.find_area(code="22", on=EVE) == queries.find_area(code="22", on=DAY)


def test_an_unknown_code_is_refused_with_what_a_code_looks_like() -> None:
    with pytest.raises(queries.UnknownAreaError, match="Mã cấp tỉnh có 2 chữ số"):
        queries.find_area(code="99999", on=DAY)


def test_a_whole_map_costs_two_queries_and_a_partial_one_at_most_six() -> None:
    with CaptureQueriesContext(
        connection,
    ) as whole:
        queries.load_tree(EVE)
    with CaptureQueriesContext(connection) as partial:
        queries.tree_around("06688", on=EVE)
    assert (len(whole), len(partial) <= 6) == (2, True)


def test_search_finds_names_without_accents_and_codes_by_their_beginning() -> None:
    assert "045" in {node.code for node in queries.search("ha quang", on=EVE)}
    assert [node.code for node in queries.search("06688", on=DAY)] == ["06688"]
    assert queries.search("   ", on=DAY) == []


def test_a_name_is_found_from_the_start_of_its_words() -> None:
    """ "Pha Long" ends with the letters of "Hạ Long", and is another place."""
    found = {node.name for node in queries.search("hạ long", on=EVE)}
    assert "Hạ Long" in found
    assert not any("Pha" in name for name in found)


def test_urban_or_rural_by_unit_type_and_not_said_for_a_special_zone() -> None:
    def settlement(code: str) -> list[str]:
        return [trait.value for trait in queries.traits([code], on=DAY) if trait.kind == "settlement"]

    assert (settlement("06688"), settlement("01438"), settlement("11948")) == (["urban"], ["rural"], [])


def test_the_regions_of_34_provinces_are_marked_unsure() -> None:
    assert [trait.confidence for trait in queries.traits(["22"], on=EVE)] == ["recalled"]
    assert [trait.confidence for trait in queries.traits(["22"], on=DAY)] == ["unsure"]


def test_a_district_of_2024_on_the_map_of_2026_is_the_communes_its_land_went_to() -> None:
    pieces = queries.load_history().on_map("193", date(2024, 1, 1), date(2026, 1, 1))
    assert {"06688", "07030", "06673"} < {piece.code for piece in pieces}
    assert {piece.extent for piece in pieces} == {Extent.PART}


def test_a_commune_of_2026_on_the_map_of_2019_is_the_communes_it_came_from() -> None:
    pieces = queries.load_history().on_map("06688", date(2026, 1, 1), date(2019, 1, 1))
    assert {piece.code for piece in pieces} == {"06688", "06697"}


def test_a_doubtful_act_on_the_way_makes_the_piece_uncertain() -> None:
    pieces = queries.load_history().on_map("01390", date(2019, 1, 1), date(2021, 1, 1))
    assert [(piece.code, piece.certain) for piece in pieces] == [("01387", False)]


@pytest.mark.parametrize(
    ("code", "day", "since"),
    [
        ("193", date(2020, 12, 29), date(2020, 1, 1)),  # its act is loaded: known from then to the end of the districts
        ("193", date(2019, 12, 31), date(2019, 12, 1)),  # the list before the act shows it
        ("193", date(2016, 1, 1), date(2016, 1, 1)),  # nothing vouches for the years before that list
        ("045", date(2020, 9, 16), date(2020, 2, 1)),
        ("769", date(2024, 6, 30), date(2024, 6, 30)),  # only the list of 1/3/2025 knows it
        ("769", date(2025, 4, 1), date(2025, 3, 1)),
        ("04", date(2026, 1, 1), date(2025, 3, 1)),  # a province that went on in 2025 as it was
        ("06688", date(2026, 1, 1), date(2025, 7, 1)),
    ],
)
def test_a_unit_is_known_to_be_the_same_only_since_a_source_shows_it(code: str, day: date, since: date) -> None:
    assert queries.find_area(code=code, on=day).same_since(day) == since
    assert valid_on(Area.objects.filter(code=code), day).get().same_since(day) == since


def test_a_unit_before_every_source_is_put_on_another_map_without_certainty() -> None:
    history = queries.load_history()
    [then] = history.on_map("769", date(2024, 6, 30), date(2018, 12, 31))
    assert (then.code, then.certain) == ("769", False)
    [later] = history.on_map("769", date(2025, 6, 1), date(2025, 4, 1))
    assert later.certain
    assert not any(piece.certain for piece in history.on_map("193", date(2016, 1, 1), date(2020, 6, 1)))
    assert all(piece.certain for piece in history.on_map("193", date(2019, 12, 15), date(2020, 6, 1)))
