"""A table of B1 points (Phiếu B, part 1: estimated income) in plain data, as b1/reading.py has checked it.

A table has one column of points for each variant of its standard (six rural regions, urban). Points are integers."""

from collections.abc import Mapping
from dataclasses import dataclass

from households.criteria.law.parts import Test, Who


@dataclass(frozen=True, slots=True)
class Option:
    """One box. ``when``: the roster decides whether it holds (size, ages, pensions); None: it is ticked in
    ``household.b1``. ``points``: variant → points; None where the form gives this region no such box or it was not found."""

    code: str
    name: str
    when: Test | None
    points: Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class Group:
    """One question. ``multiple``: the points of all boxes that hold are added up; else at most one box counts, and of boxes
    that the roster decides the first that holds. ``zero_if_all``: no points at all when every member fits one of the
    alternatives. No box that holds: 0 points."""

    code: str
    name: str
    multiple: bool
    zero_if_all: Who | None
    options: tuple[Option, ...]
    note: str = ""  # what is not known of this group

    @property
    def derived(self) -> bool:
        """The roster answers the whole question: nothing is ticked."""
        return all(option.when is not None for option in self.options)


@dataclass(frozen=True, slots=True)
class B1Table:
    """``standard``: its code. ``demonstration``: never official, said wherever it is used. ``partial``: groups are known
    to be missing; none of them takes points away, so the sum is the least that the form's can be. ``absent``: names of those
    whose points are not known. ``digest``: SHA-256 of the table's canonical JSON."""

    standard: str
    version: int
    name: str
    demonstration: bool
    partial: bool
    groups: tuple[Group, ...]
    digest: str
    note: str = ""  # where it was read, what is missing
    absent: tuple[str, ...] = ()

    @property
    def variants(self) -> tuple[str, ...]:
        """Those the table has points for, in the order of its columns."""
        return tuple(dict.fromkeys(code for group in self.groups for one in group.options for code in one.points))
