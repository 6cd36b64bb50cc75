"""What is done with forms from the list: given to somebody, taken up, sent back, dropped."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from households.access.scope import check_may
from households.registry.places import named_places
from households.registry.problems import RegistryRefusedError
from households.surveys.form_models import OPEN_STATES, SurveyForm
from households.surveys.forms.listing import LIST
from households.surveys.forms.people import who_may_fill
from households.surveys.forms.steps import RETURN, assign, drop_form, return_form, take_up
from households.web.desk.rows import rows_of
from households.web.desk.task_forms import AssignForm, RemarkForm
from povertyportal.core.clock import now, today
from povertyportal.core.session_guard import account_of

MOST_AT_ONCE, NAMED = 2_000, 12


@require_http_methods(["GET", "HEAD", "POST"])
def assign_forms(request: HttpRequest) -> HttpResponse:
    """Forms ticked in the list (POST), or the open ones of a village (GET, ``round`` and ``area``)."""
    ours = _asked(request)
    if not ours:
        messages.info(request, _("Chưa chọn phiếu nào còn phải nhập; hãy đánh dấu ở danh sách rồi bấm giao."))
        return redirect("surveys:list")
    on, day = ours[0].round.area_on, today()
    people = who_may_fill({one.area_code for one in ours}, on=on, day=day)
    given = request.POST.get("step") == "assign"
    form = AssignForm(request.POST if given else None, people=people)
    if given and form.is_valid():
        try:
            count = assign(forms=[one.pk for one in ours], by=account_of(request), at=now(), **form.asked())
        except RegistryRefusedError as refused:
            form.refuse(refused)
        else:
            told = ngettext("Đã giao %(count)s phiếu.", "Đã giao %(count)s phiếu.", count) % {"count": count}
            messages.success(request, told if count else _("Không có gì thay đổi: các phiếu đã giao như vậy."))
            return redirect(f"{reverse('surveys:list')}?round={ours[0].round.code}&who=all")
    context = {"form": form, "forms": ours, "rows": rows_of(ours[:NAMED], day), "round": ours[0].round}
    context |= {"more": max(0, len(ours) - NAMED), "places": _places(ours)}
    return render(request, "desk/assign.html", context)


def _asked(request: HttpRequest) -> list[SurveyForm]:
    """Raises BadRequest, PermissionDenied."""
    wanted = Q(state__in=OPEN_STATES)
    if request.method == "POST":
        keys = request.POST.getlist("form")[: MOST_AT_ONCE + 1]
        if not all(key.isascii() and key.isdigit() and len(key) < 16 for key in keys):
            raise BadRequest(_("Danh sách phiếu không đọc được."))
        wanted &= Q(pk__in=[int(key) for key in keys])
    else:
        area = request.GET.get("area", "")
        wanted &= Q(round__code=request.GET.get("round", ""), round__withdrawn_at=None, area_code=area)
    rows = SurveyForm.objects.filter(wanted).select_related("round", "assigned_to").order_by("area_code", "pk")
    ours = list(rows[: MOST_AT_ONCE + 1])
    if len(ours) > MOST_AT_ONCE:
        raise BadRequest(_("Nhiều quá %s phiếu; hãy giao từng thôn.") % MOST_AT_ONCE)
    for code, on in {(one.area_code, one.round.area_on) for one in ours}:
        check_may(request.user, LIST, code=code, on=on, day=today())
    return ours


def _places(forms: Iterable[SurveyForm]) -> list[str]:
    places = named_places({(one.area_code, one.round.area_on) for one in forms})
    return sorted(one.near for one in places.values())


@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        take_up(form=pk, by=account_of(request), at=now())
    except RegistryRefusedError as refused:
        messages.error(request, str(refused))
    return redirect("surveys:form", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    words = {
        "title": _("Trả lại phiếu"),
        "button": _("Trả lại"),
        "lead": _("Phiếu trở về người nhập; người đó đọc được lý do ở đầu phiếu và trong danh sách việc."),
        "label": _("Vì sao trả lại, phải sửa gì"),
        "help_text": _("Ví dụ: bà Sầm Thị Nhình đã mất ngày 02/10, còn ghi trong hộ; hãy hỏi lại tổ dân phố."),
        "said": _("Đã trả lại phiếu."),
    }
    return _remarked(request, pk, RETURN, return_form, words)


@require_http_methods(["GET", "HEAD", "POST"])
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    words = {
        "title": _("Không rà soát hộ này"),
        "button": _("Ghi là không rà soát"),
        "lead": _("Phiếu và những gì đã nhập vẫn được giữ. Muốn rà soát lại thì đưa hộ vào danh sách lần nữa."),
        "label": _("Vì sao không rà soát"),
        "help_text": _("Ví dụ: cả hộ đã chuyển vào Bình Dương từ tháng 8, trưởng thôn xác nhận."),
        "said": _("Đã ghi là không rà soát."),
    }
    return _remarked(request, pk, LIST, drop_form, words)


def _remarked(
    request: HttpRequest, pk: int, action: str, act: Callable[..., SurveyForm], words: dict[str, str]
) -> HttpResponse:
    found = get_object_or_404(SurveyForm.objects.select_related("round", "assigned_to"), pk=pk)
    check_may(request.user, action, code=found.area_code, on=found.round.area_on, day=today())
    posted = request.POST if request.method == "POST" else None
    form = RemarkForm(posted, label=words["label"], help_text=words["help_text"])
    if posted is not None and form.is_valid():
        try:
            act(form=pk, remark=form.cleaned_data["remark"], by=account_of(request), at=now())
        except RegistryRefusedError as refused:
            form.refuse(refused)
        else:
            messages.success(request, words["said"])
            return redirect(f"{reverse('surveys:list')}?round={found.round.code}")
    row = rows_of([found], today())[0]
    context: dict[str, Any] = {"form": form, "row": row, "words": words, "round": found.round}
    return render(request, "desk/remark.html", context)
