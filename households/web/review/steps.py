"""The pages on which a commune makes its list, and asks its superior."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from households.registry.problems import RegistryRefusedError
from households.review.actions.asking import ask_opinion, due_of
from households.review.actions.authorities import authority_on
from households.review.actions.compiling import blocks, compile_list, reopen_villages
from households.review.listed import listed
from households.review.models import Dossier
from households.review.procedures.shelf import procedure
from households.review.superior_models import Opinion
from households.web.review.common import about, dossier_asked, rights_in
from households.web.review.listed_rows import SHOWS, Row, chosen, show_choices, summed
from households.web.review.step_forms import AskForm, CompileForm, ReopenForm, StepForm, first
from povertyportal.core.clock import now, today
from povertyportal.core.paging import page_asked
from povertyportal.core.session_guard import account_of

A_PAGE = 50


def page_of(request: HttpRequest, dossier: Dossier) -> dict[str, Any]:
    """What the head of each of these pages shows."""
    place = dossier.place
    stage = procedure(dossier.procedure).stage(dossier.state)
    return about(dossier) | rights_in(request, dossier) | {"place": place, "dossier_place": place.near, "stage": stage}


def may_make(dossier: Dossier, move: str) -> bool:
    """Whether the step is in its turn."""
    known = procedure(dossier.procedure)
    return any(one.code == move and dossier.state in one.from_ for one in known.moves)


def show_asked(request: HttpRequest) -> str:
    """Raises BadRequest."""
    show = request.GET.get("show", "") or "all"
    if show not in SHOWS:
        raise BadRequest(_("Không có cách lọc này."))
    return show


def made(request: HttpRequest, form: StepForm, act: Callable[[], object], said: str) -> bool:
    """The step, its sentence on the next page; what stands in the way goes into the form."""
    try:
        act()
    except RegistryRefusedError as refused:
        form.refuse(refused)
        return False
    messages.success(request, said)
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def compiling(request: HttpRequest, pk: int) -> HttpResponse:
    dossier = dossier_asked(request, pk)
    reopening = dossier.state != "villages"
    kind = ReopenForm if reopening else CompileForm
    form = kind(request.POST if request.method == "POST" else None, initial=first(dossier, today()))
    if request.method == "POST" and form.is_valid() and _compiled(request, dossier, form, reopening=reopening):
        return redirect("review:board" if reopening else "review:compile", pk)
    rows, show = listed(dossier, day=today()), show_asked(request)
    context, page = page_of(request, dossier), page_asked(request, chosen(rows, show), A_PAGE)
    context |= {
        "form": form, "reopening": reopening, "rows": rows, "summed": summed(rows), "show": show,
        "shows": show_choices(), "page": page, "lines": [Row(one) for one in page.object_list],
        "may_make": may_make(dossier, "reopen" if reopening else "compile"),
        "blocks": [] if reopening else blocks(dossier, rows, today()),
    }  # fmt: skip
    return render(request, "review/compile.html", context)


def _compiled(request: HttpRequest, dossier: Dossier, form: StepForm, *, reopening: bool) -> bool:
    who = {"dossier": dossier.pk, "by": account_of(request), "at": now(), **form.step()}
    if reopening:
        note = form.cleaned_data["note"]
        return made(request, form, lambda: reopen_villages(note=note, **who), _("Đã mở lại để các thôn sửa."))
    return made(request, form, lambda: compile_list(**who), _("Đã tổng hợp danh sách của xã."))


@require_http_methods(["GET", "HEAD", "POST"])
def asking(request: HttpRequest, pk: int) -> HttpResponse:
    dossier = dossier_asked(request, pk)
    form = AskForm(request.POST if request.method == "POST" else None, initial=first(dossier, today()))
    if request.method == "POST" and form.is_valid():
        who = {"dossier": pk, "by": account_of(request), "at": now(), **form.step()}
        number = form.cleaned_data["letter_number"]
        said = _("Đã gửi xin ý kiến cấp trên.")
        if made(request, form, lambda: ask_opinion(letter_number=number, **who), said):
            return redirect("review:answer", pk)
    rows = listed(dossier, day=today())
    known = procedure(dossier.procedure)
    context = page_of(request, dossier) | {
        "form": form, "summed": summed(rows), "blocks": blocks(dossier, rows, today()), "may_make": may_make(dossier, "ask"),
        "authority": authority_on(known, today()), "opinions": Opinion.objects.filter(dossier=dossier).order_by("turn"),
        "due": due_of(dossier, today()) if known.opinion else None, "due_known": "opinion" in known.deadlines,
    }  # fmt: skip
    return render(request, "review/ask.html", context)
