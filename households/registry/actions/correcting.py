"""Slips put right: the history keeps what stood. What changed in life is an event, not a correction."""

from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from households.registry.actions.living import LONGEST_ADDRESS, LONGEST_CODE, stay_rows
from households.registry.actions.persons import fill, keep_numbers, problems_of_details, problems_of_twin
from households.registry.actions.persons import tidied as tidied_data
from households.registry.actions.working import Work, check_unchanged, check_writes, problems_of_text, working
from households.registry.codes import EventKind
from households.registry.entries import PersonData
from households.registry.models import Membership, Person, Residence
from households.registry.problems import Problem, RegistryRefusedError, refuse
from povertyportal.core.models import User
from povertyportal.vietnamese import format_date, tidy

_FIELDS = (
    "full_name", "sex", "birth_date", "birth_year", "ethnicity", "identity_id", "old_identity_id", "insurance_id",
    "no_identity_reason",
)  # fmt: skip


def correct_person(*, person: int, data: PersonData, reason: str, by: User, at: datetime, expected: str = "") -> Person:
    """Name, sex, birth, ethnicity and numbers as they should stand. ``expected``: of the household he belongs to, or
    belonged to last. Raises RegistryRefusedError, ChangedMeanwhileError, PermissionDenied."""
    data, today = tidied_data(data), timezone.localdate(at)
    if problems := list(problems_of_details(data, today)):
        raise RegistryRefusedError(problems)
    with working(on=today, reason=reason, by=by, at=at, persons=[person]) as work:
        row = _found(person, work, expected)
        before = [getattr(row, name) for name in _FIELDS]
        numbered = row.identity_id
        fill(row, data, keep_numbers(data))
        if [getattr(row, name) for name in _FIELDS] == before:
            raise refuse("", _("Không có gì khác với đang ghi."))
        problems = list(_problems_of_life(row))
        if row.identity_id != numbered:
            problems += problems_of_twin(row, work, "", despite=data.despite_twin)
        if problems:
            raise RegistryRefusedError(problems)
        row.save(update_fields=[name.removesuffix("_id") for name in (*_FIELDS, "search_key", "sort_key")])
    return row


def _found(key: int, work: Work, expected: str) -> Person:
    """With the right to write where he lives, or lived last."""
    person = Person.objects.filter(pk=key, merged_into=None).first()
    last = Membership.objects.filter(person=key).select_related("household").order_by("-validity").first()
    if person is None or last is None:
        raise refuse("person", _("Không có người này, hoặc đã gộp vào hồ sơ khác; hãy tìm và chọn lại."))
    check_writes(work, last.household)
    if expected:
        check_unchanged(last.household_id, expected)
    work.touched.add(last.household_id)
    work.persons.add(key)
    return person


def _problems_of_life(person: Person) -> list[Problem]:
    """A birth after he was a member somewhere, or after his death."""
    field = "birth_date" if person.birth_date else "birth_year"
    if person.birth_year is None:
        return []
    born = person.birth_date or date(person.birth_year, 1, 1)
    if person.died_on and person.died_on < born:
        return [Problem(field, _("Đã ghi mất ngày %s, trước ngày sinh này.") % format_date(person.died_on))]
    rows = Membership.objects.filter(Q(validity__startswith__lt=born), person=person).order_by("validity")
    if first := rows.first():
        message = _("Đã là thành viên hộ H%(household)s từ ngày %(day)s, trước ngày sinh này.")
        told = {"household": first.household_id, "day": format_date(first.validity.lower)}
        return [Problem(field, message % told)]
    return []


def correct_residence(
    *,
    household: int,
    on: date,
    address: str,
    local_code: str,
    reason: str,
    by: User,
    at: datetime,
    expected: str = "",
) -> Residence:
    """A slip in the address or the local code of where it lives on the day, for the whole of that stay: from when it came
    there until it moves, whatever changes of areas lie between. The row of the day.

    Raises RegistryRefusedError, ChangedMeanwhileError, PermissionDenied.
    """
    address, local_code = tidy(address), tidy(local_code)
    texts = (("address", address, LONGEST_ADDRESS), ("local_code", local_code, LONGEST_CODE))
    if problems := [problem for text in texts for problem in problems_of_text(*text)]:
        raise RegistryRefusedError(problems)
    with working(household, on=on, reason=reason, by=by, at=at, expected=expected) as work:
        row = work.households[household]
        rows = stay_rows(row, on)
        if all((one.address, one.local_code) == (address, local_code) for one in rows):
            raise refuse("", _("Không có gì khác với đang ghi."))
        for one in rows:
            one.address, one.local_code = address, local_code
            one.save(update_fields=["address", "local_code"])
        work.on = rows[0].validity.lower
        work.tell(row, EventKind.CORRECTED, corrected={"local_code": local_code, "address": address})
    return next(one for one in rows if on in one.validity)
