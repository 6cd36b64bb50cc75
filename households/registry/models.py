"""Households and persons. What lasts has a half-open period; what happened has a day; nothing official is overwritten.

A place is a **code** (a village's, or its commune's where the village is not known) and a day: ``areas`` says what unit that
was. A village keeps its code when its commune changes, so that the rows stand still when the state reorganises.
"""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.fields.ranges import RangeStartsWith
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext_lazy as _

from households.registry.codes import EventKind, NumberKind, RecognisedClass, RecognitionOrigin, Relation, Sex
from povertyportal.core.history import tracked


def _a_period(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(validity__isempty=False, validity__startswith__isnull=False),
        name=name,
        violation_error_message=_("Cần ngày bắt đầu, và ngày kết thúc phải sau ngày bắt đầu."),
    )


def _known(field: str, choices: type[models.TextChoices], name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{field}__in": choices.values}), name=name)


class SealedNumber(models.Model):
    """A personal number, once for however many rows mean it: sealed, and found again by a keyed hash.

    Everything else (persons, history, drafts, findings) holds this row's key only, so that a new field key means new
    content here and nowhere else (``manage.py rotate_numbers``).
    """

    kind = models.CharField(_("loại số"), max_length=10, choices=NumberKind)
    sealed = models.BinaryField()
    fingerprint = models.BinaryField()

    class Meta:
        verbose_name = _("số định danh (đã mã hóa)")
        verbose_name_plural = _("số định danh (đã mã hóa)")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "fingerprint"], name="number_once"),
            _known("kind", NumberKind, "number_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ••••"


@tracked()
class Household(models.Model):
    """Its key is its number in the whole system. It exists on the days of ``validity``."""

    validity = DateRangeField(_("thời gian tồn tại"))
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="merged", verbose_name=_("ghi trùng với hộ")
    )
    invented = models.BooleanField(_("dữ liệu minh họa"), default=False, db_default=False)

    class Meta:
        verbose_name = _("hộ gia đình")
        verbose_name_plural = _("hộ gia đình")
        constraints: ClassVar = [
            _a_period("household_period"),
            models.CheckConstraint(condition=~Q(merged_into=F("pk")), name="household_not_into_itself"),
        ]

    def __str__(self) -> str:
        return f"H{self.pk}"


@tracked()
class Person(models.Model):
    """``birth_year`` stands alone where the day is not known. ``ethnicity``: a key of registry/ethnicities.toml."""

    full_name = models.CharField(_("họ và tên"), max_length=150)
    search_key = models.CharField(max_length=200, editable=False, db_collation="C")
    sort_key = models.CharField(max_length=600, editable=False, db_collation="C")
    sex = models.CharField(_("giới tính"), max_length=6, choices=Sex, blank=True)
    birth_date = models.DateField(_("ngày sinh"), null=True, blank=True)
    birth_year = models.PositiveSmallIntegerField(_("năm sinh"), null=True, blank=True)
    ethnicity = models.CharField(_("dân tộc"), max_length=20, blank=True)
    identity = models.ForeignKey(
        SealedNumber, models.PROTECT, null=True, related_name="+", verbose_name=_("số định danh cá nhân")
    )
    old_identity = models.ForeignKey(
        SealedNumber, models.PROTECT, null=True, related_name="+", verbose_name=_("số chứng minh nhân dân")
    )
    insurance = models.ForeignKey(
        SealedNumber, models.PROTECT, null=True, related_name="+", verbose_name=_("số bảo hiểm")
    )
    no_identity_reason = models.CharField(_("vì sao chưa có số định danh"), max_length=200, blank=True)
    died_on = models.DateField(_("ngày mất"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="merged", verbose_name=_("ghi trùng với người")
    )
    invented = models.BooleanField(_("dữ liệu minh họa"), default=False, db_default=False)

    class Meta:
        verbose_name = _("người")
        verbose_name_plural = _("người")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(full_name__regex=r"\S"), name="person_named"),
            models.CheckConstraint(condition=Q(sex="") | Q(sex__in=Sex.values), name="person_sex_known"),
            models.CheckConstraint(
                condition=Q(birth_date=None) | Q(birth_year=ExtractYear("birth_date")),
                name="person_birth_year_of_date",
            ),
            models.CheckConstraint(
                condition=Q(birth_date=None) | Q(died_on=None) | Q(died_on__gte=F("birth_date")),
                name="person_dies_after_birth",
            ),
            models.CheckConstraint(
                condition=Q(identity=None) | Q(no_identity_reason=""), name="person_reason_only_without_number"
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("pk")), name="person_not_into_itself"),
        ]

    def __str__(self) -> str:
        return self.full_name


