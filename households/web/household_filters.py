"""Keeping a search under a name, and dropping it: each account has its own."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from households.access.scope import scope_of
from households.registry.finding.filters import FilterRefusedError
from households.registry.finding.saved import drop_filter, keep_filter
from households.registry.finding.terms import looks_like_number
from households.registry.visible import READ
from households.web.household_search_forms import SearchForm
from povertyportal.core.clock import today
from povertyportal.core.session_guard import account_of
from povertyportal.vietnamese import tidy


@require_POST
def filter_save(request: HttpRequest) -> HttpResponse:
    """What the list itself would refuse is not kept: opened later it would only be an error."""
    user, day, name = account_of(request), today(), tidy(request.POST.get("name", ""))
    form = SearchForm(request.POST, scope_of(user, READ, day=day), day=day)
    query = form.query() if form.is_valid() else {}
    try:
        if form.errors:
            raise FilterRefusedError(_told(form))
        keep_filter(user=user, name=name, query=query)
    except FilterRefusedError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Đã lưu cách lọc “%s”; tìm thấy ở hàng đầu trang này.") % name)
    secret = looks_like_number(query.get("q", ""))
    return redirect(reverse("households:list") + ("" if secret or not query else f"?{urlencode(query)}"))


def _told(form: SearchForm) -> dict[str, str]:
    """Its problems, each with the name of the field."""
    return {name: f"{form.fields[name].label}: {' '.join(map(str, found))}" for name, found in form.errors.items()}


@require_POST
def filter_delete(request: HttpRequest, pk: int) -> HttpResponse:
    drop_filter(user=account_of(request), pk=pk)
    messages.success(request, _("Đã bỏ cách lọc đã lưu."))
    return redirect("households:list")
