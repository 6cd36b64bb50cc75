"""Invented households into the tables: copied beside them, then taken over in sets, so that the history is written too."""

import io
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache
from itertools import count
from typing import Any

from django.db import connection

from households.registry.codes import NumberKind, RecognitionOrigin
from households.registry.demonstration.book import Book
from households.registry.demonstration.kin import HEAD, Person
from households.registry.finding.name_keys import NameKeys, keys_of
from households.registry.numbers.sealed import row_of
from povertyportal.core.models import User

KEYS_AT_ONCE, NAMES_KEPT = 5_000, 200_000
REASONS = {
    "registered": "Lập hồ sơ ban đầu",
    "born": "Khai sinh",
    "died": "Khai tử",
    "joined": "Kết hôn, về chung sống",
    "left": "Kết hôn, đi làm xa",
    "moved": "Chuyển nơi ở",
    "split": "Tách hộ",
    "merged": "Về ở với người thân",
    "ended": "Chuyển đi khỏi địa bàn hoặc không còn thành viên",
}
_TABLES = {
    "household": ("id", "validity", "invented"),
    "person": (
        "id", "full_name", "search_key", "sort_key", "sex", "birth_date", "birth_year", "ethnicity", "identity_id",
        "old_identity_id", "insurance_id", "no_identity_reason", "died_on", "invented",
    ),
    "membership": ("household_id", "person_id", "relation", "validity"),
    "residence": ("household_id", "area_code", "local_code", "address", "unplaced", "validity"),
    "recognition": (
        "household_id", "class", "kind", "year", "validity", "decision_number", "decision_date", "area_code",
        "standard", "origin", "source", "reason", "by_id", "at",
    ),
    "searchrow": ("person_id", "household_id", "area_code", "name_key", "reverse_key", "sort_key", "head", "gone"),
    "sealednumber": ("id", "kind", "sealed", "fingerprint"),
    "householdevent": ("household_id", "kind", "on", "person_id", "other_id", "details", "reason", "by_id", "at"),
}  # fmt: skip
UNTRACKED = ("sealednumber", "householdevent", "searchrow")


def keys(table: str) -> Iterator[int]:
    """Numbers of rows to come, from the table's own sequence: nobody else gets them."""
    next_keys = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
    for _turn in count():
        with connection.cursor() as cursor:
            cursor.execute(next_keys, [f"households_{table}", KEYS_AT_ONCE])
            found = [key for (key,) in cursor.fetchall()]
        yield from found


