"""One page of a long list, as the address asks for it."""

from typing import Any

from django.core.exceptions import BadRequest
from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.utils.translation import gettext as _


def page_asked(request: HttpRequest, rows: Any, size: int) -> "Page[Any]":
    """The first page when none is named; the last one for a number beyond it, since a list may have grown shorter.

    Raises BadRequest for what is no page number.
    """
    text = request.GET.get("page", "") or "1"
    if not (text.isascii() and text.isdigit() and int(text[:9])):
        raise BadRequest(_("“%(page)s” không phải là số trang; hãy ghi một số từ 1 trở đi.") % {"page": text[:40]})
    return Paginator(rows, size).get_page(int(text[:9]))
