"""What every action on households does around its own matter: one transaction, locks, rights, and who was there before."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from households.access.scope import Scope, check_may, scope_of
from households.areas.changes.writing import MAP_LOCK
from households.registry import events
from households.registry.codes import EventKind
from households.registry.finding import upkeep
from households.registry.models import Household, HouseholdEvent, Person, Residence
from households.registry.problems import ChangedMeanwhileError, Problem, RegistryRefusedError, refuse
from households.registry.state import version_of
from povertyportal.core.discreet import holds_number
from povertyportal.core.history import acting
from povertyportal.core.models import User
from povertyportal.vietnamese import format_date, is_unreadable

WRITE = "households.write"
LONGEST_REASON = 400
_CLASHES = {
    "membership_one_household_a_day": gettext_lazy(
        "Người này đang là thành viên của một hộ khác trong khoảng thời gian đó."
    ),
    "membership_one_head_a_day": gettext_lazy("Hộ này đã có chủ hộ khác trong khoảng thời gian đó."),
    "residence_one_a_day": gettext_lazy("Hộ này đã ghi một nơi ở khác trong khoảng thời gian đó."),
}


@dataclass
class Work:
    """Who writes what of which day, and what has to be found anew afterwards."""

    on: date
    reason: str
    by: User
    at: datetime
    households: dict[int, Household] = field(default_factory=dict)
    touched: set[int] = field(default_factory=set)
    persons: set[int] = field(default_factory=set)
    first: HouseholdEvent | None = None  # the event that this act told first; the others are part of it

    @property
    def today(self) -> date:
        return timezone.localdate(self.at)

    def tell(
        self,
        household: Household,
        kind: EventKind,
        *,
        person: int | None = None,
        other: int | None = None,
        on: date | None = None,
        withdraws: HouseholdEvent | None = None,
        **details: Any,
    ) -> None:
        """``details``: see ``events``; what is empty is left out."""
        self.touched.add(household.pk)
        told = events.tell(
            household.pk,
            kind,
            on or self.on,
            details={name: value for name, value in details.items() if value},
            reason=self.reason,
            by=self.by,
            at=self.at,
            person=person,
            other=other,
            part_of=self.first,
            withdraws=withdraws,
        )
        self.first = self.first or told


@contextmanager
def working(
    *keys: int,
    on: date,
    reason: str,
    by: User,
    at: datetime,
    expected: str = "",
    persons: Iterable[int] = (),
    action: str = WRITE,
    living: bool = True,
) -> Iterator[Work]:
    """Households and persons are locked in the order of their keys: of two who act at once the second sees what the first
    wrote. ``living``: False for what is about a day on which a household began or ended; then also whoever may write where
    it lived the day before may do it. Raises RegistryRefusedError, ChangedMeanwhileError, PermissionDenied."""
    work = Work(on, reason.strip(), by, at)
    if problems := list(_problems_of_record(work)):
        raise RegistryRefusedError(problems)
    with _told_apart(), transaction.atomic(), acting(by=by, reason=work.reason):
        _hold_the_map()
        work.households = locked(keys)
        lock_persons(persons)
        for household in work.households.values():
            _check_counts(household)
            if living:
                _check_lives(household, on)
            check_writes(work, household, action, before=not living)
        if expected and keys:
            check_unchanged(keys[0], expected)
        yield work
        _finish(work)


def _problems_of_record(work: Work) -> Iterator[Problem]:
    yield from problems_of_text("reason", work.reason, LONGEST_REASON)
    if not work.reason:
        yield Problem("reason", _("Cần ghi lý do hoặc căn cứ, ví dụ số giấy chứng tử, đơn của hộ."))
    if work.on > work.today:
        yield Problem(
            "on",
            _("Ngày %(day)s chưa tới; chỉ ghi việc đã xảy ra, muộn nhất là hôm nay %(today)s.")
            % {"day": format_date(work.on), "today": format_date(work.today)},
        )


def problems_of_text(field: str, text: str, most: int) -> Iterator[Problem]:
    """Too long, with a personal number in it (those are kept sealed, and nowhere else), or with signs that nobody can read and
    no paper can print."""
    if len(text) > most:
        yield Problem(field, _("Dài quá %(most)s ký tự; hãy ghi ngắn hơn.") % {"most": most})
    if holds_number(text):
        yield Problem(field, _("Đừng ghi số định danh cá nhân vào đây; chỉ ghi ở ô số định danh, nơi số được mã hóa."))
    if is_unreadable(text):
        yield Problem(field, _("Có ký tự không đọc được, không in được; hãy gõ lại mục này."))


@contextmanager
def _told_apart() -> Iterator[None]:
    """What the database refuses at last, in words."""
    try:
        yield
    except IntegrityError as error:
        found = next((text for name, text in _CLASHES.items() if name in str(error)), None)
        if found is None:
            raise
        raise refuse("", str(found)) from error


def _hold_the_map() -> None:
    """The map stands still until the end of the transaction; others may read it too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [MAP_LOCK])


