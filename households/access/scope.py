"""Which units somebody may see or change on a day. Empty means nothing; everywhere is said, never left out.

A grant reaches its area, everything below it, and everything whose land went to one of these, on the days on which that
was so: a district that moved to another province leaves its old province's scope on the day of the move, with its communes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _
from psycopg2.extras import DateRange

from households.access.models import Grant, Reach
from households.access.roles import catalogue
from households.areas.models import Area
from povertyportal.core.accounts import SYSTEM_USERNAME
from povertyportal.core.models import User
from povertyportal.core.periods import on as valid_on
from povertyportal.vietnamese import format_date

M = TypeVar("M", bound=Model)
_KEPT = "_grants_of_a_day"

# From a unit that only gave a part of its land nothing further down is taken in: its communes have successions of their own.
# Said as isempty, not as &&: the index of periods would be read for each unit, and finds nearly the whole map each time.
_REACHED = """
WITH RECURSIVE reached (id, code, span, deep) AS (
    SELECT a.id, a.code, a.validity, true FROM areas_area a WHERE a.id = ANY(%s)
    UNION
    SELECT next.id, next.code, next.span, next.deep
      FROM reached r
      CROSS JOIN LATERAL (
        SELECT below.id, below.code, below.validity * r.span AS span, true AS deep
          FROM areas_area below
         WHERE r.deep AND below.parent_code = r.code AND NOT isempty(below.validity * r.span)
        UNION ALL
        SELECT before.id, before.code, before.validity, r.deep AND s.extent = 'whole'
          FROM areas_areasuccession s JOIN areas_area before ON before.id = s.from_area_id
         WHERE s.to_area_id = r.id AND r.span @> s.on_date
      ) next
)
SELECT one.id, one.code, part, one.spans @> one.validity
  FROM (SELECT reached.id, reached.code, a.validity, range_agg(span) AS spans
          FROM reached JOIN areas_area a ON a.id = reached.id GROUP BY reached.id, reached.code, a.validity) one
  CROSS JOIN LATERAL unnest(one.spans) part
"""


@dataclass(frozen=True, slots=True)
class Reached:
    """A version of a unit in the scope, on these days. ``always``: on every day of its life."""

    code: str
    spans: tuple[DateRange, ...]
    always: bool

    def on(self, day: date) -> bool:
        return any(day in span for span in self.spans)


@dataclass(frozen=True, slots=True)
class Scope:
    """Versions of units by id. ``nation``: all of them, whatever ``units`` says."""

    nation: bool = False
    units: Mapping[int, Reached] = field(default_factory=dict)
    by_code: Mapping[str, Sequence[Reached]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return self.nation or bool(self.units)

    @property
    def ids(self) -> frozenset[int]:
        """Empty for the whole nation: filter with ``limit``."""
        return frozenset(self.units)

    def covers(self, code: str, *, on: date) -> bool:
        """Whether the unit that had the code on the day is in the scope."""
        return self.nation or any(unit.on(on) for unit in self.by_code.get(code, ()))

    def names(self, code: str) -> bool:
        """Whether a unit in the scope has the code on any day."""
        return self.nation or code in self.by_code

    def holds(self, area: Area | None, *, on: date | None = None) -> bool:
        """Whether a version of a unit is in the scope (on a day); no area is the nation."""
        if self.nation:
            return True
        unit = self.units.get(area.pk) if area else None
        return unit is not None and (on is None or unit.on(on))

    def areas(self) -> QuerySet[Area]:
        return Area.objects.all() if self.nation else Area.objects.filter(id__in=self.ids)

    def limit(self, rows: QuerySet[M], area: str = "area", *, on: str = "") -> QuerySet[M]:
        """Rows whose ``area`` is in the scope; with ``on``, the date field that says of which day's map the row is."""
        if self.nation:
            return rows
        always = [key for key, unit in self.units.items() if unit.always or not on]
        wanted = Q(**{f"{area}__in": always})
        for key, unit in self.units.items():
            if on and not unit.always:
                for span in unit.spans:
                    wanted |= _within(Q(**{area: key}), span, on)
        return rows.filter(wanted)


NOTHING = Scope()
EVERYWHERE = Scope(nation=True)


def _within(wanted: Q, span: DateRange, on: str) -> Q:
    after = Q(**{f"{on}__gte": span.lower}) if span.lower else Q()
    return wanted & after & (Q(**{f"{on}__lt": span.upper}) if span.upper else Q())


