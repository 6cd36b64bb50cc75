"""Villages from a CSV file, as the command ``load_villages`` loads them: checked first, every bad row shown."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from households.access.villages import refuses_for
from households.areas.units import VILLAGE_TYPES
from households.areas.village_files import VillageFile, check_villages, load_villages
from households.areas.village_rows import COLUMNS
from households.web.village_forms import VillageFileForm
from povertyportal.core.clock import today
from povertyportal.core.session_guard import account_of
from povertyportal.core.sheets import MAX_ROWS
from povertyportal.vietnamese import format_number

BOM = "\ufeff"  # without it Excel takes the file for another encoding
SHOWN = 200
EXAMPLE = "01392,Xóm,Nà Mạ,01/09/2026,Nghị quyết 12/NQ-HĐND ngày 20/8/2026,Cổng thông tin của xã"
HELP = {
    "ma_xa": gettext_lazy("Mã xã, phường, đặc khu, 5 chữ số. Trong Excel hãy đặt ô kiểu chữ để giữ số 0 ở đầu."),
    "loai": gettext_lazy("Thôn, Xóm, Bản, Tổ dân phố… Để trống được khi tên thôn đã có loại ở đầu."),
    "ten_thon": gettext_lazy("Tên thôn, ví dụ Nà Mạ hoặc 5."),
    "tu_ngay": gettext_lazy(
        "Ngày thôn có hiệu lực, ngày/tháng/năm. Thôn có từ trước khi xã được lập thì ghi ngày lập xã."
    ),
    "can_cu": gettext_lazy("Nghị quyết hoặc quyết định: số, ngày, cơ quan."),
    "nguon": gettext_lazy("Nơi đọc được văn bản (không bắt buộc)."),
}


@require_http_methods(["GET", "POST"])
def village_upload(request: HttpRequest) -> HttpResponse:
    form = VillageFileForm(request.POST or None, request.FILES or None)
    done: VillageFile | None = None
    if request.method == "POST" and form.is_valid():
        uploaded, user = form.cleaned_data["file"], account_of(request)
        content, refuses = uploaded.read(), refuses_for(user, day=today())
        if "load" in request.POST:
            done = load_villages(content=content, name=uploaded.name, by=user, day=today(), refuses=refuses)
            if not done.problems:
                return _loaded(request, done)
        else:
            done = check_villages(content=content, name=uploaded.name, day=today(), refuses=refuses)
    context = {
        "form": form,
        "done": done,
        "problems": done.problems[:SHOWN] if done else (),
        "more": max(len(done.problems) - SHOWN, 0) if done else 0,
        "rows": done.new[:SHOWN] if done and not done.problems else (),
        "columns": [(column, HELP[column]) for column in COLUMNS],
        "types": ", ".join(VILLAGE_TYPES),
        "most_rows": format_number(MAX_ROWS),
    }
    return render(request, "households/village_upload.html", context)


def _loaded(request: HttpRequest, done: VillageFile) -> HttpResponse:
    told = {"new": len(done.new), "unchanged": done.unchanged}
    messages.success(request, _("Đã lưu %(new)s thôn mới; %(unchanged)s thôn đã có từ trước.") % told)
    if len(done.communes) == 1:
        last = max((row.on for row in done.new), default=today())
        return redirect(f"{reverse('areas:villages', args=[done.communes[0][0]])}?on={last.isoformat()}")
    return redirect("areas:village_upload")


@require_GET
def village_template(request: HttpRequest) -> HttpResponse:
    """The line of column names and one row that is right."""
    text = BOM + ",".join(COLUMNS) + "\r\n" + EXAMPLE + "\r\n"
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="mau-thon.csv"'
    return response
