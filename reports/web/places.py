"""Units that somebody looks for by name or code, on a day or on any."""

from datetime import date

from django.db.models import QuerySet
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from households.areas.models import Area
from households.areas.queries import called
from povertyportal.core.periods import on as valid_on
from povertyportal.vietnamese import fold
from reports.reported.areas import is_name_of, validity_text

LIMIT = 12


def find_areas(text: str, *, on: date | None, among: QuerySet[Area] | None = None) -> list[Area]:
    """Provinces, then districts, then communes that ``called`` finds; at most LIMIT and one more, which says that there are
    more."""
    if not fold(text):
        return []
    found = (Area.objects.all() if among is None else among).filter(called(text))
    found = valid_on(found, on) if on else found
    return list(found.order_by(Length("code"), "sort_key", "code", "validity")[: LIMIT + 1])


def told(area: Area) -> str:
    """ "Huyện Hà Quảng, mã 045 (từ 01/03/2020 đến trước ngày 01/07/2025)"."""
    return _("%(name)s, mã %(code)s (%(validity)s)") % {
        "name": area.full_name,
        "code": area.code,
        "validity": validity_text(area),
    }


def meant_by(text: str, *, on: date | None) -> list[Area]:
    """The units of just this name; where there is none, those whose name holds it."""
    found = find_areas(text, on=on)
    return [area for area in found if is_name_of(area, text)] or found
