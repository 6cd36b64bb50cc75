"""The statements of the search: which rows may be looked at (scope, day, filters), and how a hit is read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from django.db import connection

from households.registry.codes import Sex
from households.registry.finding.filters import Filters

# A person's row as it is now; on an earlier day: where he was a member that day, under the name he has now. ``area_now`` is
# where that household lives now: who went on to another one is told of by the places of his own days.
_NOW = "households_searchrow s"
_THEN = """(
    SELECT w.person_id, m.household_id, r.area_code, w.name_key, w.reverse_key, w.sort_key,
           m.relation = 'head' AS head, false AS gone, (
           SELECT area_code FROM households_residence WHERE household_id = m.household_id ORDER BY lower(validity) DESC LIMIT 1
           ) AS area_now
      FROM households_searchrow w
      JOIN households_membership m ON m.person_id = w.person_id AND m.validity @> %s::date
      JOIN households_residence r ON r.household_id = m.household_id AND r.validity @> %s::date {ever_here}
) s"""
# Follows from what is asked of area_code and area_now, and unlike these an index finds it.
_EVER_HERE = (
    "WHERE m.household_id IN (SELECT household_id FROM households_residence WHERE area_code = ANY(%s::varchar[]))"
)
_STAY = """
LEFT JOIN LATERAL (SELECT local_code, unplaced FROM households_residence WHERE household_id = s.household_id {on}
                    ORDER BY lower(validity) DESC LIMIT 1) stay ON true"""
_HITS = """
SELECT s.person_id, p.full_name, p.sex, p.birth_date, p.birth_year, p.ethnicity, p.identity_id IS NOT NULL, p.invented,
       s.household_id, s.area_code, coalesce(stay.local_code, ''), coalesce(stay.unplaced, false), s.head, s.gone,
       s.name_key, s.sort_key, '' AS why, hit.way
  FROM hit JOIN {source} ON s.person_id = hit.person_id JOIN households_person p ON p.id = s.person_id {stay}
 ORDER BY hit.way, s.sort_key, s.person_id"""
# Each of the two names the few who may be meant first: else what holds would be worked out for everybody in the scope.
_CLASS = """s.household_id IN (SELECT household_id FROM households_recognition WHERE class = %s AND validity @> %s::date) AND (
    SELECT g.class FROM households_recognition g WHERE g.household_id = s.household_id AND g.validity @> %s::date
       AND NOT EXISTS (SELECT FROM households_recognition c WHERE c.corrects_id = g.id) {decided}
     ORDER BY lower(g.validity) DESC, g.id DESC LIMIT 1) = %s"""
# What a later place decided for earlier days is not told to the place of these days, unless it corrects that one's decision.
_DECIDED_HERE = """
       AND (s.area_now = ANY(%s::varchar[]) OR EXISTS (
            SELECT FROM households_residence d WHERE d.household_id = g.household_id AND d.area_code = ANY(%s::varchar[])
               AND d.validity @> coalesce((SELECT o.decision_date FROM households_recognition o WHERE o.id = g.corrects_id),
                                          g.decision_date)))"""
_UNPLACED = """s.household_id IN (SELECT household_id FROM households_residence WHERE unplaced) AND (
    SELECT r.unplaced FROM households_residence r WHERE r.household_id = s.household_id AND lower(r.validity) <= %s::date
     ORDER BY lower(r.validity) DESC LIMIT 1)"""
# What is asked of a name, n.reverse_key: asked of each row, or of the folded names first and then of those who bear them.
_ROW_BY_ROW = "{source} CROSS JOIN LATERAL (SELECT s.reverse_key) n WHERE {where} AND {wanted}"
_NAME_BY_NAME = """households_foldedname n CROSS JOIN LATERAL (
    SELECT s.* FROM {source} WHERE s.reverse_key = n.reverse_key AND {where} OFFSET 0) s WHERE {wanted}"""
CODES_BY_INDEX = 60
BY_NAME = "s.sort_key, s.person_id"
BY_NAME_OF_FEW = (
    "s.sort_key || '', s.person_id"  # sorted; read by the index of the order, few would be found among very many
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A person where he lives (now, or on the day asked for). ``why`` he was found: see search.Why."""

    person: int
    full_name: str
    sex: str
    birth_date: date | None
    birth_year: int | None
    ethnicity: str
    has_number: bool
    invented: bool
    household: int | None
    area_code: str
    local_code: str
    unplaced: bool
    head: bool
    gone: bool
    name_key: str = field(repr=False)
    sort_key: str = field(repr=False)
    why: str = ""

    @property
    def sex_label(self) -> str:
        return str(Sex(self.sex).label) if self.sex else ""


