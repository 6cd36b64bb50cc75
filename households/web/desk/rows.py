"""Rows of the work list: whose form, why, how far, and by when."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from households.registry.codes import Relation
from households.registry.models import Household, Membership, Residence
from households.registry.places import named_places
from households.surveys.form_models import OPEN_STATES, State, SurveyForm


@dataclass(frozen=True, slots=True)
class Row:
    form: SurveyForm
    head: str
    local_code: str
    place: str
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


def rows_of(forms: Iterable[SurveyForm], day: date, *, names: Mapping[str, str] | None = None) -> list[Row]:
    """``names``: of villages that are known already, by code; 1 query, 1 more where one is not."""
    ours, known = list(forms), names or {}
    said = heads_of([one.household_id for one in ours], day)
    places = named_places((one.area_code, one.round.area_on) for one in ours if one.area_code not in known)
    return [
        Row(
            one,
            *said.get(one.household_id, ("", "")),
            known.get(one.area_code) or places[one.area_code, one.round.area_on].near,
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
