"""Publishing of standards and of tables of B1 points: who may propose, who decides, and how the histories are told."""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from households.areas.models import Area
from households.criteria.models import B1TableRow, LegalStandard
from povertyportal.core.described import describe_history


def _standard_within(areas: Collection[int]) -> Q:
    """A local standard concerns its provinces, a national one everybody."""
    units = Area.objects.filter(id__in=areas, level="province", code=OuterRef("scope__0"))
    return Q(scope=[]) | Q(Exists(units))


def _table_within(areas: Collection[int]) -> Q:
    codes = LegalStandard.objects.filter(_standard_within(areas)).values("code")
    return Q(code__in=codes)


def register() -> None:
    """Called once, when the app is ready."""
    describe_history(
        LegalStandard,
        title=_("Chuẩn nghèo"),
        name="{title} ({code}, phiên bản {version})",
        within=_standard_within,
        hidden=("digest", "law_digest"),
    )
    describe_history(
        B1TableRow,
        title=_("Bảng điểm B1"),
        name="{name} ({code}, bảng {version})",
        within=_table_within,
        hidden=("digest",),
    )
