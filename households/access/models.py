from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from households.access.roles import role_title
from households.areas.models import Area
from povertyportal.core.history import tracked


class Reach(models.TextChoices):
    """How far something goes. A missing area never means everywhere: that is said in words."""

    AREA = "area", _("một địa bàn")
    NATION = "nation", _("toàn quốc")


class GrantOrigin(models.TextChoices):
    GIVEN = "given", _("được giao")
    CARRIED = "carried", _("theo thay đổi đơn vị hành chính")


def half_in_words(half_year: str) -> str:
    """ "2026-H2" as "6 tháng cuối năm 2026"."""
    name = _("6 tháng đầu năm %s") if half_year.endswith("1") else _("6 tháng cuối năm %s")
    return str(name) % half_year[:4]


def _area_unless_nation(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(reach="area", area__isnull=False) | Q(reach="nation", area__isnull=True),
        name=name,
        violation_error_message=_("Ghi một địa bàn, hoặc nói rõ là toàn quốc; để trống không có nghĩa là tất cả."),
    )


@tracked()
class Grant(models.Model):
    """A role in one version of an area (or nationwide) for a half-open period. Ending it cuts the period.

    It works on the days on which both the period and the area version hold. An empty period is a grant ended on its first day.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="grants", verbose_name=_("người được giao")
    )
    role = models.CharField(_("vai trò"), max_length=40)
    reach = models.CharField(_("phạm vi"), max_length=6, choices=Reach)
    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+", verbose_name=_("địa bàn"))
    validity = DateRangeField(_("thời gian có hiệu lực"))
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("người giao")
    )
    given_at = models.DateTimeField(_("lúc giao"))
    reason = models.CharField(_("lý do, căn cứ"), max_length=400)
    origin = models.CharField(_("nguồn gốc"), max_length=8, choices=GrantOrigin, default=GrantOrigin.GIVEN)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("người thu")
    )
    ended_at = models.DateTimeField(_("lúc thu"), null=True)
    end_reason = models.CharField(_("lý do thu"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("quyền được giao")
        verbose_name_plural = _("quyền được giao")
        constraints: ClassVar = [
            _area_unless_nation("grant_area_unless_nation"),
            ExclusionConstraint(
                name="grant_once_a_day",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (Coalesce("area_id", Value(0)), RangeOperators.EQUAL),
                    ("validity", RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Người này đã giữ vai trò đó ở địa bàn đó trong khoảng thời gian này."),
            ),
            models.CheckConstraint(
                condition=Q(validity__startswith__isnull=False) | Q(validity__isempty=True, ended_at__isnull=False),
                name="grant_begins",
                violation_error_message=_("Quyền phải có ngày bắt đầu."),
            ),
            models.CheckConstraint(
                condition=~Q(given_by=F("user")),
                name="grant_by_another",
                violation_error_message=_("Không ai tự giao quyền cho mình."),
            ),
            models.CheckConstraint(condition=Q(reason__regex=r"\S"), name="grant_has_reason"),
            models.CheckConstraint(
                condition=Q(ended_by__isnull=True, ended_at__isnull=True, end_reason="")
                | Q(ended_by__isnull=False, ended_at__isnull=False, end_reason__regex=r"\S"),
                name="grant_end_complete",
            ),
            models.CheckConstraint(condition=Q(origin__in=["given", "carried"]), name="grant_origin_known"),
        ]

    def __str__(self) -> str:
        return f"{role_title(self.role)}, {self.place}"

    @property
    def place(self) -> str:
        return self.area.full_name if self.area else str(Reach.NATION.label)


@tracked()
class AccountUnit(models.Model):
    """The unit somebody works for: its administrators manage the account. It gives no right."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="unit", verbose_name=_("tài khoản")
    )
    reach = models.CharField(_("phạm vi"), max_length=6, choices=Reach)
    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+", verbose_name=_("đơn vị công tác"))

    class Meta:
        verbose_name = _("đơn vị công tác")
        verbose_name_plural = _("đơn vị công tác")
        constraints: ClassVar = [_area_unless_nation("unit_area_unless_nation")]

    def __str__(self) -> str:
        return f"{self.user}: {self.place}"

    @property
    def place(self) -> str:
        return self.area.full_name if self.area else str(Reach.NATION.label)


class RightsReview(models.Model):
    """The table of rights of an area as somebody read and signed it in a half-year ("2026-H2"). Append-only."""

    reach = models.CharField(_("phạm vi"), max_length=6, choices=Reach)
    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+", verbose_name=_("địa bàn"))
    half_year = models.CharField(_("kỳ rà soát"), max_length=7)
    content = models.JSONField(_("bảng phân quyền lúc ký"))
    digest = models.CharField(_("mã kiểm"), max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("người ký"))
    at = models.DateTimeField(_("lúc ký"))
    note = models.CharField(_("nhận xét"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("lần rà soát phân quyền")
        verbose_name_plural = _("các lần rà soát phân quyền")
        constraints: ClassVar = [
            _area_unless_nation("review_area_unless_nation"),
            models.CheckConstraint(condition=Q(half_year__regex=r"^[0-9]{4}-H[12]$"), name="review_half_year"),
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="review_digest"),
        ]

    def __str__(self) -> str:
        return f"{self.half_year} {self.area or Reach.NATION.label}"

    @property
    def period(self) -> str:
        return half_in_words(self.half_year)
