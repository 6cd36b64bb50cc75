"""Who reads and decides proposals: the people whose grants of the day reach the unit that holds all it touches."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from households.access.scope import Scope, check_may, scope_of
from households.areas.changes import ChangePlan, ChangeRefusedError, Operation, apply_change, plan_change
from households.areas.changes.followers import followers
from households.areas.changes.writing import CHANGED_SINCE
from povertyportal.core.models import User
from povertyportal.records.kinds import ApprovalKind, Preview, ProposalRefusedError, register_kind
from povertyportal.records.models import Proposal, State
from povertyportal.records.proposals import NOBODY, propose

EVERY_ROW = Q(pk__isnull=False)  # not Q(): joined with "or", that adds nothing


def in_scope(user: User, *actions: str, day: date) -> Q:
    """Condition on rows with ``area_code`` and ``area_on`` (both empty: the nation): the account holds one of the actions
    over that unit."""
    return within(scope_of(user, *actions, day=day))


def within(scope: Scope) -> Q:
    if scope.nation:
        return EVERY_ROW
    if not scope:
        return NOBODY
    units = scope.areas().filter(code=OuterRef("area_code"), validity__contains=OuterRef("area_on"))
    return Q(Exists(units))


AREA_CHANGE = "area_change"


def propose_area_change(*, operation: Operation, by: User, at: datetime, reason: str) -> Proposal:
    """What the operation would do now waits for a second person. Raises ChangeRefusedError when the change cannot be,
    PermissionDenied, and ProposalRefusedError as ``propose``."""
    plan = plan_change(operation)
    check_may_propose(plan, by, day=timezone.localdate(at))
    return propose(
        kind=AREA_CHANGE, subject=plan.sentences[0], payload=operation.to_json(), summary=told(plan), digest=plan.digest,
        area_code=plan.area_code, area_on=plan.area_on, by=by, at=at, reason=reason,
    )  # fmt: skip


def paper_at_hand(user: User, *, day: date) -> Operation | None:
    """The change this person proposed last, if today: one resolution holds many changes, and its paper is the same."""
    last = Proposal.objects.filter(kind=AREA_CHANGE, proposed_by=user).order_by("-proposed_at", "-pk").first()
    today = last is not None and timezone.localdate(last.proposed_at) == day
    return Operation.from_json(last.payload) if last is not None and today else None


def told(plan: ChangePlan) -> list[str]:
    """The change itself and what follows it, as the proposer sees it before he proposes."""
    return [*plan.sentences, *(sentence for follower in followers() for sentence in follower.preview(plan))]


def check_may_propose(plan: ChangePlan, by: User, *, day: date) -> None:
    if plan.area_code and plan.area_on:
        check_may(by, "areas.propose", code=plan.area_code, on=plan.area_on, day=day)
    elif not scope_of(by, "areas.propose", day=day).nation:
        raise PermissionDenied(_("Thay đổi này chạm tới nhiều tỉnh: người đề nghị phải có quyền trên toàn quốc."))


def _apply_area_change(proposal: Proposal, by: User, at: datetime) -> None:
    try:
        apply_change(
            Operation.from_json(proposal.payload), by=by, at=at, reason=proposal.reason, expected=proposal.digest
        )
    except ChangeRefusedError as refused:
        raise ProposalRefusedError(str(refused)) from refused


def _describe_area_change(proposal: Proposal) -> Preview:
    """The paper behind it. While it waits: what it would do to the map of today, or why it no longer can be done."""
    operation = Operation.from_json(proposal.payload)
    context = {"operation": operation, "proposer": proposal.proposed_by_id}
    if proposal.state != State.WAITING:
        return Preview(PREVIEW, context)
    try:
        plan = plan_change(operation)
    except ChangeRefusedError as refused:
        return Preview(PREVIEW, context, refusals=[problem.message for problem in refused.problems])
    changed = () if plan.digest == proposal.digest else (str(CHANGED_SINCE),)
    return Preview(PREVIEW, context | {"plan": plan}, refusals=changed)


PREVIEW = "households/approval_area_change.html"


def register() -> None:
    """Called once, when the app is ready."""
    register_kind(
        ApprovalKind(
            code=AREA_CHANGE,
            title=gettext_lazy("Thay đổi đơn vị hành chính"),
            deciders=gettext_lazy(
                "Cần người khác giữ quyền “Duyệt thay đổi đơn vị hành chính” trên đơn vị bao trùm mọi đơn vị có thay đổi."
            ),
            readable=lambda user, day: in_scope(user, "areas.propose", "areas.approve", "records.read", day=day),
            decidable=lambda user, day: in_scope(user, "areas.approve", day=day),
            apply=_apply_area_change,
            describe=_describe_area_change,
        )
    )
