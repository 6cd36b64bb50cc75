"""What the pages of the desk at the commune's door share: for which communes an account works, whose household is meant."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.utils.translation import gettext as _

from households.access.scope import Scope, scope_of
from households.areas.models import Area
from households.areas.units import Level
from households.registry.finding.filters import Filters
from households.registry.finding.search import find
from households.registry.models import Membership
from households.registry.places import named_places
from households.review.rights import INTAKE
from povertyportal.core.models import User
from povertyportal.core.periods import on as holding_on

MOST_COMMUNES, MOST_CANDIDATES = 300, 8


@dataclass(frozen=True, slots=True)
class Candidate:
    """A household in which somebody has the applicant's name."""

    household: int
    name: str
    place: str


def communes_of(user: User, day: date, action: str = INTAKE) -> list[tuple[str, str]]:
    """Those of today's map in which the account may do it; 3 queries."""
    scope = scope_of(user, action, day=day)
    rows = holding_on(Area.objects.filter(level=Level.COMMUNE), day)
    found = scope.limit(rows, "pk").order_by("sort_key", "code")[:MOST_COMMUNES]
    return [(one.code, one.full_name) for one in found]


def candidates(name: str, commune: str, scope: Scope, day: date) -> list[Candidate]:
    """Households of the commune in which somebody is called so; those beyond the scope are not looked at."""
    hits = find(name, scope, day, day=day, limit=MOST_CANDIDATES, filters=Filters(area=commune)).rows
    keys = list(dict.fromkeys(hit.household for hit in hits if hit.household))
    names = named_places({(hit.area_code, day) for hit in hits})
    first = {hit.household: hit for hit in reversed(hits)}
    return [Candidate(key, first[key].full_name, names[first[key].area_code, day].near) for key in keys]


def members_of(household: int, day: date) -> Sequence[tuple[int, str]]:
    rows = holding_on(Membership.objects.filter(household=household), day).select_related("person")
    return [(one.person_id, one.person.full_name) for one in rows.order_by("pk")]


def choice_asked(request: HttpRequest, name: str, known: Sequence[str]) -> str:
    """Raises BadRequest for one that is none."""
    value = request.GET.get(name, "")
    if value and value not in known:
        raise BadRequest(_("Trang này không có lựa chọn “%s”.") % value[:20])
    return value


def year_asked(request: HttpRequest) -> int | None:
    """Raises BadRequest."""
    value = request.GET.get("year", "")
    if not value:
        return None
    if not (value.isascii() and value.isdigit() and len(value) == 4):
        raise BadRequest(_("“%s” không phải là năm.") % value[:20])
    return int(value)
