"""The panel of a household's page that tells its forms, round by round, with what was worked out."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from households.access.scope import scopes_of
from households.criteria.engine.scoring import STOP
from households.criteria.law.parts import Class
from households.surveys.form_models import State, SurveyForm, SurveyResult
from households.surveys.forms.listing import LIST
from households.surveys.forms.reach import READ
from households.surveys.queries import all_rounds
from households.web.household_days import day_asked
from households.web.household_heads import head_of
from households.web.panels import panel_response
from povertyportal.core.clock import today
from povertyportal.core.session_guard import account_of

TITLE = gettext_lazy("Phiếu rà soát")
NEWEST = 10


@dataclass(frozen=True, slots=True)
class Told:
    form: SurveyForm
    results: list[tuple[SurveyResult, str]]

    @property
    def has_slip(self) -> bool:
        return self.form.state == State.DONE and bool(self.results)


@require_safe
def household_forms(request: HttpRequest, household: int) -> HttpResponse:
    """Forms listed in the account's area; the class worked out is not the one recognised, which the page says."""
    user, day = account_of(request), today()
    head = head_of(household, day_asked(request), user)
    scopes = scopes_of(user, [READ, LIST], day=day)
    rows = SurveyForm.objects.filter(household=household, round__withdrawn_at=None).select_related(
        "round", "assigned_to"
    )
    seen = [
        one for one in rows.order_by("-round__days__startswith", "-pk")
        if scopes[READ].covers(one.area_code, on=one.round.area_on)
    ][:NEWEST]  # fmt: skip
    context: dict[str, Any] = {"forms": told(seen), "may_add": _may_add(seen, scopes[LIST], head.living, day)}
    return panel_response(request, head, TITLE, "desk/household_forms.html", context)


def _may_add(seen: Iterable[SurveyForm], scope: Any, living: bool, day: date) -> bool:
    """Whether some round lasts in which this household has no form; the action asks the rest."""
    if not (scope and living):
        return False
    has = {one.round.code for one in seen if one.state != State.DROPPED}
    lasting = all_rounds().filter(days__contains=day).values_list("code", flat=True)
    return bool(set(lasting) - has)


def told(forms: Iterable[SurveyForm]) -> list[Told]:
    """What came of those that are finished: of one that went back nothing counts until it is finished again. 1 query."""
    ours = list(forms)
    results = results_of_many(one.pk for one in ours if one.state == State.DONE)
    return [Told(one, [(row, _class_words(row)) for row in results.get(one.pk, {}).values()]) for one in ours]


def results_of_many(keys: Iterable[int]) -> Mapping[int, dict[str, SurveyResult]]:
    """By form and purpose, the newest; 1 query."""
    found: dict[int, dict[str, SurveyResult]] = defaultdict(dict)
    for row in SurveyResult.objects.filter(form__in=list(keys)).order_by("pk"):
        found[row.form_id][row.purpose] = row
    return found


def _class_words(row: SurveyResult) -> str:
    names = {
        Class.POOR: _("hộ nghèo"),
        Class.NEAR_POOR: _("hộ cận nghèo"),
        Class.AVERAGE: _("hộ có mức sống trung bình"),
        Class.NOT_POOR: _("không nghèo, không cận nghèo"),
    }
    if row.klass:
        return names.get(Class(row.klass), row.klass)
    return _("dừng ở Phiếu A, không rà soát tiếp") if row.result.get("gate") == STOP else _("chưa đủ để tính")
