"""The records as files. Who took what away is itself recorded, before anything leaves."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from households.web.records import scope
from households.web.records_filters import ChangeFilters, DisplayFilters, SignInFilters
from povertyportal.core.clock import now
from povertyportal.core.session_guard import account_of
from povertyportal.documents.spreadsheet import XLSX, csv_file, xlsx_file
from povertyportal.records.displays import record_display
from povertyportal.records.models import DisplayRecord, SignInRecord
from povertyportal.records.search import Asked, count, search
from povertyportal.records.wording import Change, Entry, entries
from povertyportal.vietnamese import format_number

MOST_ROWS = 20_000
BATCH = 1_000
MOMENT = "%d/%m/%Y %H:%M:%S"
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": XLSX,
}
CHANGES = (
    gettext_lazy("Lúc"), gettext_lazy("Họ tên"), gettext_lazy("Tên đăng nhập"), gettext_lazy("Việc"),
    gettext_lazy("Bảng dữ liệu"), gettext_lazy("Đối tượng"), gettext_lazy("Số của dòng"), gettext_lazy("Thay đổi"),
    gettext_lazy("Lý do"), gettext_lazy("Địa chỉ máy"), gettext_lazy("Trang hoặc lệnh"),
)  # fmt: skip
SIGN_INS = (
    gettext_lazy("Lúc"), gettext_lazy("Sự kiện"), gettext_lazy("Tên đăng nhập đã gõ"), gettext_lazy("Họ tên"),
    gettext_lazy("Địa chỉ máy"), gettext_lazy("Máy chủ nhận"), gettext_lazy("Trình duyệt"), gettext_lazy("Chi tiết"),
)  # fmt: skip
DISPLAYS = (
    gettext_lazy("Lúc"), gettext_lazy("Họ tên"), gettext_lazy("Tên đăng nhập"), gettext_lazy("Loại đối tượng"),
    gettext_lazy("Đối tượng"), gettext_lazy("Nội dung xem"), gettext_lazy("Mục đích"), gettext_lazy("Mã địa bàn"),
    gettext_lazy("Địa chỉ máy"),
)  # fmt: skip


class FileKind:
    """ "csv" or "xlsx" at the end of an address."""

    regex = "csv|xlsx"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


@require_safe
def changes_file(request: HttpRequest, kind: str) -> HttpResponse:
    form = _valid(ChangeFilters(request.GET, scope(request)))
    moment = now()
    asked: Asked = form.asked()
    asked = replace(asked, until=min(asked.until or moment, moment))  # nothing new moves the pages while they are read
    total = _limited(count(asked, most=MOST_ROWS))
    return _file(request, f"thay-doi-du-lieu.{kind}", total, CHANGES, _changes(asked))


@require_safe
def sign_ins_file(request: HttpRequest, kind: str) -> HttpResponse:
    form = _valid(SignInFilters(request.GET, scope(request)))
    found = SignInRecord.objects.filter(form.condition(), at__lt=now()).select_related("user").order_by("-at", "-pk")
    return _file(request, f"dang-nhap.{kind}", _limited(found.count()), SIGN_INS, _sign_ins(found))


@require_safe
def displays_file(request: HttpRequest, kind: str) -> HttpResponse:
    form = _valid(DisplayFilters(request.GET, scope(request)))
    found = DisplayRecord.objects.filter(form.condition(), at__lt=now()).select_related("user").order_by("-at", "-pk")
    return _file(request, f"luot-xem.{kind}", _limited(found.count()), DISPLAYS, _displays(found))


def _valid(form: Any) -> Any:
    """Raises BadRequest with the first sentence: a file has no field to put it under."""
    if not form.is_valid():
        raise BadRequest(next(str(error) for errors in form.errors.values() for error in errors))
    return form


def _limited(total: int) -> int:
    if total > MOST_ROWS:
        raise BadRequest(
            _(
                "Có hơn %(most)s dòng; một tệp chỉ chứa tới đó. Hãy chọn thời gian hoặc bảng dữ liệu hẹp hơn rồi tải lại."
            )
            % {"most": format_number(MOST_ROWS)}
        )
    return total


def _file(
    request: HttpRequest, file: str, total: int, header: Iterable[Any], rows: Iterable[list[str]]
) -> HttpResponse:
    name, kind = file.split(".")
    asked = ", ".join(f"{key}={value}" for key, value in request.GET.items() if value) or "không lọc"
    record_display(
        by=account_of(request), at=now(), subject_kind="records", subject_id=file, field=f"{total} dòng",
        purpose=f"Tải tệp nhật ký ({asked})",
    )  # fmt: skip
    titles = [str(title) for title in header]
    content = csv_file(titles, rows) if kind == "csv" else xlsx_file(name, titles, rows)
    stamp = timezone.localtime(now()).strftime("%Y%m%d-%H%M")
    headers = {"Content-Disposition": f'attachment; filename="{name}-{stamp}.{kind}"'}
    return HttpResponse(content, content_type=KINDS[kind], headers=headers)


def _changes(asked: Asked) -> Iterator[list[str]]:
    for offset in range(0, MOST_ROWS, BATCH):
        found = entries(search(asked, offset=offset, limit=BATCH))
        yield from (_change_row(entry) for entry in found)
        if len(found) < BATCH:
            return


def _change_row(entry: Entry) -> list[str]:
    return [
        entry.at.strftime(MOMENT), entry.person, entry.username, entry.action, entry.table, entry.name,
        str(entry.object_id), "\n".join(_told(one) for one in entry.changes), entry.reason, entry.address, entry.via,
    ]  # fmt: skip


def _told(change: Change) -> str:
    if not change.before:
        return f"{change.field}: {change.after}"
    return f"{change.field}: {change.before} → {change.after or _('(trống)')}"


def _sign_ins(found: QuerySet[SignInRecord]) -> Iterator[list[str]]:
    for one in found.iterator(chunk_size=BATCH):
        at = timezone.localtime(one.at).strftime(MOMENT)
        who = str(one.user) if one.user else ""
        yield [at, one.get_kind_display(), one.username, who, one.address, one.host, one.user_agent, one.detail]


def _displays(found: QuerySet[DisplayRecord]) -> Iterator[list[str]]:
    for one in found.iterator(chunk_size=BATCH):
        yield [
            timezone.localtime(one.at).strftime(MOMENT), str(one.user), one.user.username, one.subject_kind,
            one.subject_id, one.field, one.purpose, one.area_code, one.address,
        ]  # fmt: skip
