"""Opening a round: first what would be opened, then the opening."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from households.access.scope import Scope, scope_of
from households.areas.models import Area
from households.areas.units import Level
from households.registry.places import named_place
from households.surveys.models import RoundKind, SurveyRound
from households.surveys.queries import communes_of_plan
from households.surveys.refusals import RoundRefusedError
from households.surveys.rounds import OPEN, check_round, open_round, plan_round
from households.web.round_forms import RoundForm
from households.web.rounds import about, round_url
from povertyportal.core.clock import now, today
from povertyportal.core.periods import on as holding_on
from povertyportal.core.session_guard import account_of

MOST_OFFERED = 150  # units named beside the field; nationwide the code is typed


@require_http_methods(["GET", "POST"])
def round_open(request: HttpRequest) -> HttpResponse:
    scope = scope_of(request.user, OPEN, day=today())
    areas = _offered(scope)
    form = RoundForm(request.POST or None, initial=_usual(areas))
    planned = _planned(request, form)
    if planned and request.POST.get("step") == "open" and (opened := _opened(request, form)):
        told = {"code": opened.code, "place": named_place(opened.area_code, on=opened.area_on).near}
        messages.success(request, _("Đã mở đợt %(code)s cho %(place)s.") % told)
        return redirect(round_url(opened))
    context: dict[str, Any] = {"form": form, "areas": areas}
    if planned and form.is_valid():
        context |= {**about(planned), "planned": planned, "communes": communes_of_plan(planned)}
    return render(request, "households/round_open.html", context)


def _planned(request: HttpRequest, form: RoundForm) -> SurveyRound | None:
    """What the form would open; None where something is wrong, which it then says."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        planned = plan_round(**form.asked())
        check_round(planned, by=account_of(request), day=today())
    except RoundRefusedError as refused:
        form.refuse(refused)
    except PermissionDenied as refused:
        form.add_error("area", str(refused))
    else:
        return planned
    return None


def _opened(request: HttpRequest, form: RoundForm) -> SurveyRound | None:
    try:
        return open_round(by=account_of(request), at=now(), **form.asked())
    except RoundRefusedError as refused:
        form.refuse(refused)
    return None


def _offered(scope: Scope) -> list[Area]:
    """Provinces and communes of today in which one may be opened, the highest first."""
    rows = holding_on(scope.areas(), today()).filter(level__in=[Level.PROVINCE, Level.COMMUNE])
    found = list(rows.order_by("-level", "sort_key")[: MOST_OFFERED + 1])
    return found if len(found) <= MOST_OFFERED else []


def _usual(areas: list[Area]) -> dict[str, Any]:
    """This year's periodic review where one works."""
    initial: dict[str, Any] = {"kind": RoundKind.PERIODIC.value, "year": today().year}
    return initial | ({"area": areas[0].code} if areas else {})
