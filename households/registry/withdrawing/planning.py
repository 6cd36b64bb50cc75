"""What a household becomes when events of it are withdrawn, and what stands against it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from households.registry.carrying import Map
from households.registry.codes import EventKind
from households.registry.events import follows
from households.registry.models import Household, HouseholdEvent
from households.registry.problems import refuse
from households.registry.replaying import Event, Stretch, rebuilt
from households.registry.soundness import unexplained_of
from households.registry.withdrawing.acts import why_not
from households.registry.withdrawing.adding_up import Told, remainder
from povertyportal.vietnamese import format_date

Same = Mapping[int, int]


@dataclass
class Without:
    """One household without the events ``gone``. ``opened``: relations, ``steps``: changes of areas, both to be told anew by
    their day; ``places``, ``members``: the rows that then should stand; ``until``: the day on which it ends."""

    household: Household
    gone: list[HouseholdEvent]
    opened: dict[date, dict[int, str]]
    steps: list[tuple[date, dict[str, Any]]] = field(default_factory=list)
    places: set[Stretch] = field(default_factory=set)
    members: set[Stretch] = field(default_factory=set)
    until: date | None = None


def without(household: Household, gone: Iterable[HouseholdEvent], same: Same) -> Without:
    """Raises RegistryRefusedError, with the later event that builds on one of those."""
    going = {one.pk: one for one in gone}
    rows = {row.pk: row for row in _standing(household)}
    _check_may_be_replayed(household, going, rows, same)
    told = [_told(row) for row in rows.values()]
    while (found := remainder(told, going, same)).broken is not None:
        broken = rows[found.broken]
        if not _stated_by_withdrawal(broken) or broken.pk in going:
            raise refuse("", _later(broken))
        going[broken.pk] = broken
    plan = Without(household, list(going.values()), found.opened)
    _rebuild(plan, [one for one in told if one.number not in going], same, since=min(one.on for one in going.values()))
    return plan


def _standing(household: Household) -> Iterable[HouseholdEvent]:
    rows = HouseholdEvent.objects.standing().filter(household=household)
    return rows.select_related("part_of", "person").order_by("on", "pk")


def _told(row: HouseholdEvent) -> Told:
    part = row.part_of_id is not None and row.kind == EventKind.HEAD_CHANGED
    return Told(row.on, row.pk, row.details, row.kind, part)


def _stated_by_withdrawal(row: HouseholdEvent) -> bool:
    return row.part_of is not None and row.part_of.kind == EventKind.WITHDRAWN


def _check_may_be_replayed(
    household: Household, going: Mapping[int, HouseholdEvent], rows: Mapping[int, HouseholdEvent], same: Same
) -> None:
    first = min(going)
    if any(row.kind == EventKind.DUPLICATE and row.pk > first for row in rows.values()):
        message = _(
            "Sau khi ghi việc này, hồ sơ %s đã được gộp với hồ sơ ghi trùng, nên không bỏ riêng việc này được. Hãy ghi việc "
            "đúng tiếp theo, ví dụ “Thêm người vào hộ”, “Ghi người rời hộ”, “Chuyển nơi ở”."
        )
        raise refuse("", message % household)
    if unexplained_of([household.pk], same):
        message = _("Biến động đã ghi của hộ %s không khớp với hồ sơ; hãy báo người quản trị kiểm tra sổ trước.")
        raise refuse("", message % household)


def _later(event: HouseholdEvent) -> str:
    named = event if not event.part_of or why_not(event.part_of) else event.part_of
    told = {
        "household": named.household,
        "day": format_date(named.on),
        "what": named.get_kind_display(),
        "who": f" ({named.person})" if named.person else "",
    }
    message = _(
        "Không bỏ riêng việc này được: việc khác của hộ %(household)s dựa vào nó, ngày %(day)s “%(what)s”%(who)s. "
        "Hãy bỏ việc đó trước."
    )
    return message % told


def _rebuild(plan: Without, told: Iterable[Told], same: Same, *, since: date) -> None:
    events = [Event(one.on, one.number, one.details) for one in told]
    last = max((one.number for one in events), default=0)
    for day, relations in plan.opened.items():
        last += 1
        events.append(Event(day, last, {"relations": list(relations.items())}))
    areas = Map()
    plan.places, plan.members = rebuilt(events, same)
    while missing := next(_missing_steps(plan.places, events, areas, since), None):
        last += 1
        plan.steps.append(missing)
        events.append(Event(missing[0], last, missing[1]))
        plan.places, plan.members = rebuilt(events, same)
    plan.until = next((one.on for one in events if one.details.get("ended")), None)


def _missing_steps(
    places: Iterable[Stretch], events: Iterable[Event], areas: Map, since: date
) -> Iterator[tuple[date, dict[str, Any]]]:
    """Where the map went on meanwhile, and the household, which lived elsewhere, was not told of it."""
    known = {(one.on, one.details["follows"]["from"]) for one in events if "follows" in one.details}
    for place in sorted(places, key=lambda one: one.start):
        code, day = place.what[0], max(place.start, since - timedelta(days=1))
        while (step := areas.step(code, day)) and (place.end is None or step.start < place.end):
            if (step.start, code) not in known:
                yield step.start, follows(code, step.code, unplaced=step.lost)
            day = step.start
