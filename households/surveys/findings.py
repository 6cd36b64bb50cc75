"""How far the work on forms has come, by area and state; and how many households a list would get. Counts work only: what
the results amount to is counted in ``reports.statistics``."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Count, Q

from households.surveys.form_models import OPEN_STATES, State, SurveyForm
from households.surveys.forms.listing import LISTABLE, listable_arguments
from households.surveys.forms.reach import Reach
from households.surveys.models import SurveyRound

# The forms of each village first, so that the map is asked of villages, not of forms. A form stands under the nearest of the
# units asked for: those with these codes, those right below these parents; under its commune where it lies in none.
_PROGRESS = """
WITH RECURSIVE below (code) AS (
    SELECT %(area)s::varchar COLLATE "C" WHERE %(area)s <> ''
    UNION
    SELECT a.code FROM below b JOIN areas_area a ON a.parent_code = b.code AND a.validity @> %(on)s::date
),
counted AS (
    SELECT f.area_code, f.state, count(*) AS forms,
           count(*) FILTER (WHERE f.state = ANY(%(open)s) AND coalesce(f.due, upper(r.days) - 1) < %(today)s::date) AS late
      FROM households_surveyform f JOIN households_surveyround r ON r.id = f.round_id
     WHERE (f.round_id = ANY(%(whole)s::int[])
            OR (f.round_id, f.area_code) IN (SELECT * FROM unnest(%(rounds)s::int[], %(codes)s::varchar[])))
       AND (%(area)s = '' OR f.area_code IN (SELECT code FROM below))
     GROUP BY f.area_code, f.state
),
placed AS (
    SELECT c.*, CASE
           WHEN v.code = ANY(%(units)s) OR v.parent_code = ANY(%(parents)s) THEN v.id
           WHEN p.code = ANY(%(units)s) OR p.parent_code = ANY(%(parents)s) THEN p.id
           WHEN g.code = ANY(%(units)s) OR g.parent_code = ANY(%(parents)s) THEN g.id
           WHEN t.code = ANY(%(units)s) OR t.parent_code = ANY(%(parents)s) THEN t.id
           WHEN v.level = 'village' THEN p.id ELSE v.id END AS unit
      FROM counted c
      LEFT JOIN areas_area v ON v.code = c.area_code AND v.validity @> %(on)s::date
      LEFT JOIN areas_area p ON p.code = v.parent_code AND p.validity @> %(on)s::date
      LEFT JOIN areas_area g ON g.code = p.parent_code AND g.validity @> %(on)s::date
      LEFT JOIN areas_area t ON t.code = g.parent_code AND t.validity @> %(on)s::date
)
SELECT coalesce(u.code, p.area_code), coalesce(u.level, ''), coalesce(u.type || ' ' || u.name, p.area_code),
       p.state, sum(p.forms)::int, sum(p.late)::int
  FROM placed p LEFT JOIN areas_area u ON u.id = p.unit
 GROUP BY 1, 2, 3, 4, u.sort_key ORDER BY u.sort_key NULLS LAST, 1
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
    reach: Reach, *, on: date, today: date, area: str = "", units: Sequence[str] = (), parents: Sequence[str] = ()
) -> list[Progress]:
    """By the units named, or those right below the parents, on the map of ``on``; only what lies in ``area``; 1 query."""
    asked: dict[str, Any] = {**reach.arguments(), "on": on, "today": today, "area": area, "open": list(OPEN_STATES)}
    found: dict[str, Progress] = {}
    with connection.cursor() as cursor:
        cursor.execute(_PROGRESS, asked | {"units": list(units), "parents": list(parents)})
        for code, level, name, state, forms, late in cursor.fetchall():
            row = found.setdefault(code, Progress(code, level, name))
            row.states[state] = row.states.get(state, 0) + forms
            row.late += late
    return list(found.values())


def together(rows: Iterable[Progress]) -> Progress:
    whole = Progress("", "", "")
    for row in rows:
        whole.late += row.late
        for state, forms in row.states.items():
            whole.states[state] = whole.states.get(state, 0) + forms
    return whole


def how_many(forms: "Q", late: "Q") -> Mapping[str, int]:
    """Of the forms of the condition: all, those late, those returned; 1 query."""
    counts = {
        "forms": Count("pk"),
        "late": Count("pk", filter=late),
        "returned": Count("pk", filter=Q(state=State.RETURNED)),
    }
    found: dict[str, int] = SurveyForm.objects.filter(forms).aggregate(**counts)
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
