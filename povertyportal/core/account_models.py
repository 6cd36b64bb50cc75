"""What belongs to one account and to nobody else: its codes, its old passwords, its sessions, a form it could not send."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_otp.models import Device, DeviceManager

from povertyportal.core.history import tracked


@tracked(exclude=["sealed_key", "last_step"])
class CodeDevice(Device):
    """The application that shows somebody's one-time codes (RFC 6238). One an account; its key is never stored in the clear.

    ``last_step`` is the time step of the newest code taken: no code is taken twice.
    """

    user = models.ForeignKey("core.User", models.PROTECT, related_name="+", verbose_name=_("tài khoản"))
    sealed_key = models.BinaryField()
    last_step = models.BigIntegerField(default=-1)
    made_at = models.DateTimeField(_("lúc gắn"))

    objects: ClassVar[models.Manager["CodeDevice"]] = DeviceManager()

    class Meta:
        verbose_name = _("ứng dụng mã xác thực")
        verbose_name_plural = _("ứng dụng mã xác thực")
        constraints: ClassVar = [models.UniqueConstraint(fields=["user"], name="one_code_device")]


@tracked(exclude=["fingerprint"])
class RecoveryCode(models.Model):
    """A code on paper for the day the phone is lost. Taken once; only its keyed hash is stored."""

    user = models.ForeignKey("core.User", models.PROTECT, related_name="recovery_codes", verbose_name=_("tài khoản"))
    fingerprint = models.BinaryField()
    made_at = models.DateTimeField(_("lúc lập"))
    used_at = models.DateTimeField(_("lúc dùng"), null=True, blank=True)

    class Meta:
        verbose_name = _("mã dự phòng")
        verbose_name_plural = _("mã dự phòng")
        indexes: ClassVar = [models.Index(fields=["user"], condition=Q(used_at=None), name="recovery_codes_left")]


class UsedPassword(models.Model):
    """The hash of a password somebody once had. Append-only."""

    user = models.ForeignKey("core.User", models.PROTECT, related_name="used_passwords")
    password = models.CharField(max_length=128)
    set_at = models.DateTimeField()

    class Meta:
        verbose_name = _("mật khẩu đã dùng")
        verbose_name_plural = _("mật khẩu đã dùng")
        indexes: ClassVar = [models.Index(fields=["user", "-set_at"], name="passwords_newest_first")]


class OpenSession(models.Model):
    """A sign-in and what became of it. The browser's session names this row; a row that ended lets nobody in any more."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey("core.User", models.PROTECT, related_name="open_sessions")
    started_at = models.DateTimeField()
    active_at = models.DateTimeField()  # the last time somebody did something, not the last request
    locked_at = models.DateTimeField(null=True)
    wrong_unlocks = models.PositiveSmallIntegerField(default=0)
    second_factor = models.BooleanField(default=False)
    address = models.CharField(max_length=64, blank=True)
    user_agent = models.CharField(max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("phiên đăng nhập")
        verbose_name_plural = _("phiên đăng nhập")
        indexes: ClassVar = [
            models.Index(fields=["user"], condition=Q(ended_at=None), name="sessions_still_open"),
        ]


class KeptForm(models.Model):
    """A form sent after the screen was locked or the session had run out: kept sealed until its sender is back."""

    user = models.OneToOneField("core.User", models.PROTECT, primary_key=True, related_name="kept_form")
    sent_at = models.DateTimeField()
    path = models.CharField(max_length=2000)
    content_type = models.CharField(max_length=300)
    sealed_body = models.BinaryField()

    class Meta:
        verbose_name = _("biểu mẫu chờ gửi lại")
        verbose_name_plural = _("biểu mẫu chờ gửi lại")
