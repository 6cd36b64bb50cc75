"""The board of a dossier: its villages and their steps, what blocks the next one, what is late; and which dossiers there are."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from households.access.scope import may, scope_of
from households.review.belonging import Prospect
from households.review.calendar.stored import calendar
from households.review.models import Dossier
from households.review.moving import dossier_for
from households.review.procedures.shelf import procedure
from households.review.rights import READ, VILLAGE
from households.review.standing import dossier_standing
from households.surveys.queries import all_rounds, communes_of
from households.web.review.common import about, dossier_asked, rights_in
from povertyportal.core.clock import now, today
from povertyportal.core.paging import page_asked
from povertyportal.core.session_guard import account_of

DOSSIERS_A_PAGE = 50


@require_safe
def dossiers(request: HttpRequest) -> HttpResponse:
    scope = scope_of(request.user, READ, day=today())
    rows = Dossier.objects.filter(round__withdrawn_at=None).select_related("round").order_by("-pk")
    page = page_asked(request, [one for one in rows if scope.covers(one.area_code, on=one.round.area_on)], 50)
    return render(request, "review/list.html", {"page": page})


@require_safe
def board(request: HttpRequest, pk: int) -> HttpResponse:
    dossier = dossier_asked(request, pk)
    standing = dossier_standing(dossier, today=today(), calendar=calendar())
    return render(request, "review/board.html", about(dossier, standing) | rights_in(request, dossier))


@require_http_methods(["GET", "HEAD", "POST"])
def opening(request: HttpRequest, round: int, area: str, code: str) -> HttpResponse:
    """A dossier that nobody opened yet: shown as it would be; opened by POST. Raises Http404, PermissionDenied."""
    prospect = _prospect(request, round, area, code)
    known = Dossier.objects.filter(round=prospect.round, area_code=area, procedure=code).first()
    if known:
        return redirect("review:board", known.pk)
    may_open = may(request.user, VILLAGE, code=area, on=prospect.round.area_on, day=today())
    if request.method == "POST":
        if not may_open:
            raise PermissionDenied(_("Hồ sơ rà soát của xã do công chức giảm nghèo của xã lập."))
        made = dossier_for(round=prospect.round, area_code=area, procedure_code=code, by=account_of(request), at=now())
        messages.success(request, _("Đã lập hồ sơ rà soát của xã."))
        return redirect("review:board", made.pk)
    standing = dossier_standing(prospect, today=today(), calendar=calendar())
    context: dict[str, Any] = {"standing": standing, "round": prospect.round, "procedure": standing.procedure}
    return render(request, "review/opening.html", context | {"may_open": may_open})


def _prospect(request: HttpRequest, round: int, area: str, code: str) -> Prospect:
    found = get_object_or_404(all_rounds(), pk=round)
    try:
        known = procedure(code)
    except KeyError as unknown:
        raise Http404 from unknown
    fits = found.kind in known.kinds and known.first <= found.year <= (known.last or found.year)
    if not fits or area not in {one.code for one in communes_of(found)}:
        raise Http404
    if not may(request.user, READ, code=area, on=found.area_on, day=today()):
        raise PermissionDenied(_("Xã này không thuộc địa bàn của bạn."))
    return Prospect(found, area, code)
