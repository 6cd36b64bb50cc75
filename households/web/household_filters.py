"""Keeping a search under a name, and dropping it: each account has its own."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from households.registry.finding.filters import FilterRefusedError
from households.registry.finding.saved import drop_filter, keep_filter
from households.registry.finding.terms import looks_like_number
from households.web.household_search_forms import as_query
from povertyportal.core.session_guard import account_of


@require_POST
def filter_save(request: HttpRequest) -> HttpResponse:
    query, name = as_query(request.POST), request.POST.get("name", "").strip()
    try:
        keep_filter(user=account_of(request), name=name, query=query)
    except FilterRefusedError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Đã lưu cách lọc “%s”; tìm thấy ở hàng đầu trang này.") % name)
    secret = looks_like_number(query.get("q", ""))
    return redirect(reverse("households:list") + ("" if secret or not query else f"?{urlencode(query)}"))


@require_POST
def filter_delete(request: HttpRequest, pk: int) -> HttpResponse:
    drop_filter(user=account_of(request), pk=pk)
    messages.success(request, _("Đã bỏ cách lọc đã lưu."))
    return redirect("households:list")
