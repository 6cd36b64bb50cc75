"""What leaves the commune: the superior's opinion, the chair's decisions, certificates, refusals, answers to data subjects."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from households.registry.codes import RecognisedClass
from households.registry.models import Household, Person, Recognition
from households.review.models import Dossier, Intake, told, who
from households.surveys.form_models import SurveyForm
from povertyportal.core.history import tracked


class Answer(models.TextChoices):
    NONE = "", _("chưa trả lời")
    AGREE = "agree", _("thống nhất")
    RETURN = "return", _("trả lại để rà soát lại")


@tracked()
class Opinion(models.Model):
    """The commune asks its superior (district chair before 1/7/2025, province chair since), who answers in writing within its
    days. ``shown``: the list as it was sent, frozen: [{"form", "name", "village", "class", "before"}]."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="opinions", verbose_name=_("hồ sơ"))
    turn = models.PositiveSmallIntegerField(_("lần xin ý kiến"))
    letter_number = models.CharField(_("số công văn của xã"), max_length=60, blank=True)
    asked_on = models.DateField(_("ngày gửi"))
    due_on = models.DateField(_("hạn trả lời"))
    shown = models.JSONField(default=list)
    asked_by = who(_("người gửi"))
    asked_at = models.DateTimeField(_("lúc gửi"))
    answer = models.CharField(_("ý kiến"), max_length=6, choices=Answer, blank=True)
    answer_number = models.CharField(_("số văn bản trả lời"), max_length=60, blank=True)
    answered_on = models.DateField(_("ngày trả lời"), null=True)
    text = models.CharField(_("nội dung ý kiến"), max_length=2000, blank=True)
    answered_by = who(_("người trả lời"), optional=True)
    answered_at = models.DateTimeField(_("lúc trả lời"), null=True)

    class Meta:
        verbose_name = _("xin ý kiến cấp trên")
        verbose_name_plural = _("xin ý kiến cấp trên")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dossier", "turn"], name="opinion_numbered_once"),
            models.CheckConstraint(
                condition=Q(answer="", answered_on=None, answered_by=None, answered_at=None)
                | Q(answer="agree", answered_on__isnull=False, answered_by__isnull=False, answered_at__isnull=False)
                | Q(
                    answer="return",
                    answered_on__isnull=False,
                    answered_by__isnull=False,
                    answered_at__isnull=False,
                    text__regex=r"\S",
                ),
                name="opinion_answered_whole",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["answer", "due_on"], name="opinion_by_due")]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.turn} {self.answer}"


class OpinionRemark(models.Model):
    """What the superior says of one household, append-only."""

    opinion = models.ForeignKey(Opinion, models.PROTECT, related_name="remarks", verbose_name=_("ý kiến"))
    form = models.ForeignKey(SurveyForm, models.PROTECT, related_name="remarks", verbose_name=_("phiếu"))
    text = models.CharField(_("nhận xét"), max_length=400)

    class Meta:
        verbose_name = _("nhận xét của cấp trên về hộ")
        verbose_name_plural = _("nhận xét của cấp trên về hộ")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["opinion", "form"], name="remark_once"),
            told("text", constraint="remark_told"),
        ]

    def __str__(self) -> str:
        return f"{self.opinion_id} {self.form_id}"


class DecisionKind(models.TextChoices):
    """The lists that Mẫu 02 recognises, each by a decision of its own."""

    RECOGNISED = "recognised", _("công nhận danh sách hộ nghèo, hộ cận nghèo")
    ESCAPED = "escaped", _("công nhận danh sách hộ thoát nghèo, hộ thoát cận nghèo")
    AVERAGE = "average", _("công nhận danh sách hộ có mức sống trung bình")
    WORKER = "worker", _("công nhận danh sách người lao động có thu nhập thấp")
    CORRECTION = "correction", _("đính chính kết quả đã công nhận")


