"""The villages of a commune on a day, and what its leader does with them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from households.access.scope import check_may, may
from households.areas import queries
from households.areas.changes import ChangeRefusedError
from households.areas.models import Area
from households.areas.units import Level, Version
from households.areas.villages import (
    close_village,
    correct_village,
    create_village,
    merge_villages,
    rename_village,
    villages_of,
)
from households.web.areas import address, asks_again_for_a_bad_day
from households.web.dates import MAPS, date_asked
from households.web.village_forms import ActForm, CorrectionForm, MergeVillagesForm, TaskForm, VillageForm
from povertyportal.core.clock import now, today
from povertyportal.core.periods import on as holding_on
from povertyportal.core.session_guard import account_of
from povertyportal.vietnamese import format_date

MANAGE = "villages.manage"


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do with villages: the words of its page."""

    title: str | Promise
    text: str | Promise
    button: str | Promise
    done: str | Promise


CREATE = Task(
    gettext_lazy("Thêm thôn, tổ dân phố"),
    gettext_lazy("Cổng tự cấp mã; mã không đổi khi thôn đổi tên hoặc xã thay đổi, và không dùng lại."),
    gettext_lazy("Lưu"),
    gettext_lazy("Đã thêm %(name)s (%(code)s)."),
)
RENAME = Task(
    gettext_lazy("Đổi tên hoặc loại"),
    gettext_lazy("Tên cũ vẫn hiện khi xem các ngày trước. Mã giữ nguyên."),
    gettext_lazy("Lưu tên mới"),
    gettext_lazy("Từ ngày %(day)s thôn mang tên %(name)s (%(code)s)."),
)
CORRECT = Task(
    gettext_lazy("Sửa lỗi gõ"),
    gettext_lazy(
        "Chỉ khi tên bị gõ sai: tên đúng thay tên sai từ ngày thôn mang tên này, tên sai còn trong nhật ký. "
        "Thôn đổi tên theo nghị quyết thì chọn “Đổi tên”."
    ),
    gettext_lazy("Lưu tên đúng"),
    gettext_lazy("Đã sửa thành %(name)s (%(code)s)."),
)
MERGE = Task(
    gettext_lazy("Sáp nhập thôn, tổ dân phố"),
    gettext_lazy("Các thôn cũ kết thúc và đều dẫn tới thôn sau sáp nhập."),
    gettext_lazy("Sáp nhập"),
    gettext_lazy("Đã sáp nhập thành %(name)s (%(code)s)."),
)
CLOSE = Task(
    gettext_lazy("Kết thúc"),
    gettext_lazy("Chỉ dùng khi thôn không còn và không thôn nào tiếp nhận; nếu có thì chọn “Sáp nhập”."),
    gettext_lazy("Kết thúc thôn này"),
    gettext_lazy("%(name)s (%(code)s) kết thúc từ ngày %(day)s."),
)


@require_GET
@asks_again_for_a_bad_day
def village_list(request: HttpRequest, code: str) -> HttpResponse:
    on = date_asked(request)
    commune = _commune(code, on)
    rows = villages_of(code, on=on)
    context = {
        "on": on,
        "maps": MAPS,
        "commune": commune,
        "commune_url": address(code, on),
        "villages": [(one, address(one.code, on)) for one in rows],
        "may_manage": commune.holds(today()) and may(request.user, MANAGE, code=code, on=on, day=today()),
    }
    return render(request, "households/village_list.html", context)


@require_http_methods(["GET", "POST"])
def village_new(request: HttpRequest, code: str) -> HttpResponse:
    commune = _commune(code, today())
    form = VillageForm(request.POST or None, day=today(), initial=_usual(villages_of(code, on=today())))
    return _act(
        request,
        CREATE,
        commune,
        form,
        act=lambda data: create_village(commune=code, by=account_of(request), at=now(), **data),
    )


