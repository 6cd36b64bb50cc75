"""How the history of households, persons, recognitions and duplicates is told, and to whom; no number is ever in words."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from households.areas.models import Area
from households.registry.ethnicities import name_of
from households.registry.finding_models import DuplicateVerdict, SearchRow
from households.registry.models import Household, Membership, Person, Recognition, Residence
from households.registry.places import named_places
from povertyportal.core.described import describe_history
from povertyportal.vietnamese import format_date


def units_of(areas: Collection[int]) -> Exists:
    """Condition on residences: in one of these area versions on a day of theirs."""
    units = Area.objects.filter(id__in=areas, code=OuterRef("area_code"), validity__overlap=OuterRef("validity"))
    return Exists(units)


def _lives_within(areas: Collection[int], household: str) -> Exists:
    """Households that live there, or lived there last: what has no day of its own is the last place's to read."""
    later = Residence.objects.filter(
        household=OuterRef("household"), validity__startswith__gt=OuterRef("validity__startswith")
    )
    rows = Residence.objects.filter(units_of(areas), household=OuterRef(household))
    return Exists(rows.filter(~Exists(later)))


def _stood_within(areas: Collection[int]) -> Q:
    """Rows with ``household`` and ``validity`` that hold on a day on which the household lived there; what ended at a later
    place is told there."""
    rows = Residence.objects.filter(units_of(areas), household=OuterRef("household"))
    held = rows.filter(validity__overlap=OuterRef("validity"))
    until = Q(validity__endswith=None) | Q(validity__endswith__gte=OuterRef("validity__endswith"))
    return Q(Exists(held), validity__endswith=None) | Q(Exists(held.filter(until)))


def _decided_within(areas: Collection[int]) -> Q:
    """What was decided while the household lived there; all of it where it lives."""
    rows = Residence.objects.filter(units_of(areas), household=OuterRef("household"))
    decided = rows.filter(validity__contains=OuterRef("decision_date"))
    return Q(Exists(decided)) | Q(_lives_within(areas, "household"))


def _person_within(areas: Collection[int], person: str) -> Q:
    return Q(Exists(SearchRow.objects.filter(_lives_within(areas, "household"), person=OuterRef(person))))


def _places_of_stays(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """As they were called on the first day of each stay."""
    return _places([(row["area_code"], date.fromisoformat(row["validity"][1:11])) for row in rows])


def _places_of_decisions(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    return _places([(row["area_code"], date.fromisoformat(row["decision_date"])) for row in rows])


def _places(asked: Sequence[tuple[str, date]]) -> list[str]:
    """Name and code, also of a code that meant nothing on the day; 1 query."""
    names = named_places(set(asked))
    unknown = gettext("%(code)s (ngày %(day)s không có nơi nào mang mã này)")
    return [
        f"{names[code, day].near} ({code})" if names[code, day].chain
        else unknown % {"code": code, "day": format_date(day)}
        for code, day in asked
    ]  # fmt: skip


def register() -> None:
    """Called once, when the app is ready."""
    describe_history(
        Household,
        title=_("Hộ gia đình"),
        name="H{id}",
        within=lambda areas: Q(_lives_within(areas, "pgh_obj")),
    )
    describe_history(
        Person,
        title=_("Người trong hộ"),
        name="{full_name}",
        within=lambda areas: _person_within(areas, "pgh_obj"),
        hidden=("search_key", "sort_key"),
        words={"ethnicity": name_of},
    )
    describe_history(
        Membership,
        title=_("Thành viên hộ"),
        name="{household}: {person}, {relation}",
        within=_stood_within,
    )
    describe_history(
        Residence,
        title=_("Nơi ở của hộ"),
        name="{household}: {area_code}",
        within=lambda areas: Q(units_of(areas)),
        together={"area_code": _places_of_stays},
    )
    describe_history(
        Recognition,
        title=_("Công nhận phân loại hộ"),
        name="{household}: {klass} {year}",
        within=_decided_within,
        together={"area_code": _places_of_decisions},
    )
    describe_history(
        DuplicateVerdict,
        title=_("Kết luận về ghi trùng"),
        name="{first} / {second}: {verdict}",
        within=lambda areas: _person_within(areas, "first") | _person_within(areas, "second"),
    )
