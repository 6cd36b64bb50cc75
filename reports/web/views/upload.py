"""Figures from a CSV file: checked as the command ``load_reported`` checks, every bad row shown."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from povertyportal.core.models import User
from reports.reported.load import FileCheck, check_file, load_file
from reports.reported.rows import COLUMNS
from reports.web.forms import UploadForm
from reports.web.views.figures import EDIT

SHOWN = 200  # problems in full; the lines of further ones are named below the table


@login_required
@permission_required(EDIT, raise_exception=True)
@require_http_methods(["GET", "POST"])
def figure_upload(request: HttpRequest) -> HttpResponse:
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "reports/figure_upload.html", {"form": form, "columns": COLUMNS})
    uploaded = form.cleaned_data["file"]
    content, only_check = uploaded.read(), "check" in request.POST
    if only_check:
        checked = check_file(content=content, name=uploaded.name)
    else:
        if not isinstance(request.user, User):
            raise TypeError(request.user)
        checked = load_file(content=content, name=uploaded.name, by=request.user, at=timezone.now())
    if not only_check and not checked.problems:
        messages.success(request, _stored(checked))
        return redirect("reports:figures")
    return render(request, "reports/figure_upload.html", _context(form, checked))


def _context(form: UploadForm, checked: FileCheck) -> dict[str, object]:
    return {
        "form": form,
        "columns": COLUMNS,
        "checked": checked,
        "problems": checked.problems[:SHOWN],
        "further_lines": sorted({problem.line for problem in checked.problems[SHOWN:]}),
        "bad_lines": len({problem.line for problem in checked.problems}),
    }


def _stored(checked: FileCheck) -> str:
    count = len(checked.new)
    text = ngettext("Đã lưu %(count)s số liệu mới.", "Đã lưu %(count)s số liệu mới.", count) % {"count": count}
    if checked.unchanged:
        kept = ngettext("%(count)s dòng đã có từ trước.", "%(count)s dòng đã có từ trước.", checked.unchanged)
        text += " " + kept % {"count": checked.unchanged}
    return text
