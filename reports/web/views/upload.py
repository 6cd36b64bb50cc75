"""Figures from a CSV file: checked as the command ``load_reported`` checks, every bad row shown."""

from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from povertyportal.core.clock import now
from povertyportal.core.models import User
from povertyportal.core.sheets import MAX_ROWS
from povertyportal.vietnamese import format_number
from programs.catalogue import programmes
from reports.reported.load import FileCheck, check_file, load_file
from reports.reported.vocabulary import measures, standards
from reports.web.access import ENTER, scope_for
from reports.web.forms import UploadForm
from reports.web.wording import COLUMN_HELP, column_name

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "figures.csv"
BOM = b"\xef\xbb\xbf"  # without it Excel takes the file for another encoding
SHOWN = 200  # problems in full; the lines of further ones are named below the table


@require_http_methods(["GET", "POST"])
def figure_upload(request: HttpRequest) -> HttpResponse:
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "reports/figure_upload.html", {"form": form, **_help()})
    uploaded = form.cleaned_data["file"]
    content, only_check = uploaded.read(), "check" in request.POST
    if only_check:
        checked = check_file(content=content, name=uploaded.name, scope=scope_for(request.user, ENTER))
    else:
        if not isinstance(request.user, User):
            raise TypeError(request.user)
        checked = load_file(content=content, name=uploaded.name, by=request.user, at=now())
    if not only_check and not checked.problems:
        messages.success(request, _stored(checked))
        return redirect("reports:figures")
    return render(request, "reports/figure_upload.html", _context(form, checked))


def _context(form: UploadForm, checked: FileCheck) -> dict[str, object]:
    return {
        "form": form,
        **_help(),
        "checked": checked,
        "problems": [(problem, column_name(problem.column)) for problem in checked.problems[:SHOWN]],
        "further_lines": sorted({problem.line for problem in checked.problems[SHOWN:]}),
        "bad_lines": len({problem.line for problem in checked.problems}),
    }


def _help() -> dict[str, Any]:
    """The columns of the file, and the codes that may stand in three of them."""
    return {
        "most_rows": format_number(MAX_ROWS),
        "columns": [(code, name, how) for code, (name, how) in COLUMN_HELP.items()],
        "codes": [
            (COLUMN_HELP["measure"][0], [(one.code, one.name) for one in measures().values()]),
            (COLUMN_HELP["program"][0], [(one.code, one.name) for one in programmes().values()]),
            (COLUMN_HELP["standard"][0], [(one.code, one.name) for one in standards().values()]),
        ],
    }


@require_GET
def figure_template(request: HttpRequest) -> HttpResponse:
    """The line of column names and one row that is right."""
    return _csv(b"".join(EXAMPLE.read_bytes().splitlines(keepends=True)[:2]), "mau-so-lieu.csv")


@require_GET
def figure_example(request: HttpRequest) -> HttpResponse:
    return _csv(EXAMPLE.read_bytes(), "vi-du-so-lieu.csv")


def _csv(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(BOM + content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _stored(checked: FileCheck) -> str:
    count = len(checked.new)
    text = ngettext("Đã lưu %(count)s số liệu mới.", "Đã lưu %(count)s số liệu mới.", count) % {"count": count}
    if checked.unchanged:
        kept = ngettext("%(count)s dòng đã có từ trước.", "%(count)s dòng đã có từ trước.", checked.unchanged)
        text += " " + kept % {"count": checked.unchanged}
    return text
