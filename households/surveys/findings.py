"""How far the work on forms has come, by area and state; and how many households a list would get. Counts work only: what
the results amount to is counted in ``reports.statistics``."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Count, Q, QuerySet

from households.surveys.form_models import OPEN_STATES, State, SurveyForm
from households.surveys.forms.listing import LISTABLE, listable_arguments
from households.surveys.forms.reach import Reach
from households.surveys.models import SurveyRound

# ``below``: each village and commune with the unit it is counted under; of two nested units the inner one. ``wide``: all forms
# of a round are read at once, else those of each village by the index.
_PROGRESS = """
WITH RECURSIVE down (code, unit, root, depth) AS (
    SELECT code COLLATE "C", code COLLATE "C", root, 0
      FROM (SELECT unnest(%(roots)s::varchar[]), true UNION ALL SELECT unnest(%(units)s::varchar[]), false) s (code, root)
    UNION ALL
    SELECT a.code, CASE WHEN d.root THEN a.code ELSE d.unit END, false, d.depth + 1
      FROM down d JOIN areas_area a ON a.parent_code = d.code AND a.validity @> %(on)s::date
),
below AS (SELECT DISTINCT ON (code) code, unit FROM down ORDER BY code, depth),
pairs (round_id, code) AS (
    SELECT w.id, b.code FROM unnest(%(whole)s::int[]) w (id) CROSS JOIN below b WHERE NOT %(wide)s
    UNION ALL
    SELECT p.id, p.code FROM unnest(%(rounds)s::int[], %(codes)s::varchar[]) p (id, code) JOIN below b ON b.code = p.code
),
counted AS (
    SELECT f.area_code, f.state, count(*) AS forms,
           count(*) FILTER (WHERE f.state = ANY(%(open)s) AND coalesce(f.due, r.last) < %(today)s::date) AS late
      FROM (
        SELECT f.round_id, f.area_code, f.state, f.due FROM households_surveyform f
         WHERE %(wide)s AND f.round_id = ANY(%(whole)s::int[])
        UNION ALL
        SELECT f.* FROM pairs p CROSS JOIN LATERAL (
            SELECT f.round_id, f.area_code, f.state, f.due FROM households_surveyform f
             WHERE f.round_id = p.round_id AND f.area_code = p.code OFFSET 0
        ) f
      ) f JOIN (SELECT id, upper(days) - 1 AS last FROM households_surveyround) r ON r.id = f.round_id
     GROUP BY f.area_code, f.state
),
summed AS (
    SELECT b.unit, c.state, sum(c.forms)::int AS forms, sum(c.late)::int AS late
      FROM counted c JOIN below b ON b.code = c.area_code GROUP BY b.unit, c.state
)
SELECT s.unit, u.level, u.type || ' ' || u.name, s.state, s.forms, s.late
  FROM summed s JOIN areas_area u ON u.code = s.unit AND u.validity @> %(on)s::date
 ORDER BY u.sort_key, s.unit
"""
_PLANNED = """
SELECT listable.area_code, coalesce(max(u.type || ' ' || u.name), listable.area_code),
       count(*) FILTER (WHERE why = 'poor'), count(*) FILTER (WHERE why = 'near_poor')
  FROM ({listable}) listable LEFT JOIN areas_area u ON u.code = listable.area_code AND u.validity @> %(map)s
 GROUP BY listable.area_code ORDER BY max(u.sort_key) NULLS LAST, listable.area_code
"""


@dataclass
class Progress:
    """Of one unit: forms by state, and how many of the open ones are late."""

    code: str
    level: str
    name: str
    states: dict[str, int] = field(default_factory=dict)
    late: int = 0

    @property
    def total(self) -> int:
        """To be reviewed: without those that were dropped."""
        return sum(self.states.values()) - self.dropped

    @property
    def done(self) -> int:
        return self.states.get(State.DONE, 0)

    @property
    def dropped(self) -> int:
        return self.states.get(State.DROPPED, 0)

    @property
    def waiting(self) -> int:
        return self.states.get(State.WAITING, 0)

    @property
    def typing(self) -> int:
        return self.states.get(State.TYPING, 0)

    @property
    def handed(self) -> int:
        return self.states.get(State.HANDED, 0)

    @property
    def returned(self) -> int:
        return self.states.get(State.RETURNED, 0)


def progress(
    reach: Reach, *, on: date, today: date, roots: Sequence[str] = (), units: Sequence[str] = (), wide: bool = False
) -> list[Progress]:
    """By these units, and by those right below the roots ("" is the nation), on the map of ``on``; 1 query. ``wide``: a province
    or more is asked for."""
    asked: dict[str, Any] = {**reach.arguments(), "on": on, "today": today, "open": list(OPEN_STATES), "wide": wide}
    found: dict[str, Progress] = {}
    with connection.cursor() as cursor:
        cursor.execute(_PROGRESS, asked | {"roots": list(roots), "units": list(units)})
        for code, level, name, state, forms, late in cursor.fetchall():
            row = found.setdefault(code, Progress(code, level, name))
            row.states[state] = forms
            row.late += late
    return list(found.values())


def together(rows: Iterable[Progress]) -> Progress:
    whole = Progress("", "", "")
    for row in rows:
        whole.late += row.late
        for state, forms in row.states.items():
            whole.states[state] = whole.states.get(state, 0) + forms
    return whole


def how_many(rows: "QuerySet[SurveyForm]", **conditions: Q) -> dict[str, int]:
    """Of the forms how many are each of these; 1 query."""
    counts = {name: Count("pk", filter=condition) for name, condition in conditions.items()}
    found: dict[str, int] = rows.aggregate(**counts)
    return found


@dataclass(frozen=True, slots=True)
class Planned:
    code: str
    name: str
    poor: int
    near_poor: int


def planned(round: SurveyRound, area_code: str, day: date) -> list[Planned]:
    """What ``list_for_round`` would put on the list on the day, by village; 1 query."""
    with connection.cursor() as cursor:
        cursor.execute(_PLANNED.format(listable=LISTABLE), listable_arguments(round, area_code, day))
        return [Planned(*row) for row in cursor.fetchall()]
