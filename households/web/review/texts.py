"""What the papers say, for the administrator: each text with its fields, a look at it on paper, its versions, a new one."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from households.access.scope import scope_of
from households.papers.review.preview import preview_pdf
from households.papers.review.wording.checking import faults
from households.papers.review.wording.known import TEXTS, TextKind
from households.papers.review.wording.stored import InUse, save_text, text_of, versions_of
from households.registry.problems import RegistryRefusedError
from households.review.rights import TEXTS as MAY_SAVE
from households.review.superior_models import DocumentText
from households.web.form_parts import ActionForm
from households.web.review.papers import as_pdf
from povertyportal.core.clock import now, today
from povertyportal.core.fields import VietnameseDateField
from povertyportal.core.session_guard import account_of


class TextForm(ActionForm):
    body = forms.CharField(
        label=gettext_lazy("Lời văn"),
        strip=False,
        widget=forms.Textarea(attrs={"class": "form-control review-text", "rows": 22, "spellcheck": "false"}),
    )
    valid_from = VietnameseDateField(label=gettext_lazy("Dùng từ ngày"))
    reason = forms.CharField(
        label=gettext_lazy("Vì sao sửa, theo văn bản nào"),
        required=False,
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 2}),
    )


@require_http_methods(["GET", "HEAD"])
def texts(request: HttpRequest) -> HttpResponse:
    newest: dict[str, DocumentText] = {}
    for row in DocumentText.objects.select_related("by").order_by("valid_from", "at", "pk"):
        newest[row.code] = row
    rows = [(one, newest.get(one.code)) for one in TEXTS.values()]
    return render(request, "review/texts.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def text(request: HttpRequest, code: str) -> HttpResponse:
    kind, day = _kind(code), today()
    used = text_of(code, day)
    form = TextForm(request.POST or None, initial={"body": used.body, "valid_from": day})
    if request.method == "POST" and form.is_valid():
        if "look" in request.POST:
            return _looked_at(request, kind, form)
        try:
            save_text(code=code, by=account_of(request), at=now(), **form.cleaned_data)
        except RegistryRefusedError as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Đã lưu lời văn mới; bản cũ được giữ trong lịch sử."))
            return redirect("review:text", code)
    return _page(request, kind, form, used)


def _page(request: HttpRequest, kind: TextKind, form: TextForm, used: InUse) -> HttpResponse:
    context = {
        "kind": kind, "form": form, "used": used, "versions": versions_of(kind.code)[:50],
        "may_save": scope_of(request.user, MAY_SAVE, day=today()).nation,
    }  # fmt: skip
    return render(request, "review/text.html", context)


def _looked_at(request: HttpRequest, kind: TextKind, form: TextForm) -> HttpResponse:
    body: str = form.cleaned_data["body"]
    wrong = faults(kind, body)
    if wrong:
        for sentence in wrong:
            form.add_error("body", sentence)
        return _page(request, kind, form, text_of(kind.code, today()))
    on: date = form.cleaned_data["valid_from"]
    return as_pdf(preview_pdf(kind.code, body, on=on), f"{kind.code}-xem-truoc")


@require_http_methods(["GET", "HEAD"])
def version(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """A version as it prints, with made-up values; 0 is the shipped one."""
    kind = _kind(code)
    row: Any = versions_of(code).filter(pk=pk).first()
    if pk and row is None:
        raise Http404
    return as_pdf(preview_pdf(kind.code, row.body if row else None, on=today()), f"{code}-ban-{pk}")


def _kind(code: str) -> TextKind:
    kind = TEXTS.get(code)
    if kind is None:
        raise Http404(_("Không có lời văn “%s”.") % code[:30])
    return kind
