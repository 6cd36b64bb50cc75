"""Which units the work list shows its progress by: those below the unit asked for, or those in which the account works."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import Http404

from households.access.scope import grants_with
from households.areas.queries import UnknownAreaError, find_area
from households.areas.units import Level, Version
from households.surveys.findings import Progress
from povertyportal.core.models import User

READ = "surveys.read"
NEAR = (Level.COMMUNE, Level.VILLAGE)


@dataclass(frozen=True, slots=True)
class Ground:
    """``unit``: what was asked for, or the one unit of the account. ``tops``: codes of its units where there are several, or
    where the map of the day does not know it. ``chosen``: somebody asked for the unit."""

    unit: Version | None = None
    tops: Sequence[str] = ()
    levels: Sequence[str] = ()
    nation: bool = False
    chosen: bool = False

    def arguments(self) -> dict[str, Any]:
        """Of ``findings.progress``."""
        if self.unit:
            return {"area": self.unit.code, "units": [self.unit.code], "parents": [self.unit.code]}
        return {"units": self.tops, "parents": [""] if self.nation else []}

    def near(self, units: Iterable[Progress]) -> bool:
        """So narrow that the forms themselves are listed: a commune, a village, or a few of them."""
        if self.unit:
            return self.unit.level in NEAR
        return bool(self.tops) and all(level in NEAR for level in self.levels)

    def forms(self, units: Iterable[Progress]) -> Q:
        """Those of the unit; ``units``: its progress, which names the villages."""
        if self.unit is None:
            return Q()
        return Q(area_code__in=[self.unit.code, *(one.code for one in units)])

    @property
    def above(self) -> str:
        """Code of the unit to go back to; "" for where the account began."""
        return self.unit.parent_code if self.unit and self.unit.level != Level.PROVINCE else ""


def ground_asked(code: str, user: User, on: date, day: date) -> Ground:
    """1 query, 2 where nothing is asked for. Raises Http404."""
    if code:
        try:
            return Ground(find_area(code=code, on=on), chosen=True)
        except UnknownAreaError as unknown:
            raise Http404(str(unknown)) from unknown
    granted = list(grants_with(user, READ, day=day).values_list("area__code", "area__level").distinct())
    if any(area is None for area, _level in granted):
        return Ground(nation=True)
    tops, levels = [area for area, _level in granted], [level for _area, level in granted]
    return Ground(_unit(tops[0], on) if len(tops) == 1 else None, tops, levels)


def _unit(code: str, on: date) -> Version | None:
    try:
        return find_area(code=code, on=on)
    except UnknownAreaError:
        return None
