"""As whom a command acts."""

from django.core.management.base import CommandError

from povertyportal.core.models import User

SYSTEM_USERNAME = "he-thong"


def system_user() -> User:
    """The system's own account, made by a migration; it cannot sign in."""
    return User.objects.get(username=SYSTEM_USERNAME)


def acting_user(username: str | None) -> User:
    """The named account, or the system's own. Raises CommandError for an unknown or closed account."""
    if username is None:
        return system_user()
    try:
        return User.objects.get(username=username, is_active=True)
    except User.DoesNotExist as error:
        raise CommandError(
            f"Không có tài khoản đang hoạt động tên {username!r}: ghi đúng tên đăng nhập sau --by."
        ) from error
