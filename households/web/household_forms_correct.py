"""A slip in what stands about a person is put right; the old stays in the history."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from households.registry.actions.correcting import correct_person
from households.registry.entries import KEEP, PersonData
from households.registry.models import Person
from households.registry.numbers.sealed import masked
from households.registry.problems import RegistryRefusedError
from households.web.form_parts import text_field
from households.web.household_form_fields import Birth
from households.web.household_forms import Desk
from households.web.household_forms_person import (
    AS_TYPED,
    OTHER,
    SAME,
    TWINS,
    PersonFields,
    doubts_of,
    stands_elsewhere,
)
from povertyportal.core.models import User

NUMBERS = ("identity", "old_identity", "insurance")
PLAIN = ("full_name", "sex", "birth", "ethnicity", "no_identity_reason")


class Beside(NamedTuple):
    """A field whose typed value is not what the record holds at this moment."""

    label: str
    typed: str
    stored: str


class CorrectPersonForm(PersonFields):
    body = "households/household_task_correct.html"
    reason = text_field(
        gettext_lazy("Sai ở đâu, căn cứ"), gettext_lazy("Ví dụ: gõ nhầm năm sinh, theo căn cước công dân.")
    )
    version = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, desk: Desk, person: Person, version: str = "") -> None:
        self.desk, self.person = desk, person
        stored = {name: getattr(person, name) for name in PLAIN if name != "birth"}
        super().__init__(
            data, initial={**stored, "birth": Birth(person.birth_date, person.birth_year), "version": version}
        )
        self.label_suffix = ""
        self.twin_asked = bool(self.data.get("twin")) if self.is_bound else False
        self.fields["twin"].choices = [one for one in TWINS if one[0] != SAME]  # type: ignore[attr-defined]  # a choice field
        for name in NUMBERS:
            self._offer_number(name, getattr(person, name))

    def _offer_number(self, name: str, number: Any) -> None:
        """A number that stands is shown by its last digits; typed anew it is replaced, ticked it is taken away."""
        if number is None:
            return
        told = _("Đang ghi %(masked)s. Để trống thì giữ nguyên; ghi đủ số mới để thay.")
        self.fields[name].help_text = told % {"masked": masked(number)}
        label = _("Bỏ số đang ghi ở ô trên")
        self.fields[f"drop_{name}"] = forms.BooleanField(label=label, required=False)

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("full_name", "sex", "birth", "ethnicity")]

    @property
    def number_fields(self) -> list[list[forms.BoundField]]:
        return [[self[one] for one in (name, f"drop_{name}") if one in self.fields] for name in NUMBERS]

    @property
    def touched(self) -> list[int]:
        return [self.desk.state.household]

    @property
    def effective(self) -> date:
        return self.desk.state.day

    @property
    def doubts(self) -> list[str]:
        return doubts_of(self.cleaned_data, on=self.effective)

    def clean(self) -> None:
        for name in NUMBERS:
            if self.cleaned_data.get(f"drop_{name}") and self.cleaned_data.get(name):
                self.add_error(name, _("Vừa ghi số mới vừa chọn bỏ số: hãy chỉ làm một việc."))

    def _number(self, name: str) -> str:
        if self.cleaned_data.get(f"drop_{name}"):
            return ""
        return str(self.cleaned_data[name]) or KEEP

    def act(self, *, by: User, at: datetime) -> int:
        data = self.cleaned_data
        birth: Birth = data["birth"]
        stated = PersonData(
            full_name=data["full_name"], sex=data["sex"], birth_date=birth.day, birth_year=birth.year,
            ethnicity=data["ethnicity"], no_identity_reason=data["no_identity_reason"],
            despite_twin=data["twin"] == OTHER, **{name: self._number(name) for name in NUMBERS},
        )  # fmt: skip
        correct_person(
            person=self.person.pk, data=stated, reason=data["reason"], by=by, at=at, expected=data["version"]
        )
        return self.desk.state.household

    def refuse(self, refused: RegistryRefusedError) -> None:
        for problem in refused.problems:
            name = problem.field.rpartition(".")[2]
            name = AS_TYPED.get(name, name)
            self.twin_asked = self.twin_asked or (
                name == "identity" and stands_elsewhere(self.cleaned_data["identity"])
            )
            self.add_error(name if name in self.fields else None, problem.message)

    def beside(self) -> Iterator[Beside]:
        """After a conflict: each field as typed and as it stands now."""
        for name in PLAIN:
            typed, stored = self[name].value() or "", self.fields[name].prepare_value(self.initial[name]) or ""
            if str(typed) != str(stored):
                yield Beside(str(self.fields[name].label), self._words(name, typed), self._words(name, stored))

    def _words(self, name: str, value: Any) -> str:
        choices = dict(getattr(self.fields[name], "choices", ()))
        return str(choices.get(value, value) or _("(trống)"))
