"""The one search box: persons and households by number, code, name, and name with place, within somebody's scope.

What was found is ranked: number, household code, exact name, the same letters, part of a name, name and place, what may have
been meant. Sorted by given name where the rank is the same.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
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
    Way,
    Why,
    begun_ways,
    good_ways,
    hits_of,
    inner_ways,
    known_words,
    meant_hits,
)
from households.registry.search_places import Found, codes_below, narrowed, places_called
from households.registry.search_rows import BY_NAME, Condition, Hit, Rows, conditions_of, fetch, text_array
from households.registry.search_terms import Reading, Terms, name_and_place, read
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
    plain = on >= day and filters == ALL
    if plain and (exact := looked_up(terms, scope, on)):
        return Hits(exact[:limit], len(exact) > limit)
    rows = rows_of(scope, on, filters, day=day)
    if not terms.text or rows.empty:
        return Hits()
    search = Search(terms, rows, min(limit, MOST))
    if not plain or exact is None:
        search.take(_exact(terms, rows))
    if not search.found:
        search.run()
    return search.hits()


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
        below = codes_below(filters.area, on=on)
        codes, now = narrowed(codes, below), narrowed(now, below)
    return Rows(on, day, codes, now, conditions_of(filters, on))


class Search:
    """One search, stage by stage; a later and dearer stage is left out when an earlier one found enough."""

    def __init__(self, terms: Terms, rows: Rows, limit: int) -> None:
        self.terms, self.limit = terms, limit
        self.rows = replace(rows, conditions=(*rows.conditions, *_born(terms)))
        self.found: dict[tuple[int, int | None], Hit] = {}
        self.places: dict[tuple[str, ...], tuple[Found, ...]] = {}
        self.known = cache(lambda: known_words(terms.words))

    def hits(self) -> Hits:
        found = tuple(self.found.values())
        meant = dict.fromkeys(hit.name_key for hit in found if hit.why == Why.MEANT)
        whole = self.places.get(self.terms.words, ()) if not self.terms.place else ()
        places = tuple(area for area in whole if self.rows.codes is None or area.code in self.rows.codes)
        return Hits(found[: self.limit], len(found) > self.limit, places, tuple(meant))

    def run(self) -> None:
        terms = self.terms
        if all(word.isdigit() for word in terms.words):
            return
        readings = name_and_place(terms)
        self.places = places_called([terms.words, *(place for _words, place in readings)], self.rows)
        whole, placed = self.name(len(terms.words)), list(self.placed(readings))
        self.by_name([] if terms.place else list(good_ways(self.rows, whole)), placed)
        if not (self.found or terms.place):
            self.take(self.living_there())
        if not self.of_places and not terms.place:
            self.further(whole)
        if not self.found and placed:
            there, name = placed[0]
            self.take(_why(Why.PLACE, meant_hits(there, name, self.known, self.limit + 1)))

    def name(self, count: int) -> Name:
        return Name(self.terms.words[:count], self.terms.marked(count))

    @property
    def of_places(self) -> bool:
        return any(hit.why in (Why.PLACE, Why.LIVES) for hit in self.found.values())

    def by_name(self, ways: Sequence[Way], placed: Sequence[tuple[Rows, Name]]) -> None:
        """As a name; and where few are called so, as a name and a place."""
        also = [replace(way, why=Why.PLACE) for there, name in placed for way in good_ways(there, name)]
        hits = list(hits_of([*ways, *also], self.limit + 1))
        self.take(hit for hit in hits if hit.why != Why.PLACE)
        if len(self.found) < FEW:
            self.take(hits)

    def further(self, name: Name) -> None:
        ways = [*begun_ways(self.rows, name), *(inner_ways(self.rows, name) if len(self.found) < FEW else ())]
        if len(self.found) <= self.limit:
            self.take(hits_of(ways, self.limit + 1))
        if len(self.found) < FEW:
            self.take(meant_hits(self.rows, name, self.known, self.limit + 1))

    def take(self, hits: Iterable[Hit]) -> None:
        for hit in hits:
            self.found.setdefault((hit.person, hit.household), hit)

    def placed(self, readings: Sequence[Reading]) -> Iterator[tuple[Rows, Name]]:
        """How the text is a name and a village or commune of the scope."""
        for words, place in readings:
            there = self.within(self.places.get(place, ()))
            if words and not there.empty:
                yield there, self.name(len(words))

    def living_there(self) -> Iterator[Hit]:
        """Where nobody is called so, but a village or commune is: the heads of its households."""
        there = self.within(self.places.get(self.terms.words, ()))
        if not there.empty:
            yield from _why(Why.LIVES, there.take(Condition("s.head AND NOT s.gone"), limit=self.limit + 1))

    def within(self, areas: Sequence[Found]) -> Rows:
        codes = {code for area in areas for code in area.codes}
        return replace(self.rows, codes=narrowed(self.rows.codes, codes), now=narrowed(self.rows.now, codes))


def _exact(terms: Terms, rows: Rows) -> Iterator[Hit]:
    """By number or code, where look-ups have not answered already: on an earlier day, through filters, or of too many."""
    if terms.number:
        yield from _why(Why.NUMBER, _by_number(terms, rows))
    if terms.household is not None:
        yield from _why(Why.HOUSEHOLD, households([terms.household], rows))
    if terms.codes:
        yield from _why(Why.LOCAL_CODE, _by_local_code(terms, rows))


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
