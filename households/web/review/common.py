"""What the pages of a dossier have in common: which it is, whether whoever asks may see or make it, and how it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from households.access.scope import Scope, check_may, scopes_of
from households.registry.problems import RegistryRefusedError
from households.review.calendar.stored import calendar
from households.review.calendar.working_days import Calendar
from households.review.models import Dossier
from households.review.procedures.shelf import procedure
from households.review.rights import LEAD, OPINE, READ, VILLAGE
from households.review.standing import Standing, VillageStanding, dossier_standing
from povertyportal.core.clock import today
from povertyportal.core.fields import key_in

RIGHTS = {"may_village": VILLAGE, "may_lead": LEAD, "may_opine": OPINE}


def dossier_asked(request: HttpRequest, pk: int, action: str = READ) -> Dossier:
    """With its round. Raises Http404, PermissionDenied."""
    found = _dossier(pk)
    _check_covered(request, action, scopes_of(request.user, (action,), day=today())[action], found)
    return found


def _check_covered(request: HttpRequest, action: str, scope: Scope, found: Dossier) -> None:
    """The refusal says what is wanting. Raises PermissionDenied."""
    if not scope.covers(found.area_code, on=found.round.area_on):
        check_may(request.user, action, code=found.area_code, on=found.round.area_on, day=today())


def rights_in(request: HttpRequest, dossier: Dossier) -> dict[str, bool]:
    """What whoever asks may do with the dossier: "may_village", "may_lead", "may_opine"; 2 to 4 queries."""
    return _covering(scopes_of(request.user, RIGHTS.values(), day=today()), dossier)


def _covering(scopes: Mapping[str, Scope], dossier: Dossier) -> dict[str, bool]:
    on = dossier.round.area_on
    return {name: scopes[action].covers(dossier.area_code, on=on) for name, action in RIGHTS.items()}


def about(dossier: Dossier, standing: Standing | None = None) -> dict[str, Any]:
    """What the head of each page of the dossier shows."""
    known = procedure(dossier.procedure)
    return {"dossier": dossier, "procedure": known, "round": dossier.round, "standing": standing}


@dataclass(frozen=True, slots=True)
class Visit:
    """A dossier as whoever asks sees it."""

    dossier: Dossier
    standing: Standing
    calendar: Calendar
    rights: dict[str, bool]

    def village(self, code: str) -> VillageStanding:
        """Raises Http404."""
        found = self.standing.village(code)
        if found is None:
            raise Http404
        return found

    def context(self, **more: Any) -> dict[str, Any]:
        return about(self.dossier, self.standing) | self.rights | more


def visit(request: HttpRequest, pk: int, action: str = READ) -> Visit:
    """Raises Http404, PermissionDenied."""
    dossier, days = _dossier(pk), calendar()
    scopes = scopes_of(request.user, (action, *RIGHTS.values()), day=today())
    _check_covered(request, action, scopes[action], dossier)
    standing = dossier_standing(dossier, today=today(), calendar=days)
    return Visit(dossier, standing, days, _covering(scopes, dossier))


def _dossier(pk: int) -> Dossier:
    rows = Dossier.objects.filter(round__withdrawn_at=None).select_related(
        "round", "round__closing", "round__opening", "round__local_closing"
    )
    return get_object_or_404(rows, pk=pk)


def tell(request: HttpRequest, refused: RegistryRefusedError) -> None:
    """Where there is no form to say it in."""
    for problem in refused.problems:
        messages.error(request, problem.message)


def version_asked(request: HttpRequest) -> int | None:
    """Of the dossier as the page that is sent showed it."""
    return key_in(request.POST.get("version", ""))
