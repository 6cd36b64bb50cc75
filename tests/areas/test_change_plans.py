"""What a resolution makes of the map, worked out before anything is written."""

from datetime import date

import pytest

from households.areas.planning.checks import PlanRefused
from households.areas.planning.operations import Kind, Operation, Target
from households.areas.planning.plan import Plan, make_plan
from households.areas.planning.state import State
from households.areas.units import Extent
from tests.areas.changes import ACT, DAY, act, commune, fact, state, unit


def codes(rows: object) -> list[str]:
    return [row.code for row in rows]  # type: ignore[attr-defined]


def links(plan: Plan) -> list[tuple[str, str, Extent]]:
    return [(link.from_code, link.to_code, link.extent) for link in plan.links]


def refused(operation: Operation, world: State) -> list[tuple[str, str]]:
    with pytest.raises(PlanRefused) as caught:
        make_plan(operation, world)
    return [(refusal.code, refusal.field) for refusal in caught.value.refusals]


W, P = Extent.WHOLE, Extent.PART


def test_a_merged_commune_takes_the_villages_of_both_under_a_new_version_of_one_code() -> None:
    plan = make_plan(act(Kind.MERGE, "98101 98102", commune("98101", "Bản Lừa")), state())
    assert codes(plan.cut) == ["98101", "98102", "98102-001", "98102-002"]
    assert codes(plan.made) == ["98101", "98102-001", "98102-002"]
    assert {one.parent_code for one in plan.made[1:]} == {"98101"}
    assert codes(plan.stay) == ["98101-001"]
    assert links(plan)[:2] == [("98101", "98101", W), ("98102", "98101", W)]
    assert {(one.start, one.end, one.legal_basis) for one in plan.made} == {(DAY, None, ACT)}
    assert (plan.area_code, plan.area_on) == ("981", date(2026, 6, 30))


def test_a_merger_into_a_new_code_moves_every_village() -> None:
    plan = make_plan(act(Kind.MERGE, "98101 98102", commune("98109", "Bản Lừa")), state())
    assert codes(plan.made) == ["98109", "98101-001", "98102-001", "98102-002"]
    assert {one.parent_code for one in plan.made[1:]} == {"98109"}
    assert plan.touched_codes >= {"98109", "98101", "981", "98"}


def test_a_part_of_a_commune_goes_to_its_neighbour_with_the_villages_named() -> None:
    operation = act(
        Kind.MERGE, "98101", commune("98101", "Bản Mới"), parts=("98102",), children=(("98102-001", "98101"),)
    )
    plan = make_plan(operation, state())
    assert links(plan)[:3] == [("98101", "98101", W), ("98102", "98102", P), ("98102", "98101", P)]
    assert [(one.code, one.parent_code) for one in plan.made[1:]] == [("98102", "981"), ("98102-001", "98101")]
    assert codes(plan.stay) == ["98101-001", "98102-002"]


def test_a_split_asks_where_each_village_goes() -> None:
    halves = (commune("98102", "Nà Lừa"), commune("98109", "Nậm Cang"))
    assert refused(act(Kind.SPLIT, "98102", *halves, children=(("98102-001", "98102"),)), state()) == [
        ("child_unassigned", "children.98102-002")
    ]
    chosen = (("98102-001", "98102"), ("98102-002", "98109"))
    plan = make_plan(act(Kind.SPLIT, "98102", *halves, children=chosen), state())
    assert links(plan) == [("98102", "98102", P), ("98102", "98109", P), ("98102-002", "98102-002", W)]
    assert codes(plan.stay) == ["98102-001"]


@pytest.mark.parametrize(
    ("kind", "target", "moved"),
    [
        (Kind.RENAME, commune("98101", "Bản Cũ"), []),
        (Kind.RECLASSIFY, commune("98101", "Bản Mới", kind="Phường"), []),
        (Kind.MOVE, commune("98101", "Bản Mới", parent="982"), []),
        (Kind.RECODE, commune("98111", "Bản Mới"), ["98101-001"]),
    ],
)
def test_a_unit_that_only_changes_its_name_type_place_or_code(kind: Kind, target: Target, moved: list[str]) -> None:
    plan = make_plan(act(kind, "98101", target), state())
    assert codes(plan.cut) == ["98101", *moved]
    assert codes(plan.made) == [target.code, *moved]
    assert links(plan)[0] == ("98101", target.code, W)
    assert plan.area_code == ("98" if kind is Kind.MOVE else "98101")


