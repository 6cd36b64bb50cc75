from datetime import date
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Deferrable, Q
from django.utils.translation import gettext_lazy as _

from households.areas.units import Confidence, Extent, Level, same_since
from povertyportal.core.history import tracked

LEVELS = [
    (Level.PROVINCE.value, _("cấp tỉnh")),
    (Level.DISTRICT.value, _("cấp huyện")),
    (Level.COMMUNE.value, _("cấp xã")),
    (Level.VILLAGE.value, _("thôn, tổ dân phố")),
]
EXTENTS = [(Extent.WHOLE.value, _("toàn bộ")), (Extent.PART.value, _("một phần"))]
CONFIDENCES = [
    (Confidence.VERIFIED.value, _("đã đối chiếu với nguồn")),
    (Confidence.DERIVED.value, _("suy ra từ danh mục")),
    (Confidence.RECALLED.value, _("chưa đối chiếu văn bản")),
    (Confidence.UNSURE.value, _("chưa chắc chắn")),
]


class Origin(models.TextChoices):
    """Who wrote the row: ``load_areas`` changes only what it loaded itself."""

    LOADED = "loaded", _("nạp từ tệp dữ liệu")
    ENTERED = "entered", _("người dùng nhập")


def _holds_a_day(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(validity__isempty=False), name=name)


@tracked()
class Area(models.Model):
    """One version of an administrative unit. Codes are re-used: **code plus date** is the key.

    The parent is a code, looked up on the date asked for: a new version of a district needs none of its communes.
    Where the start is not known, ``vouched_from`` is the day of the first list that shows the unit.
    """

    code = models.CharField(_("mã"), max_length=20, db_collation="C")
    level = models.CharField(_("cấp"), max_length=8, choices=LEVELS)
    type = models.CharField(_("loại"), max_length=20)
    name = models.CharField(_("tên"), max_length=120)
    parent_code = models.CharField(_("mã đơn vị cấp trên"), max_length=20, blank=True, db_collation="C")
    validity = DateRangeField(_("thời gian có hiệu lực"))
    vouched_from = models.DateField(_("có trong danh mục từ ngày"), null=True, blank=True)
    legal_basis = models.CharField(_("căn cứ pháp lý"), max_length=400, blank=True)
    source = models.CharField(_("nguồn số liệu"), max_length=400, blank=True)
    origin = models.CharField(max_length=8, choices=Origin, default=Origin.ENTERED)
    search_key = models.CharField(max_length=200, editable=False)
    sort_key = models.CharField(max_length=600, editable=False, db_collation="C")

    class Meta:
        verbose_name = _("đơn vị hành chính")
        verbose_name_plural = _("đơn vị hành chính")
        constraints: ClassVar = [
            ExclusionConstraint(
                name="area_code_once_a_day",
                expressions=[("code", RangeOperators.EQUAL), ("validity", RangeOperators.OVERLAPS)],
                deferrable=Deferrable.IMMEDIATE,
                violation_error_message=_("Mã này đã có một đơn vị hành chính khác trong khoảng thời gian đó."),
            ),
            _holds_a_day("area_validity_not_empty"),
            models.CheckConstraint(
                condition=Q(level="province", parent_code="") | (~Q(level="province") & ~Q(parent_code="")),
                name="area_parent_unless_province",
                violation_error_message=_("Cấp tỉnh không có đơn vị cấp trên; các cấp khác phải có."),
            ),
            models.CheckConstraint(
                condition=Q(level="province", code__regex=r"^[0-9]{2}$")
                | Q(level="district", code__regex=r"^[0-9]{3}$")
                | Q(level="commune", code__regex=r"^[0-9]{5}$")
                | Q(level="village", code__regex=r"^[0-9]{5}.+$"),
                name="area_code_fits_level",
                violation_error_message=_(
                    "Mã cấp tỉnh có 2 chữ số, cấp huyện 3, cấp xã 5; mã thôn bắt đầu bằng mã xã."
                ),
            ),
            models.CheckConstraint(condition=Q(level__in=[level.value for level in Level]), name="area_level_known"),
            models.CheckConstraint(
                condition=Q(vouched_from=None)
                | Q(validity__startswith=None, validity__contains=models.F("vouched_from")),
                name="area_vouched_only_for_unknown_start",
                violation_error_message=_(
                    "Ngày của danh mục đầu tiên chỉ ghi khi chưa rõ ngày bắt đầu, và nằm trong thời gian có hiệu lực."
                ),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["code"], name="area_code"),
            models.Index(fields=["parent_code"], name="area_parent_code"),
            GinIndex(fields=["search_key"], name="area_search", opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self) -> str:
        return f"{self.full_name} ({self.code})"

    @property
    def full_name(self) -> str:
        return f"{self.type} {self.name}"

    def same_since(self, day: date) -> date:
        return same_since(day, start=self.validity.lower, vouched_from=self.vouched_from)


@tracked()
class AreaSuccession(models.Model):
    """An act ended one version of a unit, and (part of) its land belongs to another version from that day on."""

    from_area = models.ForeignKey(Area, models.PROTECT, related_name="successions", verbose_name=_("từ"))
    to_area = models.ForeignKey(Area, models.PROTECT, related_name="origins", verbose_name=_("thành"))
    on_date = models.DateField(_("từ ngày"))
    extent = models.CharField(_("phạm vi"), max_length=5, choices=EXTENTS)
    legal_basis = models.CharField(_("căn cứ pháp lý"), max_length=400)
    source = models.CharField(_("nguồn số liệu"), max_length=400, blank=True)
    confidence = models.CharField(_("độ tin cậy"), max_length=8, choices=CONFIDENCES)
    note = models.CharField(_("ghi chú"), max_length=400, blank=True)
    origin = models.CharField(max_length=8, choices=Origin, default=Origin.ENTERED)

    class Meta:
        verbose_name = _("biến động đơn vị hành chính")
        verbose_name_plural = _("biến động đơn vị hành chính")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["from_area", "to_area"], name="succession_once"),
            models.CheckConstraint(condition=~Q(from_area=models.F("to_area")), name="succession_to_another"),
            models.CheckConstraint(
                condition=Q(extent__in=[extent.value for extent in Extent]), name="succession_extent_known"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["on_date"], name="succession_on_date")]

    def __str__(self) -> str:
        return f"{self.from_area} → {self.to_area}"


