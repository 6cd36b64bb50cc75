"""The one search box: persons and households by number, code, name, and name with place, within somebody's scope.

What was found is ranked: number, household code, exact name, the same letters, part of a name, name and place, what may have
been meant. Sorted by given name where the rank is the same.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from households.access.scope import Scope
from households.registry.finding.exact import MOST, because, exact_hits
from households.registry.finding.filters import Filters
from households.registry.finding.lookups import looked_up
from households.registry.finding.names import (
    FEW,
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
from households.registry.finding.places import (
    KINDS,
    Found,
    codes_below,
    narrowed,
    places_called,
    places_near,
)
from households.registry.finding.rows import BY_NAME, BY_NAME_OF_FEW, Condition, Hit, Rows, conditions_of, fetch
from households.registry.finding.terms import Reading, Terms, name_and_place, read
from households.registry.visible import codes_in

__all__ = ["Filters", "Found", "Hit", "Hits", "People", "Why", "find", "people"]

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
        search.take(exact_hits(terms, rows))
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
        source, where = self.rows.source(), self.rows.where(listed=False)
        sql = f"SELECT count(*) FROM {source.sql} WHERE {where.sql}"  # noqa: S608  # parts of search_rows
        return int(fetch(sql, (*source.values, *where.values))[0][0])

    __len__ = count

    def __getitem__(self, wanted: slice) -> list[Hit]:
        start = wanted.start or 0
        if self.rows.empty:
            return []
        order = BY_NAME if self.rows.wide else BY_NAME_OF_FEW
        return self.rows.take(Condition("true"), limit=wanted.stop - start, offset=start, order=order)


def rows_of(scope: Scope, on: date, filters: Filters, *, day: date) -> Rows:
    codes = codes_in(scope, on)
    now = codes_in(scope, day) if on < day else codes
    if filters.area:
        below = codes_below(filters.area, on=on)
        codes, now = narrowed(codes, below), narrowed(now, below)
    conditions = conditions_of(filters, on, codes=codes, now=now) if on < day else conditions_of(filters, on)
    return Rows(on, day, codes, now, conditions)


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
        places = tuple(area for area in self.whole() if self.rows.codes is None or area.code in self.rows.codes)
        return Hits(found[: self.limit], len(found) > self.limit, places, tuple(meant))

    def run(self) -> None:
        terms = self.terms
        if terms.household is not None or all(word.isdigit() for word in terms.words):
            return  # nobody is called so
        readings = name_and_place(terms)
        self.places = places_called([terms.words, *(place for _words, place in readings)], self.rows)
        whole, placed = self.name(len(terms.words)), list(self.placed(readings))
        self.by_name([] if terms.place else list(good_ways(self.rows, whole)), placed)
        if not self.found:
            self.take(self.living_there())
        if not self.of_places and not terms.place:
            self.further(whole)
        if not self.found and placed:
            there, name = placed[0]
            self.take(because(Why.PLACE, meant_hits(there, name, self.known, self.limit + 1)))
        if not (self.found or self.whole()):
            self.by_slip(readings)

    def by_slip(self, readings: Sequence[Reading]) -> None:
        """The name of the place was mistyped, or its kind, or the unit above it stands beside it."""
        places = [self.terms.words, *(place for _words, place in readings)]
        near = places_near(places, [words for words, _place in readings], self.rows)
        self.places = {**near, **self.places}
        self.by_name([], list(self.placed(readings)))
        if not self.found:
            self.take(self.living_there())

    def whole(self) -> tuple[Found, ...]:
        """Places that the whole text is the name of, also as "Xóm Nà Tềnh, Xã Trường Hà" or with another kind."""
        if not self.terms.place and (named := self.places.get(self.terms.words)):
            return named
        found: list[Found] = []
        for words, outer in name_and_place(self.terms):
            around = self.places.get(outer, ())
            codes = {code for one in around for code in one.codes} - {one.code for one in around}
            found += around if words in KINDS else (one for one in self.places.get(words, ()) if one.code in codes)
        return tuple(dict.fromkeys(found))

    def name(self, count: int) -> Name:
        return Name(self.terms.words[:count], self.terms.marked(count), self.terms.with_marks(count))

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
        there = self.within(self.whole())
        if not there.empty:
            yield from because(Why.LIVES, there.take(Condition("s.head AND NOT s.gone"), limit=self.limit + 1))

    def within(self, areas: Sequence[Found]) -> Rows:
        codes = {code for area in areas for code in area.codes}
        return replace(self.rows, codes=narrowed(self.rows.codes, codes), now=narrowed(self.rows.now, codes))


def _born(terms: Terms) -> list[Condition]:
    if terms.born is None:
        return []
    born = "EXISTS (SELECT FROM households_person p WHERE p.id = s.person_id AND p.birth_year = %s)"
    return [Condition(born, (terms.born,))]