class Decision(models.Model):
    """The chair's decision with its number and day, append-only; a wrong one is put right by a new one that names it.
    ``area_code``: the commune, ``year``: of its register of decisions. ``purpose``: the standard of the round it goes by."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="decisions", verbose_name=_("hồ sơ"))
    kind = models.CharField(_("loại quyết định"), max_length=10, choices=DecisionKind)
    purpose = models.CharField(max_length=13)
    area_code = models.CharField(_("mã xã"), max_length=20, db_collation="C")
    year = models.PositiveSmallIntegerField(_("năm"))
    number = models.CharField(_("số quyết định"), max_length=60)
    decided_on = models.DateField(_("ngày quyết định"))
    valid_from = models.DateField(_("có hiệu lực từ ngày"))
    valid_until = models.DateField(_("đến trước ngày"), null=True)
    signer = models.CharField(_("người ký"), max_length=120)
    position = models.CharField(_("chức vụ"), max_length=120)
    bases = models.JSONField(_("căn cứ"), default=list)
    late = models.CharField(_("vì sao quá hạn"), max_length=400, blank=True)
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="corrections", verbose_name=_("đính chính cho")
    )
    reason = models.CharField(_("lý do"), max_length=400, blank=True)
    by = who(_("người ghi"))
    at = models.DateTimeField(_("lúc ghi"))
    invented = models.BooleanField(_("dữ liệu minh họa"), default=False, db_default=False)

    class Meta:
        verbose_name = _("quyết định của chủ tịch UBND cấp xã")
        verbose_name_plural = _("quyết định của chủ tịch UBND cấp xã")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["area_code", "year", "number"], name="decision_numbered_once"),
            models.CheckConstraint(condition=Q(kind__in=DecisionKind.values), name="decision_kind_known"),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gt=F("valid_from")), name="decision_days_in_order"
            ),
            told("number", "signer", "position", constraint="decision_told"),
            models.CheckConstraint(
                condition=~Q(kind="correction") | Q(corrects__isnull=False, reason__regex=r"\S"),
                name="decision_corrects_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.decided_on}"


class DecisionLine(models.Model):
    """A household in a decision as it stood on that day, append-only. A decision on low-income workers (Decree 30/2025) gives
    no class and no recognition: it is of a person, ``members`` names him. ``members``: [{"name", "birth", "sex", "relation"}],
    never a personal number. ``computed``: what the form came to; where ``klass`` is another, ``reason`` says why."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="lines", verbose_name=_("quyết định"))
    place = models.PositiveIntegerField(_("số thứ tự"))
    form = models.ForeignKey(SurveyForm, models.PROTECT, related_name="decided", verbose_name=_("phiếu"))
    household = models.ForeignKey(Household, models.PROTECT, related_name="decided", verbose_name=_("hộ"))
    recognition = models.OneToOneField(
        Recognition, models.PROTECT, null=True, related_name="decided_by", verbose_name=_("công nhận")
    )
    klass = models.CharField(
        _("phân loại được công nhận"), max_length=9, choices=RecognisedClass, blank=True, db_column="class"
    )
    before = models.CharField(_("phân loại trước đó"), max_length=9, blank=True)
    computed = models.CharField(_("phân loại tính được"), max_length=12, blank=True)
    reason = models.CharField(_("lý do khác kết quả tính"), max_length=400, blank=True)
    head = models.CharField(_("chủ hộ"), max_length=120)
    village = models.CharField(_("thôn"), max_length=200)
    address = models.CharField(_("địa chỉ"), max_length=200, blank=True)
    ethnicity = models.CharField(_("dân tộc"), max_length=60, blank=True)
    members = models.JSONField(default=list)

    class Meta:
        verbose_name = _("hộ trong quyết định")
        verbose_name_plural = _("hộ trong quyết định")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["decision", "place"], name="line_placed_once"),
            models.UniqueConstraint(fields=["decision", "household"], name="line_once"),
            models.CheckConstraint(
                condition=Q(klass="", recognition=None) | Q(klass__gt="", recognition__isnull=False),
                name="line_class_with_recognition",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.place} {self.head}"


