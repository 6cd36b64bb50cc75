"""Two persons side by side: what each record says, and where they differ."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from households.access.scope import Scope
from households.registry.ethnicities import name_of
from households.registry.models import Membership, Person, Residence
from households.registry.numbers.sealed import masked
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


class Said(NamedTuple):
    """``key``: what is compared; of two numbers that end alike the texts are the same."""

    title: str
    text: str
    key: object


@dataclass(frozen=True, slots=True)
class Line:
    """``record``: the number of the record itself, which says nothing about the person."""

    title: str
    first: str
    second: str
    differs: bool
    record: bool


def sides_of(persons: Iterable[int], scope: Scope, *, day: date) -> dict[int, Side]:
    """By person; who was merged away has none. 3 queries for any number, 1 more for who never belonged anywhere."""
    keys = set(persons)
    stays = Membership.objects.filter(person__in=keys, person__merged_into=None).order_by("validity")
    numbers = ("identity", "old_identity", "insurance")
    last = {one.person_id: one for one in stays.select_related(*(f"person__{name}" for name in numbers))}
    found = {key: one.person for key, one in last.items()}
    if alone := keys - found.keys():
        rows = Person.objects.filter(pk__in=alone, merged_into=None)
        found |= {one.pk: one for one in rows.select_related(*numbers)}
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
    return [
        Line(one.title, one.text, other.text, differs=place > 0 and one.key != other.key, record=place == 0)
        for place, (one, other) in enumerate(both)
    ]


def _said(side: Side) -> Iterator[Said]:
    person = side.person
    yield _plain(_("Hồ sơ số"), str(person.pk))
    yield _plain(_("Họ và tên"), person.full_name)
    yield _plain(_("Giới tính"), str(person.get_sex_display() if person.sex else ""))
    yield _plain(_("Ngày sinh"), format_date(person.birth_date) if person.birth_date else str(person.birth_year or ""))
    yield _plain(_("Dân tộc"), name_of(person.ethnicity) if person.ethnicity else "")
    yield Said(_("Số định danh"), masked(person.identity) or person.no_identity_reason, person.identity_id)
    yield Said(_("Số CMND cũ"), masked(person.old_identity), person.old_identity_id)
    yield Said(_("Số BHXH, BHYT"), masked(person.insurance), person.insurance_id)
    yield _plain(_("Ngày mất"), format_date(person.died_on) if person.died_on else "")
    yield _plain(_("Hộ"), f"H{side.household}" if side.household else "")
    yield _plain(_("Quan hệ với chủ hộ"), side.relation)
    yield _plain(_("Nơi ở"), side.place)
    yield _plain(_("Là thành viên từ"), _span(side))


def _plain(title: str, text: str) -> Said:
    return Said(title, text, text)


def _span(side: Side) -> str:
    if side.since is None:
        return ""
    start = format_date(side.since)
    return _("%(start)s đến trước %(end)s") % {"start": start, "end": format_date(side.until)} if side.until else start
