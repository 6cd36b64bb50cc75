"""An event that was recorded by mistake is withdrawn: told by another event, so that both stay to be read."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from households.registry import events
from households.registry.actions.persons import where
from households.registry.actions.working import Work, lock_persons, locked, working
from households.registry.codes import EventKind
from households.registry.merging.relations import relations_to
from households.registry.models import Household, HouseholdEvent, Membership, Person, Recognition
from households.registry.problems import refuse
from households.registry.replaying import final
from households.registry.withdrawing.acts import Act, act_of, why_not
from households.registry.withdrawing.planning import Without, without
from households.registry.withdrawing.writing import release_numbers, revive, tell, undo_founding, write
from povertyportal.core.models import User
from povertyportal.vietnamese import format_date

# What refers to a household that never was and goes with it, or is asked with a sentence of its own.
_OWN = {
    "households.Membership.household", "households.Residence.household", "households.HouseholdEvent.household",
    "households.HouseholdEvent.other", "households.SearchRow.household", "households.Recognition.household",
}  # fmt: skip


def withdraw_event(*, event: int, reason: str, by: User, at: datetime, expected: str = "") -> Household:
    """With everything told of the same act: the other half of a split, the end after a last death. From its day on the rows
    are what the remaining events add up to; the days before stay. ``expected``: of the event's household, which is returned;
    for a household that is no more without the event, the one it came from.

    Raises RegistryRefusedError, ChangedMeanwhileError, PermissionDenied.
    """
    found = _found(event)
    act = act_of(found)
    expected = expected if found.household_id == act.households[0] else ""
    with working(*act.households, on=act.main.on, reason=reason, by=by, at=at, expected=expected, living=False) as work:
        act = _held(act, work)
        same = events.merged_persons()
        plans = [without(row, act.of(key), same) for key, row in work.households.items()]
        founded = _founded(act)
        for plan in plans:
            _check_free(plan, act, work)
        for plan in sorted(plans, key=lambda one: one.household.pk != act.main.household_id):
            tell(plan, work)
        if founded:
            undo_founding(founded, work.households[act.households[0]], act.of(founded.pk), work)
        for plan in plans:
            write(plan, work)
        revive(_dead(act, same), work)
        release_numbers(_come(act, same), work)
    return work.households[act.households[0]]


def _found(key: int) -> HouseholdEvent:
    found = HouseholdEvent.objects.select_related("part_of", "withdrawn_by__by").filter(pk=key).first()
    if found is None:
        raise refuse("", _("Không có sự kiện này."))
    check_not_withdrawn(found)
    if reason := why_not(found) or (why_not(found.part_of) if found.part_of else ""):
        raise refuse("", reason)
    return found


def check_not_withdrawn(event: HouseholdEvent) -> None:
    """Raises RegistryRefusedError."""
    done: HouseholdEvent | None = getattr(event, "withdrawn_by", None)
    if done is not None:
        told = {"who": done.by, "at": timezone.localtime(done.at).strftime("%H:%M %d/%m/%Y")}
        raise refuse("", _("Sự kiện này đã được %(who)s bỏ lúc %(at)s.") % told)


def _held(act: Act, work: Work) -> Act:
    """As it is once everything is locked: households first, then persons, each in the order of their keys."""
    if act.founded:
        locked([act.founded])
    members = Membership.objects.filter(household__in=[*act.households, act.founded or 0])
    told = {person for one in act.events for person in _people(one)}
    lock_persons({*members.values_list("person_id", flat=True), *told})
    now = act_of(_found(act.main.pk))
    if now != act:
        raise refuse("", _("Hộ này vừa được người khác sửa; chưa ghi gì. Hãy xem lại rồi ghi tiếp."))
    return now


def _people(event: HouseholdEvent) -> Iterable[int]:
    yield from event.details.get("left", ())
    yield from (person for person, _relation in event.details.get("joined", ()))


def _dead(act: Act, same: dict[int, int]) -> set[int]:
    return {final(one.person_id, same) for one in act.events if one.kind == EventKind.DIED and one.person_id}


def _come(act: Act, same: dict[int, int]) -> set[int]:
    return {final(person, same) for one in act.events for person, _relation in one.details.get("joined", ())}


def _check_free(plan: Without, act: Act, work: Work) -> None:
    """Whoever belongs to the household again belongs to no other on those days, and is not dead otherwise."""
    returned = {one.what[0]: one for one in sorted(plan.members, key=lambda one: one.start)}  # the last stay of each
    ours = [*act.households, act.founded or 0]
    elsewhere = Membership.objects.filter(person__in=returned).exclude(household__in=ours).select_related("person")
    for row in elsewhere.order_by("validity", "pk"):
        if any(_overlap(one.start, one.end, row) for one in plan.members if one.what[0] == row.person_id):
            raise refuse("", _belongs(row, work))
    here = {one.person_id for one in act.events if one.kind == EventKind.DIED}
    for person in Person.objects.filter(pk__in=returned, died_on__isnull=False):
        died = _died_otherwise(person, act, here)
        if died and (returned[person.pk].end or date.max) > died:
            told = {"name": person.full_name, "day": format_date(died)}
            raise refuse(
                "", _("%(name)s còn được ghi mất ngày %(day)s ở một sự kiện khác; hãy bỏ sự kiện đó trước.") % told
            )


def _overlap(start: date, end: date | None, row: Membership) -> bool:
    other = row.validity
    return (other.upper is None or start < other.upper) and (end is None or other.lower < end)


def _belongs(row: Membership, work: Work) -> str:
    """Told with its place to whoever may see it."""
    event = events.on_day(row.household_id, row.validity.lower, row.person_id)
    told = {
        "name": row.person.full_name,
        "where": where(row.person, work),
        "what": event.get_kind_display() if event else _("vào hộ"),
        "day": format_date(row.validity.lower),
    }
    message = _(
        "Không bỏ riêng việc này được: sau đó %(name)s đã thuộc một hộ khác%(where)s, ngày %(day)s “%(what)s”. "
        "Hãy bỏ việc đó trước."
    )
    return message % told


def _died_otherwise(person: Person, act: Act, here: Collection[int | None]) -> date | None:
    """``here``: whose deaths are withdrawn. Records merged into his may tell of another one."""
    merged = set(Person.objects.filter(merged_into=person).values_list("pk", flat=True))
    rows = HouseholdEvent.objects.standing().filter(person__in={person.pk, *merged}, kind=EventKind.DIED)
    other = rows.exclude(pk__in=[one.pk for one in act.events]).order_by("on").values_list("on", flat=True).first()
    return other if other or {person.pk, *merged} & set(here) else person.died_on


def _founded(act: Act) -> Household | None:
    """The household that will never have been. Refused while anything happened in it or refers to it."""
    if act.founded is None:
        return None
    row = Household.objects.get(pk=act.founded)
    ours = [one.pk for one in act.events]
    rows = HouseholdEvent.objects.standing().filter(Q(household=row) | Q(other=row)).exclude(pk__in=ours)
    rows = rows.exclude(kind__in=[EventKind.AREA_CHANGED, EventKind.WITHDRAWN])
    rows = rows.exclude(part_of__kind=EventKind.WITHDRAWN)
    if later := rows.order_by("on", "pk").first():
        told = {"household": row, "day": format_date(later.on), "what": later.get_kind_display()}
        message = _("Hộ %(household)s lập từ việc này đã có việc khác: ngày %(day)s “%(what)s”. Hãy bỏ việc đó trước.")
        raise refuse("", message % told)
    if given := Recognition.objects.filter(household=row).order_by("decision_date").first():
        told = {"household": row, "number": given.decision_number, "day": format_date(given.decision_date)}
        message = _(
            "Hộ %(household)s lập từ việc này đã được công nhận theo quyết định số %(number)s ngày %(day)s, nên không bỏ được "
            "nữa. Hãy ghi “Nhập vào hộ khác” cho hộ ấy."
        )
        raise refuse("", message % told)
    _check_nothing_else(row)
    return row


def _check_nothing_else(household: Household) -> None:
    """Also what apps above keep about it, and tables that nobody thought of here."""
    for relation, model, name in relations_to(Household):
        if relation not in _OWN and model._default_manager.filter(**{name: household}).exists():
            told = {"household": household, "table": model._meta.verbose_name}
            message = _(
                "Hộ %(household)s lập từ việc này đã có dữ liệu khác trên cổng (%(table)s), nên không bỏ được nữa. Hãy ghi "
                "“Nhập vào hộ khác” cho hộ ấy."
            )
            raise refuse("", message % told)
