"""Villages and communes in the search: those that a text names, and the codes below a unit."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from households.registry.finding.rows import Rows, fetch
from povertyportal.vietnamese import fold

MOST_WORDS = 7  # "thị trấn" and the longest names
MOST_PLACES = 40

_CALLED = """
SELECT a.code, a.level, a.type, a.name, coalesce(above.type || ' ' || above.name, ''), ARRAY(
           WITH RECURSIVE below (code) AS (
               SELECT a.code UNION
               SELECT b.code FROM below JOIN areas_area b ON b.parent_code = below.code AND b.validity @> %s::date
           ) SELECT code FROM below)
  FROM areas_area a
  LEFT JOIN areas_area above ON above.code = a.parent_code AND above.validity @> %s::date
 WHERE a.validity @> %s::date AND a.search_key LIKE ANY(%s)
   AND (a.search_key = ANY(%s) OR substr(a.search_key, length(a.type) + 2) = ANY(%s))
 ORDER BY a.level = 'village', a.sort_key, a.code"""
_BELOW = """
WITH RECURSIVE below (code) AS (
    SELECT %s::varchar COLLATE "C" UNION
    SELECT a.code FROM below JOIN areas_area a ON a.parent_code = below.code AND a.validity @> %s::date
)
SELECT code FROM below"""


@dataclass(frozen=True, slots=True)
class Found:
    """A unit that a text names. ``above``: the name of the unit it lies in; ``codes``: its own and those of all units in it."""

    code: str
    level: str
    name: str
    above: str
    codes: tuple[str, ...] = field(default=(), repr=False)


def codes_below(code: str, *, on: date) -> list[str]:
    """The code itself, and those of every unit in it on the day; 1 query."""
    return [one for (one,) in fetch(_BELOW, (code, on))]


def narrowed(codes: Sequence[str] | None, to: Collection[str]) -> list[str]:
    """None is the nation."""
    return sorted(to) if codes is None else sorted(set(codes) & set(to))


def places_called(texts: Sequence[tuple[str, ...]], rows: Rows) -> dict[tuple[str, ...], tuple[Found, ...]]:
    """Units of the day whose name, with its kind or without, is one of these; 1 query."""
    keys = {" ".join(words): words for words in texts if 0 < len(words) <= MOST_WORDS}
    if not keys:
        return {}
    found: dict[tuple[str, ...], list[Found]] = {}
    plain, ending = list(keys), [f"% {key}" for key in keys]
    values = (rows.on, rows.on, rows.on, [*plain, *ending], plain, plain)
    for code, level, kind, name, above, codes in fetch(_CALLED, values):
        for key in {fold(name), fold(f"{kind} {name}")} & keys.keys():
            found.setdefault(keys[key], []).append(Found(code, level, f"{kind} {name}", above, tuple(codes)))
    return {words: tuple(units[:MOST_PLACES]) for words, units in found.items()}
