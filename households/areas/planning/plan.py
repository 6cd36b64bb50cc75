"""From an operation and the map as it stands to the rows that end, start and are linked. Plain Python."""

import hashlib
import json
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from households.areas.planning.checks import check
from households.areas.planning.operations import Kind, Operation, Target
from households.areas.planning.state import Fact, State
from households.areas.units import SETTLEMENT_SOURCE, URBAN, Confidence, Extent, Level, Link, Version
from povertyportal.vietnamese import sort_key

UNCHANGED_SETTLEMENT = {True: "urban", False: "rural"}


@dataclass(frozen=True, slots=True)
class Step:
    """``old`` ends on the day, (part of) its land belongs to ``new`` from then on."""

    old: Version
    new: Version
    extent: Extent


@dataclass(frozen=True, slots=True)
class Plan:
    """``cut`` and ``facts_cut`` as they are stored now; ``made`` and ``facts_made`` start on the day.

    ``amended``: (as stored, as it becomes): units that start that day or later and change only what they are below of.
    ``stay``: units below that need no new version, as their parent's code goes on. ``above``: the chains above all these.
    """

    operation: Operation
    cut: tuple[Version, ...] = ()
    made: tuple[Version, ...] = ()
    amended: tuple[tuple[Version, Version], ...] = ()
    steps: tuple[Step, ...] = ()
    stay: tuple[Version, ...] = ()
    above: tuple[Version, ...] = ()
    facts_cut: tuple[Fact, ...] = ()
    facts_made: tuple[Fact, ...] = ()
    area_code: str = ""

    @property
    def links(self) -> tuple[Link, ...]:
        act = self.operation
        return tuple(
            Link(
                step.old.code, step.new.code, act.on, step.extent, act.legal_basis, act.source, act.confidence,
                act.note, step.old.parent_code, step.old.full_name, step.new.full_name,
            )
            for step in self.steps
        )  # fmt: skip

    @property
    def area_on(self) -> date:
        """A day on which ``area_code`` is in force, whatever the change makes of it: the eve where the unit held it."""
        eve = self.operation.on - timedelta(days=1)
        own = [one for one in (*self.cut, *self.above) if one.code == self.area_code]
        return eve if not own or own[0].holds(eve) else self.operation.on

    @property
    def before(self) -> tuple[Version, ...]:
        """The part of the map concerned, as it stands."""
        return (*self.above, *self.cut, *(old for old, _ in self.amended), *self.stay)

    @property
    def after(self) -> tuple[Version, ...]:
        remade = {one.code for one in self.made}
        above = (one for one in self.above if one.code not in remade)
        return (*above, *self.made, *(new for _, new in self.amended), *self.stay)

    @property
    def touched_codes(self) -> frozenset[str]:
        """Units that end, start or move, and every unit above them."""
        amended = [one for pair in self.amended for one in pair]
        return frozenset(one.code for one in (*self.cut, *self.made, *amended, *self.above))

    @property
    def digest(self) -> str:
        """Another one when the same operation would do anything else to the map."""
        facts = [*sorted(map(_told, self.facts_cut)), "→", *sorted(map(_told, self.facts_made))]
        amended = [(_told(old), _told(new)) for old, new in self.amended]
        steps = [(_told(step.old), _told(step.new), step.extent.value) for step in self.steps]
        units = [sorted(map(_told, self.cut)), sorted(map(_told, self.made)), sorted(amended), sorted(steps)]
        text = json.dumps([self.operation.to_json(), units, facts], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


def _told(row: Version | Fact) -> str:
    """Every field, in one text that does not depend on the run."""
    return repr(row)


@dataclass
class _Draft:
    operation: Operation
    state: State
    cut: list[Version] = field(default_factory=list)
    made: list[Version] = field(default_factory=list)
    amended: list[tuple[Version, Version]] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    stay: list[Version] = field(default_factory=list)

    @property
    def on(self) -> date:
        return self.operation.on

    def anew(self, unit: Version) -> Version:
        """The unit as it starts on the day."""
        act = self.operation
        return replace(unit, start=self.on, end=None, vouched_from=None, legal_basis=act.legal_basis, source=act.source)

    def put_below(self, child: Version, parent_code: str) -> None:
        if child.parent_code == parent_code:
            self.stay.append(child)
        elif child.start is not None and child.start >= self.on:
            self.amended.append((child, replace(child, parent_code=parent_code)))
        else:
            moved = replace(self.anew(child), parent_code=parent_code)
            self.cut.append(child)
            self.made.append(moved)
            self.steps.append(Step(child, moved, Extent.WHOLE))


def make_plan(operation: Operation, state: State) -> Plan:
    """Raises PlanRefused when the change cannot be."""
    check(operation, state)
    draft = _Draft(operation, state)
    if operation.kind is Kind.DISSOLVE_DISTRICTS:
        _dissolve(draft)
    else:
        _reorganise(draft)
    facts_cut, facts_made = _facts(draft)
    return Plan(
        operation, tuple(draft.cut), tuple(draft.made), tuple(draft.amended), tuple(draft.steps), tuple(draft.stay),
        _above(draft), facts_cut, facts_made, _lowest_above_all(operation, state),
    )  # fmt: skip


def _dissolve(draft: _Draft) -> None:
    """Districts have no successor: their communes' land is followed one by one."""
    province = draft.operation.units[0]
    for unit in draft.state.below(province):
        if unit.level is not Level.DISTRICT:
            draft.stay.append(unit)
            continue
        draft.cut.append(unit)
        for commune in draft.state.below(unit.code):
            draft.put_below(commune, province)


def _reorganise(draft: _Draft) -> None:
    operation, state = draft.operation, draft.state
    assigned = dict(operation.children)
    targets = [_starting(draft, one) for one in operation.targets]
    draft.made += targets
    extent = Extent.WHOLE if len(targets) == 1 else Extent.PART
    for unit in _named(operation.units, state):
        draft.cut.append(unit)
        draft.steps += [Step(unit, target, extent) for target in targets]
        for child in state.below(unit.code):
            if targets:
                draft.put_below(child, assigned.get(child.code) or targets[0].code)
            else:
                draft.cut.append(child)
    for unit in _named(operation.parts, state):
        rest = draft.anew(unit)
        draft.cut.append(unit)
        draft.made.append(rest)
        draft.steps += [Step(unit, one, Extent.PART) for one in (rest, *targets)]
        for child in state.below(unit.code):
            draft.put_below(child, assigned.get(child.code, unit.code))


def _starting(draft: _Draft, target: Target) -> Version:
    name = sort_key(target.name)
    return draft.anew(
        Version(target.code, draft.operation.level, target.type, target.name, target.parent_code, sort_key=name)
    )


def _named(codes: tuple[str, ...], state: State) -> list[Version]:
    return [unit for code in codes if (unit := state.at(code)) is not None]


def _facts(draft: _Draft) -> tuple[tuple[Fact, ...], tuple[Fact, ...]]:
    """Urban or rural follows the type; a new code takes over the other facts of the unit it was; an ended code loses all."""
    cut, made = list[Fact](), list[Fact]()
    starting = {one.code: one for one in draft.made}
    for unit in draft.cut:
        if unit.code not in starting:
            cut += _open(draft, unit.code)
    for target in draft.operation.targets:
        wanted = _settlement(starting[target.code])
        known = [fact for fact in _open(draft, target.code) if fact.kind == "settlement"]
        cut += [fact for fact in known if fact.value != wanted]
        if wanted and wanted not in [fact.value for fact in known]:
            fact = Fact(target.code, "settlement", wanted, draft.on, None, "", SETTLEMENT_SOURCE, Confidence.RECALLED)
            made.append(fact)
    if draft.operation.kind is Kind.RECODE:
        new = draft.operation.targets[0].code
        carried = (fact for fact in _open(draft, draft.operation.units[0]) if fact.kind != "settlement")
        made += [replace(fact, code=new, start=draft.on, end=None) for fact in carried]
    return tuple(cut), tuple(made)


def _open(draft: _Draft, code: str) -> list[Fact]:
    """Facts that began before the day and have no end."""
    return [
        fact for fact in draft.state.facts(code) if fact.end is None and (fact.start is None or fact.start < draft.on)
    ]


def _settlement(unit: Version) -> str:
    if unit.level is not Level.COMMUNE or unit.type not in URBAN:
        return ""
    return UNCHANGED_SETTLEMENT[URBAN[unit.type]]


def _above(draft: _Draft) -> tuple[Version, ...]:
    """Units above those concerned that neither end nor start here."""
    concerned = [*draft.cut, *draft.made, *draft.stay, *(new for _, new in draft.amended)]
    known = {one.code for one in concerned}
    found = {
        node.code: node for one in concerned for node in draft.state.chain(one.parent_code) if node.code not in known
    }
    return tuple(found.values())


def _lowest_above_all(operation: Operation, state: State) -> str:
    """The lowest unit within whose borders all happens: "" when only the nation holds it. A unit that stays where it is
    and only changes its name, code or type is its own."""
    if operation.kind in {Kind.RENAME, Kind.RECODE, Kind.RECLASSIFY, Kind.DISSOLVE_DISTRICTS}:
        return operation.units[0]
    units = _named((*operation.units, *operation.parts), state)
    parents = {one.parent_code for one in units} | {target.parent_code for target in operation.targets}
    chains = [[node.code for node in state.chain(code)] for code in parents]
    lowest = ""
    for codes in zip(*chains, strict=False):
        if len(set(codes)) > 1:
            break
        lowest = codes[0]
    return lowest
