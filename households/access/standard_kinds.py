"""The kinds of proposal about standards, and how the histories of their tables are told."""

from collections.abc import Collection
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from households.access.approvals import in_scope
from households.access.standards import (
    CHECK,
    STANDARD,
    TABLE,
    Step,
    standard_problems,
    table_problems,
    told_of_standard,
    told_of_table,
)
from households.areas.models import Area
from households.criteria import queries
from households.criteria.b1_publishing import points_changed, put_table_in_force, table_before, withdraw_table
from households.criteria.facts import compare
from households.criteria.law.parts import Standard
from households.criteria.models import B1TableRow, LegalStandard, State
from households.criteria.plausible import doubts
from households.criteria.publishing import PublishingRefusedError, put_in_force, record_check, withdraw_standard
from povertyportal.core.described import describe_history
from povertyportal.core.models import User
from povertyportal.records.kinds import ApprovalKind, Preview, ProposalRefusedError, register_kind
from povertyportal.records.models import Proposal
from povertyportal.records.models import State as ProposalState

PREVIEW, TABLE_PREVIEW = "households/approval_standard.html", "households/approval_b1_table.html"
DECIDERS = gettext_lazy(
    "Cần người khác giữ quyền “Duyệt chuẩn nghèo” trên tỉnh của chuẩn; chuẩn của cả nước cần quyền toàn quốc."
)


def _standard(proposal: Proposal, *, lock: bool = False) -> LegalStandard:
    rows = LegalStandard.objects.select_for_update() if lock else queries.rows()
    return rows.get(pk=proposal.payload["id"])


def _table(proposal: Proposal, *, lock: bool = False) -> B1TableRow:
    rows = B1TableRow.objects.select_for_update() if lock else B1TableRow.objects.select_related("entered_by")
    return rows.get(pk=proposal.payload["id"])


def _apply_standard(proposal: Proposal, by: User, at: datetime) -> None:
    row, step = _standard(proposal, lock=True), Step(proposal.payload["step"])
    if problems := standard_problems(row, step):
        raise ProposalRefusedError(" ".join(problems))
    try:
        if step is Step.PUBLISH:
            put_in_force(row=row, standard=queries.standard_of(row), by=by, at=at, approved_by=by)
        else:
            withdraw_standard(row=row, by=by, at=at, reason=proposal.reason)
    except PublishingRefusedError as refused:
        raise ProposalRefusedError(str(refused)) from refused


def _apply_table(proposal: Proposal, by: User, at: datetime) -> None:
    row, step = _table(proposal, lock=True), Step(proposal.payload["step"])
    if problems := table_problems(row, step):
        raise ProposalRefusedError(" ".join(problems))
    try:
        if step is Step.PUBLISH:
            put_table_in_force(row=row, by=by, at=at)
        else:
            withdraw_table(row=row, by=by, at=at, reason=proposal.reason)
    except PublishingRefusedError as refused:
        raise ProposalRefusedError(str(refused)) from refused


def _apply_check(proposal: Proposal, by: User, at: datetime) -> None:
    row = _standard(proposal, lock=True)
    if row.state != State.IN_FORCE:
        raise ProposalRefusedError(_("Chuẩn này không còn áp dụng nên không cần ghi đối chiếu nữa."))
    record_check(row=row, checked_by=proposal.proposed_by, confirmed_by=by, at=at, note=proposal.reason)


def _describe_standard(proposal: Proposal) -> Preview:
    """With what it would change today, laid beside what applies; of a decided proposal only the standard's own facts."""
    row, step = _standard(proposal), Step(proposal.payload["step"]) if "step" in proposal.payload else None
    standard = queries.standard_of(row)
    context: dict[str, object] = {"row": row, "standard": standard}
    if proposal.state != ProposalState.WAITING or step is None:
        return Preview(PREVIEW, context)
    if step is Step.PUBLISH:
        context |= _beside(standard)
        context["doubts"] = doubts(standard, queries.standard_of(row.parent)) if row.parent else []
    context["told_now"] = _if_changed(told_of_standard(row, step), proposal)
    return Preview(PREVIEW, context, standard_problems(row, step))


def _beside(standard: Standard) -> dict[str, object]:
    """Beside the version in force, else the standard it rests on, else the nation's last."""
    in_force = queries.standards_in_force()
    by_code = {one.code: one for one in in_force}
    nations = [one for one in in_force if not one.scope]
    base = by_code.get(standard.code) or by_code.get(standard.parent) or (nations[-1] if nations else None)
    if base is None:
        return {}
    sections = [(one.title, [pair for pair in one.pairs if pair.differs]) for one in compare(base, standard)]
    return {"base": base, "sections": [(title, pairs) for title, pairs in sections if pairs]}


def _if_changed(told: list[str], proposal: Proposal) -> list[str]:
    return [] if told == list(proposal.summary) else told


def _describe_table(proposal: Proposal) -> Preview:
    row, step = _table(proposal), Step(proposal.payload["step"])
    before = table_before(row)
    context: dict[str, object] = {"row": row, "before": before}
    if proposal.state != ProposalState.WAITING:
        return Preview(TABLE_PREVIEW, context)
    context["told_now"] = _if_changed(told_of_table(row, step), proposal)
    if before and step is Step.PUBLISH:
        context["changed"] = points_changed(row, before)
    return Preview(TABLE_PREVIEW, context, table_problems(row, step))


def _readable(user: User, day: date) -> Q:
    return in_scope(user, "standards.propose", "standards.approve", "records.read", day=day)


def _decidable(user: User, day: date) -> Q:
    return in_scope(user, "standards.approve", day=day)


def _standard_within(areas: Collection[int]) -> Q:
    """A local standard concerns its provinces, a national one everybody."""
    units = Area.objects.filter(id__in=areas, level="province", code=OuterRef("scope__0"))
    return Q(scope=[]) | Q(Exists(units))


def _table_within(areas: Collection[int]) -> Q:
    return Q(code__in=LegalStandard.objects.filter(_standard_within(areas)).values("code"))


def register() -> None:
    """Called once, when the app is ready."""
    for code, title, apply, describe in (
        (STANDARD, gettext_lazy("Công bố chuẩn nghèo"), _apply_standard, _describe_standard),
        (TABLE, gettext_lazy("Công bố bảng điểm B1"), _apply_table, _describe_table),
        (CHECK, gettext_lazy("Đối chiếu chuẩn nghèo với văn bản gốc"), _apply_check, _describe_standard),
    ):
        register_kind(
            ApprovalKind(
                code=code, title=title, deciders=DECIDERS, readable=_readable, decidable=_decidable,
                apply=apply, describe=describe,
            )
        )  # fmt: skip
    describe_history(
        LegalStandard,
        title=gettext_lazy("Chuẩn nghèo"),
        name="{title} ({code}, phiên bản {version})",
        within=_standard_within,
        hidden=("digest", "law_digest"),
    )
    describe_history(
        B1TableRow,
        title=gettext_lazy("Bảng điểm B1"),
        name="{name} ({code}, bảng {version})",
        within=_table_within,
        hidden=("digest",),
    )
