"""Codes of places as people say them: the village, its commune, and what lay above on that day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection

from households.areas.units import Level

_CHAINS = """
WITH RECURSIVE asked (code, day) AS (SELECT DISTINCT * FROM unnest(%s::text[], %s::date[])),
above (asked, day, depth, code, level, name, parent_code) AS (
    SELECT k.code, k.day, 0, a.code, a.level, a.type || ' ' || a.name, a.parent_code
      FROM asked k JOIN areas_area a ON a.code = k.code AND a.validity @> k.day
    UNION ALL
    SELECT b.asked, b.day, b.depth + 1, a.code, a.level, a.type || ' ' || a.name, a.parent_code
      FROM above b JOIN areas_area a ON a.code = b.parent_code AND a.validity @> b.day
)
SELECT asked, day, code, level, name FROM above ORDER BY asked, day, depth
"""


@dataclass(frozen=True, slots=True)
class Named:
    code: str
    level: str
    name: str


@dataclass(frozen=True, slots=True)
class PlaceName:
    """``chain``: the unit of the code and those above it, nearest first; empty where the day knows no such code."""

    code: str
    chain: tuple[Named, ...]

    @property
    def near(self) -> str:
        """ "Thôn Nà Tềnh, Xã Trường Hà"; of a unit above communes its own name."""
        return self._words(Level.VILLAGE, Level.COMMUNE)

    @property
    def full(self) -> str:
        """ "Thôn Nà Tềnh, Xã Trường Hà, Huyện Hà Quảng, Tỉnh Cao Bằng"."""
        return self._words(*Level)

    @property
    def village(self) -> Named | None:
        return self._at(Level.VILLAGE)

    @property
    def commune(self) -> Named | None:
        return self._at(Level.COMMUNE)

    def _at(self, level: Level) -> Named | None:
        return next((one for one in self.chain if one.level == level), None)

    def _words(self, *levels: Level) -> str:
        own = self.chain[0].name if self.chain else self.code
        return ", ".join(one.name for one in self.chain if one.level in levels) or own


def named_places(asked: Iterable[tuple[str, date]]) -> dict[tuple[str, date], PlaceName]:
    """Every code asked for has an entry; 1 query."""
    wanted = list(asked)
    chains: dict[tuple[str, date], list[Named]] = {key: [] for key in wanted}
    if wanted:
        with connection.cursor() as cursor:
            cursor.execute(_CHAINS, [[code for code, _ in wanted], [day for _, day in wanted]])
            for code, day, unit, level, name in cursor.fetchall():
                chains[code, day].append(Named(unit, level, name))
    return {key: PlaceName(key[0], tuple(chain)) for key, chain in chains.items()}


def named_place(code: str, *, on: date) -> PlaceName:
    return named_places([(code, on)])[code, on]
