"""The one search box: persons and households by number, code, name, and name with place, within somebody's scope.

What was found is ranked: number, household code, exact name, the same letters, part of a name, name and place, what may have
been meant. Sorted by given name where the rank is the same.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import Any

from households.access.scope import Scope
from households.registry.codes import NumberKind
from households.registry.filters import Filters
from households.registry.identity import normalised
from households.registry.lookups import looked_up
from households.registry.numbers import all_fingerprints
from households.registry.search_names import (
    FEW,
    PRESENT_FIRST,
    Name,
    Why,
    begun_hits,
    good_hits,
    inner_hits,
    meant_hits,
)
from households.registry.search_places import Found, codes_below, narrowed, places_called
from households.registry.search_rows import BY_NAME, Condition, Hit, Rows, conditions_of, fetch, text_array
from households.registry.search_terms import Terms, name_and_place, read
from households.registry.visible import codes_in

__all__ = ["Filters", "Found", "Hit", "Hits", "People", "Why", "find", "people"]

MOST = 200
ALL = Filters()


@dataclass(frozen=True, slots=True)
class Hits:
    """``more``: there are further ones, so that the page asks for another word or a filter. ``places``: villages and communes
    that the whole text is the name of. ``meant``: the readings under which something was found that was typed otherwise."""

    rows: tuple[Hit, ...] = ()
    more: bool = False
    places: tuple[Found, ...] = ()
    meant: tuple[str, ...] = ()


def find(
    text: str,
    scope: Scope,
    on: date,
    *,
    day: date,
    limit: int = 50,
    filters: Filters = ALL,
) -> Hits:
    """Who is meant by the text, of those whom the scope shows on ``on``; ``day``: today. A text of blanks finds nobody."""
    terms = read(text)
    if on >= day and filters == ALL and (exact := looked_up(terms, scope, on)):
        return Hits(exact[:limit], len(exact) > limit)
    rows = rows_of(scope, on, filters, day=day)
    if not terms.text or rows.empty:
        return Hits()
    limit = min(limit, MOST)
    found: dict[tuple[int, int | None], Hit] = {}
    places = _places(terms, rows)
    for hit in chain(_all_hits(terms, rows, limit + 1, found), _living_there(places, rows, limit + 1, found)):
        found.setdefault((hit.person, hit.household), hit)
        if len(found) > limit:
            break
    hits = tuple(found.values())
    meant = dict.fromkeys(hit.name_key for hit in hits if hit.why == Why.MEANT)
    return Hits(hits[:limit], len(hits) > limit, places, tuple(meant))


def people(scope: Scope, on: date, *, day: date, filters: Filters = ALL) -> "People":
    """Everybody whom the scope shows and the filters let through, by given name: for a Paginator."""
    return People(rows_of(scope, on, filters, day=day))


@dataclass(frozen=True, slots=True)
class People:
    rows: Rows

    def count(self) -> int:
        if self.rows.empty:
            return 0
        source, where = self.rows.source(), self.rows.where()
        sql = f"SELECT count(*) FROM {source.sql} WHERE {where.sql}"  # noqa: S608  # parts of search_rows
        return int(fetch(sql, (*source.values, *where.values))[0][0])

    __len__ = count

    def __getitem__(self, wanted: slice) -> list[Hit]:
        start = wanted.start or 0
        if self.rows.empty:
            return []
        return self.rows.take(Condition("true"), limit=wanted.stop - start, offset=start, order=BY_NAME)


def rows_of(scope: Scope, on: date, filters: Filters, *, day: date) -> Rows:
    codes = codes_in(scope, on)
    now = codes_in(scope, day) if on < day else codes
    if filters.area:
        below = codes_below([filters.area], on=on)
        codes, now = narrowed(codes, below), narrowed(now, below)
    return Rows(on, day, codes, now, conditions_of(filters, on))


def _all_hits(terms: Terms, rows: Rows, limit: int, found: dict[Any, Hit]) -> Iterator[Hit]:
    """``found``: what the caller has taken so far, by which the later and dearer ways are left out."""
    if terms.number:
        yield from _why(Why.NUMBER, _by_number(terms, rows))
    if terms.household is not None:
        yield from _why(Why.HOUSEHOLD, households([terms.household], rows))
    if terms.codes:
        yield from _why(Why.LOCAL_CODE, _by_local_code(terms, rows))
    if not terms.words or found:
        return
    born = replace(rows, conditions=(*rows.conditions, *_born(terms)))
    yield from _by_name(terms, born, limit, found)


def _by_name(terms: Terms, rows: Rows, limit: int, found: dict[Any, Hit]) -> Iterator[Hit]:
    name = Name(terms.words, terms.marked(len(terms.words)))
    if not terms.place:
        yield from good_hits(rows, name, limit)
    if len(found) < FEW or terms.place:
        yield from _with_place(terms, rows, limit)
    if not terms.place:
        yield from begun_hits(rows, name, limit)
        for further in (inner_hits, meant_hits):
            if len(found) < FEW:
                yield from further(rows, name, limit)


def _with_place(terms: Terms, rows: Rows, limit: int) -> Iterator[Hit]:
    readings = name_and_place(terms)
    called = places_called([place for _words, place in readings], rows)
    for words, place in readings:
        if not (areas := called.get(place)):
            continue
        there = codes_below([area.code for area in areas], on=rows.on)
        narrow = replace(rows, codes=narrowed(rows.codes, there), now=narrowed(rows.now, there))
        if narrow.empty:
            continue
        name = Name(words, terms.marked(len(words)))
        hits = list(good_hits(narrow, name, limit)) or list(meant_hits(narrow, name, limit))
        yield from _why(Why.PLACE, hits)


def _places(terms: Terms, rows: Rows) -> tuple[Found, ...]:
    if terms.number or not terms.words or terms.place:
        return ()
    found = places_called([terms.words], rows).get(terms.words, ())
    return tuple(area for area in found if rows.codes is None or area.code in rows.codes)


def _living_there(places: Sequence[Found], rows: Rows, limit: int, found: dict[Any, Hit]) -> Iterator[Hit]:
    """Where nobody is called so, but a village or commune is: the heads of its households."""
    if places and not found:
        there = codes_below([area.code for area in places], on=rows.on)
        narrow = replace(rows, codes=narrowed(rows.codes, there), now=narrowed(rows.now, there))
        yield from _why(Why.LIVES, narrow.take(Condition("s.head AND NOT s.gone"), limit=limit))


def _born(terms: Terms) -> list[Condition]:
    if terms.born is None:
        return []
    born = "EXISTS (SELECT FROM households_person p WHERE p.id = s.person_id AND p.birth_year = %s)"
    return [Condition(born, (terms.born,))]


_COLUMN_OF = {
    NumberKind.PERSONAL: "identity_id",
    NumberKind.OLD: "old_identity_id",
    NumberKind.INSURANCE: "insurance_id",
}


def _by_number(terms: Terms, rows: Rows) -> list[Hit]:
    parts, values = [], []
    for kind, column in _COLUMN_OF.items():
        parts.append(
            "SELECT coalesce(p.merged_into_id, p.id) FROM households_sealednumber n JOIN households_person p"  # noqa: S608
            f" ON p.{column} = n.id WHERE n.kind = '{kind.value}' AND n.fingerprint = ANY(%s)"
        )
        values.append(all_fingerprints(normalised(kind, terms.text)))
    return rows.take(
        Condition(f"s.person_id IN ({' UNION ALL '.join(parts)})", tuple(values)), limit=MOST, order=PRESENT_FIRST
    )


_HOUSEHOLDS = """
SELECT p.id, p.full_name, p.sex, p.birth_date, p.birth_year, p.ethnicity, p.identity_id IS NOT NULL, p.invented,
       h.id, s.area_code, s.local_code, s.unplaced, head.relation = 'head', NOT upper_inf(h.validity), p.search_key, p.sort_key
  FROM households_household asked
  JOIN households_household h ON h.id = coalesce(asked.merged_into_id, asked.id)
  JOIN LATERAL (SELECT area_code, local_code, unplaced, (
                       SELECT area_code FROM households_residence WHERE household_id = h.id ORDER BY lower(validity) DESC LIMIT 1
                       ) AS area_now
                  FROM households_residence WHERE household_id = h.id {on} ORDER BY lower(validity) DESC LIMIT 1) s ON true
  JOIN LATERAL (SELECT person_id, relation FROM households_membership WHERE household_id = h.id {on}
                 ORDER BY upper(validity) DESC NULLS FIRST, relation = 'head' DESC LIMIT 1) head ON true
  JOIN households_person p ON p.id = head.person_id
 WHERE asked.id = ANY(%s) AND {scope}
 ORDER BY NOT upper_inf(h.validity), h.id"""


def households(ids: list[int], rows: Rows) -> list[Hit]:
    """Each by its head (of its last days, when it is no more)."""
    on = Condition("AND validity @> %s::date", (rows.on,)) if rows.past else Condition("")
    scope = replace(rows, conditions=()).where()
    sql = _HOUSEHOLDS.format(on=on.sql, scope=scope.sql)
    return [Hit(*row) for row in fetch(sql, (*on.values, *on.values, ids, *scope.values))]


def _by_local_code(terms: Terms, rows: Rows) -> list[Hit]:
    """A code that the household had at any place, as long as it was, or is now, in the scope."""
    sql = "SELECT DISTINCT s.household_id FROM households_residence s WHERE s.local_code = ANY(%s)"
    values: list[Any] = [terms.codes]
    if rows.codes is not None:
        within = "r.household_id = s.household_id AND r.area_code = ANY(%s::varchar[])"
        sql += f" AND EXISTS (SELECT FROM households_residence r WHERE {within})"  # texts of this module
        values.append(text_array([*rows.codes, *(rows.now or ())]))
    found = [key for (key,) in fetch(f"{sql} LIMIT %s", [*values, MOST])]
    return households(found, rows) if found else []


def _why(why: Why, hits: Iterable[Hit]) -> Iterator[Hit]:
    for hit in hits:
        yield replace(hit, why=why)
