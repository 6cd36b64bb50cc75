"""Accounts of a demonstration are known by the reason for which the system gave them their role; nobody can give that one."""

from households.access.models import Grant
from povertyportal.core.accounts import SYSTEM_USERNAME
from povertyportal.core.models import User

REASON = "Tài khoản minh họa"


def is_demonstration(user: User) -> bool:
    return Grant.objects.filter(user=user, reason=REASON, given_by__username=SYSTEM_USERNAME).exists()
