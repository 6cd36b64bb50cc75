"""One household becomes two, or two become one: events of life, told to both."""

from collections.abc import Mapping
from datetime import date, datetime

from django.utils.translation import gettext as _

from households.registry.actions.founding import begin
from households.registry.actions.living import arrives_unplaced, checked
from households.registry.actions.moving import end
from households.registry.actions.rosters import check_relations, contradicts, roster_of, succession, write_roster
from households.registry.actions.working import Work, working
from households.registry.codes import EventKind, Relation
from households.registry.entries import Place
from households.registry.events import listed
from households.registry.models import Household, Residence
from households.registry.problems import Problem, RegistryRefusedError, refuse
from households.registry.roster import ContradictionError, Roster
from povertyportal.core.models import User


def split_household(
    *,
    household: int,
    members: Mapping[int, str],
    place: Place | None,
    on: date,
    reason: str,
    by: User,
    at: datetime,
    new_head: int | None = None,
    relations: Mapping[int, str] | None = None,
    expected: str = "",
) -> Household:
    """``members``: who leaves, and how each is related to the head of the new household, one of them. ``place``: None for
    the same place. ``new_head``, ``relations``: of those who stay. The new household.

    Raises RegistryRefusedError, ChangedMeanwhileError, PermissionDenied.
    """
    with working(household, on=on, reason=reason, by=by, at=at, expected=expected, persons=members) as work:
        row = work.households[household]
        roster = roster_of(row)
        _check_leaving(members, roster.on(on))
        _leave(roster, row, members, on)
        changed = succession(roster, row, new_head, relations or {}, on)
        there, unplaced = _place(row, place, work)
        write_roster(row, roster, work)
        new = begin(there, dict(members), EventKind.SPLIT, work, other=row, invented=row.invented, unplaced=unplaced)
        work.tell(row, EventKind.SPLIT, other=new.pk, left=sorted(members), relations=listed(changed))
    return new


def _check_leaving(leaving: Mapping[int, str], members: Mapping[int, str]) -> None:
    if not leaving:
        raise refuse("members", _("Hãy chọn những người tách ra."))
    problems = [
        *(
            Problem(f"members.{person}", _("Người này không phải thành viên của hộ vào ngày đó."))
            for person in leaving
            if person not in members
        ),
        *(
            Problem(f"members.{person}", _("Không có quan hệ “%s” với chủ hộ.") % relation)
            for person, relation in leaving.items()
            if relation not in Relation.values
        ),
    ]
    heads = [person for person, relation in leaving.items() if relation == Relation.HEAD]
    if len(heads) != 1:
        problems.append(Problem("members", _("Hộ mới cần đúng một chủ hộ trong những người tách ra.")))
    if not set(members) - set(leaving):
        problems.append(Problem("members", _("Phải có ít nhất một người ở lại; cả hộ đi thì ghi chuyển nơi ở.")))
    if problems:
        raise RegistryRefusedError(problems)


def _leave(roster: Roster, household: Household, members: Mapping[int, str], on: date) -> None:
    try:
        for person in members:
            roster.leave(person, on)
    except ContradictionError as error:
        raise contradicts(household, error) from error


def _place(household: Household, place: Place | None, work: Work) -> tuple[Place, bool]:
    """Where the new household lives, and whether somebody on the spot still has to say so."""
    if place is not None:
        there = checked(place, work.on, "place.")
        return there, arrives_unplaced(there, work)
    here = Residence.objects.get(household=household, validity__contains=work.on)
    return Place(here.area_code, here.address), here.unplaced


def join_households(
    *,
    household: int,
    into: int,
    relations: Mapping[int, str],
    on: date,
    reason: str,
    by: User,
    at: datetime,
    expected: str = "",
) -> Household:
    """``household`` ends; its members belong to ``into``, each in the relation given to the head there. It has to be in
    places where the user may write both. Raises RegistryRefusedError, ChangedMeanwhileError, PermissionDenied.
    """
    if household == into:
        raise refuse("into", _("Hãy chọn một hộ khác để nhập vào."))
    with working(household, into, on=on, reason=reason, by=by, at=at, expected=expected, persons=relations) as work:
        ending, going_on = work.households[household], work.households[into]
        members = roster_of(ending).on(on)
        check_relations(relations, members)
        if missing := [person for person in members if person not in relations]:
            message = _("Hãy chọn quan hệ của người này với chủ hộ của hộ nhận.")
            raise RegistryRefusedError(Problem(f"relations.{person}", message) for person in missing)
        end(ending, work, other=going_on)
        roster = roster_of(going_on)
        for person, relation in sorted(relations.items()):
            roster.join(person, relation, on)
        work.tell(going_on, EventKind.MERGED, other=ending.pk, joined=listed(relations))
        write_roster(going_on, roster, work)
    return going_on
