"""The review procedure of Decision 24/2021/QĐ-TTg as it was lived: a dossier of a commune in a round, its villages, their
meetings, postings and complaints, and what the superior said.

Which states there are, and what leads from one to the other, stands in ``review.procedures``; a row here keeps where it stands
and ``ReviewStep`` how it came there. What was held, posted, asked or decided is appended, never rewritten.
"""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from households.registry.codes import RecognisedClass
from households.registry.models import Household
from households.registry.places import PlaceName, named_place
from households.surveys.form_models import SurveyForm, SurveyResult
from households.surveys.models import SurveyRound
from povertyportal.core.history import tracked


def who(title: Any, *, optional: bool = False) -> "models.ForeignKey[Any]":
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=optional, related_name="+", verbose_name=title
    )


def told(*names: str, constraint: str) -> models.CheckConstraint:
    """Something stands in each of these."""
    return models.CheckConstraint(condition=Q(**{f"{name}__regex": r"\S" for name in names}), name=constraint)


class IntakeKind(models.TextChoices):
    REVIEW = "review", _("Mẫu 01: đề nghị rà soát hộ nghèo, hộ cận nghèo")
    AVERAGE = "average", _("Mẫu 01: đề nghị xác định hộ có mức sống trung bình")
    ESCAPE = "escape", _("Mẫu 04: đề nghị công nhận hộ thoát nghèo, hộ thoát cận nghèo")
    WORKER = "worker", _("đề nghị xác định người lao động có thu nhập thấp")


class IntakeState(models.TextChoices):
    RECEIVED = "received", _("đã nhận")
    LISTED = "listed", _("đã đưa vào danh sách rà soát")
    REFUSED = "refused", _("đã trả lời không giải quyết")
    WITHDRAWN = "withdrawn", _("người đề nghị rút đơn")


@tracked()
class Intake(models.Model):
    """A household's paper as it was received (Mẫu 01, Mẫu 04): a number in the commune's register of the year, and what became
    of it. ``household``, ``form``: once it is known whose it is and it stands on a list. ``due_on``: the day that the receipt
    promises, which does not move afterwards; None where the paper was taken in before the receipt named a day."""

    kind = models.CharField(_("loại giấy"), max_length=7, choices=IntakeKind)
    commune_code = models.CharField(_("mã xã"), max_length=20, db_collation="C")
    year = models.PositiveSmallIntegerField(_("năm"))
    number = models.PositiveIntegerField(_("số trong sổ nhận"))
    received_on = models.DateField(_("ngày nhận"))
    by_post = models.BooleanField(_("gửi qua bưu chính"), default=False)
    applicant = models.CharField(_("người đề nghị"), max_length=120)
    address = models.CharField(_("thôn, địa chỉ"), max_length=200, blank=True)
    content = models.CharField(_("lý do đề nghị"), max_length=1000, blank=True)
    due_on = models.DateField(_("ngày hẹn trả kết quả"), null=True)
    household = models.ForeignKey(Household, models.PROTECT, null=True, related_name="intakes", verbose_name=_("hộ"))
    form = models.ForeignKey(SurveyForm, models.PROTECT, null=True, related_name="intakes", verbose_name=_("phiếu"))
    state = models.CharField(_("tình trạng"), max_length=9, choices=IntakeState, default=IntakeState.RECEIVED)
    remark = models.CharField(_("ghi chú"), max_length=400, blank=True, default="", db_default="")
    by = who(_("người nhận"))
    at = models.DateTimeField(_("lúc ghi"))
    invented = models.BooleanField(_("dữ liệu minh họa"), default=False, db_default=False)

    class Meta:
        verbose_name = _("giấy đề nghị đã nhận")
        verbose_name_plural = _("giấy đề nghị đã nhận")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["commune_code", "year", "number"], name="intake_numbered_once"),
            models.CheckConstraint(condition=Q(kind__in=IntakeKind.values), name="intake_kind_known"),
            models.CheckConstraint(condition=Q(state__in=IntakeState.values), name="intake_state_known"),
            models.CheckConstraint(
                condition=~Q(state=IntakeState.LISTED) | Q(form__isnull=False), name="intake_listed_with_a_form"
            ),
            told("applicant", constraint="intake_applicant_told"),
        ]
        indexes: ClassVar = [models.Index(fields=["commune_code", "state"], name="intake_by_commune")]

    def __str__(self) -> str:
        return f"{self.number}/{self.year} {self.applicant}"