def test_the_end_of_the_district_level_puts_the_communes_below_the_province() -> None:
    plan = make_plan(act(Kind.DISSOLVE_DISTRICTS, "98"), state())
    assert codes(plan.cut) == ["981", "98101", "98102", "982", "98103"]
    assert [(one.code, one.parent_code) for one in plan.made] == [("98101", "98"), ("98102", "98"), ("98103", "98")]
    assert links(plan) == [("98101", "98101", W), ("98102", "98102", W), ("98103", "98103", W)]
    assert {link.from_parent for link in plan.links} == {"981", "982"}
    assert plan.area_code == "98"


def test_a_commune_merged_the_same_day_only_changes_what_it_is_below_of() -> None:
    merged = unit("98109", "Xã Bản Lừa", "981", start=DAY)
    plan = make_plan(act(Kind.DISSOLVE_DISTRICTS, "98"), state(merged))
    assert [(old.parent_code, new.parent_code, new.start) for old, new in plan.amended] == [("981", "98", DAY)]
    assert "98109" not in codes(plan.cut)


def test_a_new_unit_and_one_that_ends_with_its_villages() -> None:
    made = make_plan(act(Kind.CREATE, "", commune("98120", "Hồ Thử")), state())
    assert (codes(made.made), made.cut, made.area_code) == (["98120"], (), "981")
    ended = make_plan(act(Kind.END, "98102"), state())
    assert (codes(ended.cut), ended.made, ended.steps) == (["98102", "98102-001", "98102-002"], (), ())


def test_only_the_nation_holds_a_merger_of_provinces_whose_districts_follow() -> None:
    target = Target("97", "Tỉnh", "Hai Thử", "")
    plan = make_plan(act(Kind.MERGE, "98 97", target), state(unit("97", "Tỉnh Biển Thử")))
    assert plan.area_code == ""
    assert codes(plan.cut) == ["98", "981", "98104", "982", "97"]


def test_urban_or_rural_follows_the_type_and_other_facts_follow_a_new_code() -> None:
    known = (fact("98101", "rural"), fact("98101", "III", kind="ethnic_zone"))
    reclassified = make_plan(
        act(Kind.RECLASSIFY, "98101", commune("98101", "Bản Mới", kind="Phường")), state(facts=known)
    )
    assert [one.value for one in reclassified.facts_cut] == ["rural"]
    assert [(one.value, one.start) for one in reclassified.facts_made] == [("urban", DAY)]
    recoded = make_plan(act(Kind.RECODE, "98101", commune("98111", "Bản Mới")), state(facts=known))
    assert [one.value for one in recoded.facts_cut] == ["rural", "III"]
    assert {(one.code, one.value) for one in recoded.facts_made} == {("98111", "rural"), ("98111", "III")}


@pytest.mark.parametrize(
    ("operation", "why"),
    [
        (act(Kind.RENAME, "98199", commune("98199", "Mới")), "not_in_force"),
        (act(Kind.MERGE, "98101 981", commune("98101", "Mới")), "other_level"),
        (act(Kind.MERGE, "98101", commune("98101", "Mới")), "two_units"),
        (act(Kind.MERGE, "98101 98101", commune("98101", "Mới")), "named_twice"),
        (act(Kind.MERGE, "98101 98102", commune("98103", "Mới")), "code_taken"),
        (act(Kind.CREATE, "", commune("9810", "Mới")), "code_form"),
        (act(Kind.CREATE, "", commune("98120", "Mới", kind="Huyện")), "type_unknown"),
        (act(Kind.CREATE, "", commune("98120", "  ")), "name_form"),
        (act(Kind.CREATE, "", commune("98120", "Mới", parent="98103")), "parent_level"),
        (act(Kind.CREATE, "", commune("98120", "Mới", parent="555")), "parent_not_in_force"),
        (act(Kind.CREATE, "", commune("98120", "Nà Lừa")), "same_name"),
        (act(Kind.RENAME, "98101", commune("98101", "Bản Mới")), "nothing_changes"),
        (act(Kind.RENAME, "98101", commune("98101", "Khác", parent="982")), "changes_more"),
        (act(Kind.END, "981"), "has_children"),
        (act(Kind.SPLIT, "98101", commune("98101", "Mới")), "two_targets"),
        (act(Kind.DISSOLVE_DISTRICTS, "981"), "other_level"),
        (act(Kind.RENAME, "98101", commune("98101", "Mới"), legal_basis=" "), "no_legal_basis"),
        (act(Kind.RENAME, "98101", commune("98101", "Mới"), note="x" * 401), "text_too_long"),
        (act(Kind.RENAME, "98101", commune("98101", "Mới"), children=(("98103", "98101"),)), "not_below"),
    ],
)
def test_a_change_that_cannot_be(operation: Operation, why: str) -> None:
    assert why in [code for code, _ in refused(operation, state())]


