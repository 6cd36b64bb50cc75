"""The kinds of proposal about standards, and how the histories of their tables are told."""

from collections.abc import Collection
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from households.access.approvals import in_scope
from households.access.standards import CHECK, STANDARD, TABLE, Step, standard_problems, table_problems
from households.areas.models import Area
from households.criteria import queries
from households.criteria.b1_publishing import put_table_in_force, table_before, withdraw_table
from households.criteria.models import B1TableRow, LegalStandard, State
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
    row = _standard(proposal)
    before = LegalStandard.objects.filter(code=row.code, state=State.IN_FORCE).exclude(pk=row.pk).first()
    waits = proposal.state == ProposalState.WAITING and "step" in proposal.payload
    refusals = standard_problems(row, Step(proposal.payload["step"])) if waits else ()
    return Preview(PREVIEW, {"row": row, "before": before, "standard": queries.standard_of(row)}, refusals)


def _describe_table(proposal: Proposal) -> Preview:
    row = _table(proposal)
    waits = proposal.state == ProposalState.WAITING
    refusals = table_problems(row, Step(proposal.payload["step"])) if waits else ()
    return Preview(TABLE_PREVIEW, {"row": row, "before": table_before(row)}, refusals)


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
