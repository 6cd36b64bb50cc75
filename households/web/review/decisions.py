"""Decisions of a dossier and what stands in each; the decision that puts one right."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from households.review.actions.bases import proposed_bases
from households.review.actions.correcting import Correction, correct, of_workers
from households.review.actions.registers import next_numbers
from households.review.findings import lines_in
from households.review.rights import LEAD, READ
from households.review.superior_models import Decision, DecisionLine
from households.web.review.common import dossier_asked
from households.web.review.correctable import AT_ONCE, classes_asked, correctable, persons_changed
from households.web.review.decide import title_of
from households.web.review.listed_rows import klass_words
from households.web.review.step_forms import CLASS_CHOICES, CorrectForm, first
from households.web.review.steps import A_PAGE, made, may_make, page_of
from povertyportal.core.clock import now, today
from povertyportal.core.paging import page_asked
from povertyportal.core.session_guard import account_of


@require_safe
def decisions(request: HttpRequest, pk: int) -> HttpResponse:
    dossier = dossier_asked(request, pk)
    rows = list(Decision.objects.filter(dossier=dossier).select_related("corrects", "by").order_by("pk"))
    counts = lines_in([one.pk for one in rows])
    told = [(one, title_of(one), counts.get(one.pk, 0)) for one in rows]
    context = page_of(request, dossier) | {"rows": told, "may_certify": may_make(dossier, "certify")}
    return render(request, "review/decisions.html", context)


@require_safe
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    found, dossier = _asked(request, pk, READ)
    lines = DecisionLine.objects.filter(decision=found).select_related(
        "certificate", "recognition__corrected_by__decided_by__decision"
    )
    page = page_asked(request, lines.order_by("place"), A_PAGE)
    context = page_of(request, dossier) | {"decision": found, "title": title_of(found), "page": page}
    context["lines"] = [(one, _words(one)) for one in page.object_list]
    context["may_correct"] = context["may_lead"] and may_make(dossier, "correct")
    return render(request, "review/decision.html", context)


@dataclass(frozen=True, slots=True)
class Words:
    """``corrected``: the decision that puts the line right."""

    klass: str
    before: str
    computed: str
    corrected: Decision | None


def _words(line: DecisionLine) -> Words:
    newer = getattr(line.recognition, "corrected_by", None)
    by = newer.decided_by.decision if newer and hasattr(newer, "decided_by") else None
    klass = klass_words(line.klass) if line.klass else _persons(line)
    return Words(klass, klass_words(line.before), klass_words(line.computed), by)


def _persons(line: DecisionLine) -> str:
    told = ", ".join(one["name"] for one in line.members)
    return told or _("không ai của hộ là người lao động có thu nhập thấp")


@require_http_methods(["GET", "HEAD", "POST"])
def correcting(request: HttpRequest, pk: int) -> HttpResponse:
    """Found by name, a few at a time; what was chosen on one page of the search stays while another name is looked for."""
    found, dossier = _asked(request, pk, LEAD)
    posted = request.POST if request.method == "POST" else None
    starts = first(
        dossier, today(), number=next_numbers(dossier.area_code, today().year, 1)[0], signer=str(request.user),
        position=_("Chủ tịch"), bases="\n".join([_basis(found), *proposed_bases(dossier, None)]),
    )  # fmt: skip
    sending = posted is not None and posted.get("step") == "correct"
    form = CorrectForm(posted if sending else None, initial=starts | _typed(posted or {}))
    if sending and form.is_valid() and _corrected(request, found, form):
        return redirect("review:decisions", dossier.pk)
    name = (posted or request.GET).get("q", "").strip()[:100]
    context = page_of(request, dossier) | {
        "decision": found, "title": title_of(found), "form": form, "q": name, "classes": CLASS_CHOICES,
        "lines": correctable(found, name, posted), "most": AT_ONCE, "of_workers": of_workers(found),
    }  # fmt: skip
    return render(request, "review/correct.html", context)


def _asked(request: HttpRequest, pk: int, action: str) -> tuple[Decision, Any]:
    """Raises Http404, PermissionDenied."""
    found = get_object_or_404(Decision.objects.select_related("corrects"), pk=pk)
    found.dossier = dossier_asked(request, found.dossier_id, action)
    return found, found.dossier


def _basis(found: Decision) -> str:
    told = {"number": found.number, "day": found.decided_on.strftime("%d/%m/%Y")}
    return _("Quyết định số %(number)s ngày %(day)s của Chủ tịch UBND cấp xã") % told


def _typed(posted: Any) -> dict[str, Any]:
    return {name: posted[name] for name in CorrectForm.base_fields if name in posted and name != "version"}


def _corrected(request: HttpRequest, found: Decision, form: CorrectForm) -> bool:
    data = form.cleaned_data
    told = Correction(
        found.pk, classes_asked(request.POST), data["number"], data["signer"], data["position"], form.basis_lines(),
        data["reason"], persons_changed(found, request.POST),
    )  # fmt: skip
    who = {"dossier": found.dossier_id, "by": account_of(request), "at": now(), **form.step()}
    return made(request, form, lambda: correct(told=told, **who), _("Đã ra quyết định đính chính."))
