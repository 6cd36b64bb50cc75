"""The tree in memory against a naive look through all rows."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from households.areas.tree import AreaTree, UnknownAreaError
from households.areas.units import Extent, Level, Link, Version, split_name

DAY = date(2025, 7, 1)
LEVELS = list(Level)


@st.composite
def maps(draw: st.DrawFn) -> list[Version]:
    """Rows whose parent is an earlier row of a higher level, or none for a province."""
    rows: list[Version] = []
    for number in range(draw(st.integers(1, 30))):
        parents = [row for row in rows if row.level is not Level.VILLAGE]
        parent = draw(st.sampled_from([None, *parents]))
        level = LEVELS[LEVELS.index(parent.level) + 1] if parent else Level.PROVINCE
        name = draw(st.sampled_from(["An Hòa", "Bình Lãng", "Đa Thông"]))
        rows.append(Version(str(number), level, "Xã", name, parent.code if parent else "", sort_key=name))
    return rows


def naive_parent(rows: list[Version], code: str) -> str:
    return next(row.parent_code for row in rows if row.code == code)


def naive_chain(rows: list[Version], code: str) -> list[str]:
    chain = []
    while code := naive_parent(rows, code):
        chain.append(code)
    return chain


@given(maps())
def test_ancestors_children_and_descendants_agree_with_the_rows(rows: list[Version]) -> None:
    tree = AreaTree(DAY, rows)
    for row in rows:
        assert [node.code for node in tree.ancestors(row.code)] == naive_chain(rows, row.code)
        assert {node.code for node in tree.children(row.code)} == {r.code for r in rows if r.parent_code == row.code}
        below = {other.code for other in rows if row.code in naive_chain(rows, other.code)}
        found = [node.code for node in tree.descendants(row.code)]
        assert (set(found), len(found)) == (below, len(below))


@given(maps())
def test_roots_and_levels_hold_every_row_once_in_order(rows: list[Version]) -> None:
    tree = AreaTree(DAY, rows)
    assert {node.code for node in tree.roots()} == {row.code for row in rows if not row.parent_code}
    assert sum(len(tree.at_level(level)) for level in Level) == len(tree) == len(rows)
    keys = [(node.sort_key, node.code) for node in tree.at_level(Level.DISTRICT)]
    assert keys == sorted(keys)


DATES = st.integers(0, 6).map(lambda days: DAY + timedelta(days=days))


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc"), DATES), max_size=12), DATES, DATES)
def test_acts_belong_to_the_version_they_made_or_ended(acts: list[tuple[str, str, date]], one: date, two: date) -> None:
    start, end = min(one, two), max(one, two) + timedelta(days=1)
    links = [Link(old, new, on) for old, new, on in acts]
    tree = AreaTree(start, [Version("a", Level.PROVINCE, "Tỉnh", "A", "", start, end)], links)
    made = [link for link in links if link.to_code == "a" and start <= link.on < end]
    ended = [link for link in links if link.from_code == "a" and link.on == end]
    assert sorted(tree.predecessors("a"), key=repr) == sorted(made, key=repr)
    assert sorted(tree.successors("a"), key=repr) == sorted(ended, key=repr)


def test_a_dissolved_district_tells_where_the_land_of_its_communes_went() -> None:
    end = DAY
    nodes = [
        Version("001", Level.DISTRICT, "Huyện", "Cũ", "01", None, end),
        Version("01", Level.PROVINCE, "Tỉnh", "T", ""),
    ]
    links = [
        Link("00001", "00009", end, from_parent="001"),
        Link("00002", "00009", end, Extent.PART, from_parent="001"),
        Link("00003", "00009", end - timedelta(days=9), from_parent="001"),
        Link("00004", "00009", end, from_parent="002"),
    ]
    found = AreaTree(end - timedelta(days=1), nodes, links).land_went_to("001")
    assert [link.from_code for link in found] == ["00001", "00002"]


def test_a_path_is_written_from_the_unit_upwards() -> None:
    nodes = [
        Version("04", Level.PROVINCE, "Tỉnh", "Cao Bằng", ""),
        Version("045", Level.DISTRICT, "Huyện", "Hà Quảng", "04"),
    ]
    assert AreaTree(DAY, nodes).path_name("045") == "Huyện Hà Quảng, Tỉnh Cao Bằng"


def test_a_code_that_is_not_on_the_map_is_refused_by_date() -> None:
    tree = AreaTree(DAY, [])
    assert "193" not in tree
    with pytest.raises(UnknownAreaError, match=r"01/07/2025 .*193"):
        tree.get("193")


@pytest.mark.parametrize(
    ("full_name", "parts"),
    [
        ("Thị Xã Mường Lay", ("Thị xã", "Mường Lay")),
        ("Thành phố Huế", ("Thành phố", "Huế")),
        ("Xã Thị trấn Cũ", ("Xã", "Thị trấn Cũ")),
    ],
)
def test_a_full_name_is_split_into_type_and_name(full_name: str, parts: tuple[str, str]) -> None:
    assert split_name(full_name) == parts


def test_a_name_without_a_type_is_refused() -> None:
    with pytest.raises(ValueError, match="không bắt đầu bằng"):
        split_name("Hà Quảng")
