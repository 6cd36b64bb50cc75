"""Two persons side by side: what each record says, and where they differ."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from households.access.scope import Scope
from households.registry.ethnicities import name_of
from households.registry.models import Membership, Person, Residence, SealedNumber
from households.registry.numbers import masked
from households.registry.places import named_places
from households.registry.visible import seen_of
from povertyportal.vietnamese import format_date


@dataclass(frozen=True, slots=True)
class Side:
    """``household``: where the person belongs, or belonged last. ``seen``: in the user's area; only then anything is shown."""

    person: Person
    household: int | None
    relation: str
    place: str
    since: date | None
    until: date | None
    seen: bool

    @property
    def url(self) -> str:
        return reverse("households:detail", args=[self.household]) if self.household else ""


@dataclass(frozen=True, slots=True)
class Line:
    title: str
    first: str
    second: str
    record: bool = False

    @property
    def differs(self) -> bool:
        """The number of the record always does, and says nothing."""
        return not self.record and self.first != self.second


def sides_of(persons: Iterable[int], scope: Scope, *, day: date) -> dict[int, Side]:
    """By person; who was merged away has none. 4 queries for any number."""
    rows = Person.objects.filter(pk__in=set(persons), merged_into=None)
    found = {one.pk: one for one in rows.select_related("identity", "old_identity", "insurance")}
    last = {one.person_id: one for one in Membership.objects.filter(person__in=found).order_by("validity")}
    homes: dict[int, list[Residence]] = {}
    for home in Residence.objects.filter(household__in={one.household_id for one in last.values()}).order_by(
        "validity"
    ):
        homes.setdefault(home.household_id, []).append(home)
    asked = {key: _where(rows[-1], day) for key, rows in homes.items()}
    names = named_places(set(asked.values()))
    sides = {}
    for key, person in found.items():
        stay = last.get(key)
        where = stay.household_id if stay else 0
        place = names[asked[where]].near if where in asked else ""
        seen = seen_of(homes.get(where, []), scope, day=day).whole
        sides[key] = _side(person, stay, place, seen=seen)
    return sides


def _where(home: Residence, day: date) -> tuple[str, date]:
    until = home.validity.upper
    return home.area_code, max(home.validity.lower, min(day, date.fromordinal(until.toordinal() - 1) if until else day))


def _side(person: Person, last: Membership | None, place: str, *, seen: bool) -> Side:
    if last is None:
        return Side(person, None, "", "", None, None, seen)
    relation = str(last.get_relation_display())
    return Side(person, last.household_id, relation, place, last.validity.lower, last.validity.upper, seen)


def lines_of(first: Side, second: Side) -> list[Line]:
    both = zip(_said(first), _said(second), strict=True)
    return [Line(title, one, other, record=place == 0) for place, ((title, one), (_same, other)) in enumerate(both)]


def _said(side: Side) -> Iterator[tuple[str, str]]:
    person = side.person
    yield _("Hồ sơ số"), str(person.pk)
    yield _("Họ và tên"), person.full_name
    yield _("Giới tính"), str(person.get_sex_display() if person.sex else "")
    yield _("Ngày sinh"), format_date(person.birth_date) if person.birth_date else str(person.birth_year or "")
    yield _("Dân tộc"), name_of(person.ethnicity) if person.ethnicity else ""
    yield _("Số định danh"), _number(person.identity) or person.no_identity_reason
    yield _("Số CMND cũ"), _number(person.old_identity)
    yield _("Số BHXH, BHYT"), _number(person.insurance)
    yield _("Ngày mất"), format_date(person.died_on) if person.died_on else ""
    yield _("Hộ"), f"H{side.household}" if side.household else ""
    yield _("Quan hệ với chủ hộ"), side.relation
    yield _("Nơi ở"), side.place
    yield _("Là thành viên từ"), _span(side)


def _number(number: SealedNumber | None) -> str:
    return masked(number)


def _span(side: Side) -> str:
    if side.since is None:
        return ""
    start = format_date(side.since)
    return _("%(start)s đến trước %(end)s") % {"start": start, "end": format_date(side.until)} if side.until else start
