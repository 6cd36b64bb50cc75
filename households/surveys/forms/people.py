"""Who may fill forms of some places, as candidates for whom to give them to."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from households.access.models import Grant, Reach
from households.access.roles import catalogue
from households.access.scope import effective
from households.registry.places import named_places
from households.surveys.forms.steps import FILL
from povertyportal.core.models import User


def who_may_fill(codes: Iterable[str], *, on: date, day: date) -> list[User]:
    """Whoever has the right in one of these places, or above it; 2 queries. ``assign`` asks again, for each form."""
    places = named_places((code, on) for code in set(codes))
    around = {unit.code for place in places.values() for unit in place.chain}
    grants = effective(Grant.objects.filter(role__in=catalogue().with_action(FILL), user__is_active=True), day)
    found = grants.filter(Q(area__code__in=around) | Q(reach=Reach.NATION)).values("user")
    return list(User.objects.filter(pk__in=found).order_by("full_name", "username"))