@tracked()
class Dossier(models.Model):
    """A procedure in a commune and a round. ``procedure``: its code in ``review.procedures``; ``state``: one of its states.
    ``area_code``: the commune, on the map of the round's ``area_on``. ``version`` counts its steps, those of its villages too:
    a page that shows an older one is told so."""

    round = models.ForeignKey(SurveyRound, models.PROTECT, related_name="dossiers", verbose_name=_("đợt rà soát"))
    area_code = models.CharField(_("mã xã"), max_length=20, db_collation="C")
    procedure = models.CharField(_("thủ tục"), max_length=20)
    state = models.CharField(_("bước"), max_length=20)
    version = models.PositiveIntegerField(default=0)
    opened_by = who(_("người lập hồ sơ"))
    opened_at = models.DateTimeField(_("lúc lập hồ sơ"))
    invented = models.BooleanField(_("dữ liệu minh họa"), default=False, db_default=False)

    class Meta:
        verbose_name = _("hồ sơ rà soát của xã")
        verbose_name_plural = _("hồ sơ rà soát của xã")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "area_code", "procedure"], name="dossier_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["area_code", "state"], name="dossier_by_area")]

    @cached_property
    def place(self) -> PlaceName:
        """Its commune on the map of its round."""
        return named_place(self.area_code, on=self.round.area_on)

    def __str__(self) -> str:
        return f"{self.round.code} {self.area_code} {self.procedure}"


@tracked()
class DossierPart(models.Model):
    """What is voted and posted together: the households of a village; of a procedure without a meeting, those of the commune.
    A village without a row stands in the procedure's first state."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="parts", verbose_name=_("hồ sơ"))
    area_code = models.CharField(_("mã thôn hoặc xã"), max_length=20, db_collation="C")
    state = models.CharField(_("bước"), max_length=20)

    class Meta:
        verbose_name = _("hồ sơ rà soát của thôn")
        verbose_name_plural = _("hồ sơ rà soát của thôn")
        constraints: ClassVar = [models.UniqueConstraint(fields=["dossier", "area_code"], name="part_once")]

    def __str__(self) -> str:
        return f"{self.dossier} {self.area_code}"


class ReviewStep(models.Model):
    """A move of the procedure that was made, append-only. ``on``: the day it counts from; ``at``: when it was recorded.
    ``late``: why it was made after its deadline, where it was."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="steps", verbose_name=_("hồ sơ"))
    part = models.ForeignKey(DossierPart, models.PROTECT, null=True, related_name="steps", verbose_name=_("thôn"))
    move = models.CharField(_("việc"), max_length=30)
    from_state = models.CharField(_("từ bước"), max_length=20)
    to_state = models.CharField(_("sang bước"), max_length=20)
    on = models.DateField(_("ngày"))
    note = models.CharField(_("ghi chú"), max_length=1000, blank=True)
    late = models.CharField(_("vì sao quá hạn"), max_length=400, blank=True)
    details = models.JSONField(default=dict)
    by = who(_("người làm"))
    at = models.DateTimeField(_("lúc ghi"))

    class Meta:
        verbose_name = _("bước đã làm của hồ sơ")
        verbose_name_plural = _("bước đã làm của hồ sơ")
        indexes: ClassVar = [models.Index(fields=["dossier", "at"], name="step_by_dossier")]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.move} {self.on}"


class Meeting(models.Model):
    """A village meeting (họp dân, Phụ lục V), append-only. ``present_count``: persons attending, of whom at least half have to
    agree on a household; ``present``: [{"name", "as"}] of those who are named in the minutes."""

    part = models.ForeignKey(DossierPart, models.PROTECT, related_name="meetings", verbose_name=_("thôn"))
    number = models.PositiveSmallIntegerField(_("lần họp"))
    held_on = models.DateField(_("ngày họp"))
    starts = models.TimeField(_("bắt đầu lúc"))
    ends = models.TimeField(_("kết thúc lúc"), null=True)
    place = models.CharField(_("nơi họp"), max_length=200)
    chair = models.CharField(_("chủ trì"), max_length=120)
    secretary = models.CharField(_("thư ký"), max_length=120)
    present_count = models.PositiveIntegerField(_("số người dự"))
    present = models.JSONField(_("thành phần"), default=list)
    opinions = models.TextField(_("ý kiến tại cuộc họp"), blank=True)
    by = who(_("người ghi"))
    at = models.DateTimeField(_("lúc ghi"))

    class Meta:
        verbose_name = _("cuộc họp dân")
        verbose_name_plural = _("cuộc họp dân")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["part", "number"], name="meeting_numbered_once"),
            models.CheckConstraint(condition=Q(present_count__gt=0), name="meeting_attended"),
            told("place", "chair", "secretary", constraint="meeting_told"),
        ]

    def __str__(self) -> str:
        return f"{self.part_id} {self.number} {self.held_on}"


