"""How much an account sees, in counts and never in names: kinds of things are registered by the apps that hold them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from households.access.scope import Scope, scope_of
from households.areas.models import LEVELS
from povertyportal.core.models import User
from povertyportal.core.periods import on as valid_on

Count = Callable[[Scope], int]


@dataclass(frozen=True, slots=True)
class Kind:
    """``action``: the right that lets somebody see things of this kind; ``count`` counts them in its scope."""

    title: str | Promise
    action: str
    count: Count


_kinds: list[Kind] = []


def register_visible_count(title: str | Promise, action: str, count: Count) -> None:
    """Called in ``AppConfig.ready()`` of the app that holds such things."""
    kind = Kind(title, action, count)
    if all(one.title != title for one in _kinds):
        _kinds.append(kind)


@dataclass(frozen=True, slots=True)
class Seen:
    title: str | Promise
    action: str
    number: int


def units_seen(user: User, action: str, *, day: date) -> list[Seen]:
    """Units of the day inside the scope of an action, by level; levels with none are left out."""
    areas = valid_on(scope_of(user, action, day=day).areas(), day)
    counted = [Seen(title, action, areas.filter(level=level).count()) for level, title in LEVELS]
    return [seen for seen in counted if seen.number]


def things_seen(user: User, *, day: date) -> list[Seen]:
    scopes = {action: scope_of(user, action, day=day) for action in {kind.action for kind in _kinds}}
    return [Seen(kind.title, kind.action, kind.count(scopes[kind.action])) for kind in _kinds]


WHOLE_MAP = _("Danh mục đơn vị hành chính là thông tin chung: ai có vai trò cũng tra cứu được của cả nước.")
