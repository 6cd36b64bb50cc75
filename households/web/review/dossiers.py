"""Which dossiers there are in a round: of each commune the procedures that its list needs, opened or not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from households.access.scope import Scope, scope_of
from households.registry.places import named_places
from households.review.models import Dossier
from households.review.procedures.parts import Procedure, Stage
from households.review.procedures.shelf import PROCEDURES, procedure, procedure_for
from households.review.progress import ListedIn, listed_in
from households.review.rights import READ
from households.surveys.models import SurveyRound
from households.surveys.queries import CommuneOfRound, RoundSeen, rounds_in
from povertyportal.core.clock import today
from povertyportal.core.paging import page_asked
from povertyportal.vietnamese import fold

COMMUNES_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class DossierRow:
    """``dossier``: None where nobody has opened it yet."""

    commune: CommuneOfRound
    procedure: Procedure
    dossier: Dossier | None
    total: int
    done: int

    @property
    def stage(self) -> Stage | None:
        return self.procedure.stage(self.dossier.state) if self.dossier else None


@require_safe
def dossiers(request: HttpRequest) -> HttpResponse:
    rounds = rounds_in(scope_of(request.user, READ, day=today()))
    seen = _round_asked(request, rounds)
    places = named_places((one.round.area_code, one.round.area_on) for one in rounds)
    named = [(one.round, places[one.round.area_code, one.round.area_on].near) for one in rounds]
    context: dict[str, Any] = {"rounds": named, "seen": seen, "q": request.GET.get("q", "").strip()}
    if seen is None:
        return render(request, "review/list.html", context)
    wanted = fold(context["q"])
    communes = [one for one in seen.communes if wanted in fold(one.name)]
    page = page_asked(request, communes, COMMUNES_A_PAGE)
    context |= {"page": page, "rows": list(rows_of(seen.round, list(page))), "round": seen.round}
    return render(request, "review/list.html", context)


def _round_asked(request: HttpRequest, rounds: Sequence[RoundSeen]) -> RoundSeen | None:
    """The one asked for, else the one that lasts, else the newest. Raises Http404."""
    asked, day = request.GET.get("round", "").strip(), today()
    if asked:
        found = next((one for one in rounds if str(one.round.pk) == asked), None)
        if found is None:
            raise Http404(_("Trong địa bàn của bạn không có đợt rà soát này."))
        return found
    lasting = [one for one in rounds if day in one.round.days]
    return next(iter([*lasting, *rounds]), None)


def rows_of(round: SurveyRound, communes: Sequence[CommuneOfRound]) -> Iterable[DossierRow]:
    """2 queries."""
    codes = [one.code for one in communes]
    counted: dict[tuple[str, str], list[ListedIn]] = {}
    for one in listed_in(round, codes):
        if known := procedure_for(kind=round.kind, why=one.why, year=round.year):
            counted.setdefault((one.commune, known.code), []).append(one)
    opened = {(one.area_code, one.procedure): one for one in Dossier.objects.filter(round=round, area_code__in=codes)}
    for commune in communes:
        for known in PROCEDURES:
            key = (commune.code, known.code)
            if key in counted or key in opened:
                mine = counted.get(key, [])
                total, done = sum(one.total for one in mine), sum(one.done for one in mine)
                yield DossierRow(commune, known, opened.get(key), total, done)


def running(scope: Scope, *, most: int) -> list[tuple[Dossier, Stage]]:
    """Dossiers that are not done, the newest first; 1 query."""
    rows = Dossier.objects.filter(round__withdrawn_at=None).select_related("round").order_by("-round__year", "-pk")
    found = []
    for one in rows[: 20 * most]:
        stage = procedure(one.procedure).stage(one.state)
        if not stage.done and scope.covers(one.area_code, on=one.round.area_on):
            found.append((one, stage))
    return found[:most]
