"""Complaints: received while the list hangs, looked into, answered."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from households.registry.problems import RegistryRefusedError
from households.review.actions.complaints import (
    LONGEST_ABOUT,
    LONGEST_LATE,
    LONGEST_MATTER,
    LONGEST_NAME,
    ComplaintTold,
    answer_complaint,
    receive_complaint,
)
from households.review.listed import Listed
from households.review.models import Complaint, ComplaintOutcome
from households.review.rights import READ, VILLAGE
from households.web.form_parts import ActionForm, long_field, text_field
from households.web.review.common import version_asked, visit
from households.web.review.village import rows_of
from povertyportal.core.clock import now, today
from povertyportal.core.fields import VietnameseDateField
from povertyportal.core.paging import page_asked
from povertyportal.core.session_guard import account_of
from povertyportal.vietnamese import format_date

COMPLAINTS_A_PAGE = 50


def _of_household(label: Any, help_text: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, help_text=help_text, required=False, widget=forms.Select(attrs={"class": "form-select"})
    )


def _choices(rows: Sequence[Listed]) -> list[tuple[str, str]]:
    return [("", _("không có trong danh sách")), *((str(one.form), f"{one.name} ({one.number})") for one in rows)]


class ComplaintForm(ActionForm):
    received_on = VietnameseDateField(label=gettext_lazy("Ngày nhận"))
    complainant = text_field(gettext_lazy("Người khiếu nại"), most=LONGEST_NAME)
    form = _of_household(gettext_lazy("Về hộ"), gettext_lazy("Hộ có trong danh sách rà soát của thôn."))
    about = text_field(
        gettext_lazy("Hộ không có trong danh sách"), gettext_lazy("Họ tên chủ hộ, nơi ở; để trống nếu đã chọn ở trên."),
        required=False, most=LONGEST_ABOUT,
    )  # fmt: skip
    matter = long_field(
        gettext_lazy("Khiếu nại điều gì"), gettext_lazy("Không ghi số định danh vào đây."), most=LONGEST_MATTER
    )

    def __init__(self, *args: Any, rows: Sequence[Listed], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["form"].choices = _choices(rows)  # type: ignore[attr-defined]

    def told(self) -> ComplaintTold:
        """Of a valid form."""
        data = self.cleaned_data
        form = int(data["form"]) if data["form"] else None
        return ComplaintTold(data["complainant"], data["matter"], data["received_on"], form, data["about"])


class AnswerForm(ActionForm):
    outcome = forms.ChoiceField(
        label=gettext_lazy("Kết quả phúc tra"), choices=[one for one in ComplaintOutcome.choices if one[0]],
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        error_messages={"required": gettext_lazy("Hãy chọn kết quả phúc tra.")},
    )  # fmt: skip
    form = _of_household(
        gettext_lazy("Hộ đã đưa vào danh sách"),
        gettext_lazy("Khi kết quả thay đổi: hộ được rà soát thêm sau khiếu nại."),
    )
    answer = long_field(
        gettext_lazy("Trả lời người khiếu nại"), gettext_lazy("Câu này được in vào giấy trả lời."), most=LONGEST_MATTER
    )
    answered_on = VietnameseDateField(label=gettext_lazy("Ngày trả lời"))
    late = text_field(gettext_lazy("Vì sao quá hạn"), required=False, most=LONGEST_LATE)

    def __init__(self, *args: Any, complaint: Complaint, rows: Sequence[Listed], day: date, **options: Any) -> None:
        super().__init__(*args, initial={"answered_on": day}, **options)
        if complaint.form_id is None:
            self.fields["form"].choices = _choices(rows)  # type: ignore[attr-defined]
        else:
            del self.fields["form"]
        if day <= complaint.due_on:
            self.fields["late"].help_text = _("Chỉ khi trả lời sau ngày %s.") % format_date(complaint.due_on)


@require_http_methods(["GET", "HEAD", "POST"])
def complain(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    seen = visit(request, pk, VILLAGE)
    here = seen.village(code)
    posted = request.POST if request.method == "POST" else None
    chosen = {"received_on": today(), "form": request.GET.get("form", "")}
    form = ComplaintForm(posted, rows=here.rows, initial=chosen)
    if posted is not None and form.is_valid():
        try:
            made = receive_complaint(
                dossier=pk, part=code, told=form.told(), by=account_of(request), at=now(),
                expected=version_asked(request),
            )  # fmt: skip
        except RegistryRefusedError as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Đã ghi khiếu nại; hạn phúc tra %s.") % format_date(made.due_on))
            return redirect("review:complaint", pk, made.pk)
    return render(request, "review/complain.html", seen.context(village=here, form=form))


@require_safe
def complaints(request: HttpRequest, pk: int) -> HttpResponse:
    """Of all villages, those that wait first."""
    seen = visit(request, pk)
    rows = Complaint.objects.filter(part__dossier=pk).select_related("part", "form", "answered_by")
    page = page_asked(request, rows.order_by("outcome", "due_on", "pk"), COMPLAINTS_A_PAGE)
    names = {one.code: one.name for one in seen.standing.villages}
    heads = {row.form: row.name for one in seen.standing.villages for row in one.rows}
    told = [
        {"row": one, "village": names.get(one.part.area_code, ""), "about": heads.get(one.form_id or 0, one.about)}
        for one in page
    ]
    return render(request, "review/complaints.html", seen.context(page=page, rows=told, today=today()))


@require_http_methods(["GET", "HEAD", "POST"])
def complaint(request: HttpRequest, pk: int, complaint: int) -> HttpResponse:
    seen = visit(request, pk, VILLAGE if request.method == "POST" else READ)
    rows = Complaint.objects.select_related("part", "by", "answered_by")
    found = get_object_or_404(rows, pk=complaint, part__dossier=pk)
    here = seen.village(found.part.area_code)
    posted = request.POST if request.method == "POST" else None
    form = AnswerForm(posted, complaint=found, rows=here.rows, day=today())
    if posted is not None and form.is_valid() and _answer(request, found, form):
        return redirect("review:complaint", pk, found.pk)
    about = next((one for one in rows_of(here.rows, here) if one.row.form == found.form_id), None)
    context = seen.context(village=here, complaint=found, form=form, about=about, late=found.due_on < today())
    return render(request, "review/complaint.html", context)


def _answer(request: HttpRequest, found: Complaint, form: AnswerForm) -> bool:
    data = form.cleaned_data
    try:
        answer_complaint(
            complaint=found.pk, outcome=data["outcome"], answer=data["answer"], answered_on=data["answered_on"],
            form=int(data["form"]) if data.get("form") else None, late=data["late"], by=account_of(request), at=now(),
            expected=version_asked(request),
        )  # fmt: skip
    except RegistryRefusedError as refused:
        form.refuse(refused)
        return False
    messages.success(request, _("Đã ghi trả lời khiếu nại."))
    return True
