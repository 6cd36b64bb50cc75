"""By number or code the general way: on an earlier day, through filters, or where very many have the same code.

What is asked of today without filters is answered by ``lookups``.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from households.registry.codes import NumberKind
from households.registry.finding.names import PRESENT_FIRST, Why
from households.registry.finding.rows import Condition, Hit, Rows, fetch, text_array
from households.registry.finding.terms import Terms
from households.registry.identity import normalised
from households.registry.numbers.sealed import all_fingerprints

MOST = 200


def exact_hits(terms: Terms, rows: Rows) -> Iterator[Hit]:
    if terms.number:
        yield from because(Why.NUMBER, _by_number(terms, rows))
    if terms.household is not None:
        yield from because(Why.HOUSEHOLD, _households([terms.household], rows))
    if terms.codes:
        yield from because(Why.LOCAL_CODE, _by_local_code(terms, rows))


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
        values.append(all_fingerprints(normalised(kind, terms.number)))
    return rows.take(
        Condition(f"s.person_id IN ({' UNION ALL '.join(parts)})", tuple(values)), limit=MOST, order=PRESENT_FIRST
    )


_HOUSEHOLDS = """
SELECT p.id, p.full_name, p.sex, p.birth_date, p.birth_year, p.ethnicity, p.identity_id IS NOT NULL, p.invented,
       h.id, s.area_code, s.local_code, s.unplaced, head.relation = 'head', {gone} AS gone, p.search_key, p.sort_key
  FROM households_household asked
  JOIN households_household h ON h.id = coalesce(asked.merged_into_id, asked.id)
  JOIN LATERAL (SELECT area_code, local_code, unplaced, (
                       SELECT area_code FROM households_residence WHERE household_id = h.id ORDER BY lower(validity) DESC LIMIT 1
                       ) AS area_now
                  FROM households_residence WHERE household_id = h.id {on} ORDER BY lower(validity) DESC LIMIT 1) s ON true
  JOIN LATERAL (SELECT person_id, relation FROM households_membership WHERE household_id = h.id {on}
                 ORDER BY {who} LIMIT 1) head ON true
  JOIN households_person p ON p.id = head.person_id
 WHERE asked.id = ANY(%s) AND {scope}
 ORDER BY gone, h.id"""


def _households(ids: list[int], rows: Rows) -> list[Hit]:
    """Each by its head (of its last days, when it is no more)."""
    on = Condition("AND validity @> %s::date", (rows.on,)) if rows.past else Condition("")
    scope = replace(rows, conditions=()).where(listed=False)
    who = "relation = 'head' DESC" if rows.past else "upper(validity) DESC NULLS FIRST, relation = 'head' DESC"
    gone = "false" if rows.past else "NOT upper_inf(h.validity)"
    sql = _HOUSEHOLDS.format(on=on.sql, scope=scope.sql, who=who, gone=gone)
    return [Hit(*row) for row in fetch(sql, (*on.values, *on.values, ids, *scope.values))]


_LAST = """(
    SELECT r.area_code FROM households_residence r WHERE r.household_id = s.household_id
     ORDER BY lower(r.validity) DESC LIMIT 1)"""


def _by_local_code(terms: Terms, rows: Rows) -> list[Hit]:
    """A code that the household had at a place of the scope; at any place, where it lives in the scope now."""
    sql = "SELECT DISTINCT s.household_id FROM households_residence s WHERE s.local_code = ANY(%s)"
    values: list[Any] = [terms.codes]
    if rows.codes is not None:
        codes = text_array([*rows.codes, *(rows.now or ())])
        sql += f" AND (s.area_code = ANY(%s::varchar[]) OR {_LAST} = ANY(%s::varchar[]))"
        values += [codes, codes]
    found = [key for (key,) in fetch(f"{sql} LIMIT %s", [*values, MOST])]
    return _households(found, rows) if found else []


def because(why: Why, hits: Iterable[Hit]) -> Iterator[Hit]:
    for hit in hits:
        yield replace(hit, why=why)
