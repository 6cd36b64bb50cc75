"""Survey rounds from the database, by the map of the day on which they were opened."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import QuerySet

from households.access.scope import Scope
from households.areas.queries import tree_around
from households.surveys.models import RoundTotals, SurveyRound

# A commune itself, or below a district, or right below a province, or below a district of it.
_COMMUNES = """
SELECT r.id, c.code, c.type || ' ' || c.name, c.sort_key
  FROM households_surveyround r
  JOIN areas_area c ON c.level = 'commune' AND c.validity @> r.area_on
  LEFT JOIN areas_area d ON d.code = c.parent_code AND d.level = 'district' AND d.validity @> r.area_on
 WHERE r.id = ANY(%s) AND r.area_code IN (c.code, c.parent_code, d.parent_code)
 ORDER BY r.id, c.sort_key, c.code
"""
_COMMUNES_OF_AREA = """
SELECT c.code, c.type || ' ' || c.name
  FROM areas_area c
  LEFT JOIN areas_area d ON d.code = c.parent_code AND d.level = 'district' AND d.validity @> %(on)s
 WHERE c.level = 'commune' AND c.validity @> %(on)s AND %(area)s IN (c.code, c.parent_code, d.parent_code)
 ORDER BY c.sort_key, c.code
"""


@dataclass(frozen=True, slots=True)
class CommuneOfRound:
    """A commune in the round's area, on the map by which it was opened."""

    code: str
    name: str


def all_rounds() -> "QuerySet[SurveyRound]":
    """Those that count: none that was withdrawn."""
    return rounds_ever().filter(withdrawn_at=None)


def rounds_ever() -> "QuerySet[SurveyRound]":
    bound = ("closing", "opening", "local_closing", "local_opening")
    return SurveyRound.objects.select_related(*bound, "opened_by", "withdrawn_by")


def round_of(code: str, area_code: str) -> SurveyRound | None:
    """Opened for just this area."""
    return all_rounds().filter(code=code, area_code=area_code).first()


def round_covering(code: str, commune: str, *, on: date) -> SurveyRound | None:
    """The round of that code in which the commune that has its code on the day is surveyed: its own, its district's or its
    province's; at most 6 queries. Raises UnknownAreaError."""
    tree = tree_around(commune, on=on)
    codes = [commune, *(unit.code for unit in tree.ancestors(commune))]
    for one, communes in communes_of_many(all_rounds().filter(code=code, area_code__in=codes)).items():
        if any(unit.code == commune for unit in communes):
            return one
    return None


def communes_of(round: SurveyRound) -> list[CommuneOfRound]:
    """In the order of the alphabet; 1 query."""
    return communes_of_many([round])[round]


def communes_of_plan(planned: SurveyRound) -> list[CommuneOfRound]:
    """Of a round that is not stored yet; 1 query."""
    with connection.cursor() as cursor:
        cursor.execute(_COMMUNES_OF_AREA, {"area": planned.area_code, "on": planned.area_on})
        return [CommuneOfRound(code, name) for code, name in cursor.fetchall()]


def communes_of_many(rounds: Iterable[SurveyRound]) -> dict[SurveyRound, list[CommuneOfRound]]:
    """1 query."""
    by_key = {one.pk: one for one in rounds}
    found: dict[SurveyRound, list[CommuneOfRound]] = {one: [] for one in by_key.values()}
    with connection.cursor() as cursor:
        cursor.execute(_COMMUNES, [list(by_key)])
        for key, code, name, _sort in cursor.fetchall():
            found[by_key[key]].append(CommuneOfRound(code, name))
    return found


def totals_of(round: SurveyRound) -> dict[str, RoundTotals]:
    """What counts now, by commune; 1 query."""
    return {row.commune_code: row for row in current_totals([round])}


def current_totals(rounds: Iterable[SurveyRound]) -> "QuerySet[RoundTotals]":
    rows = RoundTotals.objects.filter(round__in=list(rounds), replaced_by=None)
    return rows.select_related("by").order_by("round_id", "commune_code")


def entries_of(round: SurveyRound) -> dict[str, list[RoundTotals]]:
    """Everything that was ever entered, by commune: what counts now first, then what it replaced; 1 query."""
    found: dict[str, list[RoundTotals]] = defaultdict(list)
    rows = RoundTotals.objects.filter(round=round).select_related("by")
    for row in rows.order_by("commune_code", "-pk"):
        found[row.commune_code].append(row)
    return dict(found)


@dataclass(frozen=True, slots=True)
class RoundSeen:
    """A round and those of its communes that the scope covers. ``entered``: how many of these have totals."""

    round: SurveyRound
    communes: Sequence[CommuneOfRound]
    entered: int

    @property
    def missing(self) -> int:
        return len(self.communes) - self.entered


def rounds_in(scope: Scope, rows: "QuerySet[SurveyRound] | None" = None) -> list[RoundSeen]:
    """Rounds that survey at least one commune of the scope, newest first; 3 queries."""
    rounds = list((rows if rows is not None else all_rounds()).order_by("-year", "-code", "area_code"))
    entered: dict[int, set[str]] = defaultdict(set)
    for key, commune in current_totals(rounds).values_list("round_id", "commune_code"):
        entered[key].add(commune)
    found = []
    for one, communes in communes_of_many(rounds).items():
        ours = [unit for unit in communes if scope.covers(unit.code, on=one.area_on)]
        if ours:
            found.append(RoundSeen(one, ours, len([unit for unit in ours if unit.code in entered[one.pk]])))
    return found
