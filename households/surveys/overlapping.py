"""Whether two rounds of one code would survey the same households: one lies in the other, today or by an earlier map."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from households.access.scope import Scope, reach_of
from households.areas.models import Area
from households.surveys.models import SurveyRound


def overlapping(area: Area, on: date, others: Sequence[SurveyRound]) -> Iterator[SurveyRound]:
    """``others``: rounds of the same code. A few queries, and one for each round opened by another map."""
    if not others:
        return
    reach, above = reach_of([area.pk]), set(_above(area, on))
    for other, unit in _with_units(others):
        if unit.pk in above or reach.covers(other.area_code, on=other.area_on):
            yield other
        elif not (_holds(unit, on) and _holds(area, other.area_on)):
            theirs = reach_of([unit.pk])
            if _share_land(reach, theirs, min(on, other.area_on)):
                yield other


def _with_units(rounds: Sequence[SurveyRound]) -> Iterator[tuple[SurveyRound, Area]]:
    versions: dict[str, list[Area]] = {}
    for unit in Area.objects.filter(code__in={one.area_code for one in rounds}):
        versions.setdefault(unit.code, []).append(unit)
    for one in rounds:
        yield from ((one, unit) for unit in versions.get(one.area_code, ()) if _holds(unit, one.area_on))


def _holds(unit: Area, day: date) -> bool:
    return day in unit.validity


def _above(area: Area, on: date) -> Iterable[int]:
    while area.parent_code:
        parent = Area.objects.filter(code=area.parent_code, validity__contains=on).first()
        if parent is None:
            return
        yield parent.pk
        area = parent


def _share_land(one: Scope, other: Scope, day: date) -> bool:
    """On the earlier of the two maps: a unit that gave land to both on a later day is not yet divided then."""
    return any(unit.on(day) and other.units[key].on(day) for key, unit in one.units.items() if key in other.units)
