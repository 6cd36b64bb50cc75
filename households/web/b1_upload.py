"""Load a table of B1 points from a file: checked cell by cell, stored as a draft that a second person publishes."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from households.access.standards import check_may_propose, outside_the_years, place_of
from households.criteria import queries
from households.criteria.b1 import shelf, template
from households.criteria.b1.cells import MAX_BYTES
from households.criteria.b1.reading import Checked, check_upload
from households.criteria.b1_publishing import enter_table
from households.criteria.law.parts import Standard
from households.criteria.models import LegalStandard
from households.criteria.publishing import PublishingRefusedError
from households.web.b1_tables import table_asked
from households.web.form_parts import text_field
from households.web.standards import row_asked
from povertyportal.core.clock import now, today
from povertyportal.core.fields import VietnameseDateField
from povertyportal.core.session_guard import account_of
from povertyportal.core.sheets import UnreadableFileError
from povertyportal.documents.spreadsheet import XLSX, csv_file, xlsx_file

SHOWN = 100


class TableForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Tệp bảng điểm"),
        help_text=gettext_lazy("Excel (.xlsx, trang đầu tiên) hoặc CSV, theo tệp mẫu."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,text/csv"}),
        error_messages={"required": gettext_lazy("Hãy chọn tệp."), "empty": gettext_lazy("Tệp rỗng.")},
    )
    name = text_field(
        gettext_lazy("Tên bảng điểm"), gettext_lazy("Ví dụ: Bảng điểm B1 giai đoạn 2022 - 2025."), most=300
    )
    legal_basis = text_field(
        gettext_lazy("Căn cứ"), gettext_lazy("Ví dụ: Phụ lục III Thông tư 02/2022/TT-BLĐTBXH ngày 30/3/2022.")
    )
    from_day = VietnameseDateField(
        label=gettext_lazy("Áp dụng từ ngày"),
        years=range(2011, 2100),
        help_text=gettext_lazy("Ngày/tháng/năm. Bảng trước (nếu có) áp dụng đến hết ngày hôm trước."),
    )
    own_boxes = forms.BooleanField(
        label=gettext_lazy("Phụ lục chính thức có nhóm, ô khác với tệp mẫu: nhận như trong tệp"),
        required=False,
        help_text=gettext_lazy("Nhóm, ô mới được đánh dấu bằng tay khi rà soát, không tính từ danh sách thành viên."),
    )
    note = text_field(gettext_lazy("Ghi chú"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.label_suffix = ""

    def clean_file(self) -> Any:
        uploaded = self.cleaned_data["file"]
        if uploaded.size > MAX_BYTES:
            raise forms.ValidationError(_("Tệp lớn quá %(limit)s MB.") % {"limit": MAX_BYTES // 1_000_000})
        return uploaded


@require_http_methods(["GET", "POST"])
def b1_new(request: HttpRequest, code: str) -> HttpResponse:
    row = row_asked(code)
    standard = _scored(row)
    check_may_propose(place_of(row), account_of(request), day=today())
    form = TableForm(request.POST or None, request.FILES or None)
    checked = None
    if request.method == "POST" and form.is_valid():
        checked = _checked(form, standard)
        if checked and checked.document:
            try:
                return _stored(request, form, checked)
            except PublishingRefusedError as refused:
                form.add_error(None, str(refused))
    findings = checked.findings if checked else []
    context = {
        "row": row, "form": form, "standard": standard, "findings": findings[:SHOWN], "total": len(findings),
        "more": max(0, len(findings) - SHOWN), "borrowed": shelf.BORROWED.get(code), "sheet": shelf.form(code),
    }  # fmt: skip
    return render(request, "households/b1_new.html", context, status=400 if form.errors or findings else 200)


def _scored(row: LegalStandard) -> Standard:
    standard = queries.standard_of(row)
    if not standard.variants:
        raise Http404(_("Chuẩn này không dùng bảng điểm B1."))
    return standard


def _checked(form: TableForm, standard: Standard) -> Checked | None:
    data = form.cleaned_data
    if outside := outside_the_years(standard.code, data["from_day"]):
        form.add_error("from_day", outside)
        return None
    try:
        return check_upload(
            data["file"].read(), standard=standard, name=data["name"], own_boxes=data["own_boxes"], note=data["note"]
        )
    except UnreadableFileError as refused:
        form.add_error("file", str(refused))
        return None


def _stored(request: HttpRequest, form: TableForm, checked: Checked) -> HttpResponse:
    data = form.cleaned_data
    row = enter_table(
        document=checked.document or {}, legal_basis=data["legal_basis"], from_day=data["from_day"],
        by=account_of(request), at=now(),
    )  # fmt: skip
    messages.success(request, _("Tệp đúng mẫu, đã lưu bản thảo. Hãy so với bảng trước rồi đề nghị áp dụng."))
    return redirect("standards:b1_table", row.code, row.version)


@require_safe
def b1_template(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The empty form; for a standard without one, a header that says which columns are wanted."""
    row = row_asked(code)
    standard, sheet = _scored(row), shelf.form(code)
    rows = template.lines(standard, sheet, filled=False) if sheet else []
    return _file(f"mau-bang-diem-b1-{code}", kind, template.header(standard), rows)


@require_safe
def b1_points(request: HttpRequest, code: str, version: int, kind: str) -> HttpResponse:
    """A stored table in the form of the template, to be corrected and loaded again as the next version."""
    standard, table = _scored(row_asked(code)), queries.table_of(table_asked(code, version))
    rows = template.lines(standard, table, filled=True)
    return _file(f"bang-diem-b1-{code}-{version}", kind, template.header(standard), rows)


def _file(name: str, kind: str, header: list[str], rows: list[list[str]]) -> HttpResponse:
    content = csv_file(header, rows) if kind == "csv" else xlsx_file("B1", header, rows)
    response = HttpResponse(content, content_type="text/csv; charset=utf-8" if kind == "csv" else XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response