class Loader:
    """Call inside ``acting`` and one transaction. ``rows``: how many it has written."""

    def __init__(self, *, source: str, by: User, at: datetime) -> None:
        self._source, self._by, self._at = source, by, at
        self._number_keys = keys("sealednumber")
        self.rows = 0

    def load(self, book: Book) -> None:
        numbers = dict(self._numbers(book.people))
        self._write("household", ((one.key, _period(one.start, one.end), True) for one in book.households))
        self._write("person", (_person(one, numbers) for one in book.people))
        self._write("membership", ((*row[:3], _period(row.start, row.end)) for row in book.memberships))
        self._write("residence", ((*row[:4], False, _period(row.start, row.end)) for row in book.residences))
        self._write("householdevent", self._events(book))
        self._write("recognition", self._recognitions(book))
        self._write("searchrow", _search_rows(book))
        named = [_keys_of(one.full_name) for one in book.people]
        _learn("households_nameword", "word", {word for one in named for word in one.search_key.split()})
        _learn("households_foldedname", "reverse_key", {one.reverse_key for one in named})

    def _numbers(self, people: Sequence[Person]) -> Iterator[tuple[tuple[str, str], int]]:
        """Their rows; yields which number has which key."""
        wanted = dict.fromkeys(
            (kind.value, text)
            for one in people
            for kind, text in (
                (NumberKind.PERSONAL, one.identity), (NumberKind.OLD, one.old_identity), (NumberKind.INSURANCE, one.insurance),
            )
            if text
        )  # fmt: skip
        given = {pair: next(self._number_keys) for pair in wanted}
        self._write("sealednumber", ((key, *row_of(*pair)) for pair, key in given.items()))
        yield from given.items()

    def _events(self, book: Book) -> Iterator[tuple[Any, ...]]:
        for row in book.events:
            reason = f"{REASONS[row.kind]} ({self._source.lower()})"
            details = json.dumps(row.details, ensure_ascii=False)
            yield row.household, row.kind, row.on, row.person, row.other, details, reason, self._by.pk, self._at

    def _recognitions(self, book: Book) -> Iterator[tuple[Any, ...]]:
        origin = RecognitionOrigin.TAKEN_OVER.value
        for row in book.recognitions:
            yield (
                row.household, row.klass, row.kind, row.year, _period(row.start, row.end), row.decision_number,
                row.decision_date, row.area_code, row.standard, origin, self._source, self._source, self._by.pk, self._at,
            )  # fmt: skip

    def _write(self, table: str, rows: Iterable[Sequence[Any]]) -> None:
        text = io.StringIO()
        for row in rows:
            text.write("\t".join(map(_cell, row)) + "\n")
            self.rows += 1
        text.seek(0)
        columns = ", ".join(f'"{name}"' for name in _TABLES[table])
        real, beside = f"households_{table}", f"demonstration_{table}"
        with connection.cursor() as cursor:
            if table in UNTRACKED:
                cursor.copy_expert(f"COPY {real} ({columns}) FROM STDIN", text)
                return
            copied = f"SELECT {columns} FROM {real} WITH NO DATA"  # noqa: S608  # names of this module
            cursor.execute(f"CREATE TEMP TABLE IF NOT EXISTS {beside} ON COMMIT DROP AS {copied}")
            cursor.copy_expert(f"COPY {beside} ({columns}) FROM STDIN", text)
            cursor.execute(f"INSERT INTO {real} ({columns}) SELECT {columns} FROM {beside}")  # noqa: S608  # our own names
            cursor.execute(f"TRUNCATE {beside}")


def _search_rows(book: Book) -> Iterator[tuple[Any, ...]]:
    """What ``upkeep.refresh`` would make of these rows, known here without asking the tables (a test compares)."""
    stays = {row.person: row for row in sorted(book.memberships, key=lambda row: row.start)}
    places = {row.household: row.area_code for row in sorted(book.residences, key=lambda row: row.start)}
    for one in book.people:
        named, stay = _keys_of(one.full_name), stays[one.key]
        yield (
            one.key, stay.household, places[stay.household], named.search_key, named.reverse_key, named.sort_key,
            stay.relation == HEAD, stay.end is not None,
        )  # fmt: skip


def _learn(table: str, column: str, words: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        learn = f"INSERT INTO {table} ({column}) SELECT unnest(%s::text[]) ON CONFLICT DO NOTHING"  # our own names
        cursor.execute(learn, [sorted(words)])


def _person(one: Person, numbers: dict[tuple[str, str], int]) -> tuple[Any, ...]:
    named = _keys_of(one.full_name)
    return (
        one.key, one.full_name, named.search_key, named.sort_key, "female" if one.female else "male",
        one.born if one.day_known else None, one.born.year, one.group, numbers.get((NumberKind.PERSONAL.value, one.identity)),
        numbers.get((NumberKind.OLD.value, one.old_identity)), numbers.get((NumberKind.INSURANCE.value, one.insurance)),
        one.no_identity_reason, one.died_on, True,
    )  # fmt: skip


@lru_cache(NAMES_KEPT)
def _keys_of(full_name: str) -> NameKeys:
    return keys_of(full_name)


def _period(start: date, end: date | None) -> str:
    return f"[{start.isoformat()},{end.isoformat() if end else ''})"


def _cell(value: Any) -> str:
    if value is None:
        return r"\N"
    if isinstance(value, bytes):
        return rf"\\x{value.hex()}"
    if isinstance(value, bool):
        return "t" if value else "f"
    return str(value).replace("\\", "\\\\").replace("\t", " ").replace("\n", " ")
