"""The page on which the totals of a round's communes are entered and corrected."""

from django.contrib import messages
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from households.access.scope import scope_of
from households.registry.problems import Problem
from households.surveys.models import SurveyRound
from households.surveys.queries import CommuneOfRound, all_rounds, entries_of
from households.surveys.refusals import RoundRefusedError
from households.surveys.totals import ENTER, LONGEST_REASON, LONGEST_SOURCE, enter_many
from households.web import round_lines
from households.web.round_lines import Line
from households.web.rounds import about, round_url, seen_communes
from povertyportal.core.clock import now, today
from povertyportal.core.paging import page_asked
from povertyportal.core.session_guard import account_of

LINES_A_PAGE = 60


@require_http_methods(["GET", "POST"])
def totals(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(all_rounds(), pk=pk)
    ours = seen_communes(found, scope_of(request.user, ENTER, day=today()))
    page: Page[CommuneOfRound] = page_asked(request, ours, LINES_A_PAGE)
    entered = entries_of(found)
    table = round_lines.lines(list(page), entered)
    problems: list[Problem] = []
    left: list[tuple[str, str]] = []
    if request.method == "POST":
        round_lines.typed(table, request.POST.dict(), entered)
        if request.POST.get("step") == "fill":
            left = round_lines.pasted(table, request.POST.get("pasted", ""))
        else:
            problems = _store(request, found, table)
            if not problems and not any(line.problems for line in table):
                return redirect(round_url(found))
    context = {
        **about(found),
        "page": page,
        "table": table,
        "problems": [problem.message for problem in problems if problem.field not in ("source", "reason")],
        "wrong": {problem.field: problem.message for problem in problems},
        "left": left,
        "pasted": "\n".join(row for row, _reason in left),
        "source": request.POST.get("source", ""),
        "reason": request.POST.get("reason", ""),
        "some_entered": any(line.now for line in table),
        "longest": {"source": LONGEST_SOURCE, "reason": LONGEST_REASON},
    }
    return render(request, "households/round_totals.html", context)


def _store(request: HttpRequest, found: SurveyRound, table: list[Line]) -> list[Problem]:
    """What stands in the way beside the lines, which say theirs themselves."""
    wanted = round_lines.entries(table)
    if any(line.problems for line in table):
        return []
    source, reason = request.POST.get("source", ""), request.POST.get("reason", "")
    try:
        stored = enter_many(round=found, entries=wanted, source=source, reason=reason, by=account_of(request), at=now())
    except RoundRefusedError as refused:
        return round_lines.refuse(table, refused.problems)
    count = len(stored)
    told = ngettext("Đã ghi số của %(count)s xã.", "Đã ghi số của %(count)s xã.", count) % {"count": count}
    messages.success(request, told)
    return []