@dataclass(frozen=True, slots=True)
class Condition:
    sql: str
    values: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows that may be looked at. ``codes``: None for the nation; ``now`` those of today's map when ``on`` is past."""

    on: date
    day: date
    codes: Sequence[str] | None
    now: Sequence[str] | None
    conditions: tuple[Condition, ...] = ()

    @property
    def past(self) -> bool:
        return self.on < self.day

    @property
    def empty(self) -> bool:
        return self.codes is not None and not (self.codes or (self.past and self.now))

    @property
    def wide(self) -> bool:
        """Too many codes to look into the index of the area for each."""
        return self.codes is None or len(self.codes) > CODES_BY_INDEX

    def source(self) -> Condition:
        if not self.past:
            return Condition(_NOW)
        if self.codes is None:
            return Condition(_THEN.format(ever_here=""), (self.on, self.on))
        ever = text_array(sorted({*self.codes, *(self.now or ())}))
        return Condition(_THEN.format(ever_here=_EVER_HERE), (self.on, self.on, ever))

    def where(self, *more: Condition, listed: bool = True) -> Condition:
        """``listed``: many codes stand in a list before the statement (``lists``); else all are looked up in the index."""
        parts = [*self._scope(listed), *self.conditions, *more] or [Condition("true")]
        return Condition(
            " AND ".join(part.sql for part in parts), tuple(value for part in parts for value in part.values)
        )

    def _scope(self, listed: bool) -> list[Condition]:
        if self.codes is None:
            return []
        here = _within("s.area_code", self.codes, listed)
        if not self.past:
            return [here]
        now = _within("s.area_now", self.now or (), listed)
        return [Condition(f"({here.sql} OR {now.sql})", (*here.values, *now.values))]

    def take(self, wanted: Condition, *, limit: int, order: str = BY_NAME, offset: int = 0) -> list[Hit]:
        return [hit for _way, hit in self.read(self.some(0, wanted, order=order, limit=limit, offset=offset))]

    def some(self, way: int, wanted: Condition, *, order: str, limit: int, offset: int = 0) -> Condition:
        """A statement that gives the number of the way and who is found by it."""
        called = self.called(wanted)
        return Condition(
            f"SELECT {way} AS way, s.person_id FROM {called.sql} ORDER BY {order} LIMIT %s OFFSET %s",  # noqa: S608
            (*called.values, limit, offset),
        )

    def called(self, wanted: Condition) -> Condition:
        """From where: the rows, and what is wanted of them. Where it is wanted of the name (n), folded names are gone through
        instead of rows, unless the scope is a small one."""
        source, where = self.source(), self.where()
        form = _NAME_BY_NAME if self.wide else _ROW_BY_ROW
        if "n.reverse_key" not in wanted.sql:
            form = "{source} WHERE {where} AND {wanted}"
        sql = form.format(source=source.sql, where=where.sql, wanted=wanted.sql)
        return Condition(sql, (*source.values, *where.values, *wanted.values))

    def read(self, inner: Condition, *others: "Rows") -> list[tuple[int, Hit]]:
        """``inner``: a statement that gives way and person_id of each, of these rows or of others."""
        source = self.source()
        on = Condition("AND validity @> %s::date", (self.on,)) if self.past else Condition("")
        hits = Condition(_HITS.format(source=source.sql, stay=_STAY.format(on=on.sql)), (*source.values, *on.values))
        told = _with([*self.lists(), *(one for rows in others for one in rows.lists()), hit_of(inner)], hits)
        return [(row[-1], Hit(*row[:-1])) for row in fetch(told.sql, told.values)]

    def lists(self) -> Iterator[Condition]:
        """The lists of codes that the conditions refer to."""
        for codes in (self.codes, self.now if self.past else None):
            if codes is not None and len(codes) > CODES_BY_INDEX:
                yield Condition(
                    f"{_list_name(codes)} (code) AS MATERIALIZED (SELECT unnest(%s::varchar[]))", (text_array(codes),)
                )


