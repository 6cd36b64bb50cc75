"""Showing a personal number in full: who may, and the record of it, written before the number is opened."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from households.access.scope import scopes_of
from households.registry.actions.working import LONGEST_REASON, problems_of_text
from households.registry.codes import NumberKind
from households.registry.models import Membership, Person, Residence, SealedNumber
from households.registry.numbers.sealed import show
from households.registry.problems import RegistryRefusedError, refuse
from households.registry.visible import FULL_NUMBERS, READ, check_sees, seen_of
from povertyportal.core.models import User
from povertyportal.core.periods import holds
from povertyportal.records.displays import record_display

FIELDS = {"identity": NumberKind.PERSONAL, "old_identity": NumberKind.OLD, "insurance": NumberKind.INSURANCE}


@transaction.atomic
def disclose_numbers(
    *, person: int, purpose: str, by: User, at: datetime, day: date, on: date | None = None
) -> dict[str, str]:
    """All numbers of a person in full, by field ("identity", "old_identity", "insurance"); one record each.

    ``day``: today, which rights count; ``on``: the day that the page shows. Raises PermissionDenied, RegistryRefusedError
    without a purpose, Unreadable when no key fits.
    """
    if not purpose.strip():
        raise refuse("purpose", _("Ghi mục đích xem số định danh; mục đích được lưu cùng lần xem."))
    if problems := list(problems_of_text("purpose", purpose, LONGEST_REASON)):
        raise RegistryRefusedError(problems)
    found = Person.objects.select_related(*FIELDS).filter(pk=person).first()
    if found is None:
        raise PermissionDenied(_("Không có người này, hoặc người này không thuộc địa bàn bạn được xem."))
    place = _check_may(found, by=by, day=day, on=on or day)
    numbers: dict[str, SealedNumber] = {name: number for name in FIELDS if (number := getattr(found, name))}
    for name in numbers:
        record_display(
            by=by, at=at, subject_kind="person", subject_id=str(found.pk), field=name, purpose=purpose.strip(),
            area_code=place.area_code if place else "", area_on=on or day,
        )  # fmt: skip
    return {name: show(number) for name, number in numbers.items()}


def _check_may(person: Person, *, by: User, day: date, on: date) -> Residence | None:
    """The residence by which it was judged: of the household to which he belongs on the day, or belonged last."""
    belongings = sorted(Membership.objects.filter(person=person), key=lambda one: one.validity.lower)
    here = [one for one in belongings if holds(one.validity.lower, one.validity.upper, on)] or belongings[-1:]
    household = here[0].household_id if here else None
    residences = sorted(Residence.objects.filter(household=household), key=lambda one: one.validity.lower)
    for scope in scopes_of(by, (READ, FULL_NUMBERS), day=day).values():
        check_sees(seen_of(residences, scope, day=day), f"H{household}", on=on)
    lived = [one for one in residences if one.validity.lower <= on]
    return lived[-1] if lived else None
