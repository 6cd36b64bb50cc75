import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class KeptFile(models.Model):
    """A file that the portal made or was given, sealed, until its day is over. ``key`` stands in addresses and ties the content
    to the row; ``purpose`` names who made it, and with that which page may open it."""

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    purpose = models.CharField(max_length=80)
    name = models.CharField(_("tên tệp"), max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(_("cỡ"))
    sealed = models.BinaryField()
    job = models.ForeignKey("core.Job", models.PROTECT, null=True, related_name="files")
    made_by = models.ForeignKey("core.User", models.PROTECT, related_name="+", verbose_name=_("người làm"))
    made_at = models.DateTimeField(_("lúc làm"))
    keep_until = models.DateTimeField(_("giữ đến"), db_index=True)

    class Meta:
        verbose_name = _("tệp được giữ")
        verbose_name_plural = _("tệp được giữ")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(keep_until__gt=F("made_at")), name="file_kept_for_a_while"),
        ]
        indexes: ClassVar = [models.Index(fields=["made_by", "purpose"], name="file_by_maker")]

    def __str__(self) -> str:
        return self.name
