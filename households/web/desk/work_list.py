"""The work list: what waits for whom, by village, with what is late and what came back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from households.access.scope import scopes_of
from households.registry.visible import WRITE
from households.surveys.findings import Progress, progress, together
from households.surveys.form_models import State, SurveyForm
from households.surveys.forms.listing import LIST
from households.surveys.forms.reach import READ
from households.surveys.forms.steps import FILL
from households.web.desk.asked import LONGEST_TEXT, address_asked, asked_of, counts_of, in_order, waiting_for
from households.web.desk.rounds import chosen
from households.web.desk.rows import rows_of
from households.web.desk.units import ground_asked
from povertyportal.core.clock import today
from povertyportal.core.models import User
from povertyportal.core.paging import page_asked
from povertyportal.core.session_guard import account_of

FORMS_A_PAGE, UNITS_IN_FULL, MOST_UNITS = 50, 60, 150
FEW_UNITS = 40  # of more than MOST_UNITS


@dataclass(frozen=True, slots=True)
class Counted:
    """Rows for a paginator, with their number known."""

    rows: "QuerySet[SurveyForm]"
    total: int

    def __len__(self) -> int:
        return self.total

    def __getitem__(self, part: slice) -> "QuerySet[SurveyForm]":
        return self.rows[part]


@require_http_methods(["GET", "HEAD", "POST"])
def work_list(request: HttpRequest) -> HttpResponse:
    """At most 15 queries, those of the session among them. The box is sent by POST: see ``address_asked``."""
    if request.method == "POST":
        return redirect(address_asked(request))
    user, day = account_of(request), today()
    scopes = scopes_of(user, [READ, FILL, LIST, WRITE], day=day)
    seen = chosen(request.GET.get("round", "").strip(), scopes[READ], day)
    may_fill = bool(scopes[FILL])
    context: dict[str, Any] = {"chosen": seen, "may_list": bool(scopes[LIST]), "may_fill": may_fill}
    if seen.on is None or seen.last is None:
        return render(request, "desk/list.html", context)
    asked = asked_of(request, may_fill=may_fill)
    ground = ground_asked(asked.area, user, seen.on, day, nation=scopes[READ].nation)
    units = progress(seen.reach, on=seen.on, today=day, **ground.arguments())
    listed = ground.near(units) or asked.mine or bool(asked.text)
    context |= {"asked": asked, "ground": ground, "listed": listed, **_units(units, few=listed)}
    context |= {"kept": _kept(request, "round"), "kept_all": _kept(request, "round", "q", "who")}
    context |= {"whole": together(units), "states": State.choices, "days_left": (seen.last - day).days}
    mine, here = waiting_for(user, seen, scopes), ground.forms(units)
    wanted = here & asked.forms(mine, day, wide=not ground.near(units))
    if may_fill or listed:
        counts = counts_of(seen, mine, day, wanted=Q(pk=None) if asked.text else wanted)
        context |= {"mine": counts if may_fill else None}
    if listed:
        rows, names = SurveyForm.objects.filter(seen.reach.forms()), {one.code: one.name for one in units}
        found = rows.filter(wanted)  # those of a name are counted by themselves: by the index of names
        told = Counted(found, found.count() if asked.text else counts["wanted"])
        context |= _people(rows.filter(here)) | _listed(request, told, names if ground.unit else {})
    return render(request, "desk/list.html", context)


def _kept(request: HttpRequest, *names: str) -> str:
    """The start of a link that goes on asking the same."""
    asked = {name: value for name in names if (value := request.GET.get(name, "")[:LONGEST_TEXT])}
    return f"{urlencode(asked)}&" if asked else ""


def _units(units: Sequence[Progress], *, few: bool) -> dict[str, Any]:
    """``few``: forms stand below; of very many units then only some are shown, those first in which something is left."""
    shown = units
    if few and len(units) > MOST_UNITS:
        left = sorted(units, key=lambda one: one.total == one.done)[:FEW_UNITS]
        codes = {one.code for one in left}
        shown = [one for one in units if one.code in codes]
    return {"units": units, "shown_units": shown, "in_full": len(units) <= UNITS_IN_FULL}


def _listed(request: HttpRequest, forms: Counted, names: Mapping[str, str]) -> dict[str, Any]:
    day = today()
    rows = in_order(forms.rows, day).select_related("round", "assigned_to", "returned_by")
    page = page_asked(request, Counted(rows, forms.total), FORMS_A_PAGE)
    ours = list(page.object_list)
    return {"page": page, "rows": rows_of(ours, day, names=names)}


def _people(forms: "QuerySet[SurveyForm]") -> dict[str, Any]:
    """Who has forms here; 1 query."""
    given = forms.exclude(assigned_to=None).values("assigned_to")
    return {"people": User.objects.filter(pk__in=given).order_by("full_name", "username")}
