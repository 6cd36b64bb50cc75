"""Persons entered: checked field by field, their numbers sealed, nobody twice where it can be known."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import TypeVar

from django.db.models import Q
from django.utils.translation import gettext as _

from households.access.scope import scope_of
from households.registry import ethnicities
from households.registry.actions.working import Work, place_on, problems_of_text
from households.registry.codes import NumberKind, Relation, Sex
from households.registry.entries import KEEP, MemberData, PersonData
from households.registry.finding.name_keys import keys_of
from households.registry.identity import check
from households.registry.models import Membership, Person, SealedNumber
from households.registry.numbers import sealed
from households.registry.places import named_place
from households.registry.problems import Problem, RegistryRefusedError
from households.registry.visible import READ
from povertyportal.vietnamese import format_date, tidy

Data = TypeVar("Data", MemberData, PersonData)

LONGEST_NAME, LONGEST_REASON, EARLIEST_YEAR = 150, 200, 1890
NUMBERS = {
    "identity": NumberKind.PERSONAL,
    "old_identity": NumberKind.OLD,
    "insurance": NumberKind.INSURANCE,
}
_DETAILS = ("sex", "birth_date", "birth_year", "ethnicity", "old_identity_id", "insurance_id")


def tidied(data: Data) -> Data:
    """Blanks and invisible characters gone; the year of the day of birth stands by itself too."""
    texts = {one.name: getattr(data, one.name) for one in fields(data) if isinstance(getattr(data, one.name), str)}
    year = data.birth_date.year if data.birth_date else data.birth_year
    return replace(data, **{name: tidy(text) for name, text in texts.items()}, birth_year=year)  # type: ignore[arg-type]


def problems_of_member(data: MemberData, on: date, prefix: str) -> Iterator[Problem]:
    """``data`` tidied. ``prefix``: "members.0."."""
    if data.relation not in Relation.values:
        yield Problem(f"{prefix}relation", _("Không có quan hệ “%s” với chủ hộ.") % data.relation)
    if data.person is None:
        yield from problems_of_details(as_person(data), on, prefix)


def as_person(data: MemberData) -> PersonData:
    names = [one.name for one in fields(PersonData)]
    return PersonData(**{name: getattr(data, name) for name in names})


def problems_of_details(data: PersonData, on: date, prefix: str = "") -> Iterator[Problem]:
    yield from _problems_of_name(data.full_name, f"{prefix}full_name")
    if data.sex and data.sex not in Sex.values:
        yield Problem(f"{prefix}sex", _("Giới tính là nam hoặc nữ, hoặc để trống khi chưa rõ."))
    yield from _problems_of_birth(data, on, prefix)
    if data.ethnicity and ethnicities.by_key(data.ethnicity) is None:
        yield Problem(f"{prefix}ethnicity", _("Không có dân tộc “%s” trong danh mục.") % data.ethnicity)
    yield from problems_of_text(f"{prefix}no_identity_reason", data.no_identity_reason, LONGEST_REASON)
    if data.identity and data.no_identity_reason and data.identity != KEEP:
        yield Problem(f"{prefix}no_identity_reason", _("Đã có số định danh thì để trống lý do chưa có số."))
    for name, kind in NUMBERS.items():
        yield from _problems_of_number(data, name, kind, on, prefix)


def _problems_of_name(name: str, field: str) -> Iterator[Problem]:
    if not keys_of(name).search_key:
        yield Problem(field, _("Cần họ và tên."))
    elif len(name) > LONGEST_NAME:
        yield Problem(field, _("Họ và tên dài quá %s ký tự.") % LONGEST_NAME)
    elif any(ch.isdigit() for ch in name):
        yield Problem(field, _("Họ và tên không có chữ số; số định danh ghi ở ô riêng."))


def _problems_of_birth(data: PersonData, on: date, prefix: str) -> Iterator[Problem]:
    if data.birth_date and data.birth_date > on:
        message = _("Sinh ngày %(birth)s, sau ngày %(on)s; người chưa sinh không thể là thành viên.")
        told = {"birth": format_date(data.birth_date), "on": format_date(on)}
        yield Problem(f"{prefix}birth_date", message % told)
    elif data.birth_year is not None and not EARLIEST_YEAR <= data.birth_year <= on.year:
        field = "birth_date" if data.birth_date else "birth_year"
        message = _("Năm sinh phải từ %(first)s đến %(last)s.") % {"first": EARLIEST_YEAR, "last": on.year}
        yield Problem(f"{prefix}{field}", message)


def _problems_of_number(data: PersonData, name: str, kind: NumberKind, on: date, prefix: str) -> Iterator[Problem]:
    text = getattr(data, name)
    if not text or text == KEEP:
        return
    for finding in check(kind.value, text, sex=data.sex, birth_year=data.birth_year, on=on):
        if finding.strength == "error":
            yield Problem(f"{prefix}{name}", finding.message)


def made(members: Sequence[MemberData], work: Work, prefixes: Sequence[str], *, invented: bool = False) -> list[Person]:
    """A person for each, in their order; ``members`` tidied and without problems of their own. Who is known already is
    taken as he is. Raises RegistryRefusedError for whoever belongs elsewhere, or whose number stands with another."""
    kept = _kept(as_person(one) for one in members if one.person is None)
    known = {row.pk: row for row in Person.objects.filter(pk__in=[one.person for one in members if one.person])}
    problems: list[Problem] = []
    persons: list[Person] = []
    for data, prefix in zip(members, prefixes, strict=True):
        if data.person is None:
            person = Person(invented=invented)
            fill(person, as_person(data), kept)
            if known_before := _known_by_number(person, work):
                person = known_before
            else:
                problems += problems_of_twin(person, work, prefix, despite=data.despite_twin)
        else:
            found = known.get(data.person)
            problems += problems_of_known(found, work, prefix)
            person = found or Person()
        persons.append(person)
    if problems:
        raise RegistryRefusedError(problems)
    new = [person for person in persons if person.pk is None]
    Person.objects.bulk_create(new)
    work.persons |= {person.pk for person in persons if person.pk is not None}
    return persons


def _known_by_number(person: Person, work: Work) -> Person | None:
    """Whoever left a household comes back under his number, wherever that was: the same name, alive, free, and nothing stated
    that his record contradicts. What his record leaves open is taken from what is stated."""
    if person.identity_id is None:
        return None
    found = list(Person.objects.filter(identity=person.identity_id, merged_into=None)[:2])
    if len(found) != 1 or found[0].search_key != person.search_key:
        return None
    known = found[0]
    new = [name for name in _DETAILS if getattr(person, name) and getattr(person, name) != getattr(known, name)]
    if any(getattr(known, name) for name in new) or _joined_before(known, person, new):
        return None
    if list(problems_of_known(known, work, "")):
        return None
    for name in new:
        setattr(known, name, getattr(person, name))
    if new:
        known.save(update_fields=[name.removesuffix("_id") for name in new])
    return known


def _joined_before(known: Person, stated: Person, new: Iterable[str]) -> bool:
    """A birth that his record leaves open, after he was a member somewhere."""
    if "birth_date" not in new and "birth_year" not in new:
        return False
    born = stated.birth_date or date(stated.birth_year or EARLIEST_YEAR, 1, 1)
    return Membership.objects.filter(person=known, validity__startswith__lt=born).exists()


def _kept(data: Iterator[PersonData]) -> dict[tuple[str, str], SealedNumber]:
    """The rows stay locked: of two who enter one number at once the second sees the person of the first."""
    pairs = [
        (kind.value, text)
        for one in data
        for name, kind in NUMBERS.items()
        if (text := getattr(one, name)) and text != KEEP
    ]
    kept = sealed.keep_many(pairs)
    rows = SealedNumber.objects.select_for_update().filter(pk__in={row.pk for row in kept.values()})
    list(rows.order_by("pk").values_list("pk"))
    return kept


def keep_numbers(data: PersonData) -> dict[tuple[str, str], SealedNumber]:
    return _kept(iter([data]))


def fill(person: Person, data: PersonData, kept: dict[tuple[str, str], SealedNumber]) -> None:
    """Everything of the person but his death; ``kept``: the rows of the numbers given."""
    keys = keys_of(data.full_name)
    person.full_name, person.search_key, person.sort_key = data.full_name, keys.search_key, keys.sort_key
    person.sex, person.birth_date, person.ethnicity = data.sex, data.birth_date, data.ethnicity
    person.birth_year = data.birth_date.year if data.birth_date else data.birth_year
    for name, kind in NUMBERS.items():
        text = getattr(data, name)
        if text != KEEP:
            setattr(person, name, kept[kind.value, text] if text else None)
    person.no_identity_reason = "" if person.identity_id else data.no_identity_reason


def problems_of_twin(person: Person, work: Work, prefix: str, *, despite: bool) -> Iterator[Problem]:
    if despite or person.identity_id is None:
        return
    twin = Person.objects.filter(identity=person.identity_id, merged_into=None).exclude(pk=person.pk).first()
    if twin is not None:
        message = _("Số này đã ghi cho một người khác%(where)s. Hãy xem lại số, hoặc chọn đúng người đã có.")
        yield Problem(f"{prefix}identity", message % {"where": where(twin, work)})


def problems_of_known(person: Person | None, work: Work, prefix: str) -> Iterator[Problem]:
    """Of somebody who shall become a member on the day."""
    field = f"{prefix}person"
    if person is None or person.merged_into_id:
        yield Problem(field, _("Không có người này, hoặc đã gộp vào hồ sơ khác; hãy tìm và chọn lại."))
        return
    told = {"name": person.full_name, "day": format_date(work.on)}
    if person.died_on and person.died_on <= work.on:
        yield Problem(field, _("%(name)s đã mất ngày %(died)s.") % {**told, "died": format_date(person.died_on)})
    if (person.birth_date and person.birth_date > work.on) or (person.birth_year or 0) > work.on.year:
        yield Problem(field, _("%(name)s sinh sau ngày %(day)s.") % told)
    if Membership.objects.filter(
        Q(validity__endswith=None) | Q(validity__endswith__gt=work.on), person=person
    ).exists():
        message = _("%(name)s đang thuộc hộ khác%(where)s từ ngày %(day)s trở đi; hãy ghi rời hộ đó trước.")
        yield Problem(field, message % {**told, "where": where(person, work)})


def where(person: Person, work: Work) -> str:
    """ ": Nông Văn An, hộ H17, Xóm Nà Mạ, Xã Trường Hà", as far as the user may see it; else nothing."""
    last = Membership.objects.filter(person=person).order_by("-validity").first()
    place = place_on(last.household_id, date.max) if last else None
    if last is None or place is None:
        return ""
    day = max(place.validity.lower, min(work.today, _last_day(place.validity.upper)))
    if not scope_of(work.by, READ, day=work.today).covers(place.area_code, on=day):
        return ""
    told = {
        "name": person.full_name,
        "household": last.household_id,
        "place": named_place(place.area_code, on=day).near,
    }
    return _(": %(name)s, hộ H%(household)s, %(place)s") % told


def _last_day(end: date | None) -> date:
    return date.fromordinal(end.toordinal() - 1) if end else date.max
