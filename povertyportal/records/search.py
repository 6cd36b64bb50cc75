"""The history of all tracked tables as one list: found by who, when, where, what and which words, newest first."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, models
from django.db.models import CharField, Q, QuerySet, Value

from povertyportal.core.described import Described, described
from povertyportal.vietnamese import pattern

MOST_COUNTED = 10_000


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for. ``areas``: ids of area versions the rows must belong to; None is the whole nation, an empty set is
    nothing. ``people``: ids of accounts; None is anybody. ``object_id``: one row of ``table``. The period is half-open.
    ``text`` is sought in reasons and values."""

    areas: Collection[int] | None
    people: Collection[int] | None = None
    table: str = ""
    object_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """One history row as stored: ``row`` and the row ``before`` it (None: none known) by column name."""

    told: Described
    number: int
    at: datetime
    label: str
    object_id: int
    context: dict[str, Any]
    row: dict[str, Any]
    before: dict[str, Any] | None


def search(asked: Asked, *, offset: int = 0, limit: int = 50) -> list[Found]:
    """2 queries, whatever the number of tables."""
    found = list(_union(asked)[offset : offset + limit]) if _parts(asked) else []
    return _read([(table, number) for table, number, _at in found])


def count(asked: Asked, *, most: int = MOST_COUNTED) -> int:
    """How many, up to ``most`` + 1: beyond that nobody reads a number to its last digit."""
    return _union(asked)[: most + 1].count() if _parts(asked) else 0


class Life(Sequence[Found]):
    """The history of one thing that several tables hold: for each table, by its key, a condition on its history rows; newest
    first. For a Paginator: 1 query, and 1 for each page cut out. Who may see it the caller has asked."""

    def __init__(self, conditions: Mapping[str, Q]) -> None:
        known = {told.key: told for told in described()}
        rows = _newest_first([_part(known[key], condition) for key, condition in conditions.items()])
        self._keys = [(table, number) for table, number, _at in rows[:MOST_COUNTED]]

    def __len__(self) -> int:
        return len(self._keys)

    def __getitem__(self, part: Any) -> Any:
        return _read(self._keys[part])


def _union(asked: Asked) -> QuerySet[Any, Any]:
    return _newest_first(_parts(asked))


def _newest_first(parts: Sequence[QuerySet[Any, Any]]) -> QuerySet[Any, Any]:
    first, *others = parts
    both = first.union(*others, all=True) if others else first
    return both.order_by("-pgh_created_at", "-pgh_id")


def _parts(asked: Asked) -> list[QuerySet[Any, Any]]:
    wanted = [told for told in described() if asked.table in ("", told.key)]
    if asked.areas is not None and not asked.areas:
        return []
    return [_part(told, _condition(told, asked)) for told in wanted]


def _part(told: Described, condition: Q) -> QuerySet[Any, Any]:
    return (
        told.rows.objects.filter(condition)
        .annotate(table=Value(told.key, output_field=CharField()))
        .order_by()
        .values_list("table", "pgh_id", "pgh_created_at")
    )


def _condition(told: Described, asked: Asked) -> Q:
    wanted = Q() if asked.areas is None else told.within(asked.areas)
    if asked.people is not None:
        wanted &= Q(pgh_context__user__in=sorted(asked.people))
    if asked.object_id is not None:
        wanted &= Q(pgh_obj=asked.object_id)
    if asked.since:
        wanted &= Q(pgh_created_at__gte=asked.since)
    if asked.until:
        wanted &= Q(pgh_created_at__lt=asked.until)
    return wanted & _holding(told, asked.text) if asked.text else wanted


def _holding(told: Described, text: str) -> Q:
    """The words in the reason or in any text of the row, whatever their case and marks."""
    wanted = Q(pgh_context__reason__regex=pattern(text))
    for field in told.model._meta.fields:
        if isinstance(field, models.CharField | models.TextField) and _has(told.rows, field.name):
            wanted |= Q(**{f"{field.name}__regex": pattern(text)})
    return wanted


def _has(model: type[models.Model], name: str) -> bool:
    return any(field.name == name for field in model._meta.fields)


def _read(keys: Sequence[tuple[str, int]]) -> list[Found]:
    """The rows in the order of the keys, each with the row before it of the same object; 1 query."""
    by_table: dict[str, list[int]] = {}
    for table, number in keys:
        by_table.setdefault(table, []).append(number)
    if not by_table:
        return []
    known = {told.key: told for told in described()}
    parts = [_READ.format(table=connection.ops.quote_name(known[key].rows._meta.db_table)) for key in by_table]
    values = [value for key, numbers in by_table.items() for value in (key, numbers)]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        read = [_found(known[key], at, row, before) for key, at, row, before in cursor.fetchall()]
    found = {(one.told.key, one.number): one for one in read}
    return [found[key] for key in keys]


_READ = """
SELECT %s, e.pgh_created_at, to_jsonb(e),
       (SELECT to_jsonb(b) FROM {table} b WHERE b.pgh_obj_id = e.pgh_obj_id AND b.pgh_id < e.pgh_id
         ORDER BY b.pgh_id DESC LIMIT 1)
  FROM {table} e WHERE e.pgh_id = ANY(%s)
"""


def _found(told: Described, at: datetime, row_json: str, before_json: str | None) -> Found:
    row, before = json.loads(row_json), json.loads(before_json or "null")
    return Found(
        told, row["pgh_id"], at, row["pgh_label"], row["pgh_obj_id"], row["pgh_context"], _fields(row),
        _fields(before) if before else None,
    )  # fmt: skip


def _fields(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if not name.startswith("pgh_")}
