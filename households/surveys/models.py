"""Survey rounds: what is reviewed where, from when to when, by which standards."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from households.criteria.models import LegalStandard
from povertyportal.core.history import tracked


class RoundKind(models.TextChoices):
    PERIODIC = "periodic", _("rà soát định kỳ hằng năm")
    IN_YEAR = "inyear", _("rà soát thường xuyên trong năm")


def _standard(title: Any, *, optional: bool = True) -> "models.ForeignKey[LegalStandard | None]":
    return models.ForeignKey(LegalStandard, models.PROTECT, null=optional, related_name="+", verbose_name=title)


@tracked()
class SurveyRound(models.Model):
    """A round in an area and everything below it. A standard, once bound, never changes; an opening one that was not yet
    published when the round opened is bound later. One opened by mistake is withdrawn: the row stays and counts no more.

    ``code``: "2026-periodic", "2026-03-inyear". ``days``: first day to the day after the last. In a change-over year
    ``opening`` is the standard of the period to come. The local ones are those of the area's province.
    """

    code = models.CharField(_("mã đợt"), max_length=20, db_collation="C")
    kind = models.CharField(_("loại đợt"), max_length=8, choices=RoundKind)
    year = models.PositiveSmallIntegerField(_("năm rà soát"))
    month = models.PositiveSmallIntegerField(_("tháng"), null=True)
    area_code = models.CharField(_("mã địa bàn"), max_length=20, db_collation="C")
    area_on = models.DateField(_("theo địa giới ngày"))
    days = DateRangeField(_("thời gian rà soát"))
    closing = _standard(_("chuẩn chốt năm"), optional=False)
    opening = _standard(_("chuẩn mở đầu giai đoạn sau"))
    local_closing = _standard(_("chuẩn địa phương chốt năm"))
    local_opening = _standard(_("chuẩn địa phương mở đầu giai đoạn sau"))
    legal_basis = models.CharField(_("kế hoạch, căn cứ"), max_length=400, blank=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("người mở đợt")
    )
    opened_at = models.DateTimeField(_("lúc mở đợt"))
    invented = models.BooleanField(_("dữ liệu minh họa"), default=False, db_default=False)
    withdrawal = models.CharField(_("vì sao rút"), max_length=400, blank=True, default="", db_default="")
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("người rút đợt")
    )
    withdrawn_at = models.DateTimeField(_("lúc rút đợt"), null=True)

    class Meta:
        verbose_name = _("đợt rà soát")
        verbose_name_plural = _("đợt rà soát")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["code", "area_code"],
                condition=Q(withdrawn_at=None),
                name="round_once_in_an_area",
                violation_error_message=_("Địa bàn này đã mở đợt rà soát đó."),
            ),
            models.CheckConstraint(
                condition=Q(kind="periodic", month=None) | Q(kind="inyear", month__range=(1, 12)),
                name="round_month_in_year",
            ),
            models.CheckConstraint(condition=Q(year__range=(1993, 2100)), name="round_year_plausible"),
            models.CheckConstraint(
                condition=Q(days__isempty=False, days__startswith__isnull=False, days__endswith__isnull=False),
                name="round_has_days",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawal="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False, withdrawal__regex=r"\S"),
                name="round_withdrawn_for_a_reason",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["area_code", "year"], name="round_by_area")]

    def __str__(self) -> str:
        return f"{self.code} {self.area_code}"


@tracked()
class RoundTotals(models.Model):
    """All households and persons of a commune at the review, poor or not: entered, with its source. Append-only.

    A correction is a new row that names the one it replaces. These are the denominators of every rate.
    """

    round = models.ForeignKey(SurveyRound, models.PROTECT, related_name="totals", verbose_name=_("đợt rà soát"))
    commune_code = models.CharField(_("mã xã"), max_length=20, db_collation="C")
    households = models.PositiveIntegerField(_("tổng số hộ dân cư"))
    persons = models.PositiveIntegerField(_("tổng số nhân khẩu"))
    source = models.CharField(_("nguồn"), max_length=400)
    reason = models.CharField(_("vì sao sửa"), max_length=400, blank=True, default="", db_default="")
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="replaced_by", verbose_name=_("thay cho")
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("người ghi"))
    at = models.DateTimeField(_("lúc ghi"))

    class Meta:
        verbose_name = _("tổng số hộ, nhân khẩu của xã")
        verbose_name_plural = _("tổng số hộ, nhân khẩu của xã")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["round", "commune_code"], condition=Q(replaces=None), name="totals_first_once"
            ),
            models.CheckConstraint(
                condition=Q(households__gt=0, persons__gte=F("households")),
                name="totals_plausible",
                violation_error_message=_("Tổng số hộ phải lớn hơn 0, và tổng số nhân khẩu không ít hơn tổng số hộ."),
            ),
            models.CheckConstraint(condition=Q(source__regex=r"\S"), name="totals_have_a_source"),
            models.CheckConstraint(
                condition=Q(replaces=None, reason="") | Q(replaces__isnull=False, reason__regex=r"\S"),
                name="totals_corrected_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.commune_code}"
