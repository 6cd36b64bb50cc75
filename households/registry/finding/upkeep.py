"""Upkeep of the rows by which persons are found: made anew from the registry, set-wise, whatever changed it."""

from collections.abc import Iterable
from typing import Any

from django.db import connection

# Where a person lives now is where he was entered last: what is to come is not recorded, what has ended says so itself.
# Who lives and never belonged anywhere was entered by mistake, and is not found.
_ROWS = """
SELECT p.id, m.household_id, coalesce(r.area_code, '') AS area_code, p.search_key AS name_key,
       array_to_string(ARRAY(
           SELECT w FROM unnest(string_to_array(p.search_key, ' ')) WITH ORDINALITY AS u (w, n) ORDER BY n DESC
       ), ' ') AS reverse_key,
       p.sort_key, coalesce(m.relation = 'head', false) AS head,
       p.died_on IS NOT NULL OR NOT upper_inf(m.validity) AS gone
  FROM households_person p
{last}
 WHERE p.merged_into_id IS NULL AND (m.validity IS NOT NULL OR p.died_on IS NOT NULL) {wanted}
"""
# The last stay of each: looked up for some, sorted out once for very many.
_LAST_OF_SOME = """
  LEFT JOIN LATERAL (
       SELECT household_id, relation, validity FROM households_membership WHERE person_id = p.id
        ORDER BY lower(validity) DESC LIMIT 1) m ON true
  LEFT JOIN LATERAL (
       SELECT area_code FROM households_residence WHERE household_id = m.household_id
        ORDER BY lower(validity) DESC LIMIT 1) r ON true"""
_LAST_OF_MANY = """
  LEFT JOIN (
       SELECT DISTINCT ON (person_id) person_id, household_id, relation, validity FROM households_membership
        ORDER BY person_id, lower(validity) DESC) m ON m.person_id = p.id
  LEFT JOIN (
       SELECT DISTINCT ON (household_id) household_id, area_code FROM households_residence
        ORDER BY household_id, lower(validity) DESC) r ON r.household_id = m.household_id"""
MANY = 20_000
_COLUMNS = ("household_id", "area_code", "name_key", "reverse_key", "sort_key", "head", "gone")
_WRITE = f"""
INSERT INTO households_searchrow AS old (person_id, {", ".join(_COLUMNS)})
{{rows}} ORDER BY p.id
ON CONFLICT (person_id) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in _COLUMNS)}
 WHERE ({", ".join(f"old.{name}" for name in _COLUMNS)})
       IS DISTINCT FROM ({", ".join(f"excluded.{name}" for name in _COLUMNS)})
"""
_FORGET = """
DELETE FROM households_searchrow s USING households_person p
 WHERE p.id = s.person_id {wanted}
   AND (p.merged_into_id IS NOT NULL OR (p.died_on IS NULL
        AND NOT EXISTS (SELECT FROM households_membership m WHERE m.person_id = p.id)))
"""
# In order, so that two who bring the same new words wait for each other instead of blocking each other.
_LEARN = """
INSERT INTO households_nameword (word)
SELECT DISTINCT words.word FROM households_person p, unnest(string_to_array(p.search_key, ' ')) AS words (word)
 WHERE p.merged_into_id IS NULL AND words.word <> '' AND length(words.word) <= 60 {wanted}
   AND NOT EXISTS (SELECT FROM households_nameword known WHERE known.word = words.word)
 ORDER BY word
ON CONFLICT DO NOTHING
"""
_LEARN_NAMES = """
INSERT INTO households_foldedname (reverse_key)
SELECT DISTINCT s.reverse_key FROM households_searchrow s
 WHERE s.reverse_key <> '' {wanted}
   AND NOT EXISTS (SELECT FROM households_foldedname known WHERE known.reverse_key = s.reverse_key)
 ORDER BY reverse_key
ON CONFLICT DO NOTHING
"""
_MEMBERS = """
SELECT person_id FROM households_membership WHERE household_id = ANY(%s)
UNION SELECT person_id FROM households_searchrow WHERE household_id = ANY(%s)
"""


def refresh(
    *, person_ids: Iterable[int] | None = None, household_ids: Iterable[int] | None = None, all: bool = False
) -> None:
    """Call it last in each action and load, in its transaction; names nobody: nothing happens. ``household_ids``: whoever is
    or was a member. Reads Person.search_key and sort_key, which whoever writes a name takes from ``name_keys.keys_of``.
    """
    persons = sorted({*(person_ids or ()), *_members(household_ids)})
    if not (persons or all):
        return
    wanted, values = ("", []) if all else ("AND p.id = ANY(%s)", [persons])
    _run(_FORGET.format(wanted=wanted), values)
    last = _LAST_OF_MANY if all or len(persons) > MANY else _LAST_OF_SOME
    _run(_WRITE.format(rows=_ROWS.format(last=last, wanted=wanted)), values)
    _run(_LEARN.format(wanted=wanted), values)
    _run(_LEARN_NAMES.format(wanted=wanted.replace("p.id", "s.person_id")), values)


def _members(household_ids: Iterable[int] | None) -> list[int]:
    ids = sorted(set(household_ids or ()))
    return [key for (key,) in _run(_MEMBERS, [ids, ids])] if ids else []


def differing(limit: int = 20) -> list[int]:
    """Persons whose row is not what the registry says, or is missing or left over, or whose name is not among the folded
    ones: for ``check_registry``."""
    rows = _ROWS.format(last=_LAST_OF_MANY, wanted="")
    found = _run(
        f"WITH made AS ({rows}) SELECT coalesce(made.id, s.person_id) FROM made"  # noqa: S608  # texts of this module
        f" FULL JOIN households_searchrow s ON s.person_id = made.id"
        f" WHERE ({', '.join(f's.{name}' for name in _COLUMNS)}, s.person_id)"
        f" IS DISTINCT FROM ({', '.join(f'made.{name}' for name in _COLUMNS)}, made.id)"
        " OR NOT EXISTS (SELECT FROM households_foldedname n WHERE n.reverse_key = made.reverse_key)"
        " AND made.reverse_key <> '' ORDER BY 1 LIMIT %s",
        [limit],
    )
    return [key for (key,) in found]


def _run(statement: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall()) if cursor.description else []
