"""The work list: what waits for whom, by village, with what is late and what came back."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from households.access.scope import Scope, scopes_of
from households.registry.visible import WRITE
from households.surveys.findings import how_many, progress, together
from households.surveys.form_models import State, SurveyForm
from households.surveys.forms.listing import LIST
from households.surveys.forms.steps import FILL
from households.web.desk.asked import asked_of, in_order, late_on, waiting_for
from households.web.desk.rounds import Chosen, chosen
from households.web.desk.rows import rows_of
from households.web.desk.units import READ, ground_asked
from povertyportal.core.clock import today
from povertyportal.core.models import User
from povertyportal.core.paging import page_asked
from povertyportal.core.session_guard import account_of

FORMS_A_PAGE = 50


@require_GET
def work_list(request: HttpRequest) -> HttpResponse:
    user, day = account_of(request), today()
    scopes = scopes_of(user, [READ, FILL, LIST, WRITE], day=day)
    seen = chosen(request.GET.get("round", "").strip(), scopes[READ], day)
    context: dict[str, Any] = {"chosen": seen, "may_list": bool(scopes[LIST]), "may_fill": bool(scopes[FILL])}
    context |= {"days_left": (seen.last - day).days if seen.last else None}
    if seen.on is None:
        return render(request, "desk/list.html", context)
    asked = asked_of(request, may_fill=bool(scopes[FILL]))
    ground = ground_asked(asked.area, user, seen.on, day)
    units = progress(seen.reach, on=seen.on, today=day, **ground.arguments())
    mine = waiting_for(user, seen, scopes)
    context |= {"asked": asked, "ground": ground, "units": units, "whole": together(units), "states": State.choices}
    context |= {"mine": how_many(seen.reach.forms() & mine, late_on(day)) if scopes[FILL] else None}
    if ground.near(units) or asked.mine:
        forms = SurveyForm.objects.filter(seen.reach.forms(), ground.forms(units))
        context |= _people(forms) | _listed(request, asked.of(forms, mine, day), seen, scopes)
    return render(request, "desk/list.html", context)


def _listed(
    request: HttpRequest, forms: "QuerySet[SurveyForm]", seen: Chosen, scopes: Mapping[str, Scope]
) -> dict[str, Any]:
    day = today()
    rows = in_order(forms, day).select_related("round", "assigned_to", "returned_by")
    page = page_asked(request, rows, FORMS_A_PAGE)
    ours = list(page.object_list)
    fillable = {one.pk for one in ours if scopes[FILL].covers(one.area_code, on=one.round.area_on)}
    return {"page": page, "rows": rows_of(ours, day, fillable=fillable), "round": seen.code}


def _people(forms: "QuerySet[SurveyForm]") -> dict[str, Any]:
    """Who has forms here; 1 query."""
    given = forms.exclude(assigned_to=None).values("assigned_to")
    return {"people": User.objects.filter(pk__in=given).order_by("full_name", "username")}
