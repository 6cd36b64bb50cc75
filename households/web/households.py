"""The page of one household: who, where, what every year gave and why, on any day of its life."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from households.access.scope import scopes_of
from households.areas.days import DayRefusedError, read_day
from households.registry.codes import EventKind
from households.registry.models import Household, HouseholdEvent, Recognition, Residence
from households.registry.places import named_places
from households.registry.visible import FULL_NUMBERS, NOTHING_SEEN, READ, WRITE, check_sees, seen_by, seen_of
from households.web import household_timeline as timeline
from households.web.household_heads import day_of, find_household, make_head, place_asked
from households.web.household_members import members_before, members_on, memberships_of
from households.web.household_tasks import task_links
from households.web.panels import panels_for
from povertyportal.core.clock import today
from povertyportal.core.session_guard import account_of

NEWEST = 3  # recognitions told at once; the older ones unfold


@require_safe
def detail(request: HttpRequest, household: int) -> HttpResponse:
    row, residences = find_household(household)
    if row.merged_into_id:
        return _merged(request, row, row.merged_into_id)
    on, problem = _day_asked(request)
    context = _read(row, residences, on, account_of(request))
    context |= {"typed": request.GET.get("on", ""), "problem": problem}
    return render(request, "households/household_detail.html", context, status=400 if problem else 200)


def _merged(request: HttpRequest, row: Household, into: int) -> HttpResponse:
    """To the record that stays; only who sees something of that one is told which."""
    day = today()
    if not seen_by(account_of(request), into, day=day):
        check_sees(NOTHING_SEEN, row, on=day)
    told = {"old": row, "new": row.merged_into}
    message = _("Hồ sơ %(old)s ghi trùng hoặc lập nhầm, đã về hộ %(new)s; dưới đây là hộ %(new)s.")
    messages.info(request, message % told)
    query = request.GET.urlencode()
    return redirect(reverse("households:detail", args=[into]) + (f"?{query}" if query else ""))


def _day_asked(request: HttpRequest) -> tuple[date | None, str]:
    """The day, or why the text is none."""
    text = request.GET.get("on", "").strip()
    try:
        return (read_day(text) if text else None), ""
    except DayRefusedError as refused:
        return None, str(refused)


def _to_place(residence: Residence) -> bool:
    """A stay without its village: left open by a change of areas, or on the commune's own code."""
    return residence.unplaced or "-" not in residence.area_code


def _read(row: Household, residences: list[Residence], asked: date | None, user: Any) -> dict[str, Any]:
    """6 queries, whatever the household's size; 1 more for one that is no more."""
    day = today()
    scopes = scopes_of(user, (READ, WRITE, FULL_NUMBERS), day=day)
    seen = seen_of(residences, scopes[READ], day=day)
    on = day_of(row, seen, asked)
    memberships = memberships_of(row.pk, seen)
    given = timeline.visible(recognitions_of(row), seen)
    places = named_places([*place_asked(residences, on), *((one.area_code, one.decision_date) for one in given)])
    members = members_on(memberships, on)
    tasks = task_links(row.pk, exists=row.validity.upper is None, to_place=any(map(_to_place, residences)))
    standards = timeline.known_standards()
    told = list(timeline.told(given, on, places, standards))
    present = [one for one in memberships if on in one.validity]
    head = make_head(row, residences, present, seen=seen, on=on, places=places)
    return {
        "head": head,
        "members": members,
        "gone": members_before(memberships, on),
        "now_given": next((one for one in told if one.now), None),
        "years": timeline.years_of(given, standards),
        "told": told[:NEWEST],
        "older": told[NEWEST:],
        "panels": panels_for(user, row.pk, on=on),
        "may_show": any(one.number for one in members) and seen_of(residences, scopes[FULL_NUMBERS], day=day).on(on),
        "tasks": tasks if seen_of(residences, scopes[WRITE], day=day).whole else [],
        "today": day,
        "joined": _joined(row) if head.last else None,
    }


def recognitions_of(row: Household) -> QuerySet[Recognition]:
    """With the line of the decision, for those made on the portal; 1 query."""
    return Recognition.objects.filter(household=row).select_related("by", "decided_by__decision")


def _joined(row: Household) -> int | None:
    """The household into which this one went with everybody, where that was its end."""
    found = HouseholdEvent.objects.filter(household=row, kind=EventKind.MERGED, on=row.validity.upper)
    return found.values_list("other", flat=True).last()
