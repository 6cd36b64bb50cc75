"""The part of the map that a plan touches, as two trees: before the day and from the day on."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from households.areas.planning.plan import Plan
from households.areas.units import Version


class Mark(StrEnum):
    """What happens to a unit. LAND: it goes on under its name, with more or less land."""

    SAME = "same"
    ENDS = "ends"
    STARTS = "starts"
    MOVES = "moves"
    RENAMED = "renamed"
    LAND = "land"


@dataclass(frozen=True, slots=True)
class Branch:
    unit: Version
    mark: Mark
    children: tuple["Branch", ...]


def tree_before(plan: Plan) -> tuple[Branch, ...]:
    after = {one.code: one for one in plan.after}
    changing = {one.code for one in plan.cut} | {old.code for old, _new in plan.amended}
    marks = {one.code: _mark(one, after.get(one.code), Mark.ENDS, one.code in changing) for one in plan.before}
    return _grown(plan.before, marks, plan.area_code)


def tree_after(plan: Plan) -> tuple[Branch, ...]:
    before = {one.code: one for one in plan.before}
    changing = {one.code for one in plan.made} | {new.code for _old, new in plan.amended}
    marks = {one.code: _mark(one, before.get(one.code), Mark.STARTS, one.code in changing) for one in plan.after}
    return _grown(plan.after, marks, plan.area_code)


def _mark(unit: Version, other: Version | None, alone: Mark, changing: bool) -> Mark:
    if not changing:
        return Mark.SAME
    if other is None:
        return alone
    if unit.parent_code != other.parent_code:
        return Mark.MOVES
    return Mark.LAND if unit.full_name == other.full_name else Mark.RENAMED


def _grown(units: Iterable[Version], marks: dict[str, Mark], top: str) -> tuple[Branch, ...]:
    """From the lowest unit that holds all of it; from the provinces when only the nation does."""
    below: dict[str, list[Version]] = {}
    for unit in sorted(units, key=lambda one: (one.sort_key or one.full_name, one.code)):
        below.setdefault(unit.parent_code, []).append(unit)

    def branch(unit: Version) -> Branch:
        return Branch(unit, marks[unit.code], tuple(map(branch, below.get(unit.code, ()))))

    known = [unit for ours in below.values() for unit in ours]
    roots = [unit for unit in known if unit.code == top] if top else below.get("", [])
    return tuple(map(branch, roots))
