"""Rows of the work list: whose form, why, how far, and by when."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from households.registry.codes import Relation
from households.registry.models import Household, Membership, Residence
from households.registry.places import PlaceName, named_places
from households.surveys.form_models import OPEN_STATES, State, SurveyForm


@dataclass(frozen=True, slots=True)
class Row:
    form: SurveyForm
    head: str
    local_code: str
    place: PlaceName
    due: date
    late: bool

    @property
    def number(self) -> str:
        return f"H{self.form.household_id}"

    @property
    def name(self) -> str:
        return self.head or self.number

    @property
    def url(self) -> str:
        return reverse("surveys:form", args=[self.form.pk])

    @property
    def open(self) -> bool:
        return self.form.state in OPEN_STATES

    @property
    def told(self) -> str:
        """The remark that still matters."""
        being_mended = self.form.state == State.TYPING and self.form.returned_at is not None
        told = being_mended or self.form.state in (State.RETURNED, State.HANDED, State.DROPPED)
        return self.form.remark if told else ""

    @property
    def village(self) -> str:
        village = self.place.village
        return village.name if village else self.place.near


def rows_of(forms: Iterable[SurveyForm], day: date) -> list[Row]:
    """2 queries."""
    ours = list(forms)
    said = heads_of([one.household_id for one in ours], day)
    places = named_places([(one.area_code, one.round.area_on) for one in ours])
    return [
        Row(
            one,
            *said.get(one.household_id, ("", "")),
            places[one.area_code, one.round.area_on],
            due := due_of(one),
            one.state in OPEN_STATES and due < day,
        )
        for one in ours
    ]


def due_of(form: SurveyForm) -> date:
    last: date = form.due or form.round.days.upper - timedelta(days=1)
    return last


def heads_of(households: Collection[int], day: date) -> dict[int, tuple[str, str]]:
    """Name of the head and code at the place, on the day, of a household that is no more the last; 1 query."""
    heads = Membership.objects.filter(household=OuterRef("pk"), relation=Relation.HEAD, validity__startswith__lte=day)
    places = Residence.objects.filter(household=OuterRef("pk"), validity__startswith__lte=day)
    name = heads.order_by("-validity__startswith").values("person__full_name")[:1]
    code = places.order_by("-validity__startswith").values("local_code")[:1]
    rows = Household.objects.filter(pk__in=households).annotate(head=Subquery(name), place_code=Subquery(code))
    return {key: (head or "", local or "") for key, head, local in rows.values_list("pk", "head", "place_code")}
