"""Villages and communes in the search: those that a text names, or nearly names, and the codes below a unit."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from typing import Any

from households.registry.finding.misspelt import keys_left, one_slip
from households.registry.finding.rows import Rows, fetch, text_array
from povertyportal.vietnamese import fold

MOST_WORDS = 7  # "thị trấn" and the longest names
MOST_PLACES = 40
SHORTEST_SLIP = 3  # letters of a word that may be mistyped: of two letters everything is one away
MOST_SLIPPED = 3  # words of a name, its kind apart, that may be mistyped
# What stands before a name and is often mixed up: a xóm is asked for as a thôn.
KINDS = (
    ("to", "dan", "pho"), ("khu", "pho"), ("thi", "tran"), ("dac", "khu"),
    *((word,) for word in ("thon", "xom", "ban", "lang", "buon", "bon", "ap", "khom", "khu", "tdp", "xa", "phuong", "tt")),
)  # fmt: skip

_FOUND = """
SELECT a.code, a.level, a.type, a.name, coalesce(above.type || ' ' || above.name, ''), ARRAY(
           WITH RECURSIVE below (code) AS (
               SELECT a.code UNION
               SELECT b.code FROM below JOIN areas_area b ON b.parent_code = below.code AND b.validity @> %s::date
           ) SELECT code FROM below)
  FROM areas_area a
  LEFT JOIN areas_area above ON above.code = a.parent_code AND above.validity @> %s::date
 WHERE a.validity @> %s::date {narrowed}
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
    asked = [*keys, *(f"% {key}" for key in keys)]
    return _by_text(keys, _units(list(keys), rows, "AND a.search_key LIKE ANY(%s)", (asked,)))


def places_near(
    texts: Sequence[tuple[str, ...]], exact: Sequence[tuple[str, ...]], rows: Rows
) -> dict[tuple[str, ...], tuple[Found, ...]]:
    """Units whose name one slip of the keyboard turned into one of these, or that are of another kind; of those that may be
    searched; 1 query. In ``exact`` no slip is looked for."""
    meant: dict[str, tuple[str, ...]] = {}
    for words in (*exact, *texts):
        for one in (words, _without_kind(words)):
            if 0 < len(one) <= MOST_WORDS:
                meant.setdefault(" ".join(one), words)
    for words in texts:
        for one in {words, _without_kind(words)}:
            if len(one) <= MOST_SLIPPED:
                meant |= {text: words for text in _slips(one) if text not in meant}
    codes = sorted({*(rows.codes or ()), *(rows.now or ())})
    scope = ("", ()) if rows.codes is None else ("AND a.code = ANY(%s::varchar[])", (text_array(codes),))
    return _by_text(meant, _units(list(meant), rows, *scope))


def _slips(words: tuple[str, ...]) -> Iterator[str]:
    """One word with one slip, or all with what Telex and VNI left behind; two words run together."""
    yield from (" ".join(one) for one in product(*((word, *keys_left(word)) for word in words)) if one != words)
    for at, word in enumerate(words):
        if len(word) >= SHORTEST_SLIP:
            yield from (" ".join((*words[:at], one, *words[at + 1 :])) for one in one_slip(word))
            yield from (
                " ".join((*words[:at], word[:cut], word[cut:], *words[at + 1 :])) for cut in range(1, len(word))
            )


def _without_kind(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words after the kind of the unit; none where they do not begin with one."""
    return next((words[len(kind) :] for kind in KINDS if words[: len(kind)] == kind), ())


def _units(keys: list[str], rows: Rows, narrowed: str, values: tuple[Any, ...]) -> list[tuple[set[str], Found]]:
    """Each with the keys under which it was asked for."""
    if not keys:
        return []
    asked = set(keys)
    sql = _FOUND.format(narrowed=narrowed)
    found = fetch(sql, (rows.on, rows.on, rows.on, *values, keys, keys))
    return [
        ({fold(name), fold(f"{kind} {name}")} & asked, Found(code, level, f"{kind} {name}", above, tuple(codes)))
        for code, level, kind, name, above, codes in found
    ]


def _by_text(
    texts: Mapping[str, tuple[str, ...]], found: Sequence[tuple[set[str], Found]]
) -> dict[tuple[str, ...], tuple[Found, ...]]:
    """By the words that were typed, for each key that stands for them."""
    called: dict[tuple[str, ...], dict[str, Found]] = {}
    for keys, unit in found:
        for key in keys & texts.keys():
            called.setdefault(texts[key], {})[unit.code] = unit
    return {words: tuple(units.values())[:MOST_PLACES] for words, units in called.items()}
