"""Persons who may have been entered twice: the list, and the page on which somebody says whether two are one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from households.access.scope import Scope, scope_of
from households.registry.finding_models import DuplicateVerdict, Verdict
from households.registry.merging import deciding
from households.registry.merging.findings import Candidate, Candidates
from households.registry.merging.words import sentences
from households.registry.models import Person
from households.registry.problems import RegistryRefusedError
from households.web.duplicate_forms import DecideForm
from households.web.duplicate_sides import Line, Side, lines_of, sides_of
from povertyportal.core.clock import now, today
from povertyportal.core.paging import page_asked
from povertyportal.core.session_guard import account_of

DECIDE = "duplicates.decide"
PAGE_SIZE = 25


@dataclass(frozen=True, slots=True)
class Pair:
    """A row of the list. ``url``: none where one of the two lives outside the user's area."""

    first: Side
    second: Side
    why: str
    weight: int
    url: str


@require_GET
def duplicate_list(request: HttpRequest) -> HttpResponse:
    day = today()
    scope = scope_of(request.user, DECIDE, day=day)
    page = page_asked(request, Candidates(scope, day=day), PAGE_SIZE)
    context = {"page": page, "pairs": _pairs(list(page.object_list), scope, day)}
    return render(request, "households/duplicate_list.html", context)


def _pairs(found: Sequence[Candidate], scope: Scope, day: date) -> list[Pair]:
    sides = sides_of((key for one in found for key in (one.first, one.second)), scope, day=day)
    return [
        Pair(
            sides[one.first], sides[one.second], one.why, one.weight,
            reverse("households:duplicate", args=[one.first, one.second])
            if sides[one.first].seen and sides[one.second].seen else "",
        )
        for one in found
    ]  # fmt: skip


@require_http_methods(["GET", "POST"])
def duplicate_decide(request: HttpRequest, first: int, second: int) -> HttpResponse:
    """GET shows the two; POST says what a merger would do, or decides."""
    left, right = _both(request, first, second)
    form = DecideForm(request.POST or None, sides=(left, right), others=_others(left, right))
    told: Sequence[str] = ()
    if request.method == "POST" and form.is_valid():
        try:
            if request.POST.get("do") == "preview" and form.same:
                told = _plan(request, form, left, right)
            else:
                return _decided(request, form, left, right)
        except RegistryRefusedError as refused:
            form.refuse(refused)
    return render(request, "households/duplicate_decide.html", _context(form, left, right, told))


def _context(form: DecideForm, left: Side, right: Side, told: Sequence[str]) -> dict[str, Any]:
    lines: list[Line] = lines_of(left, right)
    earlier = DuplicateVerdict.objects.filter(first=left.person.pk, second=right.person.pk).select_related("by")
    return {
        "form": form,
        "first": left,
        "second": right,
        "lines": lines,
        "told": told,
        "differing": [one.title for one in lines if one.differs],
        "earlier": earlier.order_by("-at"),
    }


def _both(request: HttpRequest, first: int, second: int) -> tuple[Side, Side]:
    """Raises Http404, PermissionDenied: whoever decides must reach both records."""
    day = today()
    sides = sides_of([first, second], scope_of(request.user, DECIDE, day=day), day=day)
    if first >= second or len(sides) < 2:
        raise Http404(_("Không có cặp hồ sơ này, hoặc một hồ sơ đã được gộp."))
    if not (sides[first].seen and sides[second].seen):
        raise PermissionDenied(
            _("Một trong hai người không thuộc địa bàn của bạn; cần một người có quyền ở nơi của cả hai kết luận.")
        )
    return sides[first], sides[second]


def _others(left: Side, right: Side) -> list[tuple[int, int, str]]:
    """Further members of the two households who look like one person: key on the left, on the right, name."""
    if left.household is None or right.household is None or left.household == right.household:
        return []
    found = deciding.likely_others(left.household, right.household)
    names = {one.pk: one.full_name for one in Person.objects.filter(pk__in=found)}
    return [
        (stays, gone, names[gone])
        for gone, stays in found.items()
        if {gone, stays} != {left.person.pk, right.person.pk}
    ]


def _plan(request: HttpRequest, form: DecideForm, left: Side, right: Side) -> Sequence[str]:
    plan = deciding.plan_of(
        first=left.person.pk, second=right.person.pk, by=account_of(request), day=today(), **form.stated
    )
    if plan.problems:
        raise RegistryRefusedError(plan.problems)
    return sentences(plan)


def _decided(request: HttpRequest, form: DecideForm, left: Side, right: Side) -> HttpResponse:
    stated = form.stated if form.same else {}
    data = form.cleaned_data
    deciding.decide_pair(
        first=left.person.pk, second=right.person.pk, verdict=data["verdict"], reason=data["reason"],
        by=account_of(request), at=now(), **stated,
    )  # fmt: skip
    told = {"first": left.person.full_name, "second": right.person.full_name, "verdict": Verdict(data["verdict"]).label}
    messages.success(request, _("Đã ghi kết luận về %(first)s và %(second)s: %(verdict)s.") % told)
    return redirect("households:duplicates")
