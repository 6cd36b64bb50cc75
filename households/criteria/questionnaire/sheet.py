"""The questions of one or several standards, as controls for a page (blocks.py makes them). Plain data.

Names in the form: ``m0-work`` (roster), ``h-toilet`` (household), ``y-crops-revenue`` (Phụ lục VIII), ``income_month``; what
each standard counts in its own way bears its code: ``nd07-2021:b1``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from households.criteria.b1.parts import B1Table
from households.criteria.law.parts import Standard

FEWEST_ROWS, MOST_ROWS = 4, 60
YES, NO = "yes", "no"
FLAG = {YES: "1 Có", NO: "2 Không"}  # numbered as on the paper
NONE_OF_ALL = "-"  # the box "none of these" of a list of choices


class Way(StrEnum):
    SCORES = "scores"
    INCOME = "income"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class AppliedStandard:
    """A standard as it is applied. ``why``: for which result of the year; ``table``: of B1 points, if boxes are to be ticked;
    ``region_open``: there is a table, but the region is not chosen."""

    standard: Standard
    why: str
    table: B1Table | None = None
    region_open: bool = False

    @property
    def code(self) -> str:
        return self.standard.code

    @property
    def by_scores(self) -> bool:
        return bool(self.standard.score_lines)


@dataclass(frozen=True, slots=True)
class Control:
    """``kind``: text, number, choice, choices; of the survey desk also date, identity, hidden. ``options``: value → words."""

    name: str
    kind: str
    label: str
    options: Mapping[str, str] = field(default_factory=dict)
    help: str = ""
    unit: str = ""
    value: str = ""
    values: frozenset[str] = frozenset()
    errors: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return "id_" + self.name.replace(":", "_")


@dataclass(frozen=True, slots=True)
class Block:
    """Questions under one heading; ``note`` says what the sheet does not know; ``folded``: opened when needed. ``key``: by
    which a page knows it, "household", "b1:nd07-2021"."""

    title: str
    controls: tuple[Control, ...]
    note: str = ""
    folded: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """``roster``: controls of one empty row, empty where no roster is asked."""

    roster: tuple[Control, ...]
    blocks: tuple[Block, ...]

    def controls(self) -> Iterable[Control]:
        for block in self.blocks:
            yield from block.controls
