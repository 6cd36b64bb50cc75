"""Persons who may have been entered twice, in a scope: found set-wise, the most certain first, a page at a time.

Two who were told apart once are not shown again; whoever was merged is no longer there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.utils.functional import Promise
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

_HERE = """
here AS MATERIALIZED (
    SELECT s.person_id AS id, s.area_code, coalesce(c.commune, left(s.area_code, 5)) AS commune, p.search_key AS name,
           p.sex, p.birth_date, p.birth_year, p.identity_id, p.old_identity_id, p.insurance_id
      FROM households_searchrow s JOIN households_person p ON p.id = s.person_id
      LEFT JOIN LATERAL (
           SELECT CASE WHEN a.level = 'village' THEN a.parent_code ELSE a.code END AS commune
             FROM areas_area a WHERE a.code = s.area_code ORDER BY upper(a.validity) DESC NULLS FIRST LIMIT 1) c ON true
     WHERE p.merged_into_id IS NULL AND (%(codes)s::text[] IS NULL OR s.area_code = ANY(%(codes)s))
)
"""
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
WITH {_HERE}, found (one, other, reason) AS ({_FOUND}),
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
"""  # noqa: S608  # texts of this module only
_COUNT = f"{_PAIRS} SELECT count(*) FROM pairs"  # noqa: S608
_PAGE = f"""{_PAIRS}
SELECT first, second, reason, weight FROM pairs ORDER BY weight DESC, first, second LIMIT %(limit)s OFFSET %(offset)s
"""  # noqa: S608


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
    """All pairs of which at least one lives in the scope, for ``core.paging``: a count and a slice are one query each."""

    def __init__(self, scope: Scope, *, day: date) -> None:
        self._codes = codes_in(scope, day)

    def count(self) -> int:
        return int(self._asked(_COUNT)[0][0]) if self._codes != [] else 0

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, part: slice) -> list[Candidate]:
        if self._codes == []:
            return []
        start = part.start or 0
        limit = None if part.stop is None else max(part.stop - start, 0)
        return [Candidate(*row) for row in self._asked(_PAGE, limit=limit, offset=start)]

    def _asked(self, statement: str, **values: Any) -> list[tuple[Any, ...]]:
        asked = {
            "codes": self._codes, "likeness": LIKENESS, "two_numbers": TWO_NUMBERS, "reasons": list(REASONS),
            "weights": [weight for weight, _why in REASONS.values()],
        }  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute(statement, asked | values)
            return list(cursor.fetchall())
