"""A poverty standard in plain data, as its document (standards/*.toml) states it and as law/reading.py has checked it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class AreaType(StrEnum):
    RURAL = "rural"
    URBAN = "urban"


class Class(StrEnum):
    """From the poorest up."""

    POOR = "poor"
    NEAR_POOR = "near_poor"
    AVERAGE = "average"
    NOT_POOR = "not_poor"


class Purpose(StrEnum):
    CLOSING = "closing"  # the result of the year's review
    OPENING = "opening"  # in a change-over year: the opening stock of the next standard, from the same review


class Sureness(StrEnum):
    """How a value is known, as the domain notes tag it."""

    VERIFIED = "verified"  # read in the legal text or an official copy
    PRESS = "press"  # read in the press
    CODE = "code"  # read in another party's software
    DERIVED = "derived"  # by arithmetic or by the parent standard
    RECALLED = "recalled"  # general knowledge, waits for a look into the text
    UNSURE = "unsure"  # weak or conflicting: never decides a class


@dataclass(frozen=True, slots=True)
class LegalText:
    key: str
    number: str
    date: date | None
    title: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a value stands in law. ``article`` may be empty only where ``confidence`` is not ``verified``."""

    basis: LegalText
    article: str
    confidence: Sureness
    checked: date
    note: str = ""

    @property
    def cited(self) -> str:
        """ "Khoản 2 Điều 3 Nghị định 07/2021/NĐ-CP"."""
        return f"{self.article} {self.basis.number}".strip()


@dataclass(frozen=True, slots=True)
class Application:
    """Review years, both ends included, in which the standard applies for the purpose."""

    purpose: Purpose
    first: int
    last: int
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Line:
    """A bound by area type: đồng per person (``unit`` month or year), or points of B1 (``unit`` points)."""

    code: str
    name: str
    unit: str
    rural: int
    urban: int
    first: int | None  # review years; None: all of the standard's
    last: int | None
    provenance: Provenance

    def of(self, area_type: AreaType) -> int:
        return self.rural if area_type is AreaType.RURAL else self.urban


@dataclass(frozen=True, slots=True)
class Condition:
    """On one answer. Exactly one group is filled: ``accepted`` (the answer is one of these; a flag is True/False),
    ``none_of`` (a list of choices holds none of these), ``low``/``high`` for age in completed years or a count
    (low included, high not), ``born_from`` (first day of birth that counts)."""

    field: str
    accepted: frozenset[str | bool] | None = None
    none_of: frozenset[str] | None = None
    low: int | None = None
    high: int | None = None
    born_from: date | None = None


Who = tuple[tuple[Condition, ...], ...]  # alternatives, each a list of conditions that all hold


@dataclass(frozen=True, slots=True)
class MemberTest:
    """At least so many members fit one of the alternatives."""

    at_least: int
    who: Who
    phrase: str  # "chưa có bảo hiểm y tế": of such a member


@dataclass(frozen=True, slots=True)
class ShareTest:
    """Members who fit, out of all, in per cent: over (strict) or from (included) the bound."""

    percent: int
    strict: bool
    who: Who
    phrase: str


@dataclass(frozen=True, slots=True)
class PerPersonTest:
    """A household's amount divided by its members, below (strict) or up to (included) the bound. In hundredths."""

    field: str
    bound: int  # hundredths of the field's unit, as 800 for 8 m²
    strict: bool


@dataclass(frozen=True, slots=True)
class AnswerTest:
    condition: Condition


@dataclass(frozen=True, slots=True)
class SizeTest:
    """Number of members, low included, high not; for options of B1."""

    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class SeveralTest:
    """At least so many of the parts hold: all of them, one of them, two of three."""

    at_least: int
    parts: "tuple[Test, ...]"


Test = MemberTest | ShareTest | PerPersonTest | AnswerTest | SizeTest | SeveralTest


@dataclass(frozen=True, slots=True)
class Dimension:
    code: str
    name: str
    order: int


@dataclass(frozen=True, slots=True)
class Indicator:
    code: str
    name: str
    order: int
    dimension: Dimension
    points: int
    text: str  # "hộ thiếu hụt khi …", in the words of the law
    test: Test
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class ScoreRule:
    """Codes of score lines: ``over`` is excluded, ``up_to`` included; ``b2_from``/``b2_below`` in points."""

    over: str | None
    up_to: str | None
    b2_from: int | None
    b2_below: int | None
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class IncomeRule:
    """Codes of income lines: ``over`` is excluded, ``up_to`` included; deprivations are counted indicators."""

    over: str | None
    up_to: str | None
    deprivations_from: int | None
    deprivations_below: int | None
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Rule:
    """Of the ordered list: the first that fits gives the class. What none fits is ``not_poor``. An ``unsure`` half never
    decides: its answer is ``not_poor``, marked unsure."""

    code: str
    name: str
    result: Class
    kind: str
    scores: ScoreRule | None
    income: IncomeRule | None
    text: str


@dataclass(frozen=True, slots=True)
class SheetItem:
    code: str
    text: str  # empty: the text of the form was not found


@dataclass(frozen=True, slots=True)
class SheetA:
    """Quick identification: so many ticks or more, and the household is not surveyed."""

    stop_at: int
    items: tuple[SheetItem, ...]
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Variant:
    """Of the B1 table, by region: rrd, nmm, ncc, ch, se, mrd (rural), urb."""

    code: str
    name: str
    area_type: AreaType


@dataclass(frozen=True, slots=True)
class IncomeSource:
    """A line of Phụ lục VIII: ``net`` (revenue less cost) or one amount."""

    code: str
    name: str
    net: bool


ANNEX, INCOME_SHEET = "Phụ lục VIII", "Phiếu thu nhập"


@dataclass(frozen=True, slots=True)
class IncomeSurvey:
    """Phụ lục VIII. ``average_over``/``average_up_to`` and ``worker_up_to``: codes of income lines, None where the
    standard has no such class. ``worker_from``: the first review year that knows low-income workers; None: every year."""

    sources: tuple[IncomeSource, ...]
    average_over: str | None
    average_up_to: str | None
    worker_up_to: str | None
    worker_from: int | None
    provenance: Provenance
    worker_provenance: Provenance | None

    @property
    def called(self) -> str:
        """An annex only where the standard's texts have it as one."""
        return ANNEX if ANNEX in self.provenance.article else INCOME_SHEET


@dataclass(frozen=True, slots=True)
class CodeEntry:
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class CodeList:
    name: str
    title: str
    entries: tuple[CodeEntry, ...]
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Standard:
    """``scope``: "" the nation, else codes of provinces. ``leap_birthday``: the day on which a person born on 29 February
    completes a year of age in other years, (2, 28) or (3, 1). ``digest``: SHA-256 of the document with what it inherits,
    so that a result can name exactly the law it was made by."""

    code: str
    version: int
    title: str
    scope: tuple[str, ...]
    parent: str
    draft: bool
    note: str
    texts: tuple[LegalText, ...]
    applications: tuple[Application, ...]
    leap_birthday: tuple[int, int]
    lines: tuple[Line, ...]
    score_lines: tuple[Line, ...]
    dimensions: tuple[Dimension, ...]
    indicators: tuple[Indicator, ...]
    rules: tuple[Rule, ...]
    kinds: Mapping[str, str]  # kind of poverty → its name
    sheet_a: SheetA | None
    variants: tuple[Variant, ...]
    income_survey: IncomeSurvey | None
    code_lists: tuple[CodeList, ...]
    provenance: Provenance
    digest: str
