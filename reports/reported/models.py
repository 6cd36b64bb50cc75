from datetime import date
from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from households.areas.models import Area
from povertyportal.core.history import tracked
from reports.reported.values import in_file_notation
from reports.tables import Figure, FigureKey, Qualifier

KEY_FIELDS = ("area_code", "boundary_on", "standard", "programme", "measure", "period_from", "period_to")


@tracked()
class ReportedFigure(models.Model):
    """One revision of a published figure. ``area`` is the version of the unit in force on ``boundary_on``.

    ``period_from`` and ``period_to`` are inclusive, as published. Two people who correct the same revision at once
    cannot both win: a row is superseded once, and revisions of a key are numbered without gap (trigger in 0001).
    """

    report = models.CharField(_("văn bản nguồn"), max_length=60)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", verbose_name=_("địa bàn"))
    area_code = models.CharField(_("mã địa bàn"), max_length=20)
    boundary_on = models.DateField(_("theo địa giới ngày"))
    standard = models.CharField(_("chuẩn nghèo"), max_length=60, blank=True)
    programme = models.CharField(_("chương trình, chính sách"), max_length=60, blank=True)
    measure = models.CharField(_("chỉ tiêu"), max_length=100)
    unit = models.CharField(_("đơn vị tính"), max_length=40)
    period_from = models.DateField(_("từ ngày"))
    period_to = models.DateField(_("đến hết ngày"))
    published = models.CharField(_("giá trị như đã công bố"), max_length=60)
    value = models.DecimalField(_("giá trị"), max_digits=22, decimal_places=6)
    upper = models.DecimalField(_("giá trị trên"), max_digits=22, decimal_places=6, null=True)
    qualifier = models.CharField(
        _("loại giá trị"), max_length=10, choices=[(kind.value, kind.value) for kind in Qualifier]
    )
    note = models.CharField(_("ghi chú"), max_length=1000, blank=True)
    origin = models.CharField(_("nhập từ"), max_length=200)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(_("lúc nhập"))
    revision = models.PositiveIntegerField(_("lần"), default=1)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="superseded_by", verbose_name=_("thay cho")
    )
    reason = models.CharField(_("lý do sửa"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("số liệu đã công bố")
        verbose_name_plural = _("số liệu đã công bố")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=[*KEY_FIELDS, "revision"], name="figure_revision_once"),
            models.CheckConstraint(condition=Q(period_from__lte=F("period_to")), name="figure_period_in_order"),
            models.CheckConstraint(
                condition=Q(qualifier__in=[kind.value for kind in Qualifier]), name="figure_qualifier_known"
            ),
            models.CheckConstraint(
                condition=Q(qualifier="range", upper__isnull=False, upper__gt=F("value"))
                | Q(qualifier="of", upper__isnull=False, upper__gt=0, value__lte=F("upper"))
                | Q(upper__isnull=True, qualifier__in=["exact", "nearly", "over", "target"]),
                name="figure_upper_fits_qualifier",
            ),
            models.CheckConstraint(
                condition=Q(revision=1, supersedes__isnull=True, reason="")
                | (Q(revision__gt=1, supersedes__isnull=False) & ~Q(reason="")),
                name="figure_correction_complete",
            ),
            models.CheckConstraint(
                condition=~Q(measure="") & ~Q(unit="") & ~Q(report="") & ~Q(published="") & ~Q(area_code=""),
                name="figure_texts_given",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["area_code", "period_from"], name="figure_by_area")]

    def __str__(self) -> str:
        return f"{self.area_code} {self.programme} {self.measure} {self.published}"

    @property
    def key(self) -> FigureKey:
        return FigureKey(*(getattr(self, name) for name in KEY_FIELDS))

    def as_figure(self) -> Figure:
        return Figure(
            key=self.key,
            value=plain(self.value),
            unit=self.unit,
            upper=None if self.upper is None else plain(self.upper),
            qualifier=Qualifier(self.qualifier),
            published=in_file_notation(self.published, self.value, self.upper),
            note=self.note,
            report=self.report,
        )


def plain(value: Decimal) -> Decimal:
    """Without the zeros that the column's scale adds: 991.000000 is 991."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def key_filter(key: FigureKey) -> dict[str, str | date]:
    values = (key.area, key.boundary_on, key.standard, key.programme, key.measure, key.period_from, key.period_to)
    return dict(zip(KEY_FIELDS, values, strict=True))
