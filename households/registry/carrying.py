"""Where what lay in a village or commune lies as the map went on: one rule for the past and for the change of today."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import connection

from households.areas.units import Level

# Versions of units from a day on, each with its heirs in the order in which the act names them.
_VERSIONS = """
SELECT a.code, lower(a.validity), upper(a.validity), a.level, a.parent_code,
       ARRAY(SELECT t.code::text FROM areas_areasuccession s JOIN areas_area t ON t.id = s.to_area_id
              WHERE s.from_area_id = a.id AND t.level IN ('commune', 'village') ORDER BY s.id)
  FROM areas_area a
 WHERE a.code = ANY(%s) AND a.level IN ('commune', 'village')
"""


@dataclass(frozen=True, slots=True)
class Carried:
    """From ``start`` on it lies in ``code``. ``lost``: this change left open in which successor; ``unplaced``: this or an
    earlier one did."""

    start: date
    code: str
    unplaced: bool
    lost: bool = False


@dataclass(frozen=True, slots=True)
class Ended:
    """A version of a unit that ended. ``goes_on``: another version of the same code follows it at once."""

    code: str
    level: str
    parent_code: str
    goes_on: bool
    heirs: tuple[str, ...]


def heir_of(unit: Ended) -> tuple[str, bool]:
    """(code, unplaced): the only heir; of several the one that keeps the code, else the first. A village that ends without
    a successor leaves its households to the commune, a commune that does leaves them where they are."""
    heirs = list(dict.fromkeys(unit.heirs))
    if len(heirs) == 1:
        return heirs[0], False
    if heirs:
        return (unit.code if unit.code in heirs else heirs[0]), True
    if unit.goes_on:
        return unit.code, False
    return (unit.parent_code if unit.level == Level.VILLAGE else unit.code), True


@dataclass(frozen=True, slots=True)
class _Version:
    code: str
    start: date | None
    end: date | None
    level: str
    parent_code: str
    heirs: Sequence[str]


class Map:
    """Versions by code, read when they are first asked for: a few queries however many codes."""

    def __init__(self) -> None:
        self._known: dict[str, list[_Version]] = {}

    def read(self, codes: Collection[str]) -> None:
        missing = sorted(set(codes) - set(self._known))
        if not missing:
            return
        self._known |= {code: [] for code in missing}
        with connection.cursor() as cursor:
            cursor.execute(_VERSIONS, [missing])
            for row in cursor.fetchall():
                self._known[row[0]].append(_Version(*row))

    def step(self, code: str, day: date) -> Carried | None:
        """The next day on which what lies in ``code`` on ``day`` goes elsewhere, or needs a place."""
        while True:
            self.read([code])
            now = self._holding(code, day)
            if now is None or now.end is None:
                return None
            follows = self._holding(code, now.end)
            unit = Ended(code, now.level, now.parent_code, follows is not None, tuple(now.heirs))
            heir, unplaced = heir_of(unit)
            if heir != code or unplaced:
                return Carried(now.end, heir, unplaced, lost=unplaced)
            day = now.end

    def _holding(self, code: str, day: date) -> _Version | None:
        return next(
            (
                one
                for one in self._known[code]
                if (one.start is None or one.start <= day) and (one.end is None or day < one.end)
            ),
            None,
        )


def carry(code: str, start: date) -> list[Carried]:
    """The first entry is ``start`` itself; a further one for each day on which it goes elsewhere or loses its place."""
    return carry_many([(code, start)])[code, start]


def carry_many(asked: Iterable[tuple[str, date]]) -> dict[tuple[str, date], list[Carried]]:
    """Villages and communes are read together: a few queries for thousands of places."""
    wanted = set(asked)
    areas = Map()
    areas.read({code for code, _start in wanted})
    return {(code, start): _walk(areas, code, start) for code, start in sorted(wanted)}


def _walk(areas: Map, code: str, start: date) -> list[Carried]:
    found = [Carried(start, code, unplaced=False)]
    while step := areas.step(found[-1].code, found[-1].start):
        found.append(replace(step, unplaced=step.lost or found[-1].unplaced))
    return found
