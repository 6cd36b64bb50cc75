"""What an account may do today: an action is held when some grant of the day has it. Which units: ``scope``. And what follows
from somebody's roles for signing in."""

from typing import Any

from django.contrib.auth.backends import BaseBackend

from households.access.demonstration import is_demonstration
from households.access.roles import catalogue
from households.access.scope import grants_on
from povertyportal.core.account_rules import register_account_rules
from povertyportal.core.accounts import SYSTEM_USERNAME
from povertyportal.core.clock import today
from povertyportal.core.models import User


class GrantBackend(BaseBackend):
    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Raises KeyError for an action that roles.toml does not know. 1 query for each account object and day."""
        roles = catalogue().with_action(perm)
        if not isinstance(user_obj, User) or not user_obj.is_active:
            return False
        return user_obj.username == SYSTEM_USERNAME or bool(roles & roles_today(user_obj))


def roles_today(user: User) -> frozenset[str]:
    """Codes of the roles held somewhere today, by the grants kept on the account."""
    return frozenset(role for role, _reach, _area in grants_on(user, today()))


def requires_second_factor(user: User) -> bool:
    known = catalogue().roles
    return any(known[code].second_factor for code in roles_today(user) if code in known)


def is_administrator(user: User) -> bool:
    return bool(catalogue().with_action("accounts.manage") & roles_today(user))


def register() -> None:
    """Called once, when the app is ready."""
    register_account_rules(
        requires_second_factor=requires_second_factor,
        is_administrator=is_administrator,
        is_demonstration=is_demonstration,
    )
