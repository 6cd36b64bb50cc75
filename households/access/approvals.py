"""Who reads and decides proposals: the people whose grants of the day reach the unit that holds all it touches."""

from datetime import date

from django.db.models import Exists, OuterRef, Q

from households.access.scope import Scope, scope_of
from povertyportal.core.models import User
from povertyportal.records.proposals import NOBODY

EVERY_ROW = Q(pk__isnull=False)  # not Q(): joined with "or", that adds nothing


def in_scope(user: User, *actions: str, day: date) -> Q:
    """Condition on rows with ``area_code`` and ``area_on`` (both empty: the nation): the account holds one of the actions
    over that unit."""
    allowed = NOBODY
    for action in actions:
        allowed |= within(scope_of(user, action, day=day))
    return allowed


def within(scope: Scope) -> Q:
    if scope.nation:
        return EVERY_ROW
    if not scope:
        return NOBODY
    units = scope.areas().filter(code=OuterRef("area_code"), validity__contains=OuterRef("area_on"))
    return Q(Exists(units))
