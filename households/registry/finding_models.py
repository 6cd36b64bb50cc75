"""Tables that only help to find: made from the registry, never its truth. And what people decided about findings."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from households.registry.models import Household, Person
from povertyportal.core.history import tracked


class SearchRow(models.Model):
    """A person where he lives now (or lived last), with the keys of his name. Written with whatever changes the registry.

    ``name_key``: folded words in order; ``reverse_key``: the same words from the given name to the family name, so that
    both ends of a name are prefixes. ``sort_key`` sorts by given name in the order of the alphabet. Two of the indexes carry
    what the scope asks for: a name is counted down to the rows that may be shown without a look at the table; so are the heads
    of an area.
    """

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="+")
    household = models.ForeignKey(Household, models.CASCADE, null=True, related_name="+", db_index=False)
    area_code = models.CharField(max_length=20, blank=True, db_collation="C")
    name_key = models.CharField(max_length=200, db_collation="C")
    reverse_key = models.CharField(max_length=200, db_collation="C")
    sort_key = models.CharField(max_length=600, db_collation="C")
    head = models.BooleanField(default=False)
    gone = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("dòng tra cứu")
        verbose_name_plural = _("dòng tra cứu")
        indexes: ClassVar = [
            models.Index(fields=["name_key"], include=["person", "area_code"], name="search_by_name"),
            models.Index(fields=["reverse_key"], include=["person", "area_code"], name="search_by_given_name"),
            models.Index(fields=["sort_key"], name="search_in_order"),
            models.Index(
                fields=["area_code", "reverse_key"], include=["person", "head", "gone"], name="search_in_area"
            ),
            models.Index(fields=["household"], name="search_by_household"),
        ]

    def __str__(self) -> str:
        return self.name_key


class FoldedName(models.Model):
    """A name that somebody bears, or bore: folded words from the given name on (``SearchRow.reverse_key``). Many people share
    one: what stands inside of a name is looked for here, once for all who bear it."""

    reverse_key = models.CharField(max_length=200, primary_key=True, db_collation="C")

    class Meta:
        verbose_name = _("họ tên bỏ dấu")
        verbose_name_plural = _("họ tên bỏ dấu")
        indexes: ClassVar = [
            GinIndex(Func(F("reverse_key"), Value(" "), function="string_to_array"), name="name_by_word"),
        ]

    def __str__(self) -> str:
        return self.reverse_key


class NameWord(models.Model):
    """A folded word that occurs in names: what a mistyped one may have meant."""

    word = models.CharField(max_length=60, primary_key=True, db_collation="C")

    class Meta:
        verbose_name = _("chữ trong tên")
        verbose_name_plural = _("chữ trong tên")

    def __str__(self) -> str:
        return self.word


class SavedFilter(models.Model):
    """A search that somebody keeps under a name. ``query``: the page's filters; never a personal number."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_filters")
    name = models.CharField(_("tên bộ lọc"), max_length=80)
    query = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("bộ lọc đã lưu")
        verbose_name_plural = _("bộ lọc đã lưu")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "name"],
                name="saved_filter_once",
                violation_error_message=_("Đã có một bộ lọc mang tên này."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Verdict(models.TextChoices):
    SAME = "same", _("cùng một người")
    DIFFERENT = "different", _("hai người khác nhau")


@tracked()
class DuplicateVerdict(models.Model):
    """Whether two persons that look alike are one. Append-only; of several about a pair the latest counts."""

    first = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("người thứ nhất"))
    second = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("người thứ hai"))
    verdict = models.CharField(_("kết luận"), max_length=9, choices=Verdict)
    reason = models.CharField(_("lý do, căn cứ"), max_length=400)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("người kết luận"))
    at = models.DateTimeField(_("lúc kết luận"))

    class Meta:
        verbose_name = _("kết luận về ghi trùng")
        verbose_name_plural = _("kết luận về ghi trùng")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="verdict_pair_in_order"),
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="verdict_known"),
            models.CheckConstraint(condition=Q(reason__regex=r"\S"), name="verdict_has_reason"),
        ]
        indexes: ClassVar = [models.Index(fields=["first", "second"], name="verdict_by_pair")]

    def __str__(self) -> str:
        return f"{self.first} / {self.second}: {self.get_verdict_display()}"
