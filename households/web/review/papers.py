"""The papers of the review as PDF: one by its code and row, blank ones, and those of a dossier listed."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from households.access.scope import check_may
from households.papers.blanks import FormRefusedError
from households.papers.review.pdfs import pdf_of, xlsx_of
from households.papers.review.registry import PAPERS
from households.review.belonging import units_of
from households.review.models import IntakeKind
from households.review.superior_models import SubjectRequest
from households.web.review.common import about, dossier_asked
from households.web.review.package import files_of, running
from households.web.review.paper_lists import papers_of
from households.web.review.paper_rows import OF_VILLAGE, PRINTED_BY, ROWS, Ground, Row, has_sheet
from povertyportal.core.clock import now, today
from povertyportal.core.session_guard import account_of
from povertyportal.documents.spreadsheet import XLSX
from povertyportal.records.displays import record_display

ABOUT_A_HOUSEHOLD = ("certificate", "subject_data")  # who took one away stands in the record of displays


@require_safe
def paper(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Raises Http404, PermissionDenied."""
    printed, what = _asked(request, code, pk)
    if code == "certificate":
        what["tagged"] = "tagged" in request.GET
    return as_pdf(pdf_of(printed, **what), f"{code}-{pk}")


@require_safe
def paper_sheet(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The Excel file of a paper with a list. Raises Http404, PermissionDenied."""
    if not has_sheet(code):
        raise Http404(_("Văn bản này không có tệp Excel."))
    printed, what = _asked(request, code, pk)
    name, content = xlsx_of(printed, **what)
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _asked(request: HttpRequest, code: str, pk: int) -> tuple[str, dict[str, Any]]:
    """The code by which it is made, and what from. Raises Http404, PermissionDenied."""
    row = ROWS.get(code)
    if row is None:
        raise Http404(_("Không có văn bản “%s”.") % code[:20])
    found = get_object_or_404(row.rows(), pk=pk)
    ground = row.ground(found)
    check_may(request.user, row.action, code=ground.code, on=ground.on, day=today())
    what = _what(request, code, row, found)
    if code in ABOUT_A_HOUSEHOLD:
        _record(request, code, pk, ground)
    return PRINTED_BY.get(code, code), what


def _what(request: HttpRequest, code: str, row: Row, found: Any) -> dict[str, Any]:
    if code == "subject_data" and isinstance(found, SubjectRequest) and found.household_id is None:
        raise Http404(_("Yêu cầu này chưa gắn với hộ nào nên chưa có dữ liệu để in."))
    what: dict[str, Any] = {row.argument: found}
    if row.dated:
        what["on"] = today()
    if code in OF_VILLAGE:
        what["village"] = _village_asked(request, found)
    return what


def _village_asked(request: HttpRequest, dossier: Any) -> str:
    """ "": the whole commune. Raises Http404: what is asked is printed as the village's name."""
    code = request.GET.get("village", "").strip()
    if code and code not in {one.code for one in units_of(dossier)}:
        raise Http404(_("Xã không có thôn mang mã “%s”.") % code[:20])
    return code


def _record(request: HttpRequest, code: str, pk: int, ground: Ground) -> None:
    record_display(
        by=account_of(request),
        at=now(),
        subject_kind=code,
        subject_id=str(pk),
        field="paper",
        purpose=_("In văn bản: %s") % PAPERS[code].title,
        area_code=ground.code,
        area_on=ground.on,
    )


@require_safe
def blank(request: HttpRequest, code: str) -> HttpResponse:
    """To be filled in by hand; 404 where there is no such form."""
    if not has_blank(code):
        raise Http404(_("Không có mẫu để trống “%s”.") % code[:20])
    kind = request.GET.get("kind", "").strip()
    what: dict[str, Any] = {"kind": kind} if code == "form_01" and kind in IntakeKind.values else {}
    try:
        return as_pdf(pdf_of(code, on=today(), **what), f"{code}-de-trong")
    except FormRefusedError as refused:
        raise Http404(str(refused)) from refused


def has_blank(code: str) -> bool:
    known = PAPERS.get(code)
    return known is not None and known.blank


@require_safe
def papers(request: HttpRequest, pk: int) -> HttpResponse:
    """Every paper of a dossier, by step; and its whole package."""
    dossier = dossier_asked(request, pk)
    user = account_of(request)
    context = about(dossier) | {
        "groups": papers_of(dossier),
        "files": files_of(user, dossier),
        "running": running(user, dossier),
        "blanks": [one for one in PAPERS.values() if has_blank(one.code)],
    }
    return render(request, "review/papers.html", context)


def as_pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name.replace("_", "-")}.pdf"'
    return response
