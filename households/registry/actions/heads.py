"""Who heads a household, and how the others are related to him."""

from collections.abc import Mapping
from datetime import date, datetime

from django.utils.translation import gettext as _

from households.registry.actions.rosters import new_head as headed
from households.registry.actions.rosters import related, roster_of, write_roster
from households.registry.actions.working import working
from households.registry.codes import EventKind
from households.registry.events import listed
from households.registry.models import Household
from households.registry.problems import refuse
from povertyportal.core.models import User


def change_head(
    *,
    household: int,
    on: date,
    reason: str,
    by: User,
    at: datetime,
    new_head: int | None = None,
    relations: Mapping[int, str] | None = None,
    expected: str = "",
) -> Household:
    """Without ``new_head`` the relations given change, and no other. With one, whoever is given no relation to him has
    none on record ("unknown"). Raises RegistryRefusedError, ChangedMeanwhileError, PermissionDenied."""
    given = dict(relations or {})
    with working(household, on=on, reason=reason, by=by, at=at, expected=expected) as work:
        row = work.households[household]
        roster = roster_of(row)
        if new_head in (None, roster.head(on)):
            changed = related(roster, row, given, on)
        else:
            changed = headed(roster, row, new_head, given, on)
        if not changed:
            raise refuse("relations", _("Chủ hộ và các quan hệ không có gì khác với đang ghi."))
        work.tell(row, EventKind.HEAD_CHANGED, person=new_head, relations=listed(changed))
        write_roster(row, roster, work)
    return row
