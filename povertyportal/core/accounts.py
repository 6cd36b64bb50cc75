"""Making, closing and opening accounts. Whether somebody may do so to whom, the caller has checked (households.access)."""

import re
from datetime import datetime

from django.core.management.base import CommandError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from povertyportal.core import second_factor
from povertyportal.core.account_models import OpenSession, UsedPassword
from povertyportal.core.history import acting
from povertyportal.core.lockout import forget_failures
from povertyportal.core.models import AccountStatus, User
from povertyportal.core.passwords import is_strong_alone, temporary_password
from povertyportal.core.sessions import end_sessions
from povertyportal.core.signals import sign_in_event

SYSTEM_USERNAME = "he-thong"
USERNAME = re.compile(r"[a-z][a-z0-9]*([._-][a-z0-9]+)*")
SHORTEST_NAME, LONGEST_NAME = 3, 40


class AccountRefused(Exception):
    """A sentence for the person who asked; ``field`` is the form's field it belongs to, or empty."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


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


def make_account(
    *, username: str, full_name: str, email: str = "", phone: str = "", by: User, at: datetime, reason: str
) -> tuple[User, str]:
    """The account and its first password, which is shown once and changed at the first sign-in. Raises AccountRefused."""
    username, full_name = username.strip(), " ".join(full_name.split())
    if not USERNAME.fullmatch(username) or not SHORTEST_NAME <= len(username) <= LONGEST_NAME:
        raise AccountRefused(
            _(
                "Tên đăng nhập %(name)s không dùng được: cần 3–40 chữ thường không dấu, chữ số, "
                "có thể nối bằng dấu chấm, gạch ngang; bắt đầu bằng chữ cái. Ví dụ: nong.bich.dao"
            )
            % {"name": f"“{username[:40]}”"},
            "username",
        )
    if not full_name:
        raise AccountRefused(_("Hãy ghi họ và tên của cán bộ."), "full_name")
    user = User(username=username, full_name=full_name, email=email, phone=phone, date_joined=at)
    try:
        with transaction.atomic(), acting(by=by, reason=reason):
            password = _give_temporary_password(user, at=at)
    except IntegrityError as error:
        raise AccountRefused(_("Tên đăng nhập này đã có người dùng. Hãy chọn tên khác."), "username") from error
    return user, password


def suspend(*, user: User, by: User, at: datetime, reason: str) -> None:
    """Closed for a while; all its sessions end. Raises AccountRefused."""
    _close(user, AccountStatus.SUSPENDED, by=by, at=at, reason=reason)


def end_account(*, user: User, by: User, at: datetime, reason: str) -> None:
    """Closed for good: somebody who comes back gets a new account. Raises AccountRefused."""
    _close(user, AccountStatus.ENDED, by=by, at=at, reason=reason)


def close_unused(*, user: User, by: User, at: datetime, reason: str) -> None:
    """Closed because nobody has signed in for long. Raises AccountRefused."""
    _close(user, AccountStatus.DORMANT, by=by, at=at, reason=reason)


@transaction.atomic
def resume(*, user: User, by: User, at: datetime, reason: str) -> None:
    """Open a suspended or dormant account again. Raises AccountRefused."""
    row = _held(user)
    if row.status == AccountStatus.ACTIVE:
        raise AccountRefused(_("Tài khoản %(name)s đang hoạt động rồi.") % {"name": row.username})
    _save(row, AccountStatus.ACTIVE, by=by, reason=reason, reopened_at=at)
    user.refresh_from_db()


@transaction.atomic
def unlock(*, user: User, by: User, at: datetime, reason: str) -> bool:
    """Let the name be tried again before its twelve hours are over. Whether it was locked or near it."""
    had_failures = forget_failures(user.username)
    detail = _("%(by)s: %(reason)s") % {"by": by.username, "reason": reason}
    sign_in_event.send(sender=User, request=None, kind="lock_lifted", username=user.username, user=user, detail=detail)
    return had_failures


@transaction.atomic
def reset_password(*, user: User, by: User, at: datetime, reason: str) -> str:
    """A new first password, shown once; all sessions end. Raises AccountRefused for a closed account."""
    row = _held(user)
    _check_open(row)
    with acting(by=by, reason=reason):
        password = _give_temporary_password(row, at=at)
        end_sessions(row, at=at, why=_("Mật khẩu được cấp lại"))
    forget_failures(row.username)
    user.refresh_from_db()
    return password


@transaction.atomic
def reset_second_factor(*, user: User, by: User, at: datetime, reason: str) -> None:
    """For a lost phone: the application is detached; a password that was short because of it is changed at the next sign-in."""
    row = _held(user)
    with acting(by=by, reason=reason):
        second_factor.remove(user=row, at=at, by=by, reason=reason)
        row.must_change_password = True
        row.save(update_fields=["must_change_password"])
        end_sessions(row, at=at, why=_("Ứng dụng mã xác thực được gỡ"))
    user.refresh_from_db()


@transaction.atomic
def change_password(*, user: User, password: str, at: datetime, keep: OpenSession | None) -> None:
    """The owner's own choice, which has passed the rules; his other sessions end."""
    with acting(by=user, reason=_("Tự đổi mật khẩu")):
        user.set_password(password)
        user.password_changed_at, user.must_change_password = at, False
        user.save(update_fields=["password", "password_changed_at", "must_change_password"])
        UsedPassword.objects.create(user=user, password=user.password, set_at=at)
    end_sessions(user, at=at, why=_("Mật khẩu đã đổi"), but=keep)


