"""Who does what in an invented dossier: those who have the right there, else the account that makes the demonstration; and the
names of people who have no account."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from random import Random

from households.access.models import Grant
from households.access.roles import catalogue
from households.registry.demonstration.naming import names
from households.review.rights import INTAKE, LEAD, OPINE, VILLAGE
from povertyportal.core.models import User
from povertyportal.core.periods import on as holding_on


@dataclass
class Desks:
    """``found``: (action, code of the area) → who has it there."""

    by: User
    found: Mapping[tuple[str, str], list[User]] = field(default_factory=dict)

    def one(self, action: str, area_code: str) -> User:
        return next(iter(self.found.get((action, area_code), ())), self.by)


def desks_of(areas: Iterable[str], *, by: User, day: date) -> Desks:
    """4 queries."""
    wanted, found = set(areas), defaultdict[tuple[str, str], list[User]](list)
    for action in (VILLAGE, LEAD, OPINE, INTAKE):
        rows = Grant.objects.filter(role__in=catalogue().with_action(action), area__code__in=wanted)
        for grant in holding_on(rows, day).select_related("user", "area").order_by("-role", "user__username"):
            if grant.area is not None:
                found[action, grant.area.code].append(grant.user)
    return Desks(by, found)


def somebody(rng: Random, group: str = "tay") -> str:
    stock = names()[group]
    return stock.draw(rng, female=rng.random() < 0.4, family=stock.families.draw(rng))
