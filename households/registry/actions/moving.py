"""Where a household goes: to another place, out of the portal's knowledge, or into its village after a change of areas."""

from datetime import date, datetime

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from households.areas.queries import find_area
from households.areas.units import Level
from households.registry.actions.living import arrives_unplaced, checked, cut, lay, moves_after, tell_steps, told_later
from households.registry.actions.rosters import contradicts, roster_of, write_roster
from households.registry.actions.working import Work, working
from households.registry.codes import EventKind
from households.registry.entries import Place
from households.registry.models import Household, HouseholdEvent, Residence
from households.registry.problems import refuse
from households.registry.roster import ContradictionError
from povertyportal.core.models import User
from povertyportal.vietnamese import format_date


def move_household(
    *, household: int, place: Place, on: date, reason: str, by: User, at: datetime, expected: str = ""
) -> Household:
    """To another village or commune, another address, or under another local code. In a commune that is not the mover's it
    arrives unplaced: whoever works there places it. Raises RegistryRefusedError, ChangedMeanwhileError, PermissionDenied.
    """
    with working(household, on=on, reason=reason, by=by, at=at, expected=expected) as work:
        row = work.households[household]
        place = checked(place, on)
        if later := moves_after(row, on):
            raise refuse("on", told_later(later))
        here = Residence.objects.filter(household=row, validity__contains=on).first()
        if here and (here.area_code, here.address, here.local_code) == (
            place.area_code,
            place.address,
            place.local_code,
        ):
            raise refuse("area_code", _("Hộ đang ở đúng nơi này vào ngày %s.") % format_date(on))
        settle(row, place, work)
    return row


def settle(household: Household, place: Place, work: Work) -> None:
    unplaced = arrives_unplaced(place, work)
    cut(household, work.on)
    laid = lay(household, place, work, unplaced=unplaced)
    work.tell(household, EventKind.MOVED, place=laid.place)
    tell_steps(household, laid, work)


def end_household(*, household: int, on: date, reason: str, by: User, at: datetime, expected: str = "") -> Household:
    """Gone out of the portal's knowledge, or dissolved: its members stay on record without a household.

    Raises RegistryRefusedError, ChangedMeanwhileError, PermissionDenied.
    """
    with working(household, on=on, reason=reason, by=by, at=at, expected=expected) as work:
        row = work.households[household]
        end(row, work)
    return row


def end(household: Household, work: Work, *, other: Household | None = None) -> None:
    """``other``: the household that took its members in. Refused where anything was recorded for a later day."""
    on = work.on
    if on <= household.validity.lower:
        message = _("Hộ có từ ngày %s; hãy ghi ngày sau đó.")
        raise refuse("on", message % format_date(household.validity.lower))
    standing = HouseholdEvent.objects.standing().filter(household=household, on__gt=on)
    later = standing.exclude(kind__in=[EventKind.AREA_CHANGED, EventKind.WITHDRAWN])
    if first := later.order_by("on", "pk").first():
        raise refuse("on", told_later(first))
    roster = roster_of(household)
    try:
        roster.close(on)
    except ContradictionError as error:
        raise contradicts(household, error) from error
    kind = EventKind.MERGED if other else EventKind.ENDED
    work.tell(household, kind, other=other.pk if other else None, ended=True)
    write_roster(household, roster, work)
    cut(household, on)
    household.validity = DateRange(household.validity.lower, on)
    household.save(update_fields=["validity"])


def place_household(
    *, household: int, area_code: str, on: date, reason: str, by: User, at: datetime, expected: str = ""
) -> Household:
    """A household that a change of areas left unplaced, or that stands on its commune's code, is put where it lives, from
    the day on which it came to that place. ``on``: any day of it. Sent on to a commune that is not the writer's it waits there.

    Raises RegistryRefusedError, ChangedMeanwhileError, PermissionDenied.
    """
    with working(household, on=on, reason=reason, by=by, at=at, expected=expected) as work:
        row = work.households[household]
        here = Residence.objects.get(household=row, validity__contains=on)
        work.on = here.validity.lower
        place = checked(Place(area_code, here.address, here.local_code), work.on)
        _check_may_be_placed(here, place)
        later = moves_after(row, work.on)
        _lay_again(row, here, place, work, until=later.on if later else row.validity.upper)
    return row


def _check_may_be_placed(here: Residence, place: Place) -> None:
    start = here.validity.lower
    unit = find_area(code=here.area_code, on=start)
    if not here.unplaced and unit.level is not Level.COMMUNE:
        raise refuse("area_code", _("Hộ đã có thôn; nếu hộ đổi nơi ở, hãy ghi chuyển nơi ở."))
    if place.area_code == here.area_code and not here.unplaced:
        raise refuse("area_code", _("Hộ đang ghi ở đúng nơi này."))
    commune = unit.code if unit.level is Level.COMMUNE else unit.parent_code
    target = find_area(code=place.area_code, on=start)
    if not here.unplaced and target.parent_code != commune:
        message = _("%(place)s không thuộc %(commune)s vào ngày %(day)s; nếu hộ sang xã khác, hãy ghi chuyển nơi ở.")
        told = {"place": target.full_name, "commune": unit.full_name, "day": format_date(start)}
        raise refuse("area_code", message % told)


def _lay_again(household: Household, here: Residence, place: Place, work: Work, *, until: date | None) -> None:
    """The rows of this place up to the next move, under the right code."""
    lasts, household.validity = household.validity, DateRange(household.validity.lower, until)
    Residence.objects.filter(household=household, validity__startswith__gte=work.on).filter(
        **({"validity__startswith__lt": until} if until else {})
    ).delete()
    unplaced = arrives_unplaced(place, work)
    laid = lay(household, place, work, unplaced=unplaced)
    household.validity = lasts
    work.tell(
        household, EventKind.AREA_CHANGED, placed={"from": here.area_code, "to": place.area_code, "unplaced": unplaced}
    )
    tell_steps(household, laid, work)
