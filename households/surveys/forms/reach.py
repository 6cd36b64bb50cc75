"""Which forms of which rounds an account reaches: a round's all, or those of single villages and communes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Q

from households.access.scope import Scope
from households.registry.visible import codes_in
from households.surveys.models import SurveyRound

READ = "surveys.read"
MOST_CODES = 2_000  # beyond them the scope is a province at least, and no round is wider than that

# The rounds that have forms are skipped through in the index; then one look into it for each code of these.
_LISTED = """
WITH RECURSIVE begun (id) AS (
    SELECT min(round_id) FROM households_surveyform
    UNION ALL
    SELECT (SELECT min(f.round_id) FROM households_surveyform f WHERE f.round_id > b.id) FROM begun b WHERE b.id IS NOT NULL
)
SELECT b.id FROM begun b WHERE b.id = ANY(%(whole)s::int[])
UNION
SELECT p.id FROM begun b JOIN unnest(%(rounds)s::int[], %(maps)s::int[]) p (id, map) ON p.id = b.id
  JOIN unnest(%(of_map)s::int[], %(codes)s::varchar[]) c (map, code) ON c.map = p.map
 CROSS JOIN LATERAL (
    SELECT 1 FROM households_surveyform f WHERE f.round_id = p.id AND f.area_code = c.code LIMIT 1
 ) found
"""


@dataclass(frozen=True, slots=True)
class Reach:
    """``whole``: rounds of which all forms are reached; ``parts``: of the others the codes of their maps."""

    whole: Sequence[int] = ()
    parts: Mapping[int, Sequence[str]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.whole or self.parts)

    def forms(self) -> Q:
        """Condition on SurveyForm."""
        found = Q(round__in=self.whole)
        for key, codes in self.parts.items():
            found |= Q(round=key, area_code__in=codes)
        return found

    def arguments(self) -> dict[str, Any]:
        """For SQL: ids, and pairs as two lists."""
        pairs = [(key, code) for key, codes in self.parts.items() for code in codes]
        return {
            "whole": list(self.whole),
            "rounds": [key for key, _code in pairs],
            "codes": [code for _key, code in pairs],
        }


def reach_in(rounds: Iterable[SurveyRound], scope: Scope) -> Reach:
    """No query."""
    whole, parts = list[int](), dict[int, Sequence[str]]()
    codes: dict[date, Sequence[str]] = {}
    for one in rounds:
        if scope.covers(one.area_code, on=one.area_on):
            whole.append(one.pk)
            continue
        if one.area_on not in codes:
            codes[one.area_on] = codes_in(scope, one.area_on) or ()
        if 0 < len(codes[one.area_on]) <= MOST_CODES:
            parts[one.pk] = codes[one.area_on]
    return Reach(whole, parts)


def rounds_with_forms(reach: Reach) -> set[int]:
    """Those of which a form is reached; 1 query."""
    if not reach:
        return set()
    maps: dict[int, Sequence[str]] = {id(codes): codes for codes in reach.parts.values()}  # one list for each map
    number = {key: turn for turn, key in enumerate(maps)}
    asked: dict[str, Any] = {
        "whole": list(reach.whole),
        "rounds": list(reach.parts),
        "maps": [number[id(codes)] for codes in reach.parts.values()],
        "of_map": [number[key] for key, codes in maps.items() for _code in codes],
        "codes": [code for codes in maps.values() for code in codes],
    }
    with connection.cursor() as cursor:
        cursor.execute(_LISTED, asked)
        return {key for (key,) in cursor.fetchall()}
