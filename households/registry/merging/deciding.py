"""Two persons who look alike: one and the same, or two. The verdict is kept for ever, and "the same" merges the records."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from households.registry.finding_models import DuplicateVerdict, Verdict
from households.registry.merging.plan import MergePlan, make_plan
from households.registry.merging.records import (
    check_keys,
    check_may_decide,
    check_reason,
    last_households,
    merge_records,
)
from households.registry.models import Membership, Person
from households.registry.problems import refuse
from povertyportal.core.history import acting
from povertyportal.core.models import User


@dataclass(frozen=True, slots=True)
class Decision:
    """``plan``: what the merge did; None for two different persons."""

    verdicts: tuple[DuplicateVerdict, ...]
    plan: MergePlan | None


@transaction.atomic
def decide_pair(
    *,
    first: int,
    second: int,
    verdict: str,
    reason: str,
    by: User,
    at: datetime,
    keep: int | None = None,
    keep_household: int | None = None,
    others: Mapping[int, int] | None = None,
) -> Decision:
    """``keep``: which of the two records stays when they are the same person. ``keep_household``: their two households are one
    that was entered twice, and this record stays; ``others``: further members recorded twice there, who goes → who stays.

    Raises RegistryRefusedError, PermissionDenied. Of two who decide at once the second is told.
    """
    if verdict not in Verdict.values:
        raise refuse("verdict", _("Chọn kết luận: cùng một người, hoặc hai người khác nhau."))
    if verdict == Verdict.SAME:
        persons, households = chosen(first, second, keep, keep_household, others or {})
        plan = merge_records(persons=persons, households=households, reason=reason, by=by, at=at)
        return Decision(_stored(persons, verdict, reason, by, at), plan)
    _check_different(first, second, reason, by=by, at=at)
    return Decision(_stored({first: second}, verdict, reason, by, at), None)


def chosen(
    first: int, second: int, keep: int | None, keep_household: int | None, others: Mapping[int, int]
) -> tuple[dict[int, int], dict[int, int]]:
    """Persons and households that go, with those that stay. Raises RegistryRefusedError."""
    if first == second:
        raise refuse("", _("Cần hai hồ sơ khác nhau."))
    if keep not in {first, second}:
        raise refuse("keep", _("Chọn hồ sơ giữ lại: một trong hai người."))
    drop = second if keep == first else first
    persons = {drop: keep}
    if keep_household is None:
        if others:
            raise refuse("others", _("Chỉ gộp thêm thành viên khác khi gộp cả hai hộ."))
        return persons, {}
    homes = set(last_households([first, second]).values())
    if keep_household not in homes or len(homes) != 2:
        raise refuse("keep_household", _("Chọn hộ giữ lại: một trong hai hộ của hai người này."))
    (drop_household,) = homes - {keep_household}
    members = {one: _members(one) for one in homes}
    for gone, stays in others.items():
        if gone not in members[drop_household] or stays not in members[keep_household]:
            raise refuse(
                "others", _("Mỗi cặp gộp thêm gồm một thành viên của hộ bị gộp và một thành viên của hộ giữ lại.")
            )
    if len({*others.values(), keep}) != len(others) + 1:
        raise refuse("others", _("Mỗi thành viên giữ lại chỉ nhận một hồ sơ trùng."))
    return others | persons, {drop_household: keep_household}  # type: ignore[operator]


def plan_of(
    *,
    first: int,
    second: int,
    keep: int,
    by: User,
    day: date,
    keep_household: int | None = None,
    others: Mapping[int, int] | None = None,
) -> MergePlan:
    """What "the same" would do, with everything that stands against it in ``problems``; nothing is written.

    Raises RegistryRefusedError for keys that make no pair, PermissionDenied.
    """
    persons, households = chosen(first, second, keep, keep_household, others or {})
    check_keys(persons, households)
    check_may_decide({first, second, *persons, *persons.values()}, {*households, *households.values()}, by=by, day=day)
    return make_plan(persons, households)


def likely_others(keep_household: int, drop_household: int) -> dict[int, int]:
    """Members of both records who are surely meant to be one person: the same number, or the same name and birth. Who goes →
    who stays; a proposal for the page."""
    keep, drop = _persons(keep_household), _persons(drop_household)
    found: dict[int, int] = {}
    for gone in drop:
        alike = [one for one in keep if one.pk != gone.pk and one.pk not in found.values() and _alike(one, gone)]
        if len(alike) == 1:
            found[gone.pk] = alike[0].pk
    return found


def _alike(one: Person, other: Person) -> bool:
    if one.identity_id and other.identity_id:
        return one.identity_id == other.identity_id
    if one.birth_date and other.birth_date:
        born = one.birth_date == other.birth_date
    else:
        born = one.birth_year is not None and one.birth_year == other.birth_year
    return born and one.search_key == other.search_key and (not one.sex or not other.sex or one.sex == other.sex)


def _persons(household: int) -> list[Person]:
    return list(Person.objects.filter(pk__in=_members(household), merged_into=None).order_by("pk"))


def _members(household: int) -> set[int]:
    return set(Membership.objects.filter(household=household).values_list("person_id", flat=True))


def _check_different(first: int, second: int, reason: str, *, by: User, at: datetime) -> None:
    check_reason(reason)
    if first == second:
        raise refuse("", _("Cần hai hồ sơ khác nhau."))
    check_keys({first: second}, {})
    check_may_decide([first, second], [], by=by, day=timezone.localdate(at))


def _stored(
    persons: Mapping[int, int], verdict: str, reason: str, by: User, at: datetime
) -> tuple[DuplicateVerdict, ...]:
    with acting(by=by, reason=reason.strip()):
        return tuple(
            DuplicateVerdict.objects.create(
                first_id=min(pair), second_id=max(pair), verdict=verdict, reason=reason.strip(), by=by, at=at
            )
            for pair in persons.items()
        )