def test_a_unit_or_a_village_that_changes_later_cannot_change_before() -> None:
    later = unit("98103", "Xã Khe Sâu", "982", end=date(2027, 1, 1))
    renamed = act(Kind.RENAME, "98103", commune("98103", "Khe", parent="982"))
    assert refused(renamed, state(later, without="98103")) == [("changes_later", "units")]
    village = unit("98102-002", "Thôn Nậm Cang", "98102", end=date(2027, 1, 1))
    merged = act(Kind.MERGE, "98101 98102", commune("98101", "Bản Lừa"))
    assert refused(merged, state(village, without="98102-002")) == [("child_changes_later", "units")]


def test_a_unit_that_began_that_day_cannot_change_again_that_day() -> None:
    today = unit("98103", "Xã Khe Sâu", "982", start=DAY)
    renamed = act(Kind.RENAME, "98103", commune("98103", "Khe", parent="982"))
    assert refused(renamed, state(today, without="98103")) == [("changes_that_day", "units")]


def test_a_parent_that_ends_later_cannot_hold_a_unit_without_end() -> None:
    ending = unit("982", "Huyện Suối Dài", "98", end=date(2027, 1, 1))
    moved = act(Kind.MOVE, "98101", commune("98101", "Bản Mới", parent="982"))
    assert refused(moved, state(ending, without="982")) == [("parent_ends", "targets.0.parent_code")]


def test_tone_marks_set_differently_do_not_make_another_name() -> None:
    twin = unit("98105", "Xã Hoà Bình", "981")
    made = act(Kind.CREATE, "", commune("98120", "Hòa Bình"))
    assert refused(made, state(twin)) == [("same_name", "targets.0.name")]


def test_every_reason_is_said_at_once() -> None:
    made = act(Kind.CREATE, "", commune("9", " ", kind="Huyện"))
    assert [field for _, field in refused(made, state())] == ["targets.0.code", "targets.0.type", "targets.0.name"]


def test_the_digest_changes_with_the_map_and_not_with_the_order_it_was_read_in() -> None:
    operation = act(Kind.MERGE, "98101 98102", commune("98101", "Bản Lừa"))
    plain = make_plan(operation, state()).digest
    assert plain == make_plan(Operation.from_json(operation.to_json()), state()).digest
    assert plain != make_plan(operation, state(unit("98102-003", "Thôn Mới", "98102"))).digest


def test_a_village_that_starts_later_starts_below_the_merged_commune() -> None:
    coming = unit("98102-003", "Thôn Nà Mới", "98102", start=date(2027, 3, 1))
    plan = make_plan(act(Kind.MERGE, "98101 98102", commune("98101", "Bản Lừa")), state(coming))
    [(old, new)] = plan.amended
    assert (old, new.parent_code, new.start) == (coming, "98101", date(2027, 3, 1))
    assert "98102-003" not in codes(plan.cut)
    assert refused(act(Kind.END, "98102"), state(coming)) == [("starts_later", "units")]


@pytest.mark.parametrize("name", ["", "\u200b", "-", "Bản\u202e Lừa"])
def test_a_name_that_nobody_could_read_is_refused(name: str) -> None:
    assert refused(act(Kind.RENAME, "98101", commune("98101", name)), state()) == [("name_form", "targets.0.name")]
