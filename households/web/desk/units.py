"""Which units the work list shows its progress by: those below the unit asked for, or those in which the account works."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import Http404

from households.access.scope import grants_with
from households.areas.models import Area
from households.areas.queries import UnknownAreaError, as_versions, find_area
from households.areas.units import Level, Version
from households.registry.finding.places import codes_below
from households.surveys.findings import Progress
from households.surveys.forms.reach import READ
from povertyportal.core.models import User
from povertyportal.core.periods import on as holding_on

NEAR = (Level.COMMUNE, Level.VILLAGE)


@dataclass(frozen=True, slots=True)
class Ground:
    """``unit``: what was asked for, or the one unit of the account. ``tops``: codes of its units where there are several.
    ``chosen``: somebody asked for the unit. ``on``: the day of its map."""

    unit: Version | None = None
    tops: Sequence[str] = ()
    levels: Sequence[str] = ()
    nation: bool = False
    chosen: bool = False
    on: date | None = None

    def arguments(self) -> dict[str, Any]:
        """Of ``findings.progress``."""
        if self.unit:
            return {"roots": [self.unit.code], "wide": self.unit.level not in NEAR}
        wide = self.nation or any(level not in NEAR for level in self.levels)
        return {"roots": [""] if self.nation else [], "units": self.tops, "wide": wide}

    def near(self, units: Iterable[Progress]) -> bool:
        """So narrow that the forms themselves are listed: a commune, a village, or a few of them."""
        if self.unit:
            return self.unit.level in NEAR
        return bool(self.tops) and all(level in NEAR for level in self.levels)

    @property
    def near_unit(self) -> bool:
        return self.unit is not None and self.unit.level in NEAR

    @property
    def whole(self) -> str:
        """Code of the commune, of which a village may be chosen."""
        return "" if self.unit is None else self.above if self.unit.level == Level.VILLAGE else self.unit.code

    def forms(self, units: Iterable[Progress]) -> Q:
        """Those of the unit; ``units``: its progress, which names the villages of a commune. 1 query for a wider unit that was
        asked for; the account's own is all that it reaches."""
        if self.unit is None:
            return Q()
        if self.unit.level not in NEAR:
            return Q(area_code__in=codes_below(self.unit.code, on=self.on)) if self.chosen and self.on else Q()
        return Q(area_code__in=[self.unit.code, *(one.code for one in units)])

    @property
    def above(self) -> str:
        """Code of the unit to go back to; "" for where the account began."""
        return self.unit.parent_code if self.unit and self.unit.level != Level.PROVINCE else ""


def ground_asked(code: str, user: User, on: date, day: date, *, nation: bool) -> Ground:
    """``nation``: the account sees all of it; 1 query. Raises Http404."""
    if code:
        try:
            return Ground(find_area(code=code, on=on), chosen=True, on=on)
        except UnknownAreaError as unknown:
            raise Http404(str(unknown)) from unknown
    if nation:
        return Ground(nation=True)
    granted = grants_with(user, READ, day=day).values("area__code")
    tops = as_versions(holding_on(Area.objects.filter(code__in=granted), on))
    if len(tops) == 1:
        return Ground(tops[0])
    return Ground(None, [one.code for one in tops], [one.level for one in tops])
