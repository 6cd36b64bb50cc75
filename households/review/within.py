"""Rows of a commune and a day that a scope covers."""

from django.db.models import Exists, OuterRef, Q
from psycopg2.extras import DateRange

from households.access.scope import Scope
from households.areas.models import Area


def within(scope: Scope, code: str, on: str) -> Q:
    """``code``, ``on``: the fields that name the unit and the day of whose map it is one."""
    if scope.nation:
        return Q()
    always = [key for key, unit in scope.units.items() if unit.always]
    units = Area.objects.filter(id__in=always, code=OuterRef(code), validity__contains=OuterRef(on))
    wanted = Q(Exists(units)) if always else Q(pk__in=[])
    for unit in scope.units.values():
        if not unit.always:
            for span in unit.spans:
                wanted |= Q(**{code: unit.code}) & _in_days(span, on)
    return wanted


def _in_days(span: DateRange, on: str) -> Q:
    after = Q(**{f"{on}__gte": span.lower}) if span.lower else Q()
    return after & (Q(**{f"{on}__lt": span.upper}) if span.upper else Q())
