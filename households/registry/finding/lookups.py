"""Look-ups by number and code, which must cost hardly more than one look into an index: statements planned once a connection.

Only of today and without filters; whatever else is asked goes the general way (search_rows). The scope is asked of what was
found. Behind a pooler that hands out connections by transaction (DISABLE_SERVER_SIDE_CURSORS) nothing is prepared.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any
from weakref import WeakKeyDictionary, WeakSet

from django.db import DatabaseError, connection

from households.access.scope import Scope
from households.registry.codes import NumberKind
from households.registry.finding.names import Why
from households.registry.finding.rows import Hit
from households.registry.finding.terms import WAYS_OF_A_CODE, Terms
from households.registry.identity import OLD_DIGITS, PERSONAL_DIGITS, SOCIAL_DIGITS, normalise, normalised
from households.registry.numbers.sealed import all_fingerprints

_PERSON = """
SELECT p.id, p.full_name, p.sex, p.birth_date, p.birth_year, p.ethnicity, p.identity_id IS NOT NULL, p.invented,
       s.household_id, s.area_code, coalesce(stay.local_code, ''), coalesce(stay.unplaced, false), s.head, s.gone,
       s.name_key, s.sort_key
  FROM households_sealednumber n
  JOIN households_person found ON found.{column} = n.id
  JOIN households_person p ON p.id = coalesce(found.merged_into_id, found.id)
  JOIN households_searchrow s ON s.person_id = p.id
  LEFT JOIN LATERAL (SELECT local_code, unplaced FROM households_residence WHERE household_id = s.household_id
                      ORDER BY lower(validity) DESC LIMIT 1) stay ON true
 WHERE n.kind = '{kind}' AND n.fingerprint = $1"""
_HOUSEHOLD = """
SELECT p.id, p.full_name, p.sex, p.birth_date, p.birth_year, p.ethnicity, p.identity_id IS NOT NULL, p.invented,
       h.id, stay.area_code, stay.local_code, stay.unplaced, head.relation = 'head', NOT upper_inf(h.validity),
       p.search_key, p.sort_key
  FROM {asked}
  JOIN LATERAL (SELECT area_code, local_code, unplaced FROM households_residence WHERE household_id = h.id
                 ORDER BY lower(validity) DESC LIMIT 1) stay ON true
  JOIN LATERAL (SELECT person_id, relation FROM households_membership WHERE household_id = h.id
                 ORDER BY upper(validity) DESC NULLS FIRST, relation = 'head' DESC LIMIT 1) head ON true
  JOIN households_person p ON p.id = head.person_id"""
_BY_KEY = "households_household asked JOIN households_household h ON h.id = coalesce(asked.merged_into_id, asked.id)"
# That no code is blank is said for the planner: the index holds the others only.
_BY_CODE = """(SELECT DISTINCT household_id FROM households_residence WHERE local_code {codes} AND local_code <> '') AS r
  JOIN households_household asked ON asked.id = r.household_id
  JOIN households_household h ON h.id = coalesce(asked.merged_into_id, asked.id)"""
MOST = 200
_IN_ORDER = f" ORDER BY NOT upper_inf(h.validity), h.id LIMIT {MOST}"
_OTHERS = [f"${at}" for at in range(1, WAYS_OF_A_CODE)]
_STATEMENTS = {
    "personal": ("bytea", _PERSON.format(column="identity_id", kind="personal")),
    "old": ("bytea", _PERSON.format(column="old_identity_id", kind="old")),
    "insurance": ("bytea", _PERSON.format(column="insurance_id", kind="insurance")),
    "household": ("bigint", _HOUSEHOLD.format(asked=_BY_KEY) + " WHERE asked.id = $1"),
    "code": ("varchar", _HOUSEHOLD.format(asked=_BY_CODE.format(codes="= $1")) + _IN_ORDER),
    "codes": (
        ", ".join(["varchar"] * len(_OTHERS)),
        _HOUSEHOLD.format(asked=_BY_CODE.format(codes=f"IN ({', '.join(_OTHERS)})")) + _IN_ORDER,
    ),
}
LENGTHS: dict[str, int] = {
    NumberKind.PERSONAL: PERSONAL_DIGITS,
    NumberKind.OLD: OLD_DIGITS,
    NumberKind.INSURANCE: SOCIAL_DIGITS,
}
_prepared: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()
_doubtful: WeakSet[Any] = WeakSet()


def looked_up(terms: Terms, scope: Scope, on: date) -> tuple[Hit, ...] | None:
    """By number or code, of those that the scope covers; None where so many have the code that the general way must tell."""
    number_first = (_by_number, _by_key, _by_code, _by_code_otherwise)
    code_first = (_by_code, _by_key, _by_code_otherwise, _by_number)
    for way in number_first if terms.digits_only else code_first:
        hits = list(way(terms))
        if len(hits) == MOST:
            return None
        if seen := tuple(hit for hit in hits if scope.covers(hit.area_code, on=on)):
            return seen
    return ()


def _by_number(terms: Terms) -> Iterator[Hit]:
    found = (hits for hits in _of_number(terms) if hits) if terms.number else iter(())
    yield from (replace(hit, why=Why.NUMBER) for hit in next(found, []))


def _by_key(terms: Terms) -> Iterator[Hit]:
    if terms.household is not None:
        yield from (replace(hit, why=Why.HOUSEHOLD) for hit in of_household(terms.household))


def _by_code(terms: Terms) -> Iterator[Hit]:
    if codes := terms.codes:
        yield from (replace(hit, why=Why.LOCAL_CODE) for hit in of_code(codes[0]))


def _by_code_otherwise(terms: Terms) -> Iterator[Hit]:
    """Written as other offices would."""
    if codes := terms.codes:
        yield from (replace(hit, why=Why.LOCAL_CODE) for hit in of_code(*codes[1:]))


def _of_number(terms: Terms) -> Iterator[list[Hit]]:
    """The kind that it looks like first."""
    length = len(normalise(terms.number))
    for kind in sorted(LENGTHS, key=lambda kind: LENGTHS[kind] != length):
        for mark in all_fingerprints(normalised(kind, terms.number)):
            yield of_number(kind, mark)


def of_number(kind: str, fingerprint: bytes) -> list[Hit]:
    """``kind``: personal, old or insurance."""
    return _run(kind, fingerprint)


def of_household(key: int) -> list[Hit]:
    """By its head, or by its head of the last days; the one into which a doubled record went in its place."""
    return _run("household", key)


def of_code(*codes: str) -> list[Hit]:
    """One way of writing it, or all the others."""
    return _run("code" if len(codes) == 1 else "codes", *codes)


def _run(name: str, *values: Any) -> list[Hit]:
    with connection.cursor() as cursor:
        if connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS"):
            sql = re.sub(r"[$]([0-9])", r"%(\1)s", _STATEMENTS[name][1])
            cursor.execute(sql, {str(at): value for at, value in enumerate(values, 1)})
        else:
            _execute_prepared(cursor, name, values)
        return [Hit(*row) for row in cursor.fetchall()]


def _execute_prepared(cursor: Any, name: str, values: tuple[Any, ...]) -> None:
    """Prepared once for each connection to the database, together with its first use; it outlives the transaction."""
    link = connection.connection
    if link in _doubtful:
        cursor.execute("SELECT name FROM pg_prepared_statements")
        _prepared[link] = {row[0].removeprefix("find_") for row in cursor.fetchall()}
        _doubtful.discard(link)
    done = _prepared.setdefault(link, set())
    types, sql = _STATEMENTS[name]
    first = "" if name in done else f"PREPARE find_{name} ({types}) AS {sql}; "
    try:
        cursor.execute(f"{first}EXECUTE find_{name} ({', '.join(['%s'] * len(values))})", values)
    except DatabaseError:
        _doubtful.add(link)  # whether it was prepared before the failure is asked next time
        raise
    done.add(name)
