"""Letters that say no: the register, those that are due in a dossier, and the answer to a paper that cannot be dealt with."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from households.access.scope import check_may, scope_of
from households.registry.places import named_place, named_places
from households.registry.problems import RegistryRefusedError
from households.review.actions.refusing import refuse_forms, refuse_intake, suggested_number
from households.review.models import Dossier
from households.review.rights import LEAD, READ
from households.review.superior_models import RefusalGround
from households.review.unrecognised import Unrecognised, due_of, unrecognised
from households.web.review.intakes import paper_for
from households.web.review.refusal_forms import LetterForm, LettersForm
from households.web.review.registers import refusals_asked
from povertyportal.core.clock import now, today
from povertyportal.core.models import User
from povertyportal.core.paging import page_asked
from povertyportal.core.session_guard import account_of

ASKS = ("ground", "year", "q", "page")
A_PAGE = 50


@require_GET
def refusals(request: HttpRequest) -> HttpResponse:
    asked = refusals_asked(request, scope_of(account_of(request), READ, day=today()))
    page = page_asked(request, asked.rows, A_PAGE)
    places = named_places({(one.area_code, one.on) for one in page.object_list})
    told = [(one, places[one.area_code, one.on].near) for one in page.object_list]
    context = asked.chosen | {"page": page, "rows": told, "grounds": RefusalGround.choices, "filtered": asked.filtered}
    return render(request, "review/refusals.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Letters of a dossier: whoever reads sees which are due and written; who leads writes them, several at once."""
    user, day = account_of(request), today()
    found = dossier_for(user, pk, READ)
    everybody = unrecognised(found, day=day)
    due = due_of(everybody)
    page = page_asked(request, due, A_PAGE)
    place: dict[str, Any] = {"code": found.area_code, "on": found.round.area_on}
    context: dict[str, Any] = {
        "dossier": found, "place": named_place(**place), "page": page, "written": [one for one in everybody if one.letter],
        "early": sum(not one.closed for one in everybody), "due": len(due),
    }  # fmt: skip
    may_lead = scope_of(user, LEAD, day=day).covers(**place)
    if request.method == "POST" and not may_lead:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    if due and may_lead:
        shown: list[Unrecognised] = list(page.object_list)
        form = LettersForm(
            request.POST if request.method == "POST" else None,
            shown=shown,
            initial=_first_letter(found.area_code, user, shown),
        )
        if request.method == "POST" and form.is_valid() and (answer := _written(request, found, form)):
            return answer
        context["form"] = form
    return render(request, "review/refuse.html", context)


def _written(request: HttpRequest, found: Dossier, form: LettersForm) -> HttpResponse | None:
    """None where something stands in the way."""
    keys = [int(one) for one in form.cleaned_data["forms"]]
    try:
        made = refuse_forms(dossier=found.pk, forms=keys, letter=form.letter(), by=account_of(request), at=now())
    except RegistryRefusedError as refused:
        form.refuse(refused)
        return None
    told = ngettext("Đã ghi %(count)s văn bản.", "Đã ghi %(count)s văn bản.", len(made)) % {"count": len(made)}
    messages.success(request, told)
    return redirect("review:refuse", found.pk)


def _first_letter(commune: str, user: User, shown: list[Unrecognised]) -> dict[str, Any]:
    day = today()
    return {
        "number": suggested_number(commune, day.year), "on": day, "signer": str(user), "position": _("Chủ tịch"),
        "forms": [str(one.row.form) for one in shown],
    }  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def intake_refuse(request: HttpRequest, pk: int) -> HttpResponse:
    user = account_of(request)
    found = paper_for(user, pk, LEAD)
    posted = request.POST if request.method == "POST" else None
    form = LetterForm(posted, initial=_first_letter(found.commune_code, user, []))
    if posted is not None and form.is_valid():
        try:
            made = refuse_intake(intake=pk, letter=form.letter(), by=user, at=now())
        except RegistryRefusedError as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Đã ghi văn bản trả lời %s.") % made.number)
            return redirect("review:intake", pk)
    return render(request, "review/intake_refuse.html", {"paper": found, "form": form})


def dossier_for(user: User, pk: int, action: str) -> Dossier:
    """Raises Http404, PermissionDenied."""
    found = get_object_or_404(Dossier.objects.select_related("round"), pk=pk)
    check_may(user, action, code=found.area_code, on=found.round.area_on, day=today())
    return found