class Certificate(models.Model):
    """Mẫu 03 of a household in a decision, append-only, numbered through the commune's year."""

    line = models.OneToOneField(
        DecisionLine, models.PROTECT, related_name="certificate", verbose_name=_("hộ trong quyết định")
    )
    area_code = models.CharField(_("mã xã"), max_length=20, db_collation="C")
    year = models.PositiveSmallIntegerField(_("năm"))
    number = models.PositiveIntegerField(_("số"))
    issued_on = models.DateField(_("ngày cấp"))
    by = who(_("người cấp"))
    at = models.DateTimeField(_("lúc ghi"))

    class Meta:
        verbose_name = _("giấy chứng nhận")
        verbose_name_plural = _("giấy chứng nhận")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["area_code", "year", "number"], name="certificate_numbered_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number}/{self.year}"


class CertificatePrint(models.Model):
    """The register of prints, append-only. ``copy`` 1 is the first; a later one needs a reason."""

    certificate = models.ForeignKey(
        Certificate, models.PROTECT, related_name="prints", verbose_name=_("giấy chứng nhận")
    )
    copy = models.PositiveSmallIntegerField(_("bản in thứ"))
    reason = models.CharField(_("vì sao in lại"), max_length=400, blank=True)
    by = who(_("người in"))
    at = models.DateTimeField(_("lúc in"))

    class Meta:
        verbose_name = _("lần in giấy chứng nhận")
        verbose_name_plural = _("lần in giấy chứng nhận")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["certificate", "copy"], name="print_numbered_once"),
            models.CheckConstraint(condition=Q(copy=1) | Q(reason__regex=r"\S"), name="reprint_for_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.certificate_id} {self.copy}"


class RefusalGround(models.TextChoices):
    GATE = "gate", _("không qua Phiếu A")
    RESULT = "result", _("kết quả rà soát không thuộc diện công nhận")
    PAPER = "paper", _("giấy đề nghị không giải quyết được")


class Refusal(models.Model):
    """A refusal in writing with its reason, append-only."""

    area_code = models.CharField(_("mã xã"), max_length=20, db_collation="C")
    year = models.PositiveSmallIntegerField(_("năm"))
    number = models.CharField(_("số văn bản"), max_length=60)
    on = models.DateField(_("ngày"))
    ground = models.CharField(_("vì sao"), max_length=6, choices=RefusalGround)
    intake = models.ForeignKey(
        Intake, models.PROTECT, null=True, related_name="refusals", verbose_name=_("giấy đề nghị")
    )
    form = models.ForeignKey(SurveyForm, models.PROTECT, null=True, related_name="refusals", verbose_name=_("phiếu"))
    addressee = models.CharField(_("người nhận"), max_length=120)
    reason = models.CharField(_("lý do"), max_length=2000)
    signer = models.CharField(_("người ký"), max_length=120)
    position = models.CharField(_("chức vụ"), max_length=120)
    by = who(_("người ghi"))
    at = models.DateTimeField(_("lúc ghi"))

    class Meta:
        verbose_name = _("văn bản không công nhận")
        verbose_name_plural = _("văn bản không công nhận")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["area_code", "year", "number"], name="refusal_numbered_once"),
            models.CheckConstraint(
                condition=Q(intake__isnull=False) | Q(form__isnull=False), name="refusal_of_something"
            ),
            told("number", "addressee", "reason", constraint="refusal_told"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.addressee}"


class Wish(models.TextChoices):
    SEE = "see", _("xem dữ liệu về mình")
    CORRECT = "correct", _("yêu cầu sửa dữ liệu")
    OBJECT = "object", _("phản đối xử lý dữ liệu")


class WishOutcome(models.TextChoices):
    OPEN = "", _("đang giải quyết")
    DONE = "done", _("đã làm theo")
    PARTLY = "partly", _("làm theo một phần")
    REFUSED = "refused", _("không làm theo")


