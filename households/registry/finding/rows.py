"""The statements of the search: which rows may be looked at (scope, day, filters), and how a hit is read."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
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
      JOIN households_residence r ON r.household_id = m.household_id AND r.validity @> %s::date
) s"""
_STAY = """
LEFT JOIN LATERAL (SELECT local_code, unplaced FROM households_residence WHERE household_id = s.household_id {on}
                    ORDER BY lower(validity) DESC LIMIT 1) stay ON true"""
_HITS = """
WITH hit AS MATERIALIZED ({inner})
SELECT s.person_id, p.full_name, p.sex, p.birth_date, p.birth_year, p.ethnicity, p.identity_id IS NOT NULL, p.invented,
       s.household_id, s.area_code, coalesce(stay.local_code, ''), coalesce(stay.unplaced, false), s.head, s.gone,
       s.name_key, s.sort_key, '' AS why, hit.way
  FROM hit JOIN {source} ON s.person_id = hit.person_id JOIN households_person p ON p.id = s.person_id {stay}
 ORDER BY hit.way, s.sort_key, s.person_id"""
_CLASS = """(
    SELECT g.class FROM households_recognition g WHERE g.household_id = s.household_id AND g.validity @> %s::date
       AND NOT EXISTS (SELECT FROM households_recognition c WHERE c.corrects_id = g.id) {decided}
     ORDER BY lower(g.validity) DESC, g.id DESC LIMIT 1) = %s"""
# What a later place decided for earlier days is not told to the place of these days, unless it corrects that one's decision.
_DECIDED_HERE = """
       AND (s.area_now = ANY(%s::varchar[]) OR EXISTS (
            SELECT FROM households_residence d WHERE d.household_id = g.household_id AND d.area_code = ANY(%s::varchar[])
               AND d.validity @> coalesce((SELECT o.decision_date FROM households_recognition o WHERE o.id = g.corrects_id),
                                          g.decision_date)))"""
_UNPLACED = """(
    SELECT r.unplaced FROM households_residence r WHERE r.household_id = s.household_id AND lower(r.validity) <= %s::date
     ORDER BY lower(r.validity) DESC LIMIT 1)"""
CODES_BY_INDEX = 60
BY_NAME = "s.sort_key, s.person_id"


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

    def source(self) -> Condition:
        return Condition(_THEN, (self.on, self.on)) if self.past else Condition(_NOW)

    def where(self, *more: Condition) -> Condition:
        parts = [*self._scope(), *self.conditions, *more] or [Condition("true")]
        return Condition(
            " AND ".join(part.sql for part in parts), tuple(value for part in parts for value in part.values)
        )

    def _scope(self) -> list[Condition]:
        if self.codes is None:
            return []
        here = _within("s.area_code", self.codes)
        if not self.past:
            return [here]
        now = _within("s.area_now", self.now or ())
        return [Condition(f"({here.sql} OR {now.sql})", (*here.values, *now.values))]

    def take(self, wanted: Condition, *, limit: int, order: str = BY_NAME, offset: int = 0) -> list[Hit]:
        return [hit for _way, hit in self.read(self.some(0, wanted, order=order, limit=limit, offset=offset))]

    def some(self, way: int, wanted: Condition, *, order: str, limit: int, offset: int = 0) -> Condition:
        """A statement that gives the number of the way and who is found by it."""
        source, where = self.source(), self.where(wanted)
        return Condition(
            f"SELECT {way} AS way, s.person_id FROM {source.sql} WHERE {where.sql} ORDER BY {order} LIMIT %s OFFSET %s",  # noqa: S608
            (*source.values, *where.values, limit, offset),
        )

    def read(self, inner: Condition) -> list[tuple[int, Hit]]:
        """``inner``: a statement that gives way and person_id of each."""
        source = self.source()
        on = Condition("AND validity @> %s::date", (self.on,)) if self.past else Condition("")
        sql = _HITS.format(inner=inner.sql, source=source.sql, stay=_STAY.format(on=on.sql))
        return [(row[-1], Hit(*row[:-1])) for row in fetch(sql, (*inner.values, *source.values, *on.values))]


def first_of(statements: Sequence[Condition], *, limit: int) -> Condition:
    """One statement of several: each person by the first way. The later ones are not even begun once enough is found."""
    parts = " UNION ALL ".join(f"({one.sql})" for one in statements)
    values = tuple(value for one in statements for value in one.values)
    some = f"SELECT * FROM ({parts}) AS one LIMIT %s"  # noqa: S608  # texts of these modules
    return Condition(f"SELECT min(way) AS way, person_id FROM ({some}) AS one GROUP BY person_id", (*values, limit))  # noqa: S608


def _within(column: str, codes: Sequence[str]) -> Condition:
    """Few codes are a way into the rows by the index of the area. Of thousands each row that a name leads to is asked whether
    it is among them: the empty text keeps the planner from thousands of looks into that index, and from weighing each code."""
    column = column if len(codes) <= CODES_BY_INDEX else f"({column} || '')"
    return Condition(f"{column} = ANY(%s::varchar[])", (text_array(codes),))


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
        return Condition(_CLASS.format(decided=""), (on, klass))
    there = (text_array(now or ()), text_array(codes))
    return Condition(_CLASS.format(decided=_DECIDED_HERE), (on, *there, klass))


def _of_person(conditions: Sequence[Condition]) -> Condition | None:
    if not conditions:
        return None
    told = " AND ".join(one.sql for one in conditions)
    values = tuple(value for one in conditions for value in one.values)
    return Condition(f"EXISTS (SELECT FROM households_person p WHERE p.id = s.person_id AND {told})", values)


def text_array(texts: Sequence[str]) -> str:
    """An array as one literal: thousands of codes are read faster than as thousands of constants."""
    quoted = (text.replace("\\", "\\\\").replace('"', '\\"') for text in texts)
    return "{" + ",".join(f'"{text}"' for text in quoted) + "}"


def fetch(sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
