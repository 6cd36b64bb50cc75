"""What every definition gets and gives."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from povertyportal.documents.unit_names import named
from povertyportal.documents.wording import NBSP
from povertyportal.vietnamese import period_name
from reports.reported.source import ReportedSource
from reports.tables import Figure, ReportData, Scope

_LONGEST_UNBROKEN = 36


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
