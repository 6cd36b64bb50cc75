"""What every definition gets and gives."""

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from povertyportal.documents.wording import NBSP
from povertyportal.vietnamese import period_name
from reports.reported.source import ReportedSource
from reports.tables import Figure, ReportData, Scope

_IN_FULL = Path(__file__).parent / "data" / "written_in_full.toml"
_LONGEST_UNBROKEN = 36
_NUMBER = re.compile(r"\d|[IVXLC]+\b")


@cache
def _names_in_full() -> frozenset[str]:
    return frozenset(name for names in tomllib.loads(_IN_FULL.read_text(encoding="utf-8")).values() for name in names)


def is_written_in_full(name: str) -> bool:
    """Whether the type belongs to the proper name: a number, a person's name or a historical event (Decree 30/2020/NĐ-CP,
    Annex II)."""
    return bool(_NUMBER.match(name)) or name in _names_in_full()


def named(kind: str, name: str) -> str:
    """ "thành phố Hạ Long": the type is no part of the name inside a sentence, but "Quận 1", "Phường Trần Phú"."""
    return f"{kind} {name}" if is_written_in_full(name) else f"{kind[:1].lower()}{kind[1:]} {name}"


@dataclass(frozen=True, slots=True)
class Place:
    """An administrative unit by its level ("province", "district", "commune") and names; a province has no parent."""

    code: str
    level: str
    type: str
    name: str
    parent_type: str = ""
    parent_name: str = ""

    @property
    def in_text(self) -> str:
        """As a sentence names it: "thành phố Hạ Long", "Thành phố Hồ Chí Minh"."""
        return named(self.type, self.name)

    @property
    def in_title(self) -> str:
        """As ``in_text``, and no line of a title breaks inside it unless it is too long for that."""
        return self.in_text.replace(" ", NBSP) if len(self.in_text) <= _LONGEST_UNBROKEN else self.in_text

    @property
    def parent_in_text(self) -> str:
        return named(self.parent_type, self.parent_name) if self.parent_name else ""

    @property
    def whole(self) -> str:
        """ "toàn thành phố", as the subject of a sentence about all of it."""
        return f"toàn {self.type[:1].lower()}{self.type[1:]}"


@dataclass(frozen=True)
class Material:
    """What a report is written from."""

    scope: Scope
    place: Place
    source: ReportedSource

    @cached_property
    def period(self) -> str:
        """ "giai đoạn 2016 - 2020"."""
        return period_name(self.scope.period_from, self.scope.period_to)

    @cached_property
    def narrated(self) -> tuple[Figure, ...]:
        """The figures that sentences speak of, those of the report's own period first: where one figure was stated on
        several boundary dates, the latest; all of them stand in the appendix."""
        latest: dict[tuple[str, ...], Figure] = {}
        for figure in self.source.figures:
            key = figure.key
            place = (key.standard, key.programme, key.measure, str(key.period_from), str(key.period_to))
            known = latest.get(place)
            if known is None or known.key.boundary_on < key.boundary_on:
                latest[place] = figure
        return tuple(sorted(latest.values(), key=self._by_period))

    def _by_period(self, figure: Figure) -> tuple[bool, str, str]:
        key = figure.key
        own = (key.period_from, key.period_to) == (self.scope.period_from, self.scope.period_to)
        return not own, str(key.period_from), str(key.period_to)


@dataclass(frozen=True, slots=True)
class Definition:
    """``code`` is its name on the command line and in addresses; ``title`` as lists show it."""

    code: str
    title: str
    write: Callable[[Material], ReportData]