def locked(keys: Sequence[int]) -> dict[int, Household]:
    rows = Household.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    found = {row.pk: row for row in rows}
    if missing := [key for key in keys if key not in found]:
        raise refuse("household", _("Không có hộ mang số H%s.") % missing[0])
    return found


def lock_persons(keys: Iterable[int]) -> None:
    list(Person.objects.select_for_update().filter(pk__in=list(keys)).order_by("pk").values_list("pk"))


def _check_counts(household: Household) -> None:
    if household.merged_into_id:
        message = _("Hộ %(one)s ghi trùng hoặc lập nhầm, hồ sơ đã về hộ H%(other)s; hãy ghi vào hộ đó.")
        raise refuse("household", message % {"one": household, "other": household.merged_into_id})


def _check_lives(household: Household, on: date) -> None:
    start, end = household.validity.lower, household.validity.upper
    if on < start:
        message = _("Hộ %(one)s mới có từ ngày %(day)s; hãy ghi ngày từ đó trở đi.")
        raise refuse("on", message % {"one": household, "day": format_date(start)})
    if end is not None and on >= end:
        message = _("Hộ %(one)s không còn từ ngày %(day)s; hãy ghi ngày trước đó.")
        raise refuse("on", message % {"one": household, "day": format_date(end)})


def place_on(household: int, day: date) -> Residence | None:
    """Where it lives on the day; before and after that, the nearest it has."""
    rows = list(Residence.objects.filter(household=household).order_by("validity"))
    before = [row for row in rows if row.validity.lower <= day]
    return before[-1] if before else next(iter(rows), None)


def check_writes(work: Work, household: Household, action: str = WRITE, *, before: bool = False) -> None:
    """Whoever may write where it lived on the day (``before``: or the day before), or where it lives last.

    Raises PermissionDenied."""
    scope = scope_of(work.by, action, day=work.today)
    there, last = place_on(household.pk, work.on), place_on(household.pk, date.max)
    if there is None or last is None or _covers_last(scope, last, work.today):
        return
    day = work.on - timedelta(days=1)
    if before and (left := place_on(household.pk, day)) and scope.covers(left.area_code, on=day):
        return
    check_may(work.by, action, code=there.area_code, on=work.on, day=work.today)


def _covers_last(scope: Scope, last: Residence, today: date) -> bool:
    end = last.validity.upper
    day = today if end is None or end > today else date.fromordinal(end.toordinal() - 1)
    return scope.covers(last.area_code, on=max(day, last.validity.lower))


def check_unchanged(household: int, expected: str) -> None:
    if version_of(household) == expected:
        return
    last = expected.partition("-")[0]
    since = HouseholdEvent.objects.filter(
        household=household, pk__gt=int(last[:18]) if last.isascii() and last.isdigit() else 0
    )
    told = [
        _("%(at)s, %(who)s ghi “%(what)s” ngày %(day)s.")
        % {
            "at": timezone.localtime(row.at).strftime("%H:%M %d/%m/%Y"),
            "who": row.by,
            "what": row.get_kind_display(),
            "day": format_date(row.on),
        }
        for row in since.select_related("by").order_by("pk")[:5]
    ]
    message = _("Hộ này vừa được người khác sửa; chưa ghi gì. Hãy xem lại rồi ghi tiếp.")
    raise ChangedMeanwhileError(message, told or [_("Họ tên, ngày sinh, số định danh hoặc công nhận đã thay đổi.")])


def _finish(work: Work) -> None:
    with connection.cursor() as cursor:
        for when in ("IMMEDIATE", "DEFERRED"):
            cursor.execute(f"SET CONSTRAINTS {', '.join(_CLASHES)} {when}")
    if again := events.restated_after(work.touched, work.on):
        events.restate(again, reason=work.reason, by=work.by, at=work.at)
    upkeep.refresh(person_ids=work.persons, household_ids=work.touched)
