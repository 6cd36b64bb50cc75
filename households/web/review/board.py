"""The board of a dossier: its villages and their steps, what blocks the next one, what is late."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from households.access.scope import may
from households.review.belonging import Prospect
from households.review.calendar.stored import calendar
from households.review.models import Dossier, ReviewStep
from households.review.moving import dossier_for
from households.review.outlook import Outlook, outlook
from households.review.procedures.parts import Stage
from households.review.procedures.shelf import procedure
from households.review.rights import READ, VILLAGE
from households.review.standing import Standing, VillageStanding, dossier_standing
from households.surveys.queries import all_rounds, communes_of
from households.web.review.common import Visit, visit
from households.web.review.next_steps import village_rows
from povertyportal.core.clock import now, today
from povertyportal.core.paging import page_asked
from povertyportal.core.session_guard import account_of

VILLAGES_A_PAGE, NEWEST_STEPS, STEPS_A_PAGE = 50, 8, 50


@dataclass(frozen=True, slots=True)
class StageShown:
    """A stage of the villages, and which of them are there."""

    stage: Stage
    villages: Sequence[VillageStanding]


@require_safe
def board(request: HttpRequest, pk: int) -> HttpResponse:
    seen = visit(request, pk)
    page = page_asked(request, seen.standing.villages, VILLAGES_A_PAGE)
    steps = list(steps_of(seen.dossier)[: NEWEST_STEPS + 1])
    context = seen.context(page=page, stages=list(_stages(seen.standing)), outlook=_outlook(seen))
    context["rows"] = village_rows(seen.standing, page, may_make=seen.rights["may_village"])
    context |= {"steps": told(steps[:NEWEST_STEPS], seen.standing), "more_steps": len(steps) > NEWEST_STEPS}
    return render(request, "review/board.html", context | _bulk(seen.standing))


@require_safe
def steps(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that was done with the dossier, the newest first."""
    seen = visit(request, pk)
    page = page_asked(request, steps_of(seen.dossier), STEPS_A_PAGE)
    return render(request, "review/steps.html", seen.context(page=page, steps=told(page, seen.standing)))


@dataclass(frozen=True, slots=True)
class StepTold:
    row: ReviewStep
    title: str
    to: str
    where: str


def steps_of(dossier: Dossier) -> Any:
    return ReviewStep.objects.filter(dossier=dossier).select_related("by", "part").order_by("-pk")


def told(steps: Iterable[ReviewStep], standing: Standing) -> list[StepTold]:
    known = standing.procedure
    names = {one.code: one.name for one in standing.villages} | {one.code: one.name for one in standing.empty}
    return [
        StepTold(
            one,
            known.move(one.move).title,
            known.stage(one.to_state).title if one.to_state != one.from_state else "",
            names.get(one.part.area_code, one.part.area_code) if one.part else "",
        )
        for one in steps
    ]


def _stages(standing: Standing) -> Iterable[StageShown]:
    for stage in standing.procedure.stages:
        if at := standing.at(stage.code):
            yield StageShown(stage, at)


def _bulk(standing: Standing) -> dict[str, Any]:
    """Villages for which one click does the same."""
    villages = standing.villages
    return {
        "to_post": [one for one in villages if one.may("post")],
        "to_take_down": [one for one in villages if one.may("take_down")],
        "to_take_down_again": [one for one in villages if one.may("take_down_again")],
    }


def _outlook(seen: Visit) -> Outlook | None:
    return outlook(seen.standing, calendar=seen.calendar)


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
    page = page_asked(request, standing.villages, VILLAGES_A_PAGE)
    rows = village_rows(standing, page, may_make=False)
    return render(request, "review/opening.html", context | {"may_open": may_open, "page": page, "rows": rows})


def _prospect(request: HttpRequest, round: int, area: str, code: str) -> Prospect:
    found = get_object_or_404(all_rounds(), pk=round)
    try:
        known = procedure(code)
    except KeyError as unknown:
        raise Http404 from unknown
    fits = found.kind in known.kinds and known.first <= found.year <= (known.last or found.year)
    if not fits or area not in {one.code for one in communes_of(found)}:
        raise Http404
    day: date = today()
    if not may(request.user, READ, code=area, on=found.area_on, day=day):
        raise PermissionDenied(_("Xã này không thuộc địa bàn của bạn."))
    return Prospect(found, area, code)
