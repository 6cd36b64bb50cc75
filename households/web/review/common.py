"""What the pages of a dossier have in common: which it is, and whether whoever asks may see or make it."""

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from households.access.scope import check_may, scopes_of
from households.review.models import Dossier
from households.review.procedures.shelf import procedure
from households.review.rights import LEAD, OPINE, READ, VILLAGE
from households.review.standing import Standing, VillageStanding
from povertyportal.core.clock import today


def dossier_asked(request: HttpRequest, pk: int, action: str = READ) -> Dossier:
    """With its round. Raises Http404, PermissionDenied."""
    found = get_object_or_404(Dossier.objects.select_related("round", "round__closing", "round__opening"), pk=pk)
    check_may(request.user, action, code=found.area_code, on=found.round.area_on, day=today())
    return found


def rights_in(request: HttpRequest, dossier: Dossier) -> dict[str, bool]:
    """What whoever asks may do with the dossier: "may_village", "may_lead", "may_opine"; 2 to 4 queries."""
    scopes = scopes_of(request.user, (VILLAGE, LEAD, OPINE), day=today())
    names = {"may_village": VILLAGE, "may_lead": LEAD, "may_opine": OPINE}
    on = dossier.round.area_on
    return {name: scopes[action].covers(dossier.area_code, on=on) for name, action in names.items()}


def about(dossier: Dossier, standing: Standing | None = None) -> dict[str, Any]:
    """What the head of each page of the dossier shows."""
    known = procedure(dossier.procedure)
    return {"dossier": dossier, "procedure": known, "round": dossier.round, "standing": standing}


def village_of(standing: Standing, code: str) -> VillageStanding:
    """Raises Http404."""
    found = standing.village(code)
    if found is None:
        raise Http404
    return found
