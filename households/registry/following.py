"""What becomes of households when units change: where they live follows the map, what was said of a day stays as it was."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Literal

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from households.areas.changes import AppliedChange, ChangePlan
from households.areas.changes.followers import register_follower
from households.areas.units import Level
from households.registry import events
from households.registry.carrying import Ended, heir_of
from households.registry.codes import EventKind
from households.registry.finding import upkeep
from households.registry.models import Residence
from povertyportal.core.models import User

# Every field that names an area, and what a change of areas does with it. "moves": the row goes on in the successor; "stays":
# it says what was so on its day; "code": a code that is looked up on a day, nothing to do. A new field must be put here.
Following = Literal["moves", "stays", "code"]
FOLLOWS: dict[str, Following] = {
    "areas.Area.parent_code": "moves",  # areas.changes
    "areas.AreaSuccession.from_area": "stays",
    "areas.AreaSuccession.to_area": "stays",
    "households.Residence.area_code": "moves",
    "households.Residence.local_code": "moves",  # with its row; the commune may give another one later
    "households.Grant.area": "moves",  # access.following
    "households.AccountUnit.area": "moves",  # access.workplaces
    "households.SearchRow.area_code": "moves",  # made anew from the residences
    "households.RightsReview.area": "stays",
    "households.Recognition.area_code": "stays",
    "households.SurveyRound.area_code": "stays",
    "households.RoundTotals.commune_code": "stays",
    "households.SurveyForm.area_code": "stays",
    "households.Intake.commune_code": "stays",
    "households.Dossier.area_code": "stays",
    "households.DossierPart.area_code": "stays",
    "households.Decision.area_code": "stays",
    "households.Certificate.area_code": "stays",
    "households.Refusal.area_code": "stays",
    "households.SubjectRequest.commune_code": "stays",
    "reports.ReportedFigure.area": "stays",
    "reports.ReportedFigure.area_code": "stays",
}

# In one statement, so that the two halves of a row never overlap; the web role's triggers write the history of both.
_FOLLOW = """
WITH map (old, new, lost) AS (SELECT * FROM unnest(%(old)s::text[], %(new)s::text[], %(unplaced)s::boolean[])),
concerned AS (
    SELECT r.*, map.new, map.lost FROM households_residence r JOIN map ON map.old = r.area_code
     WHERE NOT isempty(r.validity * daterange(%(on)s, NULL))
),
moved AS (
    UPDATE households_residence r
       SET area_code = c.new, unplaced = c.unplaced OR c.lost
      FROM concerned c WHERE r.id = c.id AND lower(c.validity) >= %(on)s
),
ended AS (
    UPDATE households_residence r SET validity = daterange(lower(r.validity), %(on)s)
      FROM concerned c WHERE r.id = c.id AND lower(c.validity) < %(on)s
),
told AS (
    INSERT INTO households_householdevent (household_id, kind, "on", details, reason, by_id, at)
    SELECT household_id, %(kind)s, greatest(lower(validity), %(on)s),
           jsonb_build_object('follows', jsonb_build_object(
               'from', area_code::text, 'to', new, 'unplaced', lost)),
           %(reason)s, %(by)s, %(at)s
      FROM concerned ORDER BY household_id
),
begun AS (
    INSERT INTO households_residence (household_id, area_code, local_code, address, unplaced, validity)
    SELECT household_id, new, local_code, address, unplaced OR lost, validity * daterange(%(on)s, NULL)
      FROM concerned WHERE lower(validity) < %(on)s ORDER BY household_id
)
SELECT DISTINCT household_id FROM concerned
"""


def steps_of(ended: Iterable[Ended]) -> dict[str, tuple[str, bool]]:
    """Codes whose households go elsewhere or need a place; what stands still is left out. A village that ends without a
    successor goes the way of its commune."""
    units = {unit.code: unit for unit in ended}
    found: dict[str, tuple[str, bool]] = {}
    for unit in units.values():
        heir, unplaced = heir_of(unit)
        if heir == unit.parent_code and heir in units and not unit.heirs:
            heir, unplaced = heir_of(units[heir])[0], True
        if heir != unit.code or unplaced:
            found[unit.code] = (heir, unplaced)
    return found


def _planned(plan: ChangePlan) -> dict[str, tuple[str, bool]]:
    made = {version.code for version in plan.plan.made}
    heirs: dict[str, list[str]] = {}
    for link in plan.plan.links:
        heirs.setdefault(link.from_code, []).append(link.to_code)
    return steps_of(
        Ended(one.code, one.level.value, one.parent_code, one.code in made, tuple(heirs.get(one.code, ())))
        for one in plan.plan.cut
        if one.level in (Level.COMMUNE, Level.VILLAGE)
    )


def preview(plan: ChangePlan) -> list[str]:
    """How many households would live elsewhere from the day on, and how many would wait to be placed."""
    steps = _planned(plan)
    rows = Residence.objects.extra(where=["NOT isempty(validity * daterange(%s, NULL))"], params=[plan.operation.on])
    certain = [code for code, (_heir, unplaced) in steps.items() if not unplaced]
    open_ = [code for code, (_heir, unplaced) in steps.items() if unplaced]
    moved, waiting = rows.filter(area_code__in=certain).count(), rows.filter(area_code__in=open_).count()
    sentences = []
    if moved:
        text = ngettext("%(count)s hộ được chuyển theo.", "%(count)s hộ được chuyển theo.", moved)
        sentences.append(text % {"count": moved})
    if waiting:
        text = ngettext(
            "%(count)s hộ được chuyển theo và cần cán bộ xã xếp lại vào thôn, xã đúng.",
            "%(count)s hộ được chuyển theo và cần cán bộ xã xếp lại vào thôn, xã đúng.",
            waiting,
        )
        sentences.append(text % {"count": waiting})
    return sentences


def follow(change: AppliedChange, by: User, at: datetime) -> None:
    """In the transaction of the change, after the new versions are written: set-wise, however many households."""
    codes = {area.pk: area.code for area in (*change.ended, *change.made)}
    heirs: dict[str, list[str]] = {}
    for link in change.links:
        heirs.setdefault(codes[link.from_area_id], []).append(codes[link.to_area_id])
    made = {area.code for area in change.made}
    steps = steps_of(
        Ended(area.code, area.level, area.parent_code, area.code in made, tuple(heirs.get(area.code, ())))
        for area in change.ended
        if area.level in (Level.COMMUNE, Level.VILLAGE)
    )
    if steps:
        _carry(steps, change, by, at)


def _carry(steps: dict[str, tuple[str, bool]], change: AppliedChange, by: User, at: datetime) -> None:
    values: dict[str, Any] = {
        "old": list(steps),
        "new": [heir for heir, _unplaced in steps.values()],
        "unplaced": [unplaced for _heir, unplaced in steps.values()],
        "on": change.operation.on,
        "kind": EventKind.AREA_CHANGED.value,
        "reason": (change.operation.legal_basis or _("Thay đổi đơn vị hành chính"))[:400],
        "by": by.pk,
        "at": at,
    }
    with connection.cursor() as cursor:
        cursor.execute(_FOLLOW, values)
        households = [household for (household,) in cursor.fetchall()]
    again = events.restated_after(households, change.operation.on)
    events.restate(again, reason=values["reason"], by=by, at=at)
    upkeep.refresh(household_ids=households)


def register() -> None:
    """Called once, when the app is ready."""
    register_follower(gettext_lazy("Hộ gia đình"), preview, follow)
