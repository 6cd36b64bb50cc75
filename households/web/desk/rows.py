"""Rows of the work list: whose form, why, how far, and by when."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse

from households.registry.codes import Relation
from households.registry.models import Membership, Residence
from households.registry.places import PlaceName, named_places
from households.surveys.form_models import OPEN_STATES, State, SurveyForm
from povertyportal.core.periods import on as holding_on


@dataclass(frozen=True, slots=True)
class Row:
    form: SurveyForm
    head: str
    local_code: str
    place: PlaceName
    due: date
    late: bool
    may_fill: bool

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


def rows_of(forms: Iterable[SurveyForm], day: date, *, fillable: Collection[int]) -> list[Row]:
    """``fillable``: keys of the forms that may be filled; 3 queries."""
    ours = list(forms)
    heads, codes = heads_of([one.household_id for one in ours], day), _local_codes(ours, day)
    places = named_places([(one.area_code, one.round.area_on) for one in ours])
    return [
        Row(
            one,
            heads.get(one.household_id, ""),
            codes.get(one.household_id, ""),
            places[one.area_code, one.round.area_on],
            due := due_of(one),
            one.state in OPEN_STATES and due < day,
            one.pk in fillable,
        )
        for one in ours
    ]


def due_of(form: SurveyForm) -> date:
    last: date = form.due or form.round.days.upper - timedelta(days=1)
    return last


def heads_of(households: Collection[int], day: date) -> dict[int, str]:
    """Names of the heads on the day, of a household that is no more the last; 1 query."""
    rows = Membership.objects.filter(household__in=households, relation=Relation.HEAD, validity__startswith__lte=day)
    named = rows.order_by("validity__startswith").values_list("household", "person__full_name")
    return dict(named)


def _local_codes(forms: Collection[SurveyForm], day: date) -> Mapping[int, str]:
    rows = holding_on(Residence.objects.filter(household__in=[one.household_id for one in forms]), day)
    return dict(rows.exclude(local_code="").values_list("household", "local_code"))
