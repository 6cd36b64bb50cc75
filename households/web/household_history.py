"""The panels every household has: its papers, and who changed which of its rows, when and why."""

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from households.registry.models import Household, Membership, Person, Recognition, Residence
from households.web.household_days import day_asked
from households.web.household_heads import head_of
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
    head = head_of(household, day_asked(request), account_of(request))
    return panel_response(request, head, DOCUMENTS, "households/household_documents.html", {})


@require_safe
def history(request: HttpRequest, household: int) -> HttpResponse:
    """For those who see the household whole: what was written later would tell its old place where it went."""
    head = head_of(household, day_asked(request), account_of(request))
    context: dict[str, Any] = {"whole": head.seen.whole}
    if head.seen.whole:
        page = page_asked(request, Life(_of(head.household)), FEW if in_page(request) else PAGE_SIZE)
        context |= {"page": page, "rows": runs(entries(page.object_list))}
    return panel_response(request, head, HISTORY, "households/household_history.html", context)


def _of(household: Household) -> dict[str, Q]:
    """Which rows of which history are about the household; of people only those who belong to it to the end."""
    end = household.validity.upper
    present = Membership.objects.filter(household=household)
    present = (
        present.filter(validity__contains=end - timedelta(days=1)) if end else present.filter(validity__endswith=None)
    )
    own = Q(household=household.pk)
    return {
        Household._meta.label_lower: Q(pgh_obj=household.pk),
        Person._meta.label_lower: Q(pgh_obj__in=present.values("person")),
        **{model._meta.label_lower: own for model in (Membership, Residence, Recognition)},
    }