@require_http_methods(["GET", "POST"])
def village_merge(request: HttpRequest, code: str) -> HttpResponse:
    commune = _commune(code, today())
    villages = villages_of(code, on=today())
    form = MergeVillagesForm(request.POST or None, day=today(), villages=villages, initial=_usual(villages))
    return _act(
        request, MERGE, commune, form, act=lambda data: merge_villages(by=account_of(request), at=now(), **data)
    )


@require_http_methods(["GET", "POST"])
def village_rename(request: HttpRequest, code: str) -> HttpResponse:
    village, commune = _village(code)
    form = VillageForm(request.POST or None, day=today(), initial={"type": village.type, "name": village.name})
    return _act(
        request,
        RENAME,
        commune,
        form,
        act=lambda data: rename_village(village=code, by=account_of(request), at=now(), **data),
        village=village,
    )


@require_http_methods(["GET", "POST"])
def village_correct(request: HttpRequest, code: str) -> HttpResponse:
    village, commune = _village(code)
    form = CorrectionForm(request.POST or None, initial={"type": village.type, "name": village.name})
    return _act(
        request,
        CORRECT,
        commune,
        form,
        act=lambda data: correct_village(village=code, on=_shown_on(village), by=account_of(request), **data),
        village=village,
    )


@require_http_methods(["GET", "POST"])
def village_close(request: HttpRequest, code: str) -> HttpResponse:
    village, commune = _village(code)
    form = ActForm(request.POST or None, day=today())
    return _act(
        request,
        CLOSE,
        commune,
        form,
        act=lambda data: close_village(village=code, by=account_of(request), at=now(), **data),
        village=village,
    )


def _act(
    request: HttpRequest,
    task: Task,
    commune: Version,
    form: TaskForm,
    *,
    act: Callable[[dict[str, Any]], Area],
    village: Version | None = None,
) -> HttpResponse:
    """The form of one task, or what it did: then the list of the day on which it takes effect."""
    check_may(request.user, MANAGE, code=commune.code, on=today(), day=today())
    if request.method == "POST" and form.is_valid():
        try:
            area = act(form.cleaned_data)
        except ChangeRefusedError as refused:
            form.refuse(refused)
        else:
            on: date = form.cleaned_data.get("on") or _shown_on(village)
            told = {"name": area.full_name, "code": area.code, "day": format_date(on)}
            messages.success(request, str(task.done) % told)
            return redirect(f"{reverse('areas:villages', args=[commune.code])}?{urlencode({'on': on.isoformat()})}")
    context = {"task": task, "commune": commune, "form": form, "village": village}
    return render(request, "households/village_form.html", context)


def _shown_on(village: Version | None) -> date:
    """Today, or the first day of a village that starts later."""
    return max(today(), village.start) if village and village.start else today()


def _usual(villages: list[Area]) -> dict[str, str]:
    """A commune calls most of its villages the same."""
    kinds = [one.type for one in villages]
    return {"type": max(kinds, key=kinds.count)} if kinds else {}


def _commune(code: str, on: date) -> Version:
    try:
        found = queries.find_area(code=code, on=on)
    except queries.UnknownAreaError as error:
        raise Http404(str(error)) from error
    if found.level is not Level.COMMUNE:
        raise Http404(_("%(name)s không phải cấp xã.") % {"name": found.full_name})
    return found


def _village(code: str) -> tuple[Version, Version]:
    """The village of that code and its commune, today; one that starts later as it will be."""
    coming = Area.objects.filter(code=code, validity__startswith__gt=today()).order_by("validity").first()
    day = today()
    if coming and not holding_on(Area.objects.filter(code=code), day).exists():
        day = coming.validity.lower
    try:
        found = queries.find_area(code=code, on=day)
    except queries.UnknownAreaError as error:
        raise Http404(str(error)) from error
    if found.level is not Level.VILLAGE:
        raise Http404(_("%(name)s không phải thôn, tổ dân phố.") % {"name": found.full_name})
    return found, _commune(found.parent_code, day)
