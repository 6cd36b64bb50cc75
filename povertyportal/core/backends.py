from typing import Any

from django.contrib.auth.backends import ModelBackend

from povertyportal.core.models import User


class PasswordBackend(ModelBackend):
    """Knows who somebody is, never what he may do: rights come from grants (households.access.backend)."""

    def user_can_authenticate(self, user: Any) -> bool:
        """A closed account's owner who knows the password is told that it is closed (SignInForm); he does not get in."""
        return True

    def get_user(self, user_id: Any) -> User | None:
        user = super().get_user(user_id)
        return user if isinstance(user, User) and user.is_active else None

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        return set()

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        return False

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        return False
