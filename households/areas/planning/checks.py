"""Why a change cannot be: every reason at once, each with the field it belongs to. Plain data; the words come later."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from dataclasses import field as has
from typing import Any

from households.areas.planning.operations import Kind, Operation, Target
from households.areas.planning.state import State
from households.areas.units import Level, Version, types_of
from povertyportal.vietnamese import sort_key, tidy

CODE_LENGTH = {Level.PROVINCE: 2, Level.DISTRICT: 3, Level.COMMUNE: 5}
LONGEST_NAME = 120
LONGEST_TEXT = 400
ONE_UNIT = {Kind.END, Kind.RENAME, Kind.RECODE, Kind.RECLASSIFY, Kind.MOVE, Kind.SPLIT}
ONE_TARGET = {Kind.CREATE, Kind.MERGE, Kind.RENAME, Kind.RECODE, Kind.RECLASSIFY, Kind.MOVE}


@dataclass(frozen=True, slots=True)
class Refusal:
    """``code`` names the sentence, ``values`` what stands in it."""

    code: str
    field: str
    values: dict[str, Any] = has(default_factory=dict)


class PlanRefused(ValueError):
    def __init__(self, refusals: Iterable[Refusal]) -> None:
        self.refusals = tuple(refusals)
        super().__init__(", ".join(refusal.code for refusal in self.refusals))


def check(operation: Operation, state: State) -> None:
    """Raises PlanRefused with every reason found; later checks rely on earlier ones."""
    for reasons in (_texts, _units, _targets, _changed, _below, _parents, _names):
        if refusals := list(reasons(operation, state)):
            raise PlanRefused(refusals)


def _texts(operation: Operation, state: State) -> Iterator[Refusal]:
    if not operation.legal_basis.strip():
        yield Refusal("no_legal_basis", "legal_basis")
    for name in ("legal_basis", "source", "note"):
        if len(getattr(operation, name)) > LONGEST_TEXT:
            yield Refusal("text_too_long", name, {"most": LONGEST_TEXT})


def _units(operation: Operation, state: State) -> Iterator[Refusal]:
    """The units that take part are in force, of the level, and have no later change."""
    named = (*operation.units, *operation.parts)
    if len(operation.units) != 1 and operation.kind in ONE_UNIT | {Kind.DISSOLVE_DISTRICTS}:
        yield Refusal("one_unit", "units")
    if operation.kind is Kind.MERGE and len(named) < 2:
        yield Refusal("two_units", "units")
    if operation.kind is Kind.CREATE and named:
        yield Refusal("no_units", "units")
    for code in sorted({code for code in named if named.count(code) > 1}):
        yield Refusal("named_twice", "units", {"code": code})
    level = Level.PROVINCE if operation.kind is Kind.DISSOLVE_DISTRICTS else operation.level
    for code in dict.fromkeys(named):
        where = "units" if code in operation.units else "parts"
        yield from _unit(state, code, level, where, stays=operation.kind is Kind.DISSOLVE_DISTRICTS)


def _unit(state: State, code: str, level: Level, where: str, *, stays: bool) -> Iterator[Refusal]:
    unit = state.at(code)
    if unit is None:
        yield Refusal("not_in_force", where, {"code": code, "day": state.on})
    elif unit.level is not level:
        yield Refusal("other_level", where, {"unit": unit, "level": level})
    elif unit.end is not None:
        yield Refusal("changes_later", where, {"unit": unit, "day": unit.end})
    elif unit.start == state.on and not stays:
        yield Refusal("changes_that_day", where, {"unit": unit, "day": state.on})


def _targets(operation: Operation, state: State) -> Iterator[Refusal]:
    codes = [target.code for target in operation.targets]
    if operation.kind in ONE_TARGET and len(codes) != 1:
        yield Refusal("one_target", "targets")
    if operation.kind is Kind.SPLIT and len(codes) < 2:
        yield Refusal("two_targets", "targets")
    if operation.kind in {Kind.END, Kind.DISSOLVE_DISTRICTS} and codes:
        yield Refusal("no_targets", "targets")
    for place, target in enumerate(operation.targets):
        where = f"targets.{place}"
        if codes.index(target.code) != place:
            yield Refusal("code_twice", f"{where}.code", {"code": target.code})
        yield from _target(operation, state, target, where)


def _target(operation: Operation, state: State, target: Target, where: str) -> Iterator[Refusal]:
    if not _fits(target.code, operation.level):
        yield Refusal("code_form", f"{where}.code", {"code": target.code, "level": operation.level})
    elif target.code not in operation.units and (taken := state.from_now_on(target.code)):
        yield Refusal("code_taken", f"{where}.code", {"code": target.code, "unit": taken[0]})
    if target.type not in types_of(operation.level):
        yield Refusal("type_unknown", f"{where}.type", {"type": target.type, "types": types_of(operation.level)})
    name = target.name
    if not sort_key(name).strip() or name != tidy(name) or len(name) > LONGEST_NAME:
        yield Refusal("name_form", f"{where}.name", {"most": LONGEST_NAME})


def _fits(code: str, level: Level) -> bool:
    if level is Level.VILLAGE:
        head, _, number = code.partition("-")
        return _digits(head, 5) and len(number) >= 3 and _digits(number, len(number)) and len(code) <= 20
    return _digits(code, CODE_LENGTH[level])


def _digits(text: str, length: int) -> bool:
    return len(text) == length and text.isascii() and text.isdigit()


CHANGES = {  # what must change, what may change with it
    Kind.RENAME: ({"name"}, set[str]()),
    Kind.RECODE: ({"code"}, set[str]()),
    Kind.RECLASSIFY: ({"type"}, {"name"}),
    Kind.MOVE: ({"parent_code"}, set[str]()),
}


def _changed(operation: Operation, state: State) -> Iterator[Refusal]:
    """Each kind changes what its name says, and nothing else."""
    before = state.at(operation.units[0]) if operation.kind in CHANGES else None
    if before is None:
        return
    must, may = CHANGES[operation.kind]
    if operation.kind is Kind.RENAME and operation.level is Level.VILLAGE:
        must = {"name", "type"}  # a thôn becomes a tổ dân phố without any act on its land
    after = operation.targets[0]
    changed = {
        name for name in ("code", "type", "name", "parent_code") if getattr(before, name) != getattr(after, name)
    }
    if not changed & must:
        yield Refusal("nothing_changes", f"targets.0.{sorted(must)[0]}", {"unit": before})
    for name in sorted(changed - must - may):
        yield Refusal("changes_more", f"targets.0.{name}", {"unit": before})


def _below(operation: Operation, state: State) -> Iterator[Refusal]:
    """Everything below knows where it goes, and nothing that goes changes later on its own."""
    if operation.kind is Kind.DISSOLVE_DISTRICTS:
        yield from _districts(operation.units[0], state)
        return
    assigned, targets = dict(operation.children), {target.code for target in operation.targets}
    known = {child.code for code in (*operation.units, *operation.parts) for child in state.below(code)}
    for code, target in operation.children:
        if code not in known:
            yield Refusal("not_below", f"children.{code}", {"code": code})
        elif target not in targets:
            yield Refusal("child_target", f"children.{code}", {"code": code, "target": target})
    for code in operation.units:
        for child in state.below(code):
            yield from _child(operation, child, assigned, state)
    for code in operation.parts:
        for child in state.below(code):
            if child.code in assigned:
                yield from _goes(child, state)


def _districts(province: str, state: State) -> Iterator[Refusal]:
    districts = [child for child in state.below(province) if child.level is Level.DISTRICT]
    if not districts:
        yield Refusal("no_districts", "units", {"unit": state.at(province)})
    for district in districts:
        if not district.holds(state.on):
            yield Refusal("child_changes_later", "units", {"unit": district, "day": district.start})
        else:
            yield from _unit(state, district.code, Level.DISTRICT, "units", stays=False)
        for commune in state.below(district.code):
            yield from _goes(commune, state)


def _child(operation: Operation, child: Version, assigned: dict[str, str], state: State) -> Iterator[Refusal]:
    if operation.kind is Kind.END and child.level is not Level.VILLAGE:
        yield Refusal("has_children", "units", {"unit": state.at(operation.units[0]), "child": child})
    elif len(operation.targets) > 1 and child.code not in assigned:
        yield Refusal("child_unassigned", f"children.{child.code}", {"unit": child})
    elif operation.kind is Kind.END and child.start == state.on:
        yield Refusal("changes_that_day", "units", {"unit": child, "day": state.on})
    elif operation.kind is Kind.END and not child.holds(state.on):
        yield Refusal("starts_later", "units", {"unit": child, "day": child.start})
    elif operation.kind is Kind.END or child.parent_code != (assigned.get(child.code) or operation.targets[0].code):
        yield from _goes(child, state)


def _goes(child: Version, state: State) -> Iterator[Refusal]:
    """A unit that starts later simply starts below another one."""
    if child.end is not None:
        yield Refusal("child_changes_later", "units", {"unit": child, "day": child.end})


def _names(operation: Operation, state: State) -> Iterator[Refusal]:
    """Of units side by side no two are called the same: "Hoà Bình" is "Hòa Bình"."""
    ended = {*operation.units, *operation.parts}
    for place, target in enumerate(operation.targets):
        others = [one for one in state.below(target.parent_code) if one.code not in ended]
        beside = [one for one in operation.targets[:place] if one.parent_code == target.parent_code]
        names = {_called(one): one.full_name for one in others} | {_called(one): one.full_name for one in beside}
        if same := names.get(_called(target)):
            yield Refusal("same_name", f"targets.{place}.name", {"name": same})


def _called(unit: Version | Target) -> tuple[str, str]:
    return unit.type, sort_key(unit.name)


def _parents(operation: Operation, state: State) -> Iterator[Refusal]:
    """Each target hangs below a unit of a higher level that does not change later on its own."""
    for place, target in enumerate(operation.targets):
        where = f"targets.{place}.parent_code"
        if operation.level is Level.PROVINCE:
            if target.parent_code:
                yield Refusal("province_parent", where)
            continue
        parent = state.at(target.parent_code)
        if parent is None:
            yield Refusal("parent_not_in_force", where, {"code": target.parent_code, "day": state.on})
        elif parent.level not in PARENTS[operation.level]:
            yield Refusal("parent_level", where, {"unit": parent, "level": operation.level})
        elif parent.end is not None:
            yield Refusal("parent_ends", where, {"unit": parent, "day": parent.end})


PARENTS = {
    Level.DISTRICT: (Level.PROVINCE,),
    Level.COMMUNE: (Level.PROVINCE, Level.DISTRICT),
    Level.VILLAGE: (Level.COMMUNE,),
}