class MeetingVote(models.Model):
    """What a meeting said of a household's result, append-only. It counts as long as ``result`` is the form's newest one of the
    closing standard: a form filled anew is voted on anew."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="votes", verbose_name=_("cuộc họp"))
    form = models.ForeignKey(SurveyForm, models.PROTECT, related_name="votes", verbose_name=_("phiếu"))
    result = models.ForeignKey(SurveyResult, models.PROTECT, related_name="votes", verbose_name=_("kết quả"))
    agree = models.PositiveIntegerField(_("đồng ý"))
    disagree = models.PositiveIntegerField(_("không đồng ý"))
    passed = models.BooleanField(_("đạt từ 50% người dự"))
    remark = models.CharField(_("ý kiến"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("biểu quyết về hộ")
        verbose_name_plural = _("biểu quyết về hộ")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "form"], name="vote_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["form"], name="vote_by_form")]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.form_id} {self.agree}/{self.disagree}"


class Posting(models.Model):
    """A public posting (niêm yết), append-only: names, villages and classes only. ``turn``: 1 of the meeting's result, 2 after
    the re-check. ``ends_on``: the last working day on which a complaint comes in time. ``shown``: what was posted, frozen:
    [{"form", "name", "village", "class", "before"}]."""

    part = models.ForeignKey(DossierPart, models.PROTECT, related_name="postings", verbose_name=_("thôn"))
    turn = models.PositiveSmallIntegerField(_("lần niêm yết"))
    starts_on = models.DateField(_("ngày bắt đầu"))
    ends_on = models.DateField(_("ngày cuối"))
    places = models.JSONField(_("nơi niêm yết"), default=list)
    loudspeaker = models.BooleanField(_("thông báo trên loa"), default=False)
    shown = models.JSONField(default=list)
    by = who(_("người ghi"))
    at = models.DateTimeField(_("lúc ghi"))

    class Meta:
        verbose_name = _("lần niêm yết")
        verbose_name_plural = _("lần niêm yết")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="posting_days_in_order"),
            models.CheckConstraint(condition=Q(turn__in=[1, 2]), name="posting_turn_known"),
        ]
        indexes: ClassVar = [models.Index(fields=["part", "turn"], name="posting_by_part")]

    def __str__(self) -> str:
        return f"{self.part_id} {self.turn} {self.starts_on}"


class ComplaintOutcome(models.TextChoices):
    OPEN = "", _("đang phúc tra")
    KEPT = "kept", _("giữ nguyên kết quả")
    CHANGED = "changed", _("kết quả thay đổi")
    WITHDRAWN = "withdrawn", _("người khiếu nại rút")


@tracked()
class Complaint(models.Model):
    """A complaint that came within the posting. ``form``: the household complained about; without it ``about`` names one that
    is not on the list. ``due_on``: the last day of the re-check."""

    part = models.ForeignKey(DossierPart, models.PROTECT, related_name="complaints", verbose_name=_("thôn"))
    form = models.ForeignKey(SurveyForm, models.PROTECT, null=True, related_name="complaints", verbose_name=_("phiếu"))
    about = models.CharField(_("về hộ"), max_length=200, blank=True)
    complainant = models.CharField(_("người khiếu nại"), max_length=120)
    received_on = models.DateField(_("ngày nhận"))
    matter = models.CharField(_("nội dung"), max_length=1000)
    due_on = models.DateField(_("hạn phúc tra"))
    outcome = models.CharField(_("kết quả phúc tra"), max_length=9, choices=ComplaintOutcome, blank=True)
    answer = models.CharField(_("trả lời"), max_length=1000, blank=True)
    answered_on = models.DateField(_("ngày trả lời"), null=True)
    answered_by = who(_("người trả lời"), optional=True)
    late = models.CharField(_("vì sao quá hạn"), max_length=400, blank=True)
    by = who(_("người nhận"))
    at = models.DateTimeField(_("lúc ghi"))

    class Meta:
        verbose_name = _("khiếu nại")
        verbose_name_plural = _("khiếu nại")
        constraints: ClassVar = [
            told("complainant", "matter", constraint="complaint_told"),
            models.CheckConstraint(condition=Q(form__isnull=False) | Q(about__regex=r"\S"), name="complaint_about"),
            models.CheckConstraint(
                condition=Q(outcome="", answered_on=None, answered_by=None)
                | Q(outcome__in=["kept", "changed", "withdrawn"], answered_on__isnull=False, answer__regex=r"\S"),
                name="complaint_answered_whole",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["part"], name="complaint_by_part")]

    def __str__(self) -> str:
        return f"{self.part_id} {self.complainant} {self.received_on}"


class ProposedClass(models.Model):
    """The class that the commune wants to recognise where it is not the computed one, with the reason; append-only, the newest
    of a form and purpose counts as long as ``result`` is the form's newest. ``klass`` equal to the computed one takes it
    back."""

    form = models.ForeignKey(SurveyForm, models.PROTECT, related_name="proposed", verbose_name=_("phiếu"))
    purpose = models.CharField(max_length=13)
    result = models.ForeignKey(SurveyResult, models.PROTECT, related_name="proposed", verbose_name=_("kết quả"))
    klass = models.CharField(_("phân loại đề nghị"), max_length=9, choices=RecognisedClass, db_column="class")
    reason = models.CharField(_("lý do khác kết quả tính"), max_length=400)
    by = who(_("người ghi"))
    at = models.DateTimeField(_("lúc ghi"))

    class Meta:
        verbose_name = _("phân loại đề nghị khác kết quả tính")
        verbose_name_plural = _("phân loại đề nghị khác kết quả tính")
        constraints: ClassVar = [told("reason", constraint="proposed_for_a_reason")]
        indexes: ClassVar = [models.Index(fields=["form", "purpose"], name="proposed_by_form")]

    def __str__(self) -> str:
        return f"{self.form_id} {self.klass}"
