"""Phiếu A, Phiếu B and Phụ lục VIII of a household in a round: who has it, what was typed, how it came, what follows.

What was typed is one flat mapping, field name → list of texts, with the names of ``criteria.questionnaire`` and those of
``surveys.sheets``. A personal number is never in it: its field holds the key of the sealed number.
"""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from households.registry.models import Household
from households.surveys.models import SurveyRound
from povertyportal.core.history import tracked


class Why(models.TextChoices):
    """Why a household stands on the list (Phụ lục I), which says what is asked of it."""

    POOR = "poor", _("đang quản lý: hộ nghèo")
    NEAR_POOR = "near_poor", _("đang quản lý: hộ cận nghèo")
    REQUEST = "request", _("hộ có giấy đề nghị rà soát (Mẫu 01)")
    FOUND = "found", _("hộ phát hiện thêm khi rà soát")
    ESCAPE = "escape", _("hộ đề nghị công nhận thoát nghèo, thoát cận nghèo (Mẫu 04)")
    AVERAGE = "average", _("hộ đề nghị xác định có mức sống trung bình (Mẫu 01)")
    WORKER = "worker", _("người lao động có thu nhập thấp")


class State(models.TextChoices):
    WAITING = "waiting", _("chờ nhập")
    TYPING = "typing", _("đang nhập")
    HANDED = "handed", _("chờ công chức xã")
    DONE = "done", _("đã xong")
    RETURNED = "returned", _("bị trả lại")
    DROPPED = "dropped", _("không rà soát")


OPEN_STATES = (State.WAITING, State.TYPING, State.HANDED, State.RETURNED)


def _who(title: Any, *, optional: bool = True) -> "models.ForeignKey[Any]":
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=optional, related_name="+", verbose_name=title
    )


@tracked()
class SurveyForm(models.Model):
    """A household's form in a round. ``area_code``: the village (or commune) where it lived when it was listed, on the map
    of the round's ``area_on``. ``due``: by when it is wanted, without it the round's last day. A dropped one may stand beside
    another of the household."""

    round = models.ForeignKey(SurveyRound, models.PROTECT, related_name="forms", verbose_name=_("đợt rà soát"))
    household = models.ForeignKey(Household, models.PROTECT, related_name="forms", verbose_name=_("hộ"))
    why = models.CharField(_("vì sao rà soát"), max_length=9, choices=Why)
    area_code = models.CharField(_("mã thôn hoặc xã"), max_length=20, db_collation="C")
    state = models.CharField(_("tình trạng"), max_length=8, choices=State, default=State.WAITING)
    assigned_to = _who(_("người nhập"))
    due = models.DateField(_("hạn nhập"), null=True)
    listed_by = _who(_("người đưa vào danh sách"), optional=False)
    listed_at = models.DateTimeField(_("lúc đưa vào danh sách"))
    done_by = _who(_("người hoàn thành"))
    done_at = models.DateTimeField(_("lúc hoàn thành"), null=True)
    returned_by = _who(_("người trả lại"))
    returned_at = models.DateTimeField(_("lúc trả lại"), null=True)
    remark = models.CharField(
        _("vì sao trả lại, chuyển, không rà soát"), max_length=400, blank=True, default="", db_default=""
    )
    invented = models.BooleanField(_("dữ liệu minh họa"), default=False, db_default=False)

    class Meta:
        verbose_name = _("phiếu rà soát")
        verbose_name_plural = _("phiếu rà soát")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["round", "household"],
                condition=~Q(state=State.DROPPED),
                name="form_once_in_a_round",
                violation_error_message=_("Hộ này đã có phiếu trong đợt rà soát."),
            ),
            models.CheckConstraint(condition=Q(why__in=Why.values), name="form_why_known"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="form_state_known"),
            models.CheckConstraint(
                condition=~Q(state=State.DONE) | Q(done_at__isnull=False, done_by__isnull=False), name="form_done_by"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.RETURNED, State.DROPPED]) | Q(remark__regex=r"\S"),
                name="form_remark_told",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["round", "area_code", "state"], name="form_by_area"),
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.household}"


class SurveySheet(models.Model):
    """What stands on the form now; ``SurveySave`` says how it came. ``version`` counts the saves that changed something.

    ``conflicts``: field → values that were refused because somebody else had written another meanwhile, each
    {"value": [...], "by": user's key, "at": ISO, "save": key}; they stay until somebody decides.
    """

    form = models.OneToOneField(SurveyForm, models.PROTECT, primary_key=True, related_name="sheet")
    answers = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    conflicts = models.JSONField(default=dict)
    saved_by = _who(_("người lưu cuối"))
    saved_at = models.DateTimeField(_("lúc lưu cuối"), null=True)

    class Meta:
        verbose_name = _("nội dung phiếu rà soát")
        verbose_name_plural = _("nội dung phiếu rà soát")

    def __str__(self) -> str:
        return str(self.form_id)


