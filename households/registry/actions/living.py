"""Where households live: places checked on their day, and rows laid as the map went."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from households.access.scope import scope_of
from households.areas.queries import UnknownAreaError, find_area
from households.areas.units import Level
from households.registry.actions.working import WRITE, Work, problems_of_text
from households.registry.carrying import Carried, carry
from households.registry.codes import EventKind
from households.registry.entries import Place
from households.registry.events import follows, place_details
from households.registry.models import Household, HouseholdEvent, Residence
from households.registry.problems import Problem, RegistryRefusedError
from povertyportal.vietnamese import format_date, tidy

LONGEST_ADDRESS, LONGEST_CODE = 200, 30


class Laid(NamedTuple):
    """``place``: what an event says of where it lives on the first day."""

    place: dict[str, Any]
    steps: list[Carried]


def tidied(place: Place) -> Place:
    return Place(place.area_code.strip(), tidy(place.address), tidy(place.local_code))


def problems_of_place(place: Place, on: date, prefix: str = "") -> Iterator[Problem]:
    """``place`` tidied. An address alone does not place a household; a code of a district or province neither."""
    try:
        unit = find_area(code=place.area_code, on=on)
    except UnknownAreaError as error:
        yield Problem(f"{prefix}area_code", str(error))
    else:
        if unit.level not in (Level.VILLAGE, Level.COMMUNE):
            message = _("Mã %(code)s là %(name)s; hãy chọn thôn, hoặc xã khi chưa rõ thôn.")
            yield Problem(f"{prefix}area_code", message % {"code": unit.code, "name": unit.full_name})
    yield from problems_of_text(f"{prefix}address", place.address, LONGEST_ADDRESS)
    yield from problems_of_text(f"{prefix}local_code", place.local_code, LONGEST_CODE)


def checked(place: Place, on: date, prefix: str = "") -> Place:
    place = tidied(place)
    if problems := list(problems_of_place(place, on, prefix)):
        raise RegistryRefusedError(problems)
    return place


def arrives_unplaced(place: Place, work: Work) -> bool:
    """Put by somebody into a commune that is not his: whoever works there has to say where it lives."""
    return not scope_of(work.by, WRITE, day=work.today).covers(place.area_code, on=work.on)


def lay(household: Household, place: Place, work: Work, *, unplaced: bool = False) -> Laid:
    """Rows from the day on, each as far as the map left the place alone."""
    until = household.validity.upper
    steps = [step for step in carry(place.area_code, work.on) if until is None or step.start < until]
    ends = [*(step.start for step in steps[1:]), until]
    Residence.objects.bulk_create(
        Residence(
            household=household, area_code=step.code, address=place.address, local_code=place.local_code,
            unplaced=unplaced or step.unplaced, validity=DateRange(step.start, end),
        )
        for step, end in zip(steps, ends, strict=True)
    )  # fmt: skip
    work.touched.add(household.pk)
    return Laid(place_details(place.area_code, place.local_code, place.address, unplaced=unplaced), steps)


def tell_steps(household: Household, laid: Laid, work: Work) -> None:
    """The changes of areas that the rows went through; call it once the event that laid them is told."""
    for before, step in pairwise(laid.steps):
        told = follows(before.code, step.code, unplaced=step.lost)
        work.tell(household, EventKind.AREA_CHANGED, on=step.start, **told)


def cut(household: Household, on: date) -> None:
    """It no longer lives anywhere from the day on."""
    rows = Residence.objects.filter(household=household)
    rows.filter(validity__startswith__gte=on).delete()
    for row in rows.filter(validity__contains=on):
        row.validity = DateRange(row.validity.lower, on)
        row.save(update_fields=["validity"])


def moves_after(household: Household, on: date) -> HouseholdEvent | None:
    """The next event after the day that says where it lives."""
    rows = HouseholdEvent.objects.standing().filter(
        household=household, on__gt=on, details__has_any_keys=["place", "ended"]
    )
    return rows.exclude(kind=EventKind.DUPLICATE).order_by("on", "pk").first()


def stay_rows(household: Household, on: date) -> list[Residence]:
    """The rows of the stay that holds on the day: from one move to the next, whatever changes of areas cut it."""
    starts = [
        event.on
        for event in HouseholdEvent.objects.standing()
        .filter(household=household, details__has_key="place")
        .exclude(kind=EventKind.DUPLICATE)
        .order_by("on")
    ]
    first = max((day for day in starts if day <= on), default=None)
    last = min((day for day in starts if day > on), default=None)
    rows = Residence.objects.select_for_update().filter(household=household).order_by("validity")
    return [
        row
        for row in rows
        if (first is None or row.validity.lower >= first) and (last is None or row.validity.lower < last)
    ]


def told_later(event: HouseholdEvent) -> str:
    message = _("Trái với việc đã ghi sau đó: ngày %(day)s “%(what)s”. Hãy ghi từ ngày đó trở đi.")
    return message % {"day": format_date(event.on), "what": event.get_kind_display()}
