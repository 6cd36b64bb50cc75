"""A household enters the registry."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from households.access.scope import check_may
from households.registry.actions.living import checked, lay, problems_of_place, tell_steps
from households.registry.actions.living import tidied as tidied_place
from households.registry.actions.persons import made, problems_of_member, tidied
from households.registry.actions.working import WRITE, Work, working
from households.registry.codes import EventKind, Relation
from households.registry.entries import MemberData, Place
from households.registry.events import listed
from households.registry.models import Household, Membership
from households.registry.problems import Problem, RegistryRefusedError
from povertyportal.core.models import User


def register_household(
    *,
    place: Place,
    members: Sequence[MemberData],
    on: date,
    reason: str,
    by: User,
    at: datetime,
    invented: bool = False,
) -> Household:
    """As it was on the day ``on``; where the map has changed since, its place follows. Exactly one member is the head.

    Raises RegistryRefusedError, PermissionDenied.
    """
    place, members = tidied_place(place), [tidied(one) for one in members]
    if problems := _problems(place, members, on):
        raise RegistryRefusedError(problems)
    known = [one.person for one in members if one.person]
    with working(on=on, reason=reason, by=by, at=at, persons=known) as work:
        check_may(by, WRITE, code=place.area_code, on=on, day=work.today)
        checked(place, on)
        persons = made(members, work, [f"members.{number}." for number in range(len(members))], invented=invented)
        joined = {person.pk: one.relation for person, one in zip(persons, members, strict=True)}
        return begin(place, joined, EventKind.REGISTERED, work, invented=invented)


def begin(
    place: Place,
    members: dict[int, str],
    kind: EventKind,
    work: Work,
    *,
    other: Household | None = None,
    invented: bool = False,
    unplaced: bool = False,
) -> Household:
    """A new household with its rows and its first event; ``other``: the one it comes from."""
    household = Household.objects.create(validity=DateRange(work.on, None), invented=invented)
    Membership.objects.bulk_create(
        Membership(household=household, person_id=person, relation=relation, validity=DateRange(work.on, None))
        for person, relation in members.items()
    )
    laid = lay(household, place, work, unplaced=unplaced)
    work.tell(household, kind, other=other.pk if other else None, place=laid.place, joined=listed(members))
    tell_steps(household, laid, work)
    return household


def _problems(place: Place, members: Sequence[MemberData], on: date) -> list[Problem]:
    found = list(problems_of_place(place, on))
    for number, one in enumerate(members):
        found += problems_of_member(one, on, f"members.{number}.")
    heads = [number for number, one in enumerate(members) if one.relation == Relation.HEAD]
    if not heads:
        found.append(Problem("members", _("Hộ cần một chủ hộ; hãy chọn quan hệ “chủ hộ” cho một thành viên.")))
    found += [
        Problem(f"members.{number}.relation", _("Hộ chỉ có một chủ hộ; hãy chọn quan hệ khác cho người này."))
        for number in heads[1:]
    ]
    known = [one.person for one in members if one.person]
    if len(known) != len(set(known)):
        found.append(Problem("members", _("Một người ghi hai lần trong danh sách.")))
    return [*found, *_same_numbers(members)]


def _same_numbers(members: Sequence[MemberData]) -> list[Problem]:
    seen: dict[str, int] = {}
    found = []
    for number, one in enumerate(members):
        digits = "".join(ch for ch in one.identity if ch.isalnum())
        if digits and digits in seen and not one.despite_twin:
            message = _("Số này trùng với số của người thứ %s trong danh sách.") % (seen[digits] + 1)
            found.append(Problem(f"members.{number}.identity", message))
        seen.setdefault(digits, number)
    return found
