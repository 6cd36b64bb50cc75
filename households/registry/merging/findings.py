"""Persons who may have been entered twice, in a scope: found set-wise, the most certain first, a page at a time.

Two who were told apart once are not shown again; whoever was merged is no longer there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _

from households.access.scope import Scope
from households.registry.visible import codes_in

# How sure each reason is; a pair has the surest of its reasons.
REASONS: Mapping[str, tuple[int, str | Promise]] = {
    "identity": (100, _("cùng số định danh cá nhân")),
    "insurance": (95, _("cùng số bảo hiểm")),
    "old_identity": (90, _("cùng số chứng minh nhân dân")),
    "name_date_village": (80, _("cùng họ tên, ngày sinh, cùng thôn")),
    "name_date": (70, _("cùng họ tên, ngày sinh, cùng xã")),
    "alike_date_village": (60, _("họ tên gần giống, cùng ngày sinh, cùng thôn")),
    "name_year_village": (50, _("cùng họ tên, năm sinh, cùng thôn")),
    "alike_date": (45, _("họ tên gần giống, cùng ngày sinh, cùng xã")),
    "name_year": (30, _("cùng họ tên, năm sinh, cùng xã")),
}
TWO_NUMBERS = 25  # two different personal numbers speak against one person: so much less sure
LIKENESS = 0.6  # of trigrams: one letter mistyped in a name of three words

# A table of its own, because the planner must know how many they are: in a CTE it guesses one, and compares all with all.
_HERE = """
CREATE TEMPORARY TABLE here ON COMMIT DROP AS
WITH lived AS MATERIALIZED (
    SELECT s.person_id, s.area_code FROM households_searchrow s
     WHERE %(codes)s::text[] IS NULL OR s.area_code = ANY(%(codes)s)
), places AS MATERIALIZED (
    SELECT d.code, coalesce(a.commune, left(d.code, 5)) AS commune
      FROM (SELECT DISTINCT area_code AS code FROM lived) d
      LEFT JOIN LATERAL (
           SELECT CASE WHEN level = 'village' THEN parent_code ELSE code END AS commune
             FROM areas_area WHERE code = d.code ORDER BY upper(validity) DESC NULLS FIRST LIMIT 1) a ON true
)
SELECT p.id, l.area_code, c.commune, p.search_key AS name, p.sex, p.birth_date, p.birth_year,
       p.identity_id, p.old_identity_id, p.insurance_id
  FROM lived l JOIN places c ON c.code = l.area_code JOIN households_person p ON p.id = l.person_id
 WHERE p.merged_into_id IS NULL
"""
# For a commune's people each is looked up, instead of reading everybody of the registry: what is read lies in memory mostly.
_NEAR = "SET LOCAL random_page_cost = 1.1;"
_BY_NUMBER = """
    SELECT h.id AS one, p.id AS other, '{field}' AS reason
      FROM here h JOIN households_person p
        ON p.{field}_id = h.{field}_id AND p.id <> h.id AND p.merged_into_id IS NULL
"""
# A year alone is often written as its first of January; day and month are exchanged now and then.
_BY_NAME = """
    SELECT a.id, b.id,
           'name_' || CASE WHEN a.birth_date = b.birth_date THEN 'date' ELSE 'year' END
                   || CASE WHEN a.area_code = b.area_code THEN '_village' ELSE '' END
      FROM here a JOIN here b ON a.commune = b.commune AND a.name = b.name AND a.birth_year = b.birth_year AND a.id < b.id
     WHERE (a.sex = '' OR b.sex = '' OR a.sex = b.sex)
       AND (a.birth_date IS NULL OR b.birth_date IS NULL OR a.birth_date = b.birth_date
            OR to_char(a.birth_date, 'DDMM') = to_char(b.birth_date, 'MMDD')
            OR extract(doy FROM a.birth_date) = 1 OR extract(doy FROM b.birth_date) = 1)
    UNION ALL
    SELECT a.id, b.id, 'alike_date' || CASE WHEN a.area_code = b.area_code THEN '_village' ELSE '' END
      FROM here a JOIN here b ON a.commune = b.commune AND a.birth_date = b.birth_date AND a.id < b.id
     WHERE extract(doy FROM a.birth_date) > 1 AND a.name <> b.name
       AND (a.sex = '' OR b.sex = '' OR a.sex = b.sex) AND similarity(a.name, b.name) >= %(likeness)s
"""
_FOUND = " UNION ALL ".join(
    [*(_BY_NUMBER.format(field=field) for field in ("identity", "insurance", "old_identity")), _BY_NAME]
)
_PAIRS = f"""
WITH found (one, other, reason) AS ({_FOUND}),
weighed AS (
    SELECT least(f.one, f.other) AS first, greatest(f.one, f.other) AS second, f.reason, w.weight
      FROM found f JOIN unnest(%(reasons)s::text[], %(weights)s::int[]) AS w (reason, weight) ON w.reason = f.reason
), pairs AS (
    SELECT w.first, w.second, (array_agg(w.reason ORDER BY w.weight DESC))[1] AS reason,
           max(w.weight) - CASE WHEN a.identity_id <> b.identity_id THEN %(two_numbers)s ELSE 0 END AS weight
      FROM weighed w
      JOIN households_person a ON a.id = w.first JOIN households_person b ON b.id = w.second
     WHERE NOT EXISTS (SELECT FROM households_duplicateverdict v WHERE v.first_id = w.first AND v.second_id = w.second)
     GROUP BY w.first, w.second, a.identity_id, b.identity_id
)
SELECT first, second, reason, weight FROM pairs ORDER BY weight DESC, first, second
"""  # noqa: S608  # texts of this module only


@dataclass(frozen=True, slots=True)
class Candidate:
    """Keys of two persons, ``first`` the smaller one; ``weight``: up to 100, how sure it is that they are one."""

    first: int
    second: int
    reason: str
    weight: int

    @property
    def why(self) -> str:
        return str(REASONS[self.reason][1])


class Candidates:
    """All pairs of which at least one lives in the scope, for ``core.paging``: looked for once, when first asked."""

    def __init__(self, scope: Scope, *, day: date) -> None:
        self._codes = codes_in(scope, day)

    def count(self) -> int:
        return len(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def __getitem__(self, part: slice) -> list[Candidate]:
        return [Candidate(*row) for row in self._found[part]]

    @cached_property
    def _found(self) -> list[tuple[int, int, str, int]]:
        if self._codes == []:
            return []
        weights = [weight for weight, _why in REASONS.values()]
        asked: dict[str, Any] = {
            "likeness": LIKENESS,
            "two_numbers": TWO_NUMBERS,
            "reasons": list(REASONS),
            "weights": weights,
        }
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_NEAR + _HERE, {"codes": self._codes})
            cursor.execute("ANALYZE here")
            cursor.execute(_PAIRS, asked)
            rows = list(cursor.fetchall())
            cursor.execute("DROP TABLE here")
        return rows
