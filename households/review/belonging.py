"""What a dossier is about before anybody opened one: a procedure in a commune and a round; and the villages of the commune."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from households.review.models import Dossier
from households.surveys.models import SurveyRound

_UNITS = """
SELECT a.code, a.level, a.type || ' ' || a.name FROM areas_area a
 WHERE (a.code = %(area)s OR a.parent_code = %(area)s) AND a.validity @> %(on)s
 ORDER BY a.level = 'commune', a.sort_key, a.code
"""


@dataclass(frozen=True, slots=True)
class Prospect:
    """A dossier that could be opened."""

    round: SurveyRound
    area_code: str
    procedure: str
    pk: None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """A village of the commune, or the commune itself: of households listed without a village, and of procedures without a
    meeting."""

    code: str
    level: str
    name: str


def units_of(dossier: Dossier | Prospect) -> tuple[Unit, ...]:
    """Villages in their order, the commune last; 1 query."""
    on: date = dossier.round.area_on
    with connection.cursor() as cursor:
        cursor.execute(_UNITS, {"area": dossier.area_code, "on": on})
        return tuple(Unit(*row) for row in cursor.fetchall())
