"""As whom a command acts."""

from django.core.management.base import CommandError

from povertyportal.core.models import User

SYSTEM_USERNAME = "he-thong"


def acting_user(username: str | None) -> User:
    """The named account, or the system's own, which cannot sign in. Raises CommandError for an unknown or closed account."""
    if username is None:
        user, created = User.objects.get_or_create(username=SYSTEM_USERNAME, defaults={"full_name": "Hệ thống"})
        if created:
            user.set_unusable_password()
            user.save(update_fields=["password"])
        return user
    try:
        return User.objects.get(username=username, is_active=True)
    except User.DoesNotExist as error:
        raise CommandError(
            f"Không có tài khoản đang hoạt động tên {username!r}: ghi đúng tên đăng nhập sau --by."
        ) from error
