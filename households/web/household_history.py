"""The panels every household has: its papers, and who changed which of its rows, when and why."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from households.registry.finding_models import SearchRow
from households.registry.models import Household, Membership, Person, Recognition, Residence
from households.review.superior_models import DecisionLine
from households.web.household_days import day_asked
from households.web.household_heads import head_of
from households.web.household_members import memberships_of
from households.web.panels import in_page, panel_response
from povertyportal.core.paging import page_asked
from povertyportal.core.session_guard import account_of
from povertyportal.records.search import Life
from povertyportal.records.wording import entries, runs

DOCUMENTS = gettext_lazy("Giấy tờ")
HISTORY = gettext_lazy("Nhật ký thay đổi")
PAGE_SIZE, FEW = 20, 5  # alone, inside the household's page


@require_safe
def documents(request: HttpRequest, household: int) -> HttpResponse:
    """Of decisions made while the household was to be seen where it lived."""
    head = head_of(household, day_asked(request), account_of(request))
    rows = DecisionLine.objects.filter(household=household).select_related("decision__corrects", "certificate")
    lines = [one for one in rows.order_by("-decision__decided_on", "-pk") if head.seen.on(one.decision.decided_on)]
    return panel_response(request, head, DOCUMENTS, "households/household_documents.html", {"lines": lines[:PAGE_SIZE]})


@require_safe
def history(request: HttpRequest, household: int) -> HttpResponse:
    """For those who see the household whole: what was written later would tell its old place where it went."""
    head = head_of(household, day_asked(request), account_of(request))
    context: dict[str, Any] = {"whole": head.seen.whole}
    if head.seen.whole:
        memberships = memberships_of(household, head.seen)
        rows = Life(_of(head.household, _present(head.household, memberships)))
        page = page_asked(request, rows, FEW if in_page(request) else PAGE_SIZE)
        known = [head.household, *(one.person for one in memberships), *_recognitions(head.household)]
        context |= {"page": page, "rows": runs(entries(page.object_list, known))}
    return panel_response(request, head, HISTORY, "households/household_history.html", context)


def _present(household: Household, memberships: Iterable[Membership]) -> list[int]:
    """Those who belong to it to the end, and have not gone on to another household from there: what was written of others
    later is told where they went."""
    end = household.validity.upper
    last = {one.person_id for one in memberships if one.validity.upper == end}
    if end is not None:
        last &= set(SearchRow.objects.filter(household=household).values_list("person", flat=True))
    return sorted(last)


def _recognitions(household: Household) -> Iterator[Recognition]:
    for row in Recognition.objects.filter(household=household):
        row.household = household
        yield row


def _of(household: Household, persons: list[int]) -> dict[str, Q]:
    """Which rows of which history are about the household: by keys, since the planner may read a whole table for a
    subquery."""
    own = Q(household=household.pk)
    return {
        Household._meta.label_lower: Q(pgh_obj=household.pk),
        Person._meta.label_lower: Q(pgh_obj__in=persons),
        **{model._meta.label_lower: own for model in (Membership, Residence, Recognition)},
    }
