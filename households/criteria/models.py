"""Standards and tables of B1 points as published. What stands in a row never changes (triggers of the database): a
correction is a new version; a row only moves on, draft → in force → withdrawn."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, IntegerRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from households.criteria.law.parts import Purpose
from povertyportal.core.history import tracked

PURPOSES = [
    (Purpose.CLOSING.value, _("kết quả rà soát cuối năm")),
    (Purpose.OPENING.value, _("đầu kỳ của chuẩn sau, trong năm chuyển tiếp")),
]
SHIPPED_BY_NOBODY = Q(origin="shipped", approved_by=None)


class State(models.TextChoices):
    DRAFT = "draft", _("bản thảo")
    IN_FORCE = "in_force", _("đang áp dụng")
    WITHDRAWN = "withdrawn", _("đã rút")


class Origin(models.TextChoices):
    SHIPPED = "shipped", _("có sẵn trong cổng")
    ENTERED = "entered", _("nhập tại cổng")


def _rules(name: str, approved: Q) -> list[models.CheckConstraint]:
    """The same life for both tables. ``approved``: whom a row in force needs."""
    never = Q(approved_by=None, approved_at=None)
    kept = Q(withdrawn_by=None, withdrawn_at=None, withdrawal="")
    gone = Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False, withdrawal__regex=r"\S")
    life = (
        (Q(state="draft") & never & kept)
        | (Q(state="in_force", approved_at__isnull=False) & approved & kept)
        | (Q(state="withdrawn") & (never | (Q(approved_at__isnull=False) & approved)) & gone)
    )
    return [
        models.CheckConstraint(condition=life, name=f"{name}_life_complete"),
        models.CheckConstraint(
            condition=Q(approved_by=None) | ~Q(approved_by=F("entered_by")), name=f"{name}_by_two_persons"
        ),
        models.CheckConstraint(condition=~Q(code="") & Q(version__gte=1) & ~Q(content=""), name=f"{name}_named"),
    ]


class Published(models.Model):
    """What both tables say alike of a version; when it was entered and approved each says in its own words."""

    code = models.CharField(_("mã chuẩn"), max_length=60, db_collation="C")
    version = models.PositiveIntegerField(_("phiên bản"))
    digest = models.CharField(_("mã kiểm"), max_length=64)
    legal_basis = models.CharField(_("căn cứ pháp lý"), max_length=400)
    state = models.CharField(_("trạng thái"), max_length=10, choices=State, default=State.DRAFT)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("người duyệt")
    )
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("người rút")
    )
    withdrawn_at = models.DateTimeField(_("lúc rút"), null=True)
    withdrawal = models.CharField(_("lý do rút"), max_length=1000, blank=True)

    class Meta:
        abstract = True


@tracked(exclude=["content"])
class LegalStandard(Published):
    """One version of a standard's document. ``parent``: the row it inherits from, whatever is published of that code
    later. ``content`` is the TOML, ``digest`` its SHA-256 (checked by the database); ``law_digest`` that of the whole law,
    with what is inherited, as results name it."""

    title = models.CharField(_("tên chuẩn"), max_length=300)
    scope = ArrayField(models.CharField(max_length=2), verbose_name=_("mã tỉnh"), default=list, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", verbose_name=_("kế thừa"))
    content = models.TextField(_("văn bản TOML"))
    law_digest = models.CharField(_("mã kiểm kể cả phần kế thừa"), max_length=64)
    origin = models.CharField(_("nguồn"), max_length=8, choices=Origin)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("người nhập")
    )
    entered_at = models.DateTimeField(_("lúc nhập"))
    approved_at = models.DateTimeField(_("lúc áp dụng"), null=True)

    class Meta:
        verbose_name = _("chuẩn nghèo")
        verbose_name_plural = _("chuẩn nghèo")
        constraints: ClassVar = [
            *_rules("standard", approved=Q(approved_by__isnull=False) | SHIPPED_BY_NOBODY),
            models.UniqueConstraint(fields=["code"], condition=Q(state="in_force"), name="standard_in_force_once"),
            models.UniqueConstraint(
                fields=["code", "version"],
                condition=~Q(state="withdrawn") | Q(approved_at__isnull=False),
                name="standard_version_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.code}, phiên bản {self.version})"


class StandardApplication(models.Model):
    """In which review years a standard applies where, and for which purpose; scope "" is the nation. ``holds`` follows the
    standard's state by trigger: no two in force for one place, year and purpose."""

    standard = models.ForeignKey(LegalStandard, models.PROTECT, related_name="applications", verbose_name=_("chuẩn"))
    scope = models.CharField(_("mã tỉnh"), max_length=2, blank=True, db_collation="C")
    purpose = models.CharField(_("dùng cho"), max_length=8, choices=PURPOSES)
    years = IntegerRangeField(_("các năm rà soát"))
    holds = models.BooleanField(_("đang áp dụng"), default=False)

    class Meta:
        verbose_name = _("năm áp dụng chuẩn")
        verbose_name_plural = _("năm áp dụng chuẩn")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(years__isempty=False, years__startswith__isnull=False, years__endswith__isnull=False),
                name="application_years_given",
            ),
            models.CheckConstraint(condition=Q(purpose__in=[one.value for one in Purpose]), name="application_purpose"),
            ExclusionConstraint(
                name="application_once_a_year",
                expressions=[
                    ("scope", RangeOperators.EQUAL),
                    ("purpose", RangeOperators.EQUAL),
                    ("years", RangeOperators.OVERLAPS),
                ],
                condition=Q(holds=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.standard.code} {self.scope} {self.purpose} {self.years}"


class StandardCheck(models.Model):
    """Two persons have compared a standard's values with the official text. Append-only."""

    standard = models.ForeignKey(LegalStandard, models.PROTECT, related_name="checks", verbose_name=_("chuẩn"))
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("người đối chiếu thứ nhất")
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("người đối chiếu thứ hai")
    )
    at = models.DateTimeField(_("lúc xác nhận"))
    note = models.CharField(_("đối chiếu với bản nào, phần nào"), max_length=1000)

    class Meta:
        verbose_name = _("lần đối chiếu chuẩn")
        verbose_name_plural = _("các lần đối chiếu chuẩn")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(checked_by=F("confirmed_by")), name="check_by_two_persons"),
            models.CheckConstraint(condition=Q(note__regex=r"\S"), name="check_with_note"),
        ]

    def __str__(self) -> str:
        return f"{self.standard.code}: {self.note}"


