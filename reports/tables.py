"""What a report is made of: frozen plain data, from the key of one number up to the whole document.

No Django, no clock, no database. A definition builds these, every renderer reads them, so HTML, PDF and JSON cannot
disagree. Values are ``Decimal`` (never float); a rate is in percent; money keeps the unit it was published in.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from povertyportal.documents.parts import Letterhead


class Qualifier(StrEnum):
    """How the publishing office stated a value."""

    EXACT = "exact"
    NEARLY = "nearly"  # "gần 234 tỷ đồng"
    OVER = "over"  # "trên 5%"
    RANGE = "range"  # "1,15-1,2 lần": value and upper
    OF = "of"  # "10/12 xã": value out of upper
    TARGET = "target"  # a figure to be reached, never a result


@dataclass(frozen=True, slots=True, order=True)
class FigureKey:
    """The full key of a number. Empty ``standard`` or ``programme``: the figure has none. Dates are inclusive."""

    area: str
    boundary_on: date
    standard: str
    programme: str
    measure: str
    period_from: date
    period_to: date


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its provenance. ``published`` is its text with a decimal point and the decimals it was published with
    ("1.10", "1.15-1.2", "10/12"), ``report`` the source document. Figures of one unit with the same ``same_since`` are
    known to be stated on the same territory; it is the first day of which that is known."""

    key: FigureKey
    value: Decimal
    unit: str
    upper: Decimal | None = None
    qualifier: Qualifier = Qualifier.EXACT
    published: str = ""
    note: str = ""
    report: str = ""
    same_since: date | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it stands in the report. ``kind`` is "reported" or the name of the derivation ("difference",
    "rate_of_change", "per_year", "point_difference", "sum", "ratio"); ``keys`` are the figures it comes from."""

    value: Decimal
    unit: str
    text: str
    kind: str
    keys: tuple[FigureKey, ...]
    upper: Decimal | None = None
    qualifier: Qualifier = Qualifier.EXACT


@dataclass(frozen=True, slots=True)
class Sentence:
    text: str
    numbers: tuple[Number, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    sentences: tuple[Sentence, ...]
    bullet: bool = False


@dataclass(frozen=True, slots=True)
class Missing:
    """A place for which no figure or text was entered: marked on screen, left out of the PDF."""

    reason: str


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    unit: str = ""
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    number: Number | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """``wide`` tables are set as landscape appendices. ``rows`` hold one Cell for each column."""

    code: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    source: str = ""
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A Vega-Lite specification; ``description`` says in a sentence what it shows; ``table`` has its data."""

    code: str
    title: str
    description: str
    spec: dict[str, Any]
    table: str = ""


Block = Paragraph | Missing | Table | Chart


@dataclass(frozen=True, slots=True)
class Section:
    """``number`` is "I", "1", "a" …; ``level`` 1 to 3."""

    number: str
    title: str
    level: int
    blocks: tuple[Block, ...] = ()
    children: tuple["Section", ...] = ()


@dataclass(frozen=True, slots=True)
class Scope:
    """For which place, on which map, for which period (both days inclusive), told on which day. ``same_since`` as in
    Figure, for the map."""

    area: str
    area_name: str
    area_type: str
    boundary_on: date
    period_from: date
    period_to: date
    on: date
    same_since: date | None = None


@dataclass(frozen=True, slots=True)
class ReportData:
    code: str
    scope: Scope
    letterhead: Letterhead
    opening: tuple[Paragraph, ...]
    sections: tuple[Section, ...]
    closing: tuple[Paragraph, ...]
    appendices: tuple[Table, ...] = ()
    standards: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()  # remarks printed below the text: map, standards, sources
    figures: tuple[Figure, ...] = ()  # every figure of the scope, used or not


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in the figures that a reader should know: ``check`` names the rule, ``place`` where in the report."""

    check: str
    severity: str  # "error" (the figures contradict each other) or "note"
    message: str
    expected: str = ""
    place: str = ""
    keys: tuple[FigureKey, ...] = field(default=())
