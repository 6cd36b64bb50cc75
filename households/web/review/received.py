"""What the pages of the desk at the commune's door share: for which communes an account works, whose household is meant."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
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
from households.registry.problems import RegistryRefusedError
from households.review.rights import INTAKE
from povertyportal.core.models import User
from povertyportal.core.periods import on as holding_on

_HOUSEHOLD = re.compile(r"[hH]?\s*([0-9]{1,12})")
MOST_COMMUNES, MOST_CANDIDATES = 300, 8


class DoorForm(forms.Form):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.label_suffix = ""

    def refuse(self, refused: RegistryRefusedError) -> None:
        for problem in refused.problems:
            self.add_error(problem.field if problem.field in self.fields else None, problem.message)


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


def number_of_household(text: str) -> int | None:
    """ "H1204" or "1204". Raises ValidationError."""
    if not text.strip():
        return None
    if not (found := _HOUSEHOLD.fullmatch(text.strip())):
        raise forms.ValidationError(_("“%s” không phải số hộ; ví dụ H1204.") % text.strip())
    return int(found[1])


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