@tracked(exclude=["content"])
class B1TableRow(Published):
    """One version of a table of B1 points. ``code`` is the standard's; ``content`` its canonical JSON, ``digest`` the
    SHA-256 of that. A demonstration table is never in force: it is read from the portal's own files and stored nowhere."""

    name = models.CharField(_("tên bảng điểm"), max_length=300)
    content = models.TextField(_("bảng điểm"))
    demonstration = models.BooleanField(_("bảng minh họa"), default=False)
    validity = DateRangeField(_("thời gian áp dụng"))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("người nạp")
    )
    entered_at = models.DateTimeField(_("lúc nạp"))
    approved_at = models.DateTimeField(_("lúc duyệt"), null=True)

    class Meta:
        verbose_name = _("bảng điểm B1")
        verbose_name_plural = _("bảng điểm B1")
        constraints: ClassVar = [
            *_rules("b1_table", approved=Q(approved_by__isnull=False)),
            models.CheckConstraint(
                condition=Q(validity__isempty=False, validity__startswith__isnull=False), name="b1_table_from_a_day"
            ),
            models.CheckConstraint(
                condition=~Q(state="in_force") | Q(demonstration=False), name="b1_table_demonstration_never_in_force"
            ),
            models.UniqueConstraint(fields=["code", "version"], name="b1_table_version_once"),
            ExclusionConstraint(
                name="b1_table_once_a_day",
                expressions=[("code", RangeOperators.EQUAL), ("validity", RangeOperators.OVERLAPS)],
                condition=Q(state="in_force"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.code}, bảng {self.version})"
