"""The registers of the door: which rows are asked for, and the same rows as an Excel file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import BadRequest
from django.db.models import Case, F, IntegerField, Prefetch, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from households.access.scope import Scope, scope_of
from households.registry.finding.terms import looks_like_number
from households.registry.places import named_places
from households.review.door import late
from households.review.models import Intake, IntakeKind, IntakeState
from households.review.rights import READ
from households.review.superior_models import DecisionLine, Refusal, RefusalGround, SubjectRequest
from households.review.within import within
from households.web.records_files import KINDS
from households.web.review.received import choice_asked, year_asked
from povertyportal.core.clock import now, today
from povertyportal.core.session_guard import account_of
from povertyportal.documents.spreadsheet import xlsx_file
from povertyportal.records.displays import record_display
from povertyportal.vietnamese import format_date, format_number, pattern

LATE, OPEN, ANSWERED = "late", "open", "answered"
MOST_ROWS, LONGEST_NAME = 20_000, 80
INTAKES = (
    gettext_lazy("Số trong sổ"), gettext_lazy("Ngày nhận"), gettext_lazy("Người đề nghị"), gettext_lazy("Thôn, địa chỉ"),
    gettext_lazy("Loại giấy"), gettext_lazy("Cách nộp"), gettext_lazy("Nội dung"), gettext_lazy("Hẹn trả"),
    gettext_lazy("Người nhận giấy"), gettext_lazy("Tình trạng"), gettext_lazy("Hộ"), gettext_lazy("Đợt"),
    gettext_lazy("Trả lời bằng"), gettext_lazy("Ghi chú"), gettext_lazy("Xã"),
)  # fmt: skip
REFUSALS = (
    gettext_lazy("Số văn bản"), gettext_lazy("Ngày"), gettext_lazy("Người nhận"), gettext_lazy("Vì sao"),
    gettext_lazy("Lý do"), gettext_lazy("Người ký"), gettext_lazy("Giấy số"), gettext_lazy("Đợt"), gettext_lazy("Xã"),
)  # fmt: skip
SUBJECTS = (
    gettext_lazy("Ngày nhận"), gettext_lazy("Người yêu cầu"), gettext_lazy("Yêu cầu"), gettext_lazy("Nội dung"),
    gettext_lazy("Hạn trả lời"), gettext_lazy("Trả lời lần đầu"), gettext_lazy("Hẹn làm xong"), gettext_lazy("Kết quả"),
    gettext_lazy("Ngày trả lời"), gettext_lazy("Vì sao quá hạn"), gettext_lazy("Xã"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """``rows``: those wanted, in their order; ``chosen``: what the filters say, by their name in the address."""

    rows: QuerySet[Any]
    chosen: dict[str, Any]

    @property
    def filtered(self) -> bool:
        return any(self.chosen.values())


def intakes_asked(request: HttpRequest, scope: Scope, day: date) -> Asked:
    """Raises BadRequest."""
    state = choice_asked(request, "state", [*IntakeState.values, LATE])
    kind, year, name = choice_asked(request, "kind", IntakeKind.values), year_asked(request), name_asked(request)
    wanted = within(scope, "commune_code", "received_on") & _named("applicant", name)
    wanted &= Q(kind=kind) if kind else Q()
    wanted &= Q(year=year) if year else Q()
    wanted &= late(day) if state == LATE else Q(state=state) if state else Q()
    rows = Intake.objects.filter(wanted).select_related("by").order_by("-year", "commune_code", "-number")
    return Asked(rows, {"state": state, "kind": kind, "year": year or "", "q": name})


def refusals_asked(request: HttpRequest, scope: Scope) -> Asked:
    """Raises BadRequest."""
    ground, year = choice_asked(request, "ground", RefusalGround.values), year_asked(request)
    name = name_asked(request)
    wanted = within(scope, "area_code", "on") & _named("addressee", name)
    wanted &= Q(ground=ground) if ground else Q()
    wanted &= Q(year=year) if year else Q()
    rows = Refusal.objects.filter(wanted).select_related("form__round", "intake").order_by("-on", "-pk")
    return Asked(rows, {"ground": ground, "year": year or "", "q": name})


def subjects_asked(request: HttpRequest, scope: Scope, day: date) -> Asked:
    """What is overdue first, then what is open, then the answered ones. Raises BadRequest."""
    show, name = choice_asked(request, "show", (OPEN, LATE, ANSWERED)), name_asked(request)
    waits = Q(outcome="")
    wanted = {"": Q(), OPEN: waits, LATE: waits & Q(next_on__lt=day), ANSWERED: ~waits}[show]
    turn = Case(When(waits, then=Value(0)), default=Value(1), output_field=IntegerField())
    rows = SubjectRequest.objects.annotate(next_on=Coalesce(F("promised_on"), F("due_on")))
    rows = rows.filter(within(scope, "commune_code", "received_on"), _named("applicant", name), wanted)
    return Asked(rows.select_related("answered_by").order_by(turn, "next_on", "-pk"), {"show": show, "q": name})


def name_asked(request: HttpRequest) -> str:
    """Raises BadRequest for a personal number, which stands in no address."""
    if looks_like_number(request.GET.get("q", "")):
        raise BadRequest(_("Sổ này tìm theo tên; không gõ số định danh vào đây."))
    return " ".join(request.GET.get("q", "").replace("\0", "").split())[:LONGEST_NAME]


def _named(field: str, name: str) -> Q:
    return Q(**{f"{field}__regex": pattern(name)}) if name else Q()


@require_safe
def intakes_file(request: HttpRequest) -> HttpResponse:
    asked = intakes_asked(request, _scope(request), today())
    lines = DecisionLine.objects.select_related("decision").order_by("pk")
    rows = asked.rows.select_related("by", "form__round").prefetch_related(
        Prefetch("form__decided", queryset=lines), "form__refusals", "refusals"
    )
    return _file(request, "giay-de-nghi", INTAKES, rows, _intake)


@require_safe
def refusals_file(request: HttpRequest) -> HttpResponse:
    return _file(request, "van-ban-khong-cong-nhan", REFUSALS, refusals_asked(request, _scope(request)).rows, _refusal)


@require_safe
def subjects_file(request: HttpRequest) -> HttpResponse:
    rows = subjects_asked(request, _scope(request), today()).rows
    return _file(request, "yeu-cau-ve-du-lieu", SUBJECTS, rows, _subject)


def _scope(request: HttpRequest) -> Scope:
    return scope_of(request.user, READ, day=today())


def _file(request: HttpRequest, name: str, header: Iterable[Any], rows: QuerySet[Any], cells: Any) -> HttpResponse:
    """Who took it away stands in the record of displays. Raises BadRequest."""
    total = rows.count()
    if total > MOST_ROWS:
        message = _("Có hơn %s dòng; một tệp chỉ chứa tới đó. Hãy chọn một năm rồi tải lại.")
        raise BadRequest(message % format_number(MOST_ROWS))
    asked = ", ".join(f"{key}={value}" for key, value in request.GET.items() if value and key != "q")
    record_display(
        by=account_of(request), at=now(), subject_kind="register", subject_id=name, field=f"{total} dòng",
        purpose=_("Tải sổ (%s)") % (asked or _("không lọc")),
    )  # fmt: skip
    found = list(rows)
    places = named_places({_ground(one) for one in found})
    content = xlsx_file(name, [str(one) for one in header], ([*cells(one), places[_ground(one)].near] for one in found))
    headers = {"Content-Disposition": f'attachment; filename="{name}-{today():%Y%m%d}.xlsx"'}
    return HttpResponse(content, content_type=KINDS["xlsx"], headers=headers)


def _ground(one: Any) -> tuple[str, date]:
    return (one.area_code, one.on) if isinstance(one, Refusal) else (one.commune_code, one.received_on)


def _intake(one: Intake) -> Iterator[str]:
    form = one.form
    yield f"{one.number}/{one.year}"
    yield format_date(one.received_on)
    yield from (one.applicant, one.address, str(one.get_kind_display()))
    yield _("bưu chính") if one.by_post else _("trực tiếp")
    yield from (one.content, _day(one.due_on), str(one.by), str(one.get_state_display()))
    yield f"H{one.household_id}" if one.household_id else ""
    yield form.round.code if form else ""
    yield "; ".join(answers_of(one))
    yield one.remark


def answers_of(one: Intake) -> list[str]:
    """Numbers and days of what the paper was answered by: decisions, letters. From what was fetched with it."""
    form = one.form
    decided = [line.decision for line in form.decided.all()] if form else []
    letters = {letter.pk: letter for letter in (*one.refusals.all(), *(form.refusals.all() if form else ()))}
    told = [(each.decided_on, each.number) for each in decided] + [(each.on, each.number) for each in letters.values()]
    return [f"{number}, {format_date(day)}" for day, number in sorted(told)]


def _refusal(one: Refusal) -> Iterator[str]:
    yield from (one.number, format_date(one.on), one.addressee, str(one.get_ground_display()), one.reason, one.signer)
    yield f"{one.intake.number}/{one.intake.year}" if one.intake else ""
    yield one.form.round.code if one.form else ""


def _subject(one: SubjectRequest) -> Iterator[str]:
    yield from (format_date(one.received_on), one.applicant, str(one.get_wish_display()), one.content)
    yield from (format_date(one.due_on), _day(one.first_on), _day(one.promised_on), str(one.get_outcome_display()))
    yield from (_day(one.answered_on), one.late)


def _day(day: date | None) -> str:
    return format_date(day) if day else ""
