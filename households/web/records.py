"""What happened in the portal, for the auditor: changes of data, sign-ins, what was shown or taken away."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from households.access.scope import Scope, scope_of
from households.web.records_filters import ChangeFilters, DisplayFilters, RecordFilters, SignInFilters
from povertyportal.core.clock import today
from povertyportal.core.devices import device_words
from povertyportal.core.paging import page_asked
from povertyportal.core.session_guard import account_of
from povertyportal.records.models import DisplayRecord, SignInKind, SignInRecord
from povertyportal.records.search import MOST_COUNTED, Asked, count, search
from povertyportal.records.wording import Entry, entries, runs

READ = "records.read"
PAGE_SIZE = 30
TABS = (
    ("records:changes", gettext_lazy("Thay đổi dữ liệu")),
    ("records:sign_ins", gettext_lazy("Đăng nhập")),
    ("records:displays", gettext_lazy("Lượt xem, xuất dữ liệu")),
)
ALARMING = (SignInKind.WRONG_PASSWORD, SignInKind.WRONG_CODE, SignInKind.LOCKED_OUT, SignInKind.CLOSED)


class Changes(Sequence[Entry]):
    """The history as something that can be paged: rows are read when a page is cut out."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.total = count(asked)

    def __len__(self) -> int:
        return min(self.total, MOST_COUNTED)

    def __getitem__(self, part: Any) -> Any:
        return entries(search(self.asked, offset=part.start, limit=part.stop - part.start))


@dataclass(frozen=True, slots=True)
class SignIn:
    record: SignInRecord
    device: str
    alarming: bool


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    form = ChangeFilters(request.GET, scope(request))
    found: Sequence[Entry] = Changes(form.asked()) if form.is_valid() else ()
    more = isinstance(found, Changes) and found.total > MOST_COUNTED
    return _page(request, "households/records_changes.html", form, found, {"more": more, "most": MOST_COUNTED})


@require_safe
def sign_ins(request: HttpRequest) -> HttpResponse:
    form = SignInFilters(request.GET, scope(request))
    none = SignInRecord.objects.none()
    found = SignInRecord.objects.filter(form.condition()) if form.is_valid() else none
    listed = found.select_related("user").order_by("-at", "-pk")
    return _page(request, "households/records_sign_ins.html", form, listed, {"nation": form.scope.nation})


@require_safe
def displays(request: HttpRequest) -> HttpResponse:
    form = DisplayFilters(request.GET, scope(request))
    none = DisplayRecord.objects.none()
    found = DisplayRecord.objects.filter(form.condition()) if form.is_valid() else none
    return _page(request, "households/records_displays.html", form, found.select_related("user").order_by("-at", "-pk"))


def scope(request: HttpRequest) -> Scope:
    return scope_of(account_of(request), READ, day=today())


def _page(
    request: HttpRequest, template: str, form: RecordFilters, found: Any, more: dict[str, Any] | None = None
) -> HttpResponse:
    page = page_asked(request, found, PAGE_SIZE)
    rows = list(page.object_list)
    asked = {name: value for name, value in request.GET.items() if value and name != "page"}
    context = {
        "form": form,
        "page": page,
        "rows": _told(rows),
        "filtered": bool(asked),
        "query": urlencode(asked),
        "tabs": list(_tabs(request)),
        **(more or {}),
    }
    return render(request, template, context, status=200 if form.is_valid() else 400)


def _told(rows: list[Any]) -> list[Any]:
    if rows and isinstance(rows[0], SignInRecord):
        return [SignIn(row, device_words(row.user_agent), row.kind in ALARMING) for row in rows]
    return list(runs(rows)) if rows and isinstance(rows[0], Entry) else rows


def _tabs(request: HttpRequest) -> Iterator[tuple[Any, str, bool]]:
    for name, title in TABS:
        url = reverse(name)
        yield title, url, url == request.path
