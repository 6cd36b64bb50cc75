"""Making the list of a round: what would come to it, village by village, then all at once; and households one by one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from households.access.scope import Scope, scope_of
from households.registry.places import named_places
from households.registry.problems import RegistryRefusedError
from households.surveys.findings import planned
from households.surveys.forms.listing import LIST, add_form, check_listable, list_for_round
from households.surveys.models import RoundKind, SurveyRound
from households.surveys.queries import RoundSeen, all_rounds, rounds_in
from households.web.desk.task_forms import AddForm
from povertyportal.core.clock import now, today
from povertyportal.core.session_guard import account_of


@dataclass(frozen=True, slots=True)
class Offer:
    """A part of a round that the account may list for: one commune, or the whole round's area."""

    round: SurveyRound
    code: str
    name: str

    @property
    def key(self) -> str:
        return f"{self.round.pk}:{self.code}"


@require_http_methods(["GET", "HEAD", "POST"])
def list_households(request: HttpRequest) -> HttpResponse:
    user, day = account_of(request), today()
    offers = offers_of(scope_of(user, LIST, day=day), day)
    asked = request.POST.get("what", "") if request.method == "POST" else request.GET.get("what", "")
    offer = next((one for one in offers if one.key == asked), offers[0] if len(offers) == 1 else None)
    context: dict[str, Any] = {"offers": offers, "offer": offer}
    if offer is None:
        return render(request, "desk/list_households.html", context)
    try:
        if request.method == "POST" and request.POST.get("step") == "list":
            return _listed(request, offer)
        check_listable(offer.round, offer.code, by=user, day=day)
    except RegistryRefusedError as refused:
        return render(request, "desk/list_households.html", context | {"problems": refused.problems})
    villages = planned(offer.round, offer.code, day)
    context |= {"villages": villages, "poor": sum(one.poor for one in villages)}
    context |= {"near_poor": sum(one.near_poor for one in villages), "first": offer.round.days.lower}
    return render(request, "desk/list_households.html", context)


def offers_of(scope: Scope, day: date) -> list[Offer]:
    """Periodic rounds that are not over; 4 queries."""
    rows = all_rounds().filter(kind=RoundKind.PERIODIC, days__endswith__gt=day)
    found = rounds_in(scope, rows)
    places = named_places((one.round.area_code, one.round.area_on) for one in found)
    return [offer for one in found for offer in _of_round(one, places, scope)]


def _of_round(seen: RoundSeen, places: Any, scope: Scope) -> Sequence[Offer]:
    round = seen.round
    communes = [Offer(round, one.code, one.name) for one in seen.communes]
    if len(communes) > 1 and scope.covers(round.area_code, on=round.area_on):
        return [Offer(round, round.area_code, places[round.area_code, round.area_on].near), *communes]
    return communes


def _listed(request: HttpRequest, offer: Offer) -> HttpResponse:
    """Raises RegistryRefusedError."""
    count = list_for_round(round=offer.round, area_code=offer.code, by=account_of(request), at=now())
    if count:
        told = ngettext("Đã đưa %(count)s hộ vào danh sách.", "Đã đưa %(count)s hộ vào danh sách.", count)
        messages.success(request, told % {"count": count})
    else:
        messages.info(request, _("Không có hộ nào mới: mọi hộ nghèo, cận nghèo đã có trong danh sách."))
    return redirect(f"{reverse('surveys:list')}?round={offer.round.code}&who=all")


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    user, day = account_of(request), today()
    found = rounds_in(scope_of(user, LIST, day=day), all_rounds().filter(days__endswith__gt=day))
    places = named_places((one.round.area_code, one.round.area_on) for one in found)
    rounds = [(one.round, places[one.round.area_code, one.round.area_on].near) for one in found]
    start = {"household": request.GET.get("household", "")}
    form = AddForm(request.POST if request.method == "POST" else None, initial=start, rounds=rounds)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        round = next(one for one, _area in rounds if str(one.pk) == data["round"])
        try:
            made = add_form(round=round, household=data["household"], why=data["why"], by=user, at=now())
        except RegistryRefusedError as refused:
            form.refuse(refused)
        except PermissionDenied:
            form.add_error("household", _("Hộ này không thuộc địa bàn bạn được lập danh sách."))
        else:
            messages.success(request, _("Đã đưa hộ H%s vào danh sách rà soát.") % data["household"])
            return redirect("surveys:form", made.pk)
    return render(request, "desk/add.html", {"form": form, "rounds": rounds})
