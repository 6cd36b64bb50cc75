"""Personal numbers under a new field key, and numbers that nobody has any more.

Each number is sealed anew and gets the newest key's fingerprint. Where two processes with different keys kept one number
twice, whoever refers to the second row refers to the first from then on; the second stays for the history's sake.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from households.registry.merging.relations import relations_to
from households.registry.models import SealedNumber
from households.registry.numbers.sealed import about, fingerprint_of, show
from povertyportal.core.crypto import Unreadable, seal
from povertyportal.core.resealing import Batch, register_sealed

_WRITE = """
UPDATE households_sealednumber n SET sealed = w.sealed, fingerprint = w.fingerprint
  FROM unnest(%s::bigint[], %s::bytea[], %s::bytea[]) AS w (id, sealed, fingerprint) WHERE n.id = w.id
"""


_held_in_texts: list[str] = []


def register_held(keys: str) -> None:
    """``keys``: a query of the keys of numbers that are named where no column can point at them; they are never pruned.
    Called in ``AppConfig.ready()``."""
    _held_in_texts.append(keys)


@dataclass(frozen=True, slots=True)
class Anew:
    """``stands_for``: the row that already holds this number under the newest key."""

    key: int
    sealed: bytes
    fingerprint: bytes
    stands_for: int | None = None


class Numbers:
    title: str | Promise = _("số định danh")
    model: type[models.Model] = SealedNumber
    column = "sealed"

    def reseal(self, keys: list[int]) -> Batch:
        rows = list(SealedNumber.objects.filter(pk__in=keys).order_by("pk"))
        plain = {row.pk: text for row in rows if (text := _opened(row)) is not None}
        anew = list(_anew([row for row in rows if row.pk in plain], plain))
        for one in anew:
            if one.stands_for:
                _repoint(one.key, one.stands_for)
        with connection.cursor() as cursor:
            cursor.execute(_WRITE, _columns(anew))
        return Batch(keys[-1], len(anew), len(rows) - len(anew))


def register() -> None:
    register_sealed(Numbers())


def _opened(row: SealedNumber) -> str | None:
    try:
        return show(row)
    except Unreadable:
        return None


def _anew(rows: Iterable[SealedNumber], plain: dict[int, str]) -> Iterator[Anew]:
    listed = list(rows)
    wanted = [fingerprint_of(plain[row.pk]) for row in listed]
    known = SealedNumber.objects.filter(fingerprint__in=wanted)
    first = {(row.kind, bytes(row.fingerprint)): row.pk for row in known}
    for row, fingerprint in zip(listed, wanted, strict=True):
        stands_for = first.setdefault((row.kind, fingerprint), row.pk)
        spare = stands_for != row.pk
        mark = fingerprint_of(f"{plain[row.pk]} spare {row.pk}") if spare else fingerprint
        sealed = seal(plain[row.pk].encode(), about=about(row.kind, mark))
        yield Anew(row.pk, sealed, mark, stands_for if spare else None)


def _repoint(old: int, new: int) -> None:
    for _name, model, field in relations_to(SealedNumber):
        model._default_manager.filter(**{field: old}).update(**{field: new})


def _columns(anew: list[Anew]) -> list[list[Any]]:
    return [[one.key for one in anew], [one.sealed for one in anew], [one.fingerprint for one in anew]]


@transaction.atomic
def prune_unused(*, most: int = 10_000) -> int:
    """Take away numbers to which nothing refers, history included; at most so many at a time. How many it took.

    Rows that somebody is just keeping are locked, and left alone; a second look after the lock sees what came meanwhile.
    """
    places = [f"SELECT FROM {table} WHERE {column} = n.id" for table, column in _columns_to()]
    places += [f"SELECT FROM ({keys}) held (id) WHERE held.id = n.id" for keys in _held_in_texts]
    nobody = " AND ".join(f"NOT EXISTS ({place})" for place in places)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT n.id FROM households_sealednumber n WHERE {nobody} ORDER BY n.id LIMIT %s FOR UPDATE SKIP LOCKED",  # noqa: S608
            [most],
        )
        keys = [key for (key,) in cursor.fetchall()]
        cursor.execute(f"DELETE FROM households_sealednumber n WHERE n.id = ANY(%s) AND {nobody}", [keys])  # noqa: S608
        return cursor.rowcount


def _columns_to() -> Iterator[tuple[str, str]]:
    """Every column of every table that holds a number's key, those of the history too."""
    quote = connection.ops.quote_name
    for relation in SealedNumber._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete and isinstance(relation.related_model, type):
            field = relation.field  # type: ignore[union-attr]  # a relation from the other side has its field
            yield quote(relation.related_model._meta.db_table), quote(str(field.column))
