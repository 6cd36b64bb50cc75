"""The head of every page about one household: which, whose, where, on which day, and whether it may be seen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from households.access.scope import scopes_of
from households.registry.codes import Relation
from households.registry.models import Household, Membership, Residence
from households.registry.places import PlaceName, named_places
from households.registry.visible import READ, Seen, check_sees, seen_of
from povertyportal.core.clock import today
from povertyportal.core.periods import on as valid_on


@dataclass(frozen=True, slots=True)
class HouseholdHead:
    """``title``: "Hộ Hoàng Văn Páo". ``living``: it exists on the day; ``last`` is its last day, None while it goes on and
    where that day may not be seen. ``area`` and ``place`` say where it lives on the day, or nearest to it. ``seen``: with the
    right to read; ``seen_with``: with other rights asked for."""

    household: Household
    on: date
    title: str
    place: PlaceName | None
    residence: Residence | None
    seen: Seen
    living: bool
    start: date
    last: date | None
    seen_with: Mapping[str, Seen] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"{reverse('households:detail', args=[self.household.pk])}?on={self.on.isoformat()}"

    @property
    def area(self) -> str:
        return self.place.near if self.place else _("chưa ghi nơi ở")

    @property
    def invented(self) -> bool:
        return self.household.invented


def head_of(household: int, on: date | None, user: object, *, also: Sequence[str] = ()) -> HouseholdHead:
    """``on`` None: today, or the last day that the household existed and the user may see. ``also``: actions beside reading
    for which ``seen_with`` is wanted. 5 queries, 1 more where other grants allow these.

    Raises Http404, PermissionDenied.
    """
    row, residences = find_household(household)
    day = today()
    scopes = scopes_of(user, (READ, *also), day=day)
    seen = {action: seen_of(residences, scope, day=day) for action, scope in scopes.items()}
    chosen = day_of(row, seen[READ], on)
    leaders = valid_on(Membership.objects.filter(household=row, relation=Relation.HEAD), chosen)
    places = named_places(place_asked(residences, chosen))
    leaders = leaders.select_related("person")
    head = make_head(row, residences, leaders, seen=seen[READ], on=chosen, places=places)
    return replace(head, seen_with=seen)


def find_household(household: int) -> tuple[Household, list[Residence]]:
    """With everywhere it lived; 1 query."""
    residences = list(Residence.objects.filter(household=household).select_related("household"))
    row = residences[0].household if residences else Household.objects.filter(pk=household).first()
    if row is None:
        raise Http404(_("Không có hộ nào mang số H%s trên cổng.") % household)
    return row, residences


def day_of(household: Household, seen: Seen, on: date | None) -> date:
    """The day to show. Raises PermissionDenied when nothing of the household, or not that day, may be seen."""
    if on is None:
        on = seen.last_day(min(today(), last_day(household) or today())) or today()
    check_sees(seen, household, on=on)
    return on


def last_day(household: Household) -> date | None:
    end: date | None = household.validity.upper
    return end - timedelta(days=1) if end else None


def place_asked(residences: Sequence[Residence], on: date) -> list[tuple[str, date]]:
    """What ``make_head`` wants named: where it lives on the day, before its first residence the first, after its last that."""
    residence = _nearest(residences, on)
    return [(residence.area_code, _within(residence, on))] if residence else []


def make_head(
    household: Household,
    residences: Sequence[Residence],
    leaders: Iterable[Membership],
    *,
    seen: Seen,
    on: date,
    places: Mapping[tuple[str, date], PlaceName],
) -> HouseholdHead:
    """``leaders``: memberships of the day, with persons, among them the head's. No query."""
    leader = next((one.person for one in leaders if one.relation == Relation.HEAD), None)
    asked, last = place_asked(residences, on), last_day(household)
    return HouseholdHead(
        household=household,
        on=on,
        title=_("Hộ %s") % leader.full_name if leader else _("Hộ số %s") % household,
        place=places[asked[0]] if asked else None,
        residence=_nearest(residences, on),
        seen=seen,
        living=on in household.validity,
        start=household.validity.lower,
        last=last if last and seen.on(last) else None,
    )


def _nearest(residences: Sequence[Residence], on: date) -> Residence | None:
    ordered = sorted(residences, key=lambda one: one.validity.lower)
    started = [one for one in ordered if one.validity.lower <= on]
    return started[-1] if started else next(iter(ordered), None)


def _within(residence: Residence, on: date) -> date:
    until = residence.validity.upper
    return max(residence.validity.lower, min(on, until - timedelta(days=1)) if until else on)