class TraitKind(models.TextChoices):
    SETTLEMENT = "settlement", _("thành thị hay nông thôn")
    REGION = "region", _("vùng kinh tế - xã hội")
    ETHNIC_ZONE = "ethnic_zone", _("khu vực vùng dân tộc thiểu số và miền núi")
    EXTREMELY_DIFFICULT = "extremely_difficult", _("đặc biệt khó khăn")


@tracked()
class AreaTraits(models.Model):
    """A dated fact about a code: it may change while the unit stays the same. No row: not known."""

    code = models.CharField(_("mã đơn vị"), max_length=20, db_collation="C")
    kind = models.CharField(_("đặc điểm"), max_length=20, choices=TraitKind)
    value = models.CharField(_("giá trị"), max_length=60)
    validity = DateRangeField(_("thời gian có hiệu lực"))
    legal_basis = models.CharField(_("căn cứ pháp lý"), max_length=400, blank=True)
    source = models.CharField(_("nguồn số liệu"), max_length=400, blank=True)
    confidence = models.CharField(_("độ tin cậy"), max_length=8, choices=CONFIDENCES)
    origin = models.CharField(max_length=8, choices=Origin, default=Origin.ENTERED)

    class Meta:
        verbose_name = _("đặc điểm đơn vị hành chính")
        verbose_name_plural = _("đặc điểm đơn vị hành chính")
        constraints: ClassVar = [
            ExclusionConstraint(
                name="trait_once_a_day",
                expressions=[
                    ("code", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    ("validity", RangeOperators.OVERLAPS),
                ],
                deferrable=Deferrable.IMMEDIATE,
                violation_error_message=_("Đơn vị này đã có giá trị khác trong khoảng thời gian đó."),
            ),
            _holds_a_day("trait_validity_not_empty"),
            models.CheckConstraint(
                condition=~Q(kind="settlement") | Q(value__in=["urban", "rural"]), name="trait_urban_or_rural"
            ),
            models.CheckConstraint(
                condition=~Q(kind="ethnic_zone") | Q(value__in=["I", "II", "III"]), name="trait_zone_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.value}"
