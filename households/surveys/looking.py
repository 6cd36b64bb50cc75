"""Many forms looked at, without a query for each."""

from collections.abc import Iterable, Iterator
from datetime import date

from households.areas.models import Area
from households.registry.places import named_place
from households.surveys.classification import Look, look_at, survey_day
from households.surveys.form_models import SurveyForm
from households.surveys.models import SurveyRound
from households.surveys.queries import all_rounds
from households.surveys.sheets.bound import Bound, bound_standards
from households.surveys.sheets.ground import Ground, ground_at
from povertyportal.core.periods import on as holding_on

AT_ONCE = 500


def round_around(code: str, area_code: str) -> SurveyRound | None:
    """The round of that code in whose area the unit lies, on the round's map."""
    for one in all_rounds().filter(code=code):
        if one.area_code in {unit.code for unit in named_place(area_code, on=one.area_on).chain}:
            return one
    return None


def typed_forms(round: SurveyRound, area_code: str) -> Iterator[SurveyForm]:
    """Of the unit and all below it, those on which somebody has saved something, in the order of their keys."""
    rows = SurveyForm.objects.filter(round=round, sheet__isnull=False).select_related("sheet").order_by("pk")
    if area_code != round.area_code:
        rows = rows.filter(area_code__in=_below(area_code, round.area_on))
    for form in rows.iterator(AT_ONCE):
        form.round = round
        yield form


def _below(area_code: str, on: date) -> list[str]:
    found = level = [area_code]
    while level:
        level = list(holding_on(Area.objects.filter(parent_code__in=level), on).values_list("code", flat=True))
        found = [*found, *level]
    return found


def looks(forms: Iterable[SurveyForm]) -> Iterator[Look]:
    """A query for each place and each day of survey; ``forms`` of one round, with it and their sheets."""
    grounds, bounds = dict[str, Ground](), dict[date, tuple[Bound, ...]]()
    for form in forms:
        on, answers = survey_day(form, form.sheet.answers), form.sheet.answers
        if form.area_code not in grounds:
            grounds[form.area_code] = ground_at(form.area_code, form.round.area_on)
        if on not in bounds:
            bounds[on] = bound_standards(form.round, on)
        yield look_at(form, answers, grounds[form.area_code], bounds[on])
