"""Certificates of a dossier: issued all at once, listed with their prints, printed again for a reason."""

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from households.registry.problems import RegistryRefusedError
from households.review.actions.certifying import issue_certificates, reprint, to_certify
from households.review.models import Dossier
from households.review.rights import LEAD, READ
from households.review.superior_models import Certificate, CertificatePrint
from households.web.review.common import dossier_asked
from households.web.review.step_forms import ReprintForm, StepForm, first
from households.web.review.steps import A_PAGE, may_make, page_of
from povertyportal.core.clock import now, today
from povertyportal.core.paging import page_asked
from povertyportal.core.session_guard import account_of


@require_http_methods(["GET", "HEAD", "POST"])
def certificates(request: HttpRequest, pk: int) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    dossier = dossier_asked(request, pk, LEAD if posted else READ)
    form = StepForm(posted, initial=first(dossier, today()))
    if posted is not None and form.is_valid() and _issued(request, dossier, form):
        return redirect("review:certificates", pk)
    prints = Prefetch("prints", CertificatePrint.objects.select_related("by").order_by("copy"))
    rows = Certificate.objects.filter(line__decision__dossier=dossier).select_related(
        "line", "line__recognition__corrected_by", "line__decision"
    )
    page = page_asked(request, rows.prefetch_related(prints).order_by("year", "number"), A_PAGE)
    context = page_of(request, dossier) | {
        "form": form, "page": page, "waiting": len(to_certify(dossier.pk)), "may_make": may_make(dossier, "certify"),
    }  # fmt: skip
    return render(request, "review/certificates.html", context)


def _issued(request: HttpRequest, dossier: Dossier, form: StepForm) -> bool:
    try:
        made = issue_certificates(dossier=dossier.pk, by=account_of(request), at=now(), **form.step())
    except RegistryRefusedError as refused:
        form.refuse(refused)
        return False
    told = ngettext("Đã cấp %(count)s giấy chứng nhận.", "Đã cấp %(count)s giấy chứng nhận.", len(made))
    messages.success(request, told % {"count": len(made)})
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def printing_again(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Certificate.objects.select_related("line__decision", "line__recognition__corrected_by")
    found = get_object_or_404(rows, pk=pk)
    dossier = dossier_asked(request, found.line.decision.dossier_id, LEAD)
    form = ReprintForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            done = reprint(certificate=pk, reason=form.cleaned_data["reason"], by=account_of(request), at=now())
        except RegistryRefusedError as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Đã ghi bản in thứ %s; bấm số giấy để in.") % done.copy)
            return redirect("review:certificates", dossier.pk)
    context = page_of(request, dossier) | {"certificate": found, "form": form}
    context["prints"] = found.prints.select_related("by").order_by("copy")
    return render(request, "review/reprint.html", context)
