"""Personal numbers, sealed: the only module that turns one into a row and back (docs/decisions/0016).

A number has one row, whoever has it and under whichever field key it was kept. Whoever shows one to a person uses
``disclosing``, which asks for the right and records it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from django.db import connection
from django.utils.translation import gettext as _

from households.registry.codes import NumberKind
from households.registry.identity import normalised
from households.registry.models import SealedNumber
from povertyportal.core.crypto import Unreadable, fingerprints, seal, unseal

LONGEST = 20
SHOWN_DIGITS = 3  # of a masked number, at its end
BATCH = 5_000
DOT = "•"

Pair: TypeAlias = tuple[str, str]  # kind, text as typed

_FOUND = """
SELECT n.id, n.kind, n.sealed, n.fingerprint
  FROM households_sealednumber n
  JOIN unnest(%s::text[], %s::bytea[]) AS w (kind, fingerprint) ON n.kind = w.kind AND n.fingerprint = w.fingerprint
"""
_LOCKED = f"{_FOUND} FOR KEY SHARE OF n"
_INSERTED = """
INSERT INTO households_sealednumber (kind, sealed, fingerprint)
SELECT * FROM unnest(%s::text[], %s::bytea[], %s::bytea[])
    ON CONFLICT (kind, fingerprint) DO NOTHING RETURNING id, kind, sealed, fingerprint
"""


class NotANumber(ValueError):
    """Blank, or too long to be one; the sentence does not repeat it. Whether it is a right one ``identity.check`` says."""


class Row(NamedTuple):
    """What the table holds of a number, for COPY; ``(kind, fingerprint)`` is unique."""

    kind: str
    sealed: bytes
    fingerprint: bytes


def keep(kind: str, text: str) -> SealedNumber:
    """The number's row, made when it is new. Raises NotANumber. Needs a transaction, as ``keep_many``."""
    return keep_many([(kind, text)])[kind, text]


def keep_many(pairs: Iterable[Pair]) -> dict[Pair, SealedNumber]:
    """Rows by the pairs as given, a few queries for thousands; of two who keep one at the same moment both get its row.

    Raises NotANumber. The rows stay as they are until the transaction ends, so that ``prune_unused`` takes none of them
    before something refers to it: outside a transaction it is refused.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a number is kept inside the transaction that uses it")
    asked = {pair: (NumberKind(pair[0]).value, _plain(*pair)) for pair in pairs}
    wanted = sorted(set(asked.values()))
    rows: dict[Pair, SealedNumber] = {}
    for start in range(0, len(wanted), BATCH):
        rows |= _kept(wanted[start : start + BATCH])
    return {pair: rows[plain] for pair, plain in asked.items()}


def row_of(kind: str, text: str) -> Row:
    """For loads that bring their rows by COPY. Raises NotANumber."""
    plain = _plain(kind, text)
    found = fingerprint_of(plain)
    return Row(NumberKind(kind).value, seal(plain.encode(), about=about(kind, found)), found)


def find(kind: str | None, text: str) -> SealedNumber | None:
    """Under any of the keys; of any kind when none is named."""
    kinds = [NumberKind(kind).value] if kind else NumberKind.values
    texts = {one: normalised(one, text) for one in kinds}
    places = [(one, each) for one, plain in texts.items() if plain for each in all_fingerprints(plain)]
    found = {(row.kind, bytes(row.fingerprint)): row for row in _rows(places)}
    return next((found[place] for place in places if place in found), None)


def show(number: SealedNumber) -> str:
    """In full. Raises Unreadable when no key fits. Record the display before it leaves: ``disclosing`` does."""
    return unseal(number.sealed, about=about(number.kind, number.fingerprint)).decode()


def masked(number: SealedNumber | None) -> str:
    """ "•••••••••345", for everybody; nothing for nothing."""
    if number is None:
        return ""
    try:
        plain = show(number)
    except Unreadable:
        return _("(không mở được, thiếu khóa)")
    shown = plain[-SHOWN_DIGITS:] if len(plain) > 2 * SHOWN_DIGITS else ""
    return DOT * (len(plain) - len(shown)) + shown


def about(kind: str, fingerprint: bytes | memoryview) -> str:
    """Ties what is sealed to its row: its content copied into another row cannot be opened."""
    return f"number {kind} {bytes(fingerprint).hex()}"


def fingerprint_of(plain: str) -> bytes:
    return all_fingerprints(plain)[0]


def all_fingerprints(plain: str) -> list[bytes]:
    return fingerprints(plain, purpose="personal number")


def _plain(kind: str, text: str) -> str:
    plain = normalised(kind, text)
    if not plain:
        raise NotANumber(_("Chưa có số để lưu."))
    if len(plain) > LONGEST:
        raise NotANumber(_("Số dài quá %(most)s ký tự, không thể là số định danh.") % {"most": LONGEST})
    return plain


def _kept(wanted: Sequence[Pair]) -> dict[Pair, SealedNumber]:
    """``wanted``: kinds and plain numbers, sorted, so that two who keep the same ones wait for each other in turn."""
    owner = {(kind, each): (kind, plain) for kind, plain in wanted for each in all_fingerprints(plain)}
    rows: dict[Pair, SealedNumber] = {}
    for _attempt in range(3):
        rows |= _by_plain(_rows(owner, lock=True), owner)
        missing = [pair for pair in wanted if pair not in rows]
        rows |= _by_plain(_made(row_of(*pair) for pair in missing), owner)
        if len(rows) == len(wanted):
            return rows
    raise RuntimeError("numbers vanish while they are being kept")


def _by_plain(found: Iterable[SealedNumber], owner: Mapping[tuple[str, bytes], Pair]) -> dict[Pair, SealedNumber]:
    return {owner[row.kind, bytes(row.fingerprint)]: row for row in found}


def _rows(places: Iterable[tuple[str, bytes]], *, lock: bool = False) -> Iterator[SealedNumber]:
    kinds, marks = _columns(places)
    yield from SealedNumber.objects.raw(_LOCKED if lock else _FOUND, [kinds, marks]) if kinds else ()


def _made(rows: Iterable[Row]) -> Iterator[SealedNumber]:
    made = list(rows)
    columns = [list(column) for column in zip(*made, strict=True)]
    yield from SealedNumber.objects.raw(_INSERTED, columns) if made else ()


def _columns(places: Iterable[tuple[str, bytes]]) -> tuple[list[str], list[bytes]]:
    listed = list(places)
    return [kind for kind, _mark in listed], [mark for _kind, mark in listed]