def first_of(statements: Sequence[Condition], *, limit: int) -> Condition:
    """One statement of several: each person by the first way. The later ones are not even begun once enough is found."""
    parts = " UNION ALL ".join(f"({one.sql})" for one in statements)
    values = tuple(value for one in statements for value in one.values)
    some = f"SELECT * FROM ({parts}) AS one LIMIT %s"  # noqa: S608  # texts of these modules
    return Condition(f"SELECT min(way) AS way, person_id FROM ({some}) AS one GROUP BY person_id", (*values, limit))  # noqa: S608


def hit_of(inner: Condition) -> Condition:
    return Condition(f"hit AS MATERIALIZED ({inner.sql})", inner.values)


def _with(tables: Sequence[Condition], main: Condition) -> Condition:
    once = {one.sql: one for one in tables}.values()
    if not once:
        return main
    values = tuple(value for one in (*once, main) for value in one.values)
    return Condition(f"WITH {', '.join(one.sql for one in once)} {main.sql}", values)


def _within(column: str, codes: Sequence[str], listed: bool) -> Condition:
    """Few codes are a way into the rows by the index of the area. Of thousands each row that a name leads to is asked whether
    it is among them: they stand once in the statement, as a list that is hashed (IS TRUE keeps it from becoming a join)."""
    if listed and len(codes) > CODES_BY_INDEX:
        return Condition(f"({column} IN (SELECT code FROM {_list_name(codes)})) IS TRUE")  # noqa: S608  # a name of ours
    return Condition(f"{column} = ANY(%s::varchar[])", (text_array(codes),))


def _list_name(codes: Sequence[str]) -> str:
    return f"codes_{blake2b(text_array(codes).encode(), digest_size=8).hexdigest()}"


def conditions_of(
    filters: Filters, on: date, *, codes: Sequence[str] | None = None, now: Sequence[str] | None = None
) -> tuple[Condition, ...]:
    """All of them but the area, which narrows the codes. ``codes``: of the scope on a past day, with those of today's map."""
    person = [
        Condition("p.ethnicity = %s", (filters.ethnicity,)) if filters.ethnicity else None,
        Condition("p.sex = %s", (filters.sex,)) if filters.sex else None,
        Condition("p.birth_year >= %s", (filters.born_from,)) if filters.born_from else None,
        Condition("p.birth_year <= %s", (filters.born_to,)) if filters.born_to else None,
        Condition("p.identity_id IS NULL") if filters.no_number else None,
    ]
    found = [
        Condition("s.head") if filters.head else None,
        Condition("s.gone = %s", (filters.gone,)) if filters.gone is not None else None,
        _of_person([one for one in person if one]),
        Condition(_UNPLACED, (on,)) if filters.unplaced else None,
        _of_class(filters.klass, on, codes, now) if filters.klass else None,
    ]
    return tuple(one for one in found if one)


def _of_class(klass: str, on: date, codes: Sequence[str] | None, now: Sequence[str] | None) -> Condition:
    if codes is None:
        return Condition(_CLASS.format(decided=""), (klass, on, on, klass))
    there = (text_array(now or ()), text_array(codes))
    return Condition(_CLASS.format(decided=_DECIDED_HERE), (klass, on, on, *there, klass))


def _of_person(conditions: Sequence[Condition]) -> Condition | None:
    if not conditions:
        return None
    told = " AND ".join(one.sql for one in conditions)
    values = tuple(value for one in conditions for value in one.values)
    return Condition(f"EXISTS (SELECT FROM households_person p WHERE p.id = s.person_id AND {told})", values)


def text_array(texts: Sequence[str]) -> str:
    """An array as one literal: thousands of codes are read faster than as thousands of constants."""
    return _literal(tuple(texts))


@lru_cache(256)
def _literal(texts: tuple[str, ...]) -> str:
    quoted = (text.replace("\\", "\\\\").replace('"', '\\"') for text in texts)
    return "{" + ",".join(f'"{text}"' for text in quoted) + "}"


def fetch(sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