class SurveySave(models.Model):
    """One save, append-only: the history of a form's answers. ``key``: given by the page, so that a save that is sent again is
    stored once. ``changes``: [{"name", "from", "to"}] that were applied; ``refused``: the same, that were not.
    ``version``: of the sheet afterwards."""

    form = models.ForeignKey(SurveyForm, models.PROTECT, related_name="saves", verbose_name=_("phiếu"))
    key = models.UUIDField(unique=True)
    base = models.PositiveIntegerField()
    version = models.PositiveIntegerField()
    changes = models.JSONField(default=list)
    refused = models.JSONField(default=list)
    by = _who(_("người lưu"), optional=False)
    at = models.DateTimeField(_("lúc lưu"))

    class Meta:
        verbose_name = _("lần lưu phiếu")
        verbose_name_plural = _("lần lưu phiếu")
        indexes: ClassVar = [models.Index(fields=["form", "version"], name="save_by_version")]

    def __str__(self) -> str:
        return f"{self.form_id} {self.version}"


class SurveyPresence(models.Model):
    """Who has a form open, as last heard of."""

    form = models.ForeignKey(SurveyForm, models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("người đang mở phiếu")
        verbose_name_plural = _("người đang mở phiếu")
        constraints: ClassVar = [models.UniqueConstraint(fields=["form", "user"], name="presence_once")]

    def __str__(self) -> str:
        return f"{self.form_id} {self.user_id}"


class SurveyResult(models.Model):
    """What a standard made of the answers when the form was finished, append-only: the newest of a standard counts.

    ``purpose``: the field of the round that binds the standard ("closing", "opening", "local_closing", "local_opening");
    ``on``: the day ages were counted to; ``area_type``, ``variant``, ``table_digest``: what else the class hung on;
    ``result``: the engine's, as ``manage.py classify`` prints it. ``klass`` is "" where the answers left it open.
    """

    form = models.ForeignKey(SurveyForm, models.PROTECT, related_name="results", verbose_name=_("phiếu"))
    purpose = models.CharField(max_length=13)
    standard = models.CharField(_("mã chuẩn nghèo"), max_length=40)
    digest = models.CharField(max_length=64)
    table_digest = models.CharField(max_length=64, blank=True)
    area_type = models.CharField(max_length=8)
    variant = models.CharField(max_length=10, blank=True)
    on = models.DateField(_("ngày rà soát"))
    version = models.PositiveIntegerField(_("theo lần lưu"))
    klass = models.CharField(_("phân loại tính được"), max_length=12, blank=True, db_column="class")
    result = models.JSONField()
    by = _who(_("người hoàn thành"), optional=False)
    at = models.DateTimeField(_("lúc hoàn thành"))

    class Meta:
        verbose_name = _("kết quả phân loại")
        verbose_name_plural = _("kết quả phân loại")
        indexes: ClassVar = [models.Index(fields=["form", "purpose"], name="result_by_form")]

    def __str__(self) -> str:
        return f"{self.form_id} {self.standard} {self.klass}"


class ConfirmedQuestion(models.Model):
    """An unlikely answer that somebody stood by, with the reason; append-only. ``fingerprint``: of the values that were asked
    about; when they change the question comes again."""

    form = models.ForeignKey(SurveyForm, models.PROTECT, related_name="confirmed", verbose_name=_("phiếu"))
    check_name = models.CharField(_("điều kiểm tra"), max_length=60)
    field = models.CharField(_("ô"), max_length=80, blank=True)
    fingerprint = models.CharField(max_length=64)
    reason = models.CharField(_("lý do"), max_length=400)
    by = _who(_("người xác nhận"), optional=False)
    at = models.DateTimeField(_("lúc xác nhận"))

    class Meta:
        verbose_name = _("điều đã xác nhận")
        verbose_name_plural = _("điều đã xác nhận")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(reason__regex=r"\S"), name="confirmed_for_a_reason"),
        ]
        indexes: ClassVar = [models.Index(fields=["form", "check_name"], name="confirmed_by_form")]

    def __str__(self) -> str:
        return f"{self.form_id} {self.check_name}"
