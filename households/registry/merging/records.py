"""Merging two records of one person, or of one household that was entered twice. All or nothing, with the history inside.

Not the life event "nhập hộ": that is ``parting.join_households``. What happens to each table ``relations`` declares.
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone
from django.utils.translation import gettext as _

from households.access.scope import Scope, scope_of
from households.areas.changes.writing import MAP_LOCK
from households.registry import events
from households.registry.actions.working import LONGEST_REASON, problems_of_text
from households.registry.finding import upkeep
from households.registry.merging.plan import MergePlan, households_of, make_plan, stay_of
from households.registry.merging.relations import check_declared, move_rows
from households.registry.merging.spans import FOR_EVER
from households.registry.models import Household, Membership, Person, Residence
from households.registry.problems import Problem, RegistryRefusedError, refuse
from households.registry.visible import seen_of
from povertyportal.core.history import acting
from povertyportal.core.models import User

DECIDE = "duplicates.decide"


def merge_persons(*, keep: int, drop: int, reason: str, by: User, at: datetime) -> MergePlan:
    """Raises RegistryRefusedError, PermissionDenied."""
    return merge_records(persons={drop: keep}, households={}, reason=reason, by=by, at=at)


def merge_households(
    *, keep: int, drop: int, persons: Mapping[int, int], reason: str, by: User, at: datetime
) -> MergePlan:
    """``persons``: members of the record that goes, with the record of the same person that stays; the others come along as
    they are. Raises RegistryRefusedError, PermissionDenied."""
    return merge_records(persons=persons, households={drop: keep}, reason=reason, by=by, at=at)


@transaction.atomic
def merge_records(
    *, persons: Mapping[int, int], households: Mapping[int, int], reason: str, by: User, at: datetime
) -> MergePlan:
    check_reason(reason)
    day = timezone.localdate(at)
    _hold(persons, households)
    check_keys(persons, households)
    check_may_decide({*persons, *persons.values()}, {*households, *households.values()}, by=by, day=day)
    for model in (Person, Household):
        check_declared(model)
    plan = make_plan(persons, households)
    if plan.problems:
        raise RegistryRefusedError(plan.problems)
    with acting(by=by, reason=reason.strip()):
        _carry_out(plan, reason=reason.strip(), by=by, at=at)
    return plan


def check_reason(reason: str) -> None:
    problems = list(problems_of_text("reason", reason, LONGEST_REASON))
    if not reason.strip():
        problems.append(Problem("reason", _("Cần ghi lý do hoặc căn cứ của kết luận, ví dụ đã xem giấy tờ của hộ.")))
    if problems:
        raise RegistryRefusedError(problems)


def check_keys(persons: Mapping[int, int], households: Mapping[int, int]) -> None:
    """Records that are there, not merged before, each in one pair only, and each pair of two."""
    for model, pairs, field, missing in (
        (Person, persons, "keep", _("Không có người mang số %s, hoặc hồ sơ đó đã được gộp.")),
        (Household, households, "keep_household", _("Không có hộ H%s, hoặc hồ sơ đó đã được gộp.")),
    ):
        wanted = [*pairs, *pairs.values()]
        if set(pairs) & set(pairs.values()):
            raise refuse(field, _("Một hồ sơ không thể vừa giữ lại vừa bị gộp."))
        known = set(model._default_manager.filter(pk__in=wanted, merged_into=None).values_list("pk", flat=True))
        for key in wanted:
            if key not in known:
                raise refuse(field, missing % key)


def check_may_decide(persons: Collection[int], households: Collection[int], *, by: User, day: date) -> None:
    """Where each of the persons and households lives, or lived last. Raises PermissionDenied."""
    scope = scope_of(by, DECIDE, day=day)
    for household in sorted({*last_households(persons).values(), *households}):
        check_decides_in(scope, household, day)


def check_decides_in(scope: Scope, household: int, day: date) -> None:
    if not seen_of(list(Residence.objects.filter(household=household)), scope, day=day).whole:
        message = _(
            "Hộ H%s không thuộc địa bàn bạn được kết luận về ghi trùng. Cần một người có quyền ở nơi của cả hai hồ sơ."
        )
        raise PermissionDenied(message % household)


def last_households(persons: Collection[int]) -> dict[int, int]:
    """Household by person: where he belongs, or belonged last."""
    rows = Membership.objects.filter(person__in=list(persons)).order_by("validity")
    return {row.person_id: row.household_id for row in rows}


def _hold(persons: Mapping[int, int], households: Mapping[int, int]) -> None:
    """The map, then households and persons in the order of their keys, as every action locks them."""
    who = {*persons, *persons.values()}
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [MAP_LOCK])
    where = {*households, *households.values(), *households_of(who)}
    list(Household.objects.select_for_update().filter(pk__in=where).order_by("pk").values_list("pk"))
    list(Person.objects.select_for_update().filter(pk__in=who).order_by("pk").values_list("pk"))
    if not households_of(who) <= where:
        raise refuse("", _("Hồ sơ vừa được người khác sửa; chưa ghi gì. Hãy xem lại rồi kết luận."))


def _carry_out(plan: MergePlan, *, reason: str, by: User, at: datetime) -> None:
    pairs = plan.pairs
    _write_memberships(plan)
    for keep, life in plan.lives.items():
        Household.objects.filter(pk=keep).update(validity=life)
    Residence.objects.bulk_create(plan.residences)
    for one in plan.recognitions:
        one.stored(reason=reason, by=by, at=at)
    for keep, values in plan.filled.items():
        Person.objects.filter(pk=keep).update(**values) if values else None
    for drop, keep in pairs.persons.items():
        move_rows(Person, keep=keep, drop=drop)
        Person.objects.filter(pk=drop).update(merged_into=keep)
    for drop, keep in pairs.households.items():
        move_rows(Household, keep=keep, drop=drop)
        Household.objects.filter(pk=drop).update(merged_into=keep)
    others = {keep: drop for drop, keep in pairs.households.items()}
    events.restate(plan.ids, reason=reason, by=by, at=at, other=others)
    upkeep.refresh(person_ids={*pairs.persons, *pairs.persons.values()}, household_ids=plan.ids)


def _write_memberships(plan: MergePlan) -> None:
    """Rows that stay as they are keep their key; the constraints, deferred, are asked at once."""
    wanted = set(plan.merged.stays)
    gone = [row.pk for row in plan.rows if stay_of(row) not in wanted]
    wanted -= {stay_of(row) for row in plan.rows}
    Membership.objects.filter(pk__in=gone).delete()
    Membership.objects.bulk_create(
        Membership(
            household_id=one.household, person_id=one.person, relation=one.relation,
            validity=DateRange(one.start, None if one.end == FOR_EVER else one.end),
        )
        for one in sorted(wanted, key=lambda one: (one.start, one.person))
    )  # fmt: skip
    with connection.cursor() as cursor:
        for when in ("IMMEDIATE", "DEFERRED"):
            cursor.execute(f"SET CONSTRAINTS membership_one_household_a_day, membership_one_head_a_day {when}")
