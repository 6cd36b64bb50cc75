"""What a round lacks because its law was not in force in the portal when it was opened."""

from households.criteria.law.parts import Purpose
from households.criteria.law.years import applies
from households.criteria.models import LegalStandard, State
from households.criteria.queries import rows, standard_of
from households.surveys.models import SurveyRound


def awaited(found: SurveyRound) -> list[LegalStandard]:
    """Of a periodic round, stored or planned: the nation's standards, drafts too, that would be its opening one and that it is
    not bound to; 1 query at most."""
    if found.opening is not None or found.month is not None:
        return []
    standards = rows().exclude(state=State.WITHDRAWN).order_by("code", "version")
    return [row for row in standards if _opens(row, found.year)]


def _opens(row: LegalStandard, year: int) -> bool:
    standard = standard_of(row)
    return not standard.scope and applies(standard, year=year, purpose=Purpose.OPENING)