def effective(grants: QuerySet[Grant], day: date) -> QuerySet[Grant]:
    """Grants that work on the day: their own period and their unit's life both hold it."""
    return valid_on(grants, day).filter(Q(reach=Reach.NATION) | Q(area__validity__contains=day))


def grants_with(user: User, action: str, *, day: date) -> QuerySet[Grant]:
    """Raises KeyError for an action that roles.toml does not know."""
    roles = catalogue().with_action(action)
    return effective(Grant.objects.filter(user=user, role__in=roles, user__is_active=True), day)


def scope_of(user: object, *actions: str, day: date) -> Scope:
    """Where the user may do any of these; 2 queries. The system's own account, which cannot sign in, has every right."""
    roles = {role for action in actions for role in catalogue().with_action(action)}
    if not isinstance(user, User) or not user.is_active:
        return NOTHING
    if user.username == SYSTEM_USERNAME:
        return EVERYWHERE
    found = effective(Grant.objects.filter(user=user, role__in=roles), day).values_list("reach", "area_id")
    reaches = list(found)
    if any(reach == Reach.NATION for reach, _area in reaches):
        return EVERYWHERE
    return reach_of(area for _reach, area in reaches if area is not None)


def grants_on(user: User, day: date) -> Sequence[tuple[str, str, int | None]]:
    """Role, reach, area of each that works on the day; 1 query. Kept on the object, which a request loads afresh: its door, its
    menu and its page all ask."""
    kept: tuple[date, Sequence[tuple[str, str, int | None]]] | None = getattr(user, _KEPT, None)
    if kept is None or kept[0] != day:
        found = effective(Grant.objects.filter(user=user), day).values_list("role", "reach", "area_id")
        kept = (day, tuple(found))
        setattr(user, _KEPT, kept)
    return kept[1]


def scopes_of(user: object, actions: Iterable[str], *, day: date) -> dict[str, Scope]:
    """For each action where the user may do it, by the grants kept on the account (``grants_on``); 1 query when the same grants
    allow all of them, 1 more for each other set."""
    wanted = {action: catalogue().with_action(action) for action in actions}
    if not isinstance(user, User) or not user.is_active:
        return dict.fromkeys(wanted, NOTHING)
    if user.username == SYSTEM_USERNAME:
        return dict.fromkeys(wanted, EVERYWHERE)
    grants = grants_on(user, day)
    known: dict[frozenset[int | None], Scope] = {}
    found = {}
    for action, roles in wanted.items():
        mine = [(reach, area) for role, reach, area in grants if role in roles]
        areas = frozenset(area for _reach, area in mine)
        if any(reach == Reach.NATION for reach, _area in mine):
            found[action] = EVERYWHERE
        else:
            if areas not in known:
                known[areas] = reach_of(area for area in areas if area is not None)
            found[action] = known[areas]
    return found


def reach_of(area_ids: Iterable[int]) -> Scope:
    """What grants on these versions reach; 1 query, none for no version."""
    ids = sorted(set(area_ids))
    if not ids:
        return NOTHING
    with connection.cursor() as cursor:
        cursor.execute(_REACHED, [ids])
        units: dict[int, Reached] = {}
        for key, code, span, always in cursor.fetchall():
            earlier = units[key].spans if key in units else ()
            units[key] = Reached(code, (*earlier, span), always)
    by_code: dict[str, list[Reached]] = {}
    for unit in units.values():
        by_code.setdefault(unit.code, []).append(unit)
    return Scope(units=units, by_code=by_code)


def may(user: object, action: str, *, code: str, on: date, day: date) -> bool:
    return scope_of(user, action, day=day).covers(code, on=on)


def check_may(user: object, action: str, *, code: str, on: date, day: date) -> None:
    """Whether on ``day`` the user may do this to the unit that has the code on ``on``. Raises PermissionDenied in words."""
    scope = scope_of(user, action, day=day)
    if scope.covers(code, on=on):
        return
    title = catalogue().actions[action].title
    if not scope:
        raise PermissionDenied(_("Quyền được giao cho bạn hôm nay không gồm việc “%(action)s”.") % {"action": title})
    area = valid_on(Area.objects.filter(code=code), on).first()
    place = f"{area.full_name} ({code})" if area else code
    raise PermissionDenied(
        _("Quyền “%(action)s” của bạn không gồm %(place)s trên bản đồ ngày %(day)s.")
        % {"action": title, "place": place, "day": format_date(on)}
    )
