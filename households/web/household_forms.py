"""What every form about a household has: the day, the reason, the version it was opened on; and relations among members."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from households.registry.codes import Relation
from households.registry.ethnicities import name_of
from households.registry.places import Named
from households.registry.problems import RegistryRefusedError
from households.registry.state import HouseholdState, MemberState
from households.web.form_parts import text_field
from households.web.household_form_fields import Choices, choice_field, relations
from povertyportal.core.fields import VietnameseDateField
from povertyportal.core.models import User
from povertyportal.vietnamese import format_date

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Desk:
    """Who records what about which household: ``state`` and ``commune`` are those of the day the form speaks of."""

    user: User
    today: date
    state: HouseholdState
    commune: Named | None


@dataclass(frozen=True, slots=True)
class PersonLabel:
    name: str
    note: str


@dataclass(frozen=True, slots=True)
class RelationRow:
    label: str
    note: str
    fields: Sequence[forms.BoundField]


class HouseholdForm(forms.Form):
    """``act`` records it and returns the key of the household to look at then."""

    body: ClassVar[str] = "households/household_task_fields.html"
    people: ClassVar[tuple[str, ...]] = ()
    paper: ClassVar[tuple[str, ...]] = ("on", "reason")
    relation_titles: ClassVar[tuple[Words, ...]] = ()
    relations_title: ClassVar[Words] = gettext_lazy("Quan hệ với chủ hộ")
    relations_help: ClassVar[Words] = ""
    needs_head_of: ClassVar[str] = ""  # the field of people whose choice of the head makes the relations matter

    on = VietnameseDateField(label=gettext_lazy("Ngày xảy ra"), help_text=gettext_lazy("Ngày/tháng/năm."))
    reason = text_field(
        gettext_lazy("Lý do, căn cứ"), gettext_lazy("Giấy tờ hoặc người báo, ví dụ: đơn của hộ ngày 12/9/2026.")
    )
    version = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Any = None, *, desk: Desk, version: str = "", initial: dict[str, Any] | None = None
    ) -> None:
        self.desk, self.relations_problem = desk, ""
        defaults = {"on": desk.state.day, "version": version}
        super().__init__(data, initial=defaults | (initial or {}))
        self.label_suffix = ""
        self.prepare()

    def prepare(self) -> None:
        """Fills in what is known of the household."""

    def act(self, *, by: User, at: datetime) -> int:
        raise NotImplementedError

    @property
    def household(self) -> int:
        return self.desk.state.household

    @property
    def touched(self) -> list[int]:
        """Households whose state before and after the preview compares."""
        return [self.household]

    @property
    def told(self) -> dict[str, Any]:
        """What every action takes."""
        data = self.cleaned_data
        return {"on": data["on"], "reason": data["reason"], "expected": data["version"]}

    @property
    def effective(self) -> date:
        """The day to show afterwards."""
        day: date = self.cleaned_data.get("on") or self.desk.today
        return day

    @property
    def doubts(self) -> list[str]:
        """What to look at again although it was saved."""
        return []

    @property
    def people_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.people]

    @property
    def paper_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.paper if name in self.fields]

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        special = {*self.people, *self.paper, "version"}
        return [
            self[name]
            for name in self.fields
            if name not in special and not name.startswith(("relation0_", "relation1_"))
        ]

    @property
    def head(self) -> str:
        """The head's value among the people to choose."""
        return next((str(one.person) for one in self.desk.state.members if one.relation == Relation.HEAD), "")

    def relate(self, column: int, empty: Words = "", **options: Any) -> None:
        """A field for each member in this column of the table."""
        for one in self.desk.state.members:
            field = RelationField(self.relation_titles[column], one.full_name, empty, **options)
            self.fields[f"relation{column}_{one.person}"] = field

    @property
    def relation_rows(self) -> list[RelationRow]:
        names = [f"relation{number}" for number in range(len(self.relation_titles))]
        return [
            RelationRow(one.full_name, note_of(one), [self[f"{name}_{one.person}"] for name in names])
            for one in self.desk.state.members
            if f"relation0_{one.person}" in self.fields
        ]

    def member(self, person: object) -> MemberState | None:
        return next((one for one in self.desk.state.members if str(one.person) == str(person)), None)

    def refuse(self, refused: RegistryRefusedError) -> None:
        """Problems go back to their fields; what belongs to none stands above the form."""
        for problem in refused.problems:
            name = self.field_of(problem.field)
            if name == "relations":
                self.relations_problem = problem.message
                self.add_error(None, problem.message)
            else:
                self.add_error(name if name in self.fields else None, problem.message)

    def field_of(self, path: str) -> str:
        """The form's name of an action's argument."""
        last = path.rpartition(".")[2]
        if path.startswith("relations."):
            return f"relation0_{last}"
        return "relations" if path == "new_head" else last


def note_of(member: MemberState) -> str:
    """ "chủ hộ, nam, sinh 1975, Tày": enough to tell two of one name apart."""
    born = format_date(member.birth_date) if member.birth_date else member.birth_year
    parts = [
        str(Relation(member.relation).label), _SEXES.get(member.sex, ""), _("sinh %s") % born if born else "",
        name_of(member.ethnicity) if member.ethnicity else "",
    ]  # fmt: skip
    return ", ".join(str(one) for one in parts if one)


_SEXES: dict[str, Words] = {"male": gettext_lazy("nam"), "female": gettext_lazy("nữ")}


def member_choices(members: Iterable[MemberState]) -> Choices:
    return [(str(one.person), PersonLabel(one.full_name, note_of(one))) for one in members]


def one_member(members: Iterable[MemberState], label: Words) -> forms.ChoiceField:
    choices = member_choices(members)
    field = choice_field(label, choices)
    field.widget = forms.RadioSelect(attrs={"class": "form-check-input"}, choices=choices)
    field.error_messages["required"] = gettext_lazy("Hãy chọn một người.")
    return field


class RelationField(forms.ChoiceField):
    """One cell of the table of relations. ``column``: its head, which is the label together with the person's name."""

    def __init__(
        self, column: Words, person: str, empty: Words = "", *, required: bool = False, **options: Any
    ) -> None:
        offered = [("", empty), *relations(**options)[1:]]
        wrong = gettext_lazy("Hãy chọn một mục trong danh sách.")
        super().__init__(
            label=person,
            choices=offered,
            required=required,
            error_messages={"required": wrong, "invalid_choice": wrong},
        )
        self.column = column