@transaction.atomic
def detach_second_factor(*, user: User, password: str, at: datetime) -> None:
    """By the owner, whose role does not ask for one. A password too weak to stand alone is changed next."""
    reason = _("Tự gỡ ứng dụng mã xác thực")
    second_factor.remove(user=user, at=at, by=user, reason=reason)
    if is_strong_alone(password):
        return
    user.must_change_password = True
    with acting(by=user, reason=reason):
        user.save(update_fields=["must_change_password"])


def _give_temporary_password(user: User, *, at: datetime) -> str:
    password = temporary_password()
    user.set_password(password)
    user.password_changed_at, user.must_change_password = at, True
    user.save()
    UsedPassword.objects.create(user=user, password=user.password, set_at=at)
    return password


@transaction.atomic
def _close(user: User, status: AccountStatus, *, by: User, at: datetime, reason: str) -> None:
    row = _held(user)
    if row.status == status:
        raise AccountRefused(
            _("Tài khoản %(name)s ở tình trạng “%(status)s” rồi.")
            % {"name": row.username, "status": row.get_status_display()}
        )
    _save(row, status, by=by, reason=reason)
    end_sessions(row, at=at, why=reason)
    user.refresh_from_db()


def _save(row: User, status: AccountStatus, *, by: User, reason: str, reopened_at: datetime | None = None) -> None:
    row.status, row.is_active = status, status == AccountStatus.ACTIVE
    row.reopened_at = reopened_at or row.reopened_at
    with acting(by=by, reason=reason):
        row.save(update_fields=["status", "is_active", "reopened_at"])


def _held(user: User) -> User:
    """The row, held until the transaction ends. Raises AccountRefused for an ended account and for the system's own."""
    row = User.objects.select_for_update().get(pk=user.pk)
    if row.username == SYSTEM_USERNAME:
        raise AccountRefused(_("Tài khoản của hệ thống không thay đổi được."))
    if row.status == AccountStatus.ENDED:
        raise AccountRefused(
            _("Tài khoản %(name)s đã kết thúc và không mở lại được: hãy lập tài khoản mới.") % {"name": row.username}
        )
    return row


def _check_open(row: User) -> None:
    if not row.is_active:
        raise AccountRefused(
            _("Tài khoản %(name)s đang “%(status)s”: hãy mở lại trước, rồi cấp lại mật khẩu.")
            % {"name": row.username, "status": row.get_status_display()}
        )
