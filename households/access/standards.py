"""Publishing of standards and of tables of B1 points: who may propose, and what a second person's approval carries out."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from households.access.scope import check_may, scope_of
from households.areas.models import Area
from households.criteria import queries
from households.criteria.b1_publishing import gives_way
from households.criteria.law.parts import Application, Purpose
from households.criteria.models import B1TableRow, LegalStandard, State
from households.criteria.publishing import in_the_way
from households.criteria.wording import purpose_title, years_text
from povertyportal.core.models import User
from povertyportal.core.periods import on as valid_on
from povertyportal.records.models import Proposal
from povertyportal.records.proposals import ProposalRefusedError, propose
from povertyportal.vietnamese import format_date

STANDARD, TABLE, CHECK = "standard", "b1_table", "standard_check"


class Step(StrEnum):
    PUBLISH = "publish"
    WITHDRAW = "withdraw"


def place_of(row: LegalStandard) -> tuple[str, date | None]:
    """Code and day of the province that a standard concerns; "" and None for the nation and for several provinces."""
    if len(row.scope) != 1:
        return "", None
    first = min(one.first for one in queries.standard_of(row).applications)
    days = (date(first, 12, 31), date(first, 1, 1))
    known = Area.objects.filter(code=row.scope[0], level="province")
    found = next((day for day in days if valid_on(known, day).exists()), None)
    if found is None:
        last = known.order_by("-validity").first()
        found = last.validity.lower if last and last.validity.lower else days[0]
    return row.scope[0], found


def place_of_table(row: B1TableRow) -> tuple[str, date | None]:
    standard = LegalStandard.objects.filter(code=row.code).order_by("-version").first()
    return place_of(standard) if standard else ("", None)


def check_may_propose(place: tuple[str, date | None], by: User, *, day: date) -> None:
    """Raises PermissionDenied in words."""
    code, on = place
    if code and on:
        check_may(by, "standards.propose", code=code, on=on, day=day)
    elif not scope_of(by, "standards.propose", day=day).nation:
        raise PermissionDenied(
            _("Chuẩn này áp dụng cho cả nước hoặc nhiều tỉnh: người đề nghị phải có quyền toàn quốc.")
        )


def may_propose(place: tuple[str, date | None], by: User, *, day: date) -> bool:
    try:
        check_may_propose(place, by, day=day)
    except PermissionDenied:
        return False
    return True


def propose_step(*, row: LegalStandard, step: Step, by: User, at: datetime, reason: str) -> Proposal:
    """Raises PermissionDenied and ProposalRefusedError."""
    place = place_of(row)
    check_may_propose(place, by, day=timezone.localdate(at))
    if problems := standard_problems(row, step):
        raise ProposalRefusedError(" ".join(problems))
    title = _("Áp dụng chuẩn") if step is Step.PUBLISH else _("Rút chuẩn")
    return propose(
        kind=STANDARD, subject=f"{title} {row.code}, phiên bản {row.version}: {row.title}", payload=_payload(row, step),
        summary=told_of_standard(row, step), area_code=place[0], area_on=place[1], by=by, at=at, reason=reason,
    )  # fmt: skip


def propose_check(*, row: LegalStandard, note: str, by: User, at: datetime) -> Proposal:
    """Its proposer has compared; who approves has compared too. Raises PermissionDenied and ProposalRefusedError."""
    place = place_of(row)
    check_may_propose(place, by, day=timezone.localdate(at))
    if row.state != State.IN_FORCE:
        raise ProposalRefusedError(_("Chỉ ghi đối chiếu cho chuẩn đang áp dụng."))
    summary = [
        _("%(who)s đã so từng giá trị của %(title)s với văn bản chính thức: %(note)s")
        % {"who": by, "title": row.title, "note": note},
        _("Người duyệt cũng phải tự so với văn bản; sau đó chuẩn được ghi là đã đối chiếu."),
    ]
    return propose(
        kind=CHECK, subject=f"Đã đối chiếu chuẩn {row.code}, phiên bản {row.version}", payload=_payload(row, None),
        summary=summary, area_code=place[0], area_on=place[1], by=by, at=at, reason=note,
    )  # fmt: skip


def propose_table_step(*, row: B1TableRow, step: Step, by: User, at: datetime, reason: str) -> Proposal:
    """Raises PermissionDenied and ProposalRefusedError."""
    place = place_of_table(row)
    check_may_propose(place, by, day=timezone.localdate(at))
    if problems := table_problems(row, step):
        raise ProposalRefusedError(" ".join(problems))
    title = _("Áp dụng bảng điểm B1") if step is Step.PUBLISH else _("Rút bảng điểm B1")
    return propose(
        kind=TABLE, subject=f"{title} {row.code}, bảng {row.version}: {row.name}", payload=_payload(row, step),
        summary=told_of_table(row, step), area_code=place[0], area_on=place[1], by=by, at=at, reason=reason,
    )  # fmt: skip


def _payload(row: LegalStandard | B1TableRow, step: Step | None) -> dict[str, object]:
    told: dict[str, object] = {"id": row.pk, "code": row.code, "version": row.version, "digest": row.digest}
    return told | ({"step": step.value} if step else {})


def standard_problems(row: LegalStandard, step: Step) -> Sequence[str]:
    """Why the step is not possible now; empty when it is."""
    if step is Step.WITHDRAW:
        return [] if row.state == State.IN_FORCE else [_("Chuẩn này không còn áp dụng nên không rút được nữa.")]
    if row.state != State.DRAFT:
        return [_("Phiên bản này không còn là bản thảo.")]
    standard = queries.standard_of(row)
    if standard.draft:
        return [_("Văn bản còn ghi là bản thảo (draft = true) vì chưa đủ căn cứ: hãy nhập phiên bản đầy đủ.")]
    return in_the_way(standard)


def table_problems(row: B1TableRow, step: Step) -> Sequence[str]:
    if step is Step.WITHDRAW:
        return [] if row.state == State.IN_FORCE else [_("Bảng điểm này không còn áp dụng nên không rút được nữa.")]
    if row.state != State.DRAFT:
        return [_("Bảng điểm này không còn là bản thảo.")]
    return [outside] if (outside := outside_the_years(row.code, row.validity.lower)) else []


def outside_the_years(code: str, day: date) -> str:
    """A sentence where a table's first day lies in no year of its standard, or ""."""
    found = LegalStandard.objects.select_related("parent").filter(code=code).exclude(state=State.WITHDRAWN)
    spans = [one for row in found for one in queries.standard_of(row).applications]
    if not spans or any(one.first <= day.year <= one.last for one in spans):
        return ""
    years = years_text(min(one.first for one in spans), max(one.last for one in spans))
    return _("Chuẩn áp dụng %(years)s: ngày %(day)s nằm ngoài các năm ấy.") % {"years": years, "day": format_date(day)}


