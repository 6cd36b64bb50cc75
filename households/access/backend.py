"""What an account may do today: an action is held when some grant of the day has it. Which units: ``scope``."""

from typing import Any

from django.contrib.auth.backends import BaseBackend

from households.access.models import Grant
from households.access.roles import catalogue
from households.access.scope import effective
from povertyportal.core.accounts import SYSTEM_USERNAME
from povertyportal.core.clock import today
from povertyportal.core.models import User

_KEPT = "_actions_today"


class GrantBackend(BaseBackend):
    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Raises KeyError for an action that roles.toml does not know. 1 query for each account object and day."""
        roles = catalogue().with_action(perm)
        if not isinstance(user_obj, User) or not user_obj.is_active:
            return False
        return user_obj.username == SYSTEM_USERNAME or bool(roles & _roles_today(user_obj))


def _roles_today(user: User) -> frozenset[str]:
    """Kept on the object, which a request loads afresh: a menu asks a dozen times."""
    day = today()
    kept = getattr(user, _KEPT, None)
    if kept is None or kept[0] != day:
        found = effective(Grant.objects.filter(user=user), day).values_list("role", flat=True)
        kept = (day, frozenset(found))
        setattr(user, _KEPT, kept)
    return kept[1]
