"""Who comes into a household and who goes: births, deaths, joining and leaving."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal

from django.utils.translation import gettext as _

from households.registry.actions.moving import end
from households.registry.actions.persons import made, problems_of_member, tidied
from households.registry.actions.rosters import contradicts, roster_of, succession, write_roster
from households.registry.actions.working import working
from households.registry.codes import EventKind, Relation
from households.registry.entries import MemberData
from households.registry.events import listed
from households.registry.models import Household, Membership, Person
from households.registry.problems import Problem, RegistryRefusedError, refuse
from households.registry.roster import ContradictionError, Roster
from povertyportal.core.models import User
from povertyportal.vietnamese import format_date


def add_member(
    *,
    household: int,
    member: MemberData,
    kind: Literal["born", "joined"],
    on: date,
    reason: str,
    by: User,
    at: datetime,
    expected: str = "",
) -> Person:
    """Raises RegistryRefusedError, ChangedMeanwhileError, PermissionDenied."""
    member = tidied(member)
    if problems := _problems(member, kind, on):
        raise RegistryRefusedError(problems)
    known = [member.person] if member.person else []
    with working(household, on=on, reason=reason, by=by, at=at, expected=expected, persons=known) as work:
        row = work.households[household]
        person = made([member], work, ["member."], invented=row.invented)[0]
        roster = roster_of(row)
        roster.join(person.pk, member.relation, on)
        joined = listed({person.pk: member.relation})
        work.tell(row, EventKind(kind), person=person.pk, joined=joined)
        write_roster(row, roster, work)
    return person


def _problems(member: MemberData, kind: str, on: date) -> list[Problem]:
    found = list(problems_of_member(member, on, "member."))
    if member.relation == Relation.HEAD:
        found.append(Problem("member.relation", _("Hộ đã có chủ hộ; ghi vào hộ trước, rồi ghi đổi chủ hộ.")))
    if kind == EventKind.BORN and member.person is None and member.birth_date != on:
        message = _("Trẻ mới sinh cần ngày sinh, và vào hộ từ chính ngày đó.")
        found.append(Problem("member.birth_date", message))
    if kind == EventKind.BORN and member.person is not None:
        found.append(Problem("member.person", _("Người đã có hồ sơ thì ghi “vào hộ”, không ghi “sinh”.")))
    return found


def record_death(
    *,
    person: int,
    on: date,
    reason: str,
    by: User,
    at: datetime,
    new_head: int | None = None,
    relations: Mapping[int, str] | None = None,
    expected: str = "",
) -> Household:
    """He belongs to the household until the day before. Where he was the last of it, it ends with him.

    Raises RegistryRefusedError, ChangedMeanwhileError, PermissionDenied.
    """
    household = _household_of(person, on)
    with working(household, on=on, reason=reason, by=by, at=at, expected=expected, persons=[person]) as work:
        row, dead = work.households[household], _person(person)
        if dead.died_on:
            raise refuse("person", _("%(name)s đã ghi mất ngày %(day)s.") % _told(dead, dead.died_on))
        if dead.birth_date and on < dead.birth_date:
            raise refuse("on", _("%(name)s sinh ngày %(day)s; không thể mất trước đó.") % _told(dead, dead.birth_date))
        roster = _without(row, person, on)
        last = not roster.on(on)
        changed = {} if last else succession(roster, row, new_head, relations or {}, on)
        dead.died_on = on
        dead.save(update_fields=["died_on"])
        work.tell(row, EventKind.DIED, person=person, left=[person], relations=listed(changed))
        write_roster(row, roster, work)
        if last:
            end(row, work)
    return row


def remove_member(
    *,
    person: int,
    on: date,
    reason: str,
    by: User,
    at: datetime,
    new_head: int | None = None,
    relations: Mapping[int, str] | None = None,
    expected: str = "",
) -> Household:
    """He left, and belongs to no household that the portal knows until one takes him in.

    Raises RegistryRefusedError, ChangedMeanwhileError, PermissionDenied.
    """
    household = _household_of(person, on)
    with working(household, on=on, reason=reason, by=by, at=at, expected=expected, persons=[person]) as work:
        row = work.households[household]
        roster = _without(row, person, on)
        if not roster.on(on):
            raise refuse("person", _("Đây là thành viên cuối cùng; hãy ghi hộ chuyển đi hoặc hộ không còn."))
        changed = succession(roster, row, new_head, relations or {}, on)
        work.tell(row, EventKind.LEFT, person=person, left=[person], relations=listed(changed))
        write_roster(row, roster, work)
    return row


def _household_of(person: int, on: date) -> int:
    rows = Membership.objects.filter(person=person, validity__contains=on)
    found = rows.values_list("household_id", flat=True).first()
    if found is None:
        known = _person(person)
        raise refuse("on", _("Ngày %(day)s %(name)s không thuộc hộ nào.") % _told(known, on))
    return found


def _person(key: int) -> Person:
    found = Person.objects.filter(pk=key).first()
    if found is None or found.merged_into_id:
        raise refuse("person", _("Không có người này, hoặc đã gộp vào hồ sơ khác; hãy tìm và chọn lại."))
    return found


def _told(person: Person, day: date) -> dict[str, str]:
    return {"name": person.full_name, "day": format_date(day)}


def _without(household: Household, person: int, on: date) -> Roster:
    roster = roster_of(household)
    try:
        roster.leave(person, on)
    except ContradictionError as error:
        raise contradicts(household, error) from error
    return roster
