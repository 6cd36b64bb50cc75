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

MOST_CODES = 2_000  # beyond them the scope is a province at least, and no round is wider than that

_LISTED = """
SELECT r.id FROM unnest(%(whole)s::int[]) r (id) WHERE EXISTS (SELECT FROM households_surveyform f WHERE f.round_id = r.id)
UNION
SELECT p.id FROM unnest(%(rounds)s::int[], %(codes)s::text[]) p (id, code)
 WHERE EXISTS (SELECT FROM households_surveyform f WHERE f.round_id = p.id AND f.area_code = p.code)
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
    with connection.cursor() as cursor:
        cursor.execute(_LISTED, reach.arguments())
        return {key for (key,) in cursor.fetchall()}
