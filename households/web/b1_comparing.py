"""A table of B1 points laid out for reading, beside the one before it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from households.criteria.b1.parts import B1Table, Group, Option
from households.criteria.law.parts import Standard, Variant
from households.criteria.telling import Told, tell, tell_who


@dataclass(frozen=True, slots=True)
class Points:
    """``now`` None: no such box in the region; ``before`` likewise, ``changed`` where the two differ."""

    now: int | None
    before: int | None
    changed: bool


@dataclass(frozen=True, slots=True)
class OptionRow:
    """``fate``: "", "new", or "gone" (only the table before has it)."""

    option: Option
    told: Told | None
    points: tuple[Points, ...]
    fate: str


@dataclass(frozen=True, slots=True)
class GroupRows:
    group: Group
    zero: tuple[Told, ...]
    rows: tuple[OptionRow, ...]


def shown_variants(standard: Standard, table: B1Table) -> list[Variant]:
    """In the order of the standard."""
    return [one for one in standard.variants if one.code in table.variants]


def beside(table: B1Table, before: B1Table | None, variants: Sequence[Variant]) -> list[GroupRows]:
    old = {group.code: group for group in before.groups} if before else {}
    new = {group.code for group in table.groups}
    groups = [_group(one, old.get(one.code), variants, alone=before is None) for one in table.groups]
    return groups + [_gone(group, variants) for code, group in old.items() if code not in new]


def changes(groups: Sequence[GroupRows]) -> int:
    """Boxes that differ from the table before."""
    return sum(point.changed for group in groups for row in group.rows for point in row.points)


def _group(group: Group, old: Group | None, variants: Sequence[Variant], *, alone: bool) -> GroupRows:
    known: Mapping[str, Option] = {one.code: one for one in old.options} if old else {}
    rows = tuple(_rows(group, known, variants, alone=alone))
    return GroupRows(group, tell_who(group.zero_if_all) if group.zero_if_all else (), rows)


def _rows(
    group: Group, known: Mapping[str, Option], variants: Sequence[Variant], *, alone: bool
) -> Iterator[OptionRow]:
    for option in group.options:
        before = known.get(option.code)
        told = tell(option.when) if option.when else None
        fate = "" if alone or before else "new"
        yield OptionRow(option, told, tuple(_points(option, before, one, alone) for one in variants), fate)
    own = {option.code for option in group.options}
    yield from (_gone_row(option, variants) for code, option in known.items() if code not in own)


def _points(option: Option, before: Option | None, variant: Variant, alone: bool) -> Points:
    now = option.points.get(variant.code)
    was = before.points.get(variant.code) if before else None
    return Points(now, was, not alone and now != was)


def _gone(group: Group, variants: Sequence[Variant]) -> GroupRows:
    return GroupRows(group, (), tuple(_gone_row(option, variants) for option in group.options))


def _gone_row(option: Option, variants: Sequence[Variant]) -> OptionRow:
    was = (option.points.get(one.code) for one in variants)
    return OptionRow(option, None, tuple(Points(None, one, one is not None) for one in was), "gone")
