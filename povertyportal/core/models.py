import unicodedata
import uuid
from typing import Any, ClassVar

from django.contrib import auth
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from povertyportal.core.account_models import CodeDevice, KeptForm, OpenSession, RecoveryCode, UsedPassword
from povertyportal.core.file_models import KeptFile
from povertyportal.core.history import tracked

__all__ = [
    "AccountStatus",
    "CodeDevice",
    "Job",
    "JobState",
    "KeptFile",
    "KeptForm",
    "OpenSession",
    "RecoveryCode",
    "UsedPassword",
    "User",
]


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        """Without a password the account cannot sign in. Inside ``acting`` only, as every change of an account."""
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


def composed(password: str) -> str:
    """One spelling of Vietnamese letters: keyboards send "ộ" as one character, as two or as three."""
    return unicodedata.normalize("NFC", password)


class AccountStatus(models.TextChoices):
    ACTIVE = "active", _("đang hoạt động")
    SUSPENDED = "suspended", _("tạm ngừng")
    DORMANT = "dormant", _("đóng vì lâu không dùng")
    ENDED = "ended", _("đã kết thúc")


@tracked(exclude=["password", "last_login"])
class User(AbstractBaseUser):
    """An official's account. Names are one field, as Vietnamese names are not split.

    There is no superuser: whatever an account may do, it may by a grant of the day (``has_perm`` asks the backends).
    ``core.accounts`` changes its state and its password; ``reopened_at`` is when it was last opened again.
    """

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["full_name"]

    username = models.CharField(
        _("tên đăng nhập"),
        max_length=150,
        unique=True,
        validators=[UnicodeUsernameValidator()],
        error_messages={"unique": _("Tên đăng nhập này đã có người dùng. Hãy chọn tên khác.")},
    )
    full_name = models.CharField(_("họ và tên"), max_length=150, blank=True)
    email = models.EmailField(_("thư điện tử"), blank=True)
    phone = models.CharField(_("điện thoại"), max_length=20, blank=True)
    status = models.CharField(
        _("tình trạng"), max_length=10, choices=AccountStatus, default=AccountStatus.ACTIVE, db_default="active"
    )
    is_active = models.BooleanField(_("đang hoạt động"), default=True)
    date_joined = models.DateTimeField(_("ngày lập"), default=timezone.now)
    reopened_at = models.DateTimeField(_("ngày mở lại"), null=True, blank=True)
    password_changed_at = models.DateTimeField(_("lúc đổi mật khẩu"), null=True, blank=True)
    must_change_password = models.BooleanField(_("phải đổi mật khẩu"), default=False, db_default=False)

    objects = UserManager()

    class Meta:
        verbose_name = _("tài khoản")
        verbose_name_plural = _("tài khoản")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(status="active", is_active=True)
                | Q(status__in=["suspended", "dormant", "ended"], is_active=False),
                name="account_active_by_status",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return self.username

    def set_password(self, raw_password: str | None) -> None:
        super().set_password(raw_password and composed(raw_password))

    def check_password(self, raw_password: str | None) -> bool:
        return super().check_password(raw_password and composed(raw_password))

    def has_perm(self, action: str, obj: models.Model | None = None) -> bool:
        """Whether a grant of today holds the action ("figures.read") for any unit; which units: households.access."""
        backends = (backend for backend in auth.get_backends() if hasattr(backend, "has_perm"))
        return self.is_active and any(backend.has_perm(self, action, obj) for backend in backends)


class JobState(models.TextChoices):
    QUEUED = "queued", _("đang chờ")
    RUNNING = "running", _("đang chạy")
    SUCCEEDED = "succeeded", _("đã xong")
    FAILED = "failed", _("không xong")
    CANCELLED = "cancelled", _("đã hủy")


class Job(models.Model):
    """A piece of long work. ``kind`` names its handler, ``key`` the work: asking twice for the same work makes one job.

    While it runs, its worker holds a lease that a heartbeat prolongs; a lease that ran out marks a dead worker.
    """

    UNFINISHED: ClassVar = (JobState.QUEUED, JobState.RUNNING)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=80)
    key = models.CharField(max_length=200)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=JobState, default=JobState.QUEUED)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(null=True)
    stage = models.CharField(max_length=200, blank=True)
    attempt = models.PositiveSmallIntegerField(default=0)
    cancel_requested = models.BooleanField(default=False)
    worker = models.CharField(max_length=100, blank=True)
    lease_until = models.DateTimeField(null=True)
    task_id = models.CharField(max_length=64, blank=True)
    result = models.JSONField(null=True)
    error = models.TextField(blank=True)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="jobs")
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("việc chạy nền")
        verbose_name_plural = _("việc chạy nền")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "key"],
                condition=~Q(state__in=["failed", "cancelled"]),
                name="job_asked_once",
            ),
            models.CheckConstraint(
                condition=Q(state="running", lease_until__isnull=False) | ~Q(state="running"),
                name="running_job_has_lease",
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True, state__in=["queued", "running"])
                | Q(finished_at__isnull=False, state__in=["succeeded", "failed", "cancelled"]),
                name="ended_job_has_time",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "lease_until"], name="job_by_lease")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
