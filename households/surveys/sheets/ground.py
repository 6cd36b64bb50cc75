"""In which kind of area a form's household lives, as far as the standards ask."""

from dataclasses import dataclass, replace
from datetime import date

from django.db import connection
from django.utils.translation import gettext as _

from households.areas.models import TraitKind
from households.areas.units import Confidence, Level
from households.criteria.law.parts import AreaType
from households.surveys.form_models import SurveyForm

URBAN = "urb"
# The regions of Phiếu B1 as the areas' facts call them, and the codes by which the standards name their columns of points.
VARIANTS = {
    "Đồng bằng sông Hồng": "rrd",
    "Trung du và miền núi phía Bắc": "nmm",
    "Bắc Trung Bộ và duyên hải miền Trung": "ncc",
    "Bắc Trung Bộ": "ncc",
    "Tây Nguyên": "ch",
    "Đông Nam Bộ": "se",
    "Đồng bằng sông Cửu Long": "mrd",
}
# The unit, what lies above it on the day, and their facts: a region of any day, to see whether it was ever another.
_FACTS = """
WITH RECURSIVE chain AS (
  SELECT code, level, type || ' ' || name AS title, parent_code FROM areas_area
   WHERE code = %(code)s AND validity @> %(on)s
  UNION ALL
  SELECT a.code, a.level, a.type || ' ' || a.name, a.parent_code
    FROM chain c JOIN areas_area a ON a.code = c.parent_code AND a.validity @> %(on)s)
SELECT c.level, c.title, t.kind, t.value, t.confidence, t.validity @> %(on)s
  FROM chain c LEFT JOIN areas_areatraits t ON t.code = c.code
   AND (t.kind = %(region)s OR (t.kind = %(settlement)s AND t.validity @> %(on)s))
"""


@dataclass(frozen=True, slots=True)
class Ground:
    """``variant``: of the table of B1 points, "" where it cannot be known; ``told``: what is known and how sure that is;
    ``known``: False where nobody recorded whether the commune is rural or urban: then nothing is classified; ``place``: the
    village and its commune."""

    area_type: AreaType
    variant: str
    told: str
    known: bool = True
    place: str = ""


@dataclass(frozen=True, slots=True)
class _Fact:
    level: str
    title: str
    kind: str | None
    value: str
    confidence: str
    holds: bool


def ground_of(form: SurveyForm) -> Ground:
    """By the map of the round's opening; 1 query besides the form's round."""
    return ground_at(form.area_code, form.round.area_on)


def ground_at(code: str, on: date) -> Ground:
    """1 query."""
    kinds = {"region": TraitKind.REGION.value, "settlement": TraitKind.SETTLEMENT.value}
    with connection.cursor() as cursor:
        cursor.execute(_FACTS, {"code": code, "on": on, **kinds})
        facts = [_Fact(*row) for row in cursor.fetchall()]
    near = {one.level: one.title for one in facts if one.level in (Level.VILLAGE, Level.COMMUNE)}
    words = [near[level] for level in (Level.VILLAGE, Level.COMMUNE) if level in near]
    return replace(_ground(facts), place=", ".join(words))


def _ground(facts: list[_Fact]) -> Ground:
    commune = next((one.title for one in facts if one.level == Level.COMMUNE), "")
    settled = next((one for one in facts if one.kind == TraitKind.SETTLEMENT), None)
    if settled is None:
        message = _("Chưa ghi %s là thành thị hay nông thôn, nên chưa phân loại được.")
        return Ground(AreaType.RURAL, "", message % (commune or _("xã của hộ")), known=False)
    if settled.value == AreaType.URBAN:
        return Ground(AreaType.URBAN, URBAN, _("%s: thành thị.") % commune)
    return _rural(commune, [one for one in facts if one.kind == TraitKind.REGION])


def _rural(commune: str, regions: list[_Fact]) -> Ground:
    """A region that an unsure list gives stands where no other was ever recorded for the province."""
    now = next((one for one in regions if one.holds), None)
    variant = VARIANTS.get(now.value, "") if now else ""
    unsure = now is not None and now.confidence == Confidence.UNSURE
    if unsure and {VARIANTS.get(one.value, "") for one in regions} != {variant}:
        variant = ""
    if now is None or not variant:
        return Ground(AreaType.RURAL, "", _("%s: nông thôn; chưa rõ vùng của bảng điểm B1.") % commune)
    told = {"commune": commune, "region": now.value}
    if unsure:
        message = _("%(commune)s: nông thôn, vùng %(region)s (cách chia vùng từ 01/7/2025 chưa chắc chắn).")
        return Ground(AreaType.RURAL, variant, message % told)
    return Ground(AreaType.RURAL, variant, _("%(commune)s: nông thôn, vùng %(region)s.") % told)
