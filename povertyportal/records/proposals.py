"""The rule of two persons: one proposes, another decides, and what was approved is carried out in the same transaction."""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from povertyportal.core.history import acting
from povertyportal.core.models import User
from povertyportal.records.kinds import ApprovalKind, Preview, ProposalRefusedError, kind_of, kinds, register_kind
from povertyportal.records.models import Proposal, State

__all__ = ["ApprovalKind", "Preview", "ProposalRefusedError", "kind_of", "register_kind"]

NOBODY = Q(pk__in=[])
LONGEST_REASON = 1000  # as the column


def digest_of(payload: Any) -> str:
    """The same for the same content, whatever the order of its keys."""
    text = json.dumps(payload, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def propose(
    *,
    kind: str,
    subject: str,
    payload: Any,
    summary: Sequence[str],
    area_code: str,
    area_on: date | None,
    by: User,
    at: datetime,
    reason: str,
    digest: str = "",
) -> Proposal:
    """``summary``: the sentences the proposer saw. ``area_code`` with ``area_on`` (a day of the map): the unit that holds
    all it touches, empty with None for the nation. ``digest``: of the plan shown; without it, of the payload.

    Raises ProposalRefusedError without a reason, or when the same waits already.
    """
    kind_of(kind)
    if not reason.strip():
        raise ProposalRefusedError(
            _("Còn thiếu lý do: hãy ghi vì sao đề nghị, để người duyệt và người đọc sau này biết.")
        )
    if len(reason.strip()) > LONGEST_REASON:
        told = {"most": LONGEST_REASON}
        raise ProposalRefusedError(_("Lý do dài quá %(most)s ký tự; hãy viết gọn lại.") % told)
    row = Proposal(
        kind=kind, subject=subject[:300], payload=payload, digest=digest or digest_of(payload), summary=list(summary),
        area_code=area_code, area_on=area_on, proposed_by=by, proposed_at=at, reason=reason.strip(),
    )  # fmt: skip
    try:
        with acting(by=by, reason=f"Đề nghị: {row.reason}"), transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        if "proposal_asked_once" not in str(error):
            raise
        raise ProposalRefusedError(_("Đề nghị giống hệt đang chờ duyệt rồi; xem trong trang Chờ duyệt.")) from error
    return row


def approve(*, proposal: Proposal, by: User, at: datetime, note: str = "") -> Proposal:
    """Carries the proposal out, all or nothing. Raises PermissionDenied, or ProposalRefusedError when it was decided
    meanwhile or can no longer be carried out: then it goes on waiting."""
    reason = f"Duyệt đề nghị số {proposal.pk}: {proposal.reason}"
    with acting(by=by, reason=reason), transaction.atomic():
        row = _waiting(proposal)
        check_may_decide(row, by, day=_day(at))
        decided = _decide(row, State.APPROVED, by=by, at=at, note=note)
        kind_of(row.kind).apply(row, by, at)
    return decided


def decline(*, proposal: Proposal, by: User, at: datetime, note: str) -> Proposal:
    """Raises PermissionDenied, or ProposalRefusedError without a note or when it was decided meanwhile."""
    if not note.strip():
        raise ProposalRefusedError(_("Còn thiếu ý kiến: hãy ghi vì sao không duyệt, để người đề nghị biết cần sửa gì."))
    with acting(by=by, reason=f"Không duyệt đề nghị số {proposal.pk}: {note.strip()}"), transaction.atomic():
        row = _waiting(proposal)
        check_may_decide(row, by, day=_day(at))
        return _decide(row, State.DECLINED, by=by, at=at, note=note)


def withdraw(*, proposal: Proposal, by: User, at: datetime, note: str = "") -> Proposal:
    """Only who proposed. Raises PermissionDenied, or ProposalRefusedError when it was decided meanwhile."""
    with (
        acting(by=by, reason=f"Rút đề nghị số {proposal.pk}: {note.strip() or 'người đề nghị rút'}"),
        transaction.atomic(),
    ):
        row = _waiting(proposal)
        if row.proposed_by_id != by.pk:
            raise PermissionDenied(_("Chỉ người đề nghị mới rút được; người khác thì ghi ý kiến không duyệt."))
        return _decide(row, State.WITHDRAWN, by=by, at=at, note=note)


def check_may_decide(proposal: Proposal, by: User, *, day: date) -> None:
    """Raises PermissionDenied with a sentence."""
    if proposal.proposed_by_id == by.pk:
        raise PermissionDenied(_("Đề nghị này do chính bạn lập: người duyệt phải là người khác."))
    kind = kind_of(proposal.kind)
    if not Proposal.objects.filter(kind.decidable(by, day), pk=proposal.pk).exists():
        raise PermissionDenied(_("Bạn không quyết định được đề nghị này. %(who)s") % {"who": kind.deciders})


def can_decide(proposal: Proposal, by: User, *, day: date) -> bool:
    try:
        check_may_decide(proposal, by, day=day)
    except PermissionDenied:
        return False
    return proposal.state == State.WAITING


def readable_by(user: User, *, day: date) -> QuerySet[Proposal]:
    """What the account may read: its own proposals, and those its grants of the day reach."""
    allowed = _allowed(((kind.code, kind.readable) for kind in kinds()), user, day)
    return Proposal.objects.filter(allowed | Q(proposed_by=user)).select_related("proposed_by", "decided_by")


def waiting_for(user: User, *, day: date) -> QuerySet[Proposal]:
    """What waits for this account's decision, oldest first."""
    allowed = _allowed(((kind.code, kind.decidable) for kind in kinds()), user, day)
    waiting = Proposal.objects.filter(allowed, state=State.WAITING).exclude(proposed_by=user)
    return waiting.select_related("proposed_by").order_by("proposed_at", "pk")


def _allowed(rules: Iterable[tuple[str, Callable[[User, date], Q]]], user: User, day: date) -> Q:
    """Kinds that share a rule ask it once: each asks the database how far the account's grants reach."""
    kinds_of: dict[Callable[[User, date], Q], list[str]] = {}
    for code, rule in rules:
        kinds_of.setdefault(rule, []).append(code)
    allowed = NOBODY
    for rule, codes in kinds_of.items():
        allowed |= Q(kind__in=codes) & rule(user, day)
    return allowed


def _waiting(proposal: Proposal) -> Proposal:
    """The row, locked until the transaction ends. Raises ProposalRefusedError when somebody was faster."""
    row = (
        Proposal.objects.select_for_update(of=("self",)).select_related("proposed_by", "decided_by").get(pk=proposal.pk)
    )
    if row.state != State.WAITING:
        told = {
            "state": row.get_state_display(),
            "who": row.decided_by,
            "at": timezone.localtime(row.decided_at).strftime("%H:%M %d/%m/%Y"),
        }
        raise ProposalRefusedError(_("Đề nghị này %(state)s rồi, bởi %(who)s lúc %(at)s.") % told)
    return row


def _decide(row: Proposal, state: State, *, by: User, at: datetime, note: str) -> Proposal:
    row.state, row.decided_by, row.decided_at, row.note = state, by, at, note.strip()
    row.save(update_fields=["state", "decided_by", "decided_at", "note"])
    return row


def _day(at: datetime) -> date:
    return timezone.localdate(at)