@tracked()
class SubjectRequest(models.Model):
    """What somebody asks about the data kept on him (Law 91/2025/QH15, Decree 356/2025/NĐ-CP): first answer within 2 working
    days, which is ``due_on``. What takes longer is answered twice: ``first_answer`` says by when, ``promised_on``, it will be
    done. ``outcome`` "" while it is open."""

    wish = models.CharField(_("yêu cầu"), max_length=7, choices=Wish)
    commune_code = models.CharField(_("mã xã"), max_length=20, db_collation="C")
    household = models.ForeignKey(Household, models.PROTECT, null=True, related_name="+", verbose_name=_("hộ"))
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("người"))
    applicant = models.CharField(_("người yêu cầu"), max_length=120)
    received_on = models.DateField(_("ngày nhận"))
    content = models.CharField(_("nội dung"), max_length=1000)
    due_on = models.DateField(_("hạn trả lời"))
    first_answer = models.CharField(_("trả lời lần đầu"), max_length=1000, blank=True, default="", db_default="")
    first_on = models.DateField(_("ngày trả lời lần đầu"), null=True)
    first_by = who(_("người trả lời lần đầu"), optional=True)
    promised_on = models.DateField(_("ngày hẹn làm xong"), null=True)
    outcome = models.CharField(_("kết quả"), max_length=8, choices=WishOutcome, blank=True)
    answer = models.CharField(_("trả lời"), max_length=2000, blank=True)
    answered_on = models.DateField(_("ngày trả lời"), null=True)
    answered_by = who(_("người trả lời"), optional=True)
    late = models.CharField(_("vì sao quá hạn"), max_length=400, blank=True)
    by = who(_("người nhận"))
    at = models.DateTimeField(_("lúc ghi"))

    class Meta:
        verbose_name = _("yêu cầu của chủ thể dữ liệu")
        verbose_name_plural = _("yêu cầu của chủ thể dữ liệu")
        constraints: ClassVar = [
            told("applicant", "content", constraint="wish_told"),
            models.CheckConstraint(
                condition=Q(outcome="", answered_on=None, answered_by=None)
                | Q(
                    outcome__in=["done", "partly", "refused"],
                    answered_on__isnull=False,
                    answered_by__isnull=False,
                    answer__regex=r"\S",
                ),
                name="wish_answered_whole",
            ),
            models.CheckConstraint(
                condition=Q(first_answer="", first_on=None, first_by=None, promised_on=None)
                | Q(
                    first_answer__regex=r"\S",
                    first_on__isnull=False,
                    first_by__isnull=False,
                    promised_on__gte=F("first_on"),
                ),
                name="wish_first_answer_whole",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["commune_code", "due_on"], name="wish_by_commune")]

    def __str__(self) -> str:
        return f"{self.applicant} {self.received_on}"


class CalendarDay(models.Model):
    """A day off, or a day worked in exchange, where an administrator says otherwise than the shipped calendar; append-only, the
    newest row of a day counts."""

    day = models.DateField(_("ngày"))
    off = models.BooleanField(_("là ngày nghỉ"))
    name = models.CharField(_("tên"), max_length=120)
    basis = models.CharField(_("căn cứ"), max_length=400)
    by = who(_("người ghi"))
    at = models.DateTimeField(_("lúc ghi"))

    class Meta:
        verbose_name = _("ngày nghỉ, ngày làm bù")
        verbose_name_plural = _("ngày nghỉ, ngày làm bù")
        constraints: ClassVar = [told("name", "basis", constraint="calendar_day_told")]
        indexes: ClassVar = [models.Index(fields=["day", "at"], name="calendar_by_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class DocumentText(models.Model):
    """A text of a document as an administrator put it right, append-only: of a code the newest that is valid on the day counts,
    before that the shipped one. ``body`` names fields as {{ ten_truong }} and nothing else."""

    code = models.CharField(_("mã văn bản"), max_length=40)
    valid_from = models.DateField(_("dùng từ ngày"))
    body = models.TextField(_("nội dung"))
    reason = models.CharField(_("lý do, căn cứ"), max_length=400)
    by = who(_("người sửa"))
    at = models.DateTimeField(_("lúc sửa"))

    class Meta:
        verbose_name = _("lời văn của văn bản")
        verbose_name_plural = _("lời văn của văn bản")
        constraints: ClassVar = [told("code", "body", "reason", constraint="text_told")]
        indexes: ClassVar = [models.Index(fields=["code", "valid_from"], name="text_by_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.valid_from}"