def told_of_table(row: B1TableRow, step: Step) -> list[str]:
    """What the step would change, were it carried out now."""
    if step is Step.WITHDRAW:
        return [
            _("%s không còn áp dụng; điểm đã tính theo bảng này vẫn giữ nguyên.") % row.name,
            _("Trong thời gian của bảng này không có bảng nào thay: B1 nhập bằng tổng điểm của phiếu giấy."),
        ]
    start = row.validity.lower
    told = [
        _("Từ ngày %(day)s, điểm B1 của chuẩn %(code)s tính theo bảng này.")
        % {"day": format_date(start), "code": row.code}
    ]
    for other in gives_way(row):
        known = {"version": other.version, "day": format_date(start - timedelta(days=1))}
        if other.validity.lower < start:
            told.append(_("Bảng %(version)s áp dụng đến hết ngày %(day)s.") % known)
        else:
            known["day"] = format_date(other.validity.lower)
            told.append(_("Bảng %(version)s (từ ngày %(day)s) được rút: bảng này thay.") % known)
    return [*told, _("Từ đó không ai sửa được bảng này.")]


def told_of_standard(row: LegalStandard, step: Step) -> list[str]:
    """What the step would change, were it carried out now."""
    now = queries.standard_of(row).applications
    if step is Step.WITHDRAW:
        gone = _("%s không còn áp dụng; kết quả đã phân loại theo chuẩn này vẫn giữ nguyên.") % row.title
        return [gone, *_without_any([_span(one) for one in now])]
    told = [
        _("%(years)s (%(purpose)s) áp dụng: %(title)s.")
        % {"years": years_text(one.first, one.last), "purpose": purpose_title(one.purpose), "title": row.title}
        for one in now
    ]
    told = [text[:1].upper() + text[1:] for text in told]
    before = queries.rows().filter(code=row.code, state=State.IN_FORCE).exclude(pk=row.pk).first()
    if before:
        told.append(_("Phiên bản %s đang áp dụng được rút trong cùng lúc.") % before.version)
        kept = {(purpose, year) for purpose, years in map(_span, now) for year in years}
        lost = [(purpose, [year for year in years if (purpose, year) not in kept]) for purpose, years in
                map(_span, queries.standard_of(before).applications)]  # fmt: skip
        told += _without_any(lost)
    return [*told, _("Từ đó không ai sửa được nội dung phiên bản này.")]


def _span(one: Application) -> tuple[Purpose, Sequence[int]]:
    return one.purpose, range(one.first, one.last + 1)


def _without_any(spans: Iterable[tuple[Purpose, Sequence[int]]]) -> list[str]:
    return [
        _("Không còn chuẩn nào thay cho %(years)s (%(purpose)s), cho đến khi công bố chuẩn khác.")
        % {"years": years_text(years[0], years[-1]), "purpose": purpose_title(purpose)}
        for purpose, years in spans
        if years
    ]
