"""Which events were told of one act, and which of them may be withdrawn at all."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from households.registry.codes import EventKind
from households.registry.models import Household, HouseholdEvent, Membership

# What cannot be withdrawn, and what to do instead.
INSTEAD: dict[str, str | Promise] = {
    EventKind.REGISTERED: _(
        "Việc lập hồ sơ không bỏ được. Hộ ghi hai lần thì gộp ở trang “Người ghi trùng”; không có hộ này trên thực tế thì ghi "
        "“Hộ không còn”; sai tên, ngày sinh thì bấm “Sửa” cạnh tên; sai địa chỉ thì “Sửa địa chỉ, mã hộ”."
    ),
    EventKind.DUPLICATE: _(
        "Việc gộp hồ sơ ghi trùng không bỏ được. Gộp nhầm thì ghi lại người ấy bằng “Tách hộ” hoặc “Thêm người vào hộ”."
    ),
    EventKind.AREA_CHANGED: _(
        "Hộ theo thay đổi đơn vị hành chính, không phải do ai ghi vào hồ sơ này. Nơi ở chưa đúng thì ghi “Xếp vào thôn” hoặc "
        "“Chuyển nơi ở”."
    ),
    EventKind.WITHDRAWN: _("Đã bỏ thì không lấy lại được; nếu việc ấy đúng, hãy ghi lại."),
}


@dataclass(frozen=True, slots=True)
class Act:
    """``main``: the event by which it is called; ``events``: all of it, ``main`` too."""

    main: HouseholdEvent
    events: tuple[HouseholdEvent, ...]

    @property
    def founded(self) -> int | None:
        """The household that would not be there without it."""
        made = (one for one in self.events if one.kind == EventKind.SPLIT and "place" in one.details)
        return next((one.household_id for one in made), None)

    @property
    def households(self) -> list[int]:
        """Those that go on, the one where it was recorded first."""
        keys = dict.fromkeys([self.main.household_id, *(one.household_id for one in self.events)])
        return [key for key in keys if key != self.founded]

    def of(self, household: int) -> list[HouseholdEvent]:
        return [one for one in self.events if one.household_id == household]


def act_of(event: HouseholdEvent) -> Act:
    """2 to 4 queries."""
    first = event.part_of or event
    found = {one.pk: one for one in HouseholdEvent.objects.standing().filter(Q(pk=first.pk) | Q(part_of=first.pk))}
    for one in list(found.values()):
        found |= {other.pk: other for other in _beside(one)}
    events = tuple(sorted(found.values(), key=lambda one: one.pk))
    return Act(_main(events) or event, events)


def _main(events: Iterable[HouseholdEvent]) -> HouseholdEvent | None:
    """Of a split what the old household says; else what was told first."""
    return min(
        events, key=lambda one: (one.kind == EventKind.SPLIT and "left" not in one.details, one.pk), default=None
    )


def _beside(event: HouseholdEvent) -> Iterable[HouseholdEvent]:
    """What was told with it, where it was loaded without saying so: the other half, the end after the last death."""
    rows = HouseholdEvent.objects.standing().filter(on=event.on)
    if event.kind in (EventKind.SPLIT, EventKind.MERGED) and event.other_id:
        return rows.filter(household=event.other_id, other=event.household_id, kind=event.kind)
    loaded = rows.filter(household=event.household_id, at=event.at, part_of=None)
    if event.part_of_id or _members_on(event):
        return ()
    if event.kind == EventKind.DIED:
        return loaded.filter(kind=EventKind.ENDED, pk__gt=event.pk)
    if event.kind == EventKind.ENDED:
        return loaded.filter(kind=EventKind.DIED, pk__lt=event.pk).order_by("-pk")[:1]
    return ()


def _members_on(event: HouseholdEvent) -> bool:
    return Membership.objects.filter(household=event.household_id, validity__contains=event.on).exists()


def why_not(event: HouseholdEvent) -> str:
    """Why this kind of event is never withdrawn; nothing where it may be."""
    if event.kind == EventKind.AREA_CHANGED and "placed" in event.details:
        return ""
    return str(INSTEAD.get(event.kind, ""))


def may_go(event: HouseholdEvent, household: Household) -> bool:
    """Whether a page should offer it: by the event that people know, not by what was told along with it."""
    along = event.part_of_id and event.kind == EventKind.HEAD_CHANGED
    withdrawn = hasattr(event, "withdrawn_by")
    return not (why_not(event) or along or withdrawn or household.merged_into_id)
