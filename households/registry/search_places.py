"""Villages and communes in the search: those that a text names, and the codes below a unit."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from households.registry.search_rows import Rows, fetch, text_array
from povertyportal.vietnamese import fold

MOST_WORDS = 7  # "thị trấn" and the longest names
MOST_PLACES = 40

_CALLED = """
SELECT a.code, a.level, a.type, a.name, coalesce(above.type || ' ' || above.name, '')
  FROM areas_area a
  LEFT JOIN areas_area above ON above.code = a.parent_code AND above.validity @> %s::date
 WHERE a.validity @> %s::date AND a.search_key LIKE ANY(%s)
 ORDER BY a.level = 'village', a.sort_key, a.code"""
_BELOW = """
WITH RECURSIVE below (top, code) AS (
    SELECT one COLLATE "C", one COLLATE "C" FROM unnest(%s::varchar[]) AS one UNION
    SELECT below.top, a.code FROM below JOIN areas_area a ON a.parent_code = below.code AND a.validity @> %s::date
)
SELECT top, code FROM below"""


@dataclass(frozen=True, slots=True)
class Found:
    """A unit that a text names. ``above``: the name of the unit it lies in."""

    code: str
    level: str
    name: str
    above: str


def codes_below(codes: Collection[str], *, on: date) -> dict[str, list[str]]:
    """Of each its own code, and those of every unit in it on the day; 1 query, none for none."""
    found: dict[str, list[str]] = {code: [] for code in codes}
    for top, code in fetch(_BELOW, (text_array(sorted(codes)), on)) if codes else ():
        found[top].append(code)
    return found


def narrowed(codes: Sequence[str] | None, to: Collection[str]) -> list[str]:
    """None is the nation."""
    return sorted(to) if codes is None else sorted(set(codes) & set(to))


def places_called(texts: Sequence[tuple[str, ...]], rows: Rows) -> dict[tuple[str, ...], tuple[Found, ...]]:
    """Units of the day whose name, with its kind or without, is one of these; 1 query."""
    keys = {" ".join(words): words for words in texts if 0 < len(words) <= MOST_WORDS}
    if not keys:
        return {}
    found: dict[tuple[str, ...], list[Found]] = {}
    wanted = [*keys, *(f"% {key}" for key in keys)]
    for code, level, kind, name, above in fetch(_CALLED, (rows.on, rows.on, wanted)):
        for key in {fold(name), fold(f"{kind} {name}")} & keys.keys():
            found.setdefault(keys[key], []).append(Found(code, level, f"{kind} {name}", above))
    return {words: tuple(units[:MOST_PLACES]) for words, units in found.items()}
