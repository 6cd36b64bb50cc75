"""How the history of households, persons, recognitions and duplicates is told, and to whom; no number is ever in words."""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from households.areas.models import Area
from households.registry.ethnicities import name_of
from households.registry.finding_models import DuplicateVerdict, SearchRow
from households.registry.models import Household, Membership, Person, Recognition, Residence
from povertyportal.core.described import describe_history


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
    """Rows with ``household`` and ``validity`` that hold on a day on which the household lived there."""
    rows = Residence.objects.filter(units_of(areas), household=OuterRef("household"))
    return Q(Exists(rows.filter(validity__overlap=OuterRef("validity"))))


def _person_within(areas: Collection[int], person: str) -> Q:
    return Q(Exists(SearchRow.objects.filter(_lives_within(areas, "household"), person=OuterRef(person))))


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
    )
    describe_history(
        Recognition,
        title=_("Công nhận phân loại hộ"),
        name="{household}: {klass} {year}",
        within=_stood_within,
    )
    describe_history(
        DuplicateVerdict,
        title=_("Kết luận về ghi trùng"),
        name="{first} / {second}: {verdict}",
        within=lambda areas: _person_within(areas, "first") | _person_within(areas, "second"),
    )
