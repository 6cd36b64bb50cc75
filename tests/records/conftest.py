"""A kind of proposal for tests: a sentence is written into somebody's telephone number by the second person."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.db.models import Q
from django.utils import timezone

from povertyportal.core.history import acting
from povertyportal.core.models import User
from povertyportal.records import kinds
from povertyportal.records.models import Proposal
from povertyportal.records.proposals import ApprovalKind, ProposalRefusedError, propose
from tests.people import account

MORNING = datetime(2026, 11, 2, 8, 0, tzinfo=timezone.get_fixed_timezone(7 * 60))
NOON = MORNING.replace(hour=12)
EVERY_ROW = Q(pk__isnull=False)


def _apply(proposal: Proposal, by: User, at: datetime) -> None:
    if proposal.payload["phone"] == "0":
        raise ProposalRefusedError("Số điện thoại này không dùng được nữa.")
    with acting(by=by, reason="a nested reason that must not win"):
        User.objects.filter(username=proposal.payload["of"]).update(phone=proposal.payload["phone"])


def _decidable(user: User, day: Any) -> Q:
    return Q(pk__in=[]) if user.username.startswith("khong-quyen") else EVERY_ROW


TEST_KIND = ApprovalKind(
    code="phone",
    title="Đổi số điện thoại",
    deciders="Người duyệt phải có quyền duyệt số điện thoại.",
    readable=_decidable,
    decidable=_decidable,
    apply=_apply,
)


@pytest.fixture
def phone_kind() -> Iterator[None]:
    kinds.register_kind(TEST_KIND)
    yield
    del kinds._kinds["phone"]


@pytest.fixture
def proposer(db: None) -> User:
    return account("lan", full_name="Nông Thị Lan")


@pytest.fixture
def leader(db: None) -> User:
    return account("hung", full_name="Hoàng Văn Hùng")


@pytest.fixture
def proposal(phone_kind: None, proposer: User) -> Proposal:
    return asked(by=proposer)


def asked(*, by: User, phone: str = "0912", **changed: Any) -> Proposal:
    told: dict[str, Any] = {
        "kind": "phone", "subject": f"Đổi số điện thoại của lan thành {phone}", "payload": {"of": "lan", "phone": phone},
        "summary": [f"lan: số điện thoại trống → {phone}"], "area_code": "", "area_on": None, "at": MORNING,
        "reason": "số cũ không còn dùng",
    }  # fmt: skip
    return propose(by=by, **(told | changed))
