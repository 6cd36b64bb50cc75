from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from povertyportal.core.history import tracked


class State(models.TextChoices):
    WAITING = "waiting", _("chờ duyệt")
    APPROVED = "approved", _("đã duyệt")
    DECLINED = "declined", _("không duyệt")
    WITHDRAWN = "withdrawn", _("đã rút")


@tracked()
class Proposal(models.Model):
    """Something one person asks and another decides. What was asked never changes, a decision is made once (trigger).

    ``area_code`` and ``area_on`` name the unit whose people may read it (code plus date); both empty: the whole nation.
    ``digest`` is that of what the proposer saw; the kind compares it when it is carried out.
    """

    kind = models.CharField(_("loại đề nghị"), max_length=40)
    subject = models.CharField(_("nội dung đề nghị"), max_length=300)
    payload = models.JSONField(_("dữ liệu đề nghị"))
    digest = models.CharField(_("mã kiểm tra"), max_length=64)
    summary = models.JSONField(_("các thay đổi"), default=list)
    area_code = models.CharField(_("mã địa bàn"), max_length=20, blank=True, db_collation="C")
    area_on = models.DateField(_("theo địa giới ngày"), null=True, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="proposals", verbose_name=_("người đề nghị")
    )
    proposed_at = models.DateTimeField(_("lúc đề nghị"))
    reason = models.CharField(_("lý do đề nghị"), max_length=1000)
    state = models.CharField(_("trạng thái"), max_length=10, choices=State, default=State.WAITING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("người quyết định")
    )
    decided_at = models.DateTimeField(_("lúc quyết định"), null=True)
    note = models.CharField(_("ý kiến khi quyết định"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("đề nghị chờ người thứ hai duyệt")
        verbose_name_plural = _("đề nghị chờ người thứ hai duyệt")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="waiting", decided_by=None, decided_at=None, note="")
                | Q(state__in=["approved", "declined"], decided_by__isnull=False, decided_at__gte=F("proposed_at"))
                | Q(state="withdrawn", decided_by=F("proposed_by"), decided_at__gte=F("proposed_at")),
                name="proposal_decision_complete",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "declined"]) | ~Q(decided_by=F("proposed_by")),
                name="proposal_decided_by_another",
            ),
            models.CheckConstraint(condition=~Q(state="declined") | ~Q(note=""), name="proposal_declined_with_reason"),
            models.CheckConstraint(
                condition=~Q(kind="") & ~Q(subject="") & ~Q(reason="") & ~Q(digest=""), name="proposal_texts_given"
            ),
            models.CheckConstraint(
                condition=Q(area_code="", area_on=None) | (~Q(area_code="") & Q(area_on__isnull=False)),
                name="proposal_area_with_its_day",
            ),
            models.UniqueConstraint(
                fields=["kind", "digest"], condition=Q(state="waiting"), name="proposal_asked_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "proposed_at"], name="proposal_by_state"),
            models.Index(fields=["area_code"], name="proposal_by_area"),
        ]

    def __str__(self) -> str:
        return self.subject


class SignInKind(models.TextChoices):
    """What happened at the door."""

    SIGNED_IN = "signed_in", _("đăng nhập")
    WRONG_PASSWORD = "wrong_password", _("sai mật khẩu hoặc tên đăng nhập")
    WRONG_CODE = "wrong_code", _("sai mã xác thực")
    LOCKED_OUT = "locked_out", _("bị từ chối vì đang khóa")
    CLOSED = "closed", _("tài khoản không hoạt động")
    SIGNED_OUT = "signed_out", _("đăng xuất")
    IDLE_LOCKED = "idle_locked", _("khóa màn hình do không thao tác")
    UNLOCKED = "unlocked", _("mở khóa màn hình")
    SESSION_ENDED = "session_ended", _("phiên bị kết thúc")
    RECOVERY_CODE = "recovery_code", _("dùng mã dự phòng")
    LOCK_LIFTED = "lock_lifted", _("người quản trị bỏ chặn đăng nhập")


class SignInRecord(models.Model):
    """One event at the door. Append-only. ``username`` is as typed: an unknown name has no ``user``."""

    at = models.DateTimeField(_("lúc"))
    kind = models.CharField(_("sự kiện"), max_length=20, choices=SignInKind)
    username = models.CharField(_("tên đăng nhập đã gõ"), max_length=150)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="sign_ins", verbose_name=_("tài khoản")
    )
    address = models.CharField(_("địa chỉ máy trạm"), max_length=64, blank=True)
    host = models.CharField(_("máy chủ nhận"), max_length=255, blank=True)
    user_agent = models.CharField(_("trình duyệt"), max_length=300, blank=True)
    detail = models.CharField(_("chi tiết"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("lượt đăng nhập")
        verbose_name_plural = _("lượt đăng nhập")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=SignInKind.values), name="sign_in_kind_known"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["at"], name="sign_in_by_time"),
            models.Index(fields=["user", "at"], name="sign_in_by_user"),
        ]

    def __str__(self) -> str:
        return f"{self.username}: {self.get_kind_display()}"


class DisplayRecord(models.Model):
    """Somebody was shown, or took away in a file, what is not shown to everybody. Append-only.

    ``subject_kind`` and ``subject_id`` name the object ("person", "history"), ``field`` what of it ("identity_number").
    """

    at = models.DateTimeField(_("lúc"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="displays", verbose_name=_("người xem")
    )
    address = models.CharField(_("địa chỉ máy trạm"), max_length=64, blank=True)
    subject_kind = models.CharField(_("loại đối tượng"), max_length=40)
    subject_id = models.CharField(_("đối tượng"), max_length=64)
    field = models.CharField(_("nội dung xem"), max_length=60)
    purpose = models.CharField(_("mục đích"), max_length=1000)
    area_code = models.CharField(_("mã địa bàn"), max_length=20, blank=True, db_collation="C")
    area_on = models.DateField(_("theo địa giới ngày"), null=True, blank=True)

    class Meta:
        verbose_name = _("lượt xem, xuất dữ liệu")
        verbose_name_plural = _("lượt xem, xuất dữ liệu")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(subject_kind="") & ~Q(field="") & Q(purpose__regex=r"\S"), name="display_told"
            ),
            models.CheckConstraint(
                condition=Q(area_code="", area_on=None) | (~Q(area_code="") & Q(area_on__isnull=False)),
                name="display_area_with_its_day",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["at"], name="display_by_time"),
            models.Index(fields=["user", "at"], name="display_by_user"),
            models.Index(fields=["subject_kind", "subject_id"], name="display_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.subject_kind} {self.subject_id}"
