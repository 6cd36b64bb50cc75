"""What a procedure is made of: plain tables, from which the rules, the board, the deadlines and the diagram in docs follow."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum


class Holder(Enum):
    """Whose state it is."""

    INTAKE = "intake"
    PART = "part"  # a village; of a procedure without a meeting the commune
    DOSSIER = "dossier"


class Sure(Enum):
    """How far the source goes; anything but VERIFIED is said on the page."""

    VERIFIED = "verified"
    RECALLED = "recalled"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Source:
    """``article``: "Quyết định 24/2021/QĐ-TTg, Điều 4 khoản 1"."""

    article: str
    sure: Sure = Sure.VERIFIED


@dataclass(frozen=True, slots=True)
class Deadline:
    """``days`` after ``counted_from`` (a code of ``review.calendar``'s starting days: "received", "posted", "asked", "started"),
    the first day not counted; ``working``: working days. ``may_overrun``: with a reason that is recorded."""

    code: str
    title: str
    days: int
    working: bool
    counted_from: str
    source: Source
    may_overrun: bool = True


@dataclass(frozen=True, slots=True)
class Stage:
    """``done``: nothing more is to be made of it. ``who``: whom it waits for, in words."""

    code: str
    title: str
    holder: Holder
    who: str = ""
    done: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """``from_``: stages in which it may be made, none where the thing only comes to be by it; ``to``: the stage after it, ""
    where the state stays; ``or_to``: another end, ``or_when`` it comes to that. ``action``: the right it asks for; ``papers``:
    codes of the documents it makes; ``deadline``: code of the one it has to keep; ``brings``: a step of villages that comes of
    it, by its right."""

    code: str
    title: str
    holder: Holder
    from_: tuple[str, ...]
    to: str
    action: str
    source: Source
    papers: tuple[str, ...] = ()
    deadline: str = ""
    or_to: str = ""
    or_when: str = ""
    brings: str = ""

    @property
    def ends(self) -> tuple[str, ...]:
        """Stages to which it may lead; none where the state stays."""
        return tuple(one for one in (self.to, self.or_to) if one)


@dataclass(frozen=True, slots=True)
class Authority:
    """Who gives the opinion, on days of ``[since, until)``. ``level``: of the area ("district", "province")."""

    title: str
    level: str
    since: date
    until: date | None
    source: Source


@dataclass(frozen=True, slots=True)
class Procedure:
    """``whys``: reasons on the list (``surveys.form_models.Why``) whose households go through it; ``kinds``: of rounds
    (``RoundKind``); reviews of the years ``first`` to ``last`` (None: goes on).

    ``meeting``, ``opinion``: whether there is a village meeting, a superior's opinion. ``deadlines`` by code: "posting",
    "recheck", "posting_again", "opinion", "decision"; one that it does not have is not known to the procedure."""

    code: str
    number: str  # of the national portal, "1.011606"
    title: str
    whys: tuple[str, ...]
    kinds: tuple[str, ...]
    first: int
    last: int | None
    meeting: bool
    opinion: bool
    stages: tuple[Stage, ...]
    moves: tuple[Move, ...]
    deadlines: Mapping[str, Deadline]
    sources: tuple[Source, ...]
    authorities: tuple[Authority, ...] = ()
    ends: tuple[int, int] | None = None  # month and day of the year by which it has to be decided
    posting_places: tuple[str, ...] = ()
    decision_kinds: tuple[str, ...] = ()  # of ``DecisionKind``
    notes: tuple[str, ...] = field(default=())  # what is unsure, in words for the page

    def stage(self, code: str) -> Stage:
        """Raises KeyError."""
        return {one.code: one for one in self.stages}[code]

    def move(self, code: str) -> Move:
        """Raises KeyError."""
        return {one.code: one for one in self.moves}[code]

    def first_of(self, holder: Holder) -> Stage:
        return next(one for one in self.stages if one.holder is holder)