@tracked()
class Membership(models.Model):
    """A person belongs to one household a day; a household has at most one head a day."""

    household = models.ForeignKey(Household, models.PROTECT, related_name="memberships", verbose_name=_("hộ"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships", verbose_name=_("người"))
    relation = models.CharField(_("quan hệ với chủ hộ"), max_length=14, choices=Relation)
    validity = DateRangeField(_("từ ngày đến ngày"))

    class Meta:
        verbose_name = _("thành viên hộ")
        verbose_name_plural = _("thành viên hộ")
        constraints: ClassVar = [
            _a_period("membership_period"),
            _known("relation", Relation, "membership_relation_known"),
            ExclusionConstraint(
                name="membership_one_household_a_day",
                expressions=[("person", RangeOperators.EQUAL), ("validity", RangeOperators.OVERLAPS)],
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message=_("Người này đang là thành viên của một hộ khác trong khoảng thời gian đó."),
            ),
            ExclusionConstraint(
                name="membership_one_head_a_day",
                expressions=[("household", RangeOperators.EQUAL), ("validity", RangeOperators.OVERLAPS)],
                condition=Q(relation="head"),
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message=_("Hộ này đã có chủ hộ khác trong khoảng thời gian đó."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household}: {self.person}"


@tracked()
class Residence(models.Model):
    """Where a household lives, and the code that the local office gives it there (unique in a village at best).

    ``unplaced``: a change of areas left open in which successor it lies; somebody on the spot has to say.
    """

    household = models.ForeignKey(
        Household, models.PROTECT, related_name="residences", verbose_name=_("hộ"), db_index=False
    )
    area_code = models.CharField(_("mã thôn hoặc xã"), max_length=20, db_collation="C")
    local_code = models.CharField(_("mã hộ của địa phương"), max_length=30, blank=True, db_collation="C")
    address = models.CharField(_("địa chỉ"), max_length=200, blank=True)
    unplaced = models.BooleanField(_("cần xếp lại địa bàn"), default=False, db_default=False)
    validity = DateRangeField(_("từ ngày đến ngày"))

    class Meta:
        verbose_name = _("nơi ở của hộ")
        verbose_name_plural = _("nơi ở của hộ")
        constraints: ClassVar = [
            _a_period("residence_period"),
            models.CheckConstraint(condition=Q(area_code__regex=r"^[0-9]{5}"), name="residence_in_a_commune"),
            ExclusionConstraint(
                name="residence_one_a_day",
                expressions=[("household", RangeOperators.EQUAL), ("validity", RangeOperators.OVERLAPS)],
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message=_("Hộ này đã ghi một nơi ở khác trong khoảng thời gian đó."),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["area_code", "household"], name="residence_by_area"),
            models.Index(fields=["local_code"], condition=~Q(local_code=""), name="residence_by_code"),
            models.Index("household", RangeStartsWith("validity").desc(), name="residence_last_first"),
        ]

    def __str__(self) -> str:
        return f"{self.household}: {self.area_code}"


class EventRows(models.QuerySet["HouseholdEvent"]):
    def standing(self) -> "EventRows":
        """Those that nobody withdrew: what a replay goes by."""
        return self.filter(withdrawn_by=None)


class HouseholdEvent(models.Model):
    """Something that happened to a household on a day, as it was told. Append-only: a mistaken one is withdrawn by another.

    ``other``: the household split off, joined to, left for or come from. ``details``: what a replay needs besides
    (relations, area code, address); never a personal number. ``part_of``: the event of the same act that was told first.
    """

    household = models.ForeignKey(Household, models.PROTECT, related_name="events", verbose_name=_("hộ"))
    kind = models.CharField(_("sự việc"), max_length=14, choices=EventKind)
    on = models.DateField(_("ngày"))
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="events", verbose_name=_("người"))
    other = models.ForeignKey(Household, models.PROTECT, null=True, related_name="+", verbose_name=_("hộ liên quan"))
    details = models.JSONField(default=dict)
    reason = models.CharField(_("lý do, căn cứ"), max_length=400)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("người ghi"))
    at = models.DateTimeField(_("lúc ghi"))
    part_of = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="parts", verbose_name=_("cùng một việc"), db_index=False
    )
    withdraws = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="withdrawn_by", verbose_name=_("bỏ sự kiện")
    )

    objects = EventRows.as_manager()

    class Meta:
        verbose_name = _("biến động của hộ")
        verbose_name_plural = _("biến động của hộ")
        constraints: ClassVar = [
            _known("kind", EventKind, "event_kind_known"),
            models.CheckConstraint(condition=Q(reason__regex=r"\S"), name="event_has_reason"),
            models.CheckConstraint(condition=~Q(other=F("household")), name="event_other_is_another"),
            models.CheckConstraint(condition=~Q(withdraws=F("pk")), name="event_withdraws_another"),
            models.CheckConstraint(
                condition=Q(kind=EventKind.WITHDRAWN, withdraws__isnull=False)
                | (~Q(kind=EventKind.WITHDRAWN) & Q(withdraws=None)),
                name="event_withdrawal_by_kind",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["household", "on"], name="event_by_household"),
            models.Index(fields=["part_of"], condition=~Q(part_of=None), name="event_parts"),
        ]

    def __str__(self) -> str:
        return f"{self.household} {self.get_kind_display()} {self.on}"


@tracked()
class Recognition(models.Model):
    """The class that a decision gave a household; never the computed one. Append-only: a correction is a new row.

    In force on a day: of the rows that hold on it and that no other corrects, the one with the latest start, then the latest
    entry. ``year``: the review year it belongs to. ``area_code``: the commune that decided.
    """

    household = models.ForeignKey(Household, models.PROTECT, related_name="recognitions", verbose_name=_("hộ"))
    klass = models.CharField(_("phân loại được công nhận"), max_length=9, choices=RecognisedClass, db_column="class")
    kind = models.CharField(_("dạng nghèo (2016–2021)"), max_length=20, blank=True)
    year = models.PositiveSmallIntegerField(_("năm rà soát"))
    validity = DateRangeField(_("từ ngày đến ngày"))
    decision_number = models.CharField(_("số quyết định"), max_length=60)
    decision_date = models.DateField(_("ngày quyết định"))
    area_code = models.CharField(_("mã xã ra quyết định"), max_length=20, db_collation="C")
    standard = models.CharField(_("mã chuẩn nghèo"), max_length=40)
    origin = models.CharField(_("nguồn gốc"), max_length=10, choices=RecognitionOrigin)
    source = models.CharField(_("nguồn, tệp, sổ"), max_length=400, blank=True)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="corrected_by", verbose_name=_("đính chính cho")
    )
    reason = models.CharField(_("lý do, căn cứ"), max_length=400)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("người ghi"))
    at = models.DateTimeField(_("lúc ghi"))

    class Meta:
        verbose_name = _("công nhận phân loại hộ")
        verbose_name_plural = _("công nhận phân loại hộ")
        constraints: ClassVar = [
            _a_period("recognition_period"),
            _known("klass", RecognisedClass, "recognition_class_known"),
            _known("origin", RecognitionOrigin, "recognition_origin_known"),
            models.CheckConstraint(
                condition=Q(decision_number__regex=r"\S", reason__regex=r"\S"), name="recognition_told"
            ),
            models.CheckConstraint(
                condition=~Q(origin="taken_over") | Q(source__regex=r"\S"), name="recognition_taken_over_from"
            ),
            models.CheckConstraint(condition=Q(year__range=(1993, 2100)), name="recognition_year_plausible"),
            models.CheckConstraint(condition=~Q(corrects=F("pk")), name="recognition_corrects_another"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["household", "year"], name="recognition_by_household"),
            models.Index(fields=["area_code", "year"], name="recognition_by_area"),
        ]

    def __str__(self) -> str:
        return f"{self.household} {self.get_klass_display()} {self.year}"
