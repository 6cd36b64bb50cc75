"""The forms of changes with several units: merged into one, or one divided; and which form belongs to which kind."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from households.areas.changes import Kind, Target
from households.areas.units import types_of
from households.web.change_forms import (
    ChangeForm,
    CreateForm,
    DissolveForm,
    EndForm,
    MoveForm,
    ReclassifyForm,
    RecodeForm,
    RenameForm,
    TargetForm,
    code_field,
    codes_in,
    text_field,
)
from povertyportal.vietnamese import tidy

NEW_UNITS = 5  # how many units one may be split into on the page
MANY = 12  # with more units below, those without a choice may go together


class MergeForm(TargetForm):
    kind = Kind.MERGE
    rare = ("others", "parts_given", "villages")
    units_chosen = forms.MultipleChoiceField(
        label=gettext_lazy("Các đơn vị nhập toàn bộ, kể cả đơn vị tiếp nhận"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
    )
    others = text_field(
        gettext_lazy("Đơn vị nhập toàn bộ nằm ở nơi khác (mã)"),
        gettext_lazy("Nhiều mã thì cách nhau bằng dấu phẩy."),
        required=False,
    )
    parts_given = text_field(
        gettext_lazy("Đơn vị chỉ giao một phần (mã)"),
        gettext_lazy("Phần còn lại vẫn mang mã và tên cũ."),
        required=False,
    )
    villages = text_field(
        gettext_lazy("Thôn chuyển theo phần được giao (mã)"),
        gettext_lazy("Ví dụ 01392-004, 01392-007; thôn không ghi ở lại đơn vị cũ."),
        required=False,
        most=4000,
    )
    field_order = ("units_chosen", "others", "parts_given", "villages", "code", "type", "name", "parent_code")

    def prepare(self) -> None:
        super().prepare()
        if self.unit and self.around:
            beside = self.around.children(self.unit.parent_code) if self.unit.parent_code else self.around.roots()
            same = [one for one in beside if one.level is self.unit.level]
            same.sort(key=lambda one: one != self.unit)  # the one chosen comes first
            self.offer("units_chosen", ((one.code, f"{one.full_name} ({one.code})") for one in same), [self.unit.code])
            self.fields["code"].initial = self.unit.code
            self.fields["code"].help_text = _("Mã của một đơn vị sáp nhập, hoặc mã mới theo văn bản.")

    def units(self) -> tuple[str, ...]:
        return (*self.cleaned_data["units_chosen"], *codes_in(self.cleaned_data["others"]))

    def parts(self) -> tuple[str, ...]:
        return codes_in(self.cleaned_data["parts_given"])

    def children(self) -> tuple[tuple[str, str], ...]:
        return tuple((village, self.cleaned_data["code"]) for village in codes_in(self.cleaned_data["villages"]))

    def field_of(self, place: str) -> str:
        if place.startswith("children."):
            return "villages"
        return {"units": "units_chosen", "parts": "parts_given"}.get(place) or super().field_of(place)


class SplitForm(ChangeForm):
    """``code_1``, ``type_1``, ``name_1`` … state the new units; ``to_CODE`` says to which of them a unit below goes."""

    kind = Kind.SPLIT

    def prepare(self) -> None:
        if self.unit is None:
            return
        types = [("", _("Chọn loại")), *((one, one) for one in types_of(self.unit.level))]
        for number in self.numbers():
            first = number == 1
            self.fields[f"code_{number}"] = code_field(_("Mã"), required=number <= 2)
            self.fields[f"type_{number}"] = forms.ChoiceField(
                label=_("Loại"), choices=types, required=number <= 2, initial=self.unit.type if number <= 2 else ""
            )
            self.fields[f"name_{number}"] = text_field(_("Tên"), required=number <= 2, most=120)
            if first:
                self.fields["code_1"].initial, self.fields["name_1"].initial = self.unit.code, self.unit.name
        places = [("", "–"), *((str(one), str(one)) for one in self.numbers())]  # short: a city has 168 communes
        children = self.around.children(self.unit.code) if self.around else ()
        if len(children) > MANY:
            rest = [("", _("phải chọn từng đơn vị")), *((str(n), _("về đơn vị %s") % n) for n in self.numbers())]
            self.fields["to_rest"] = forms.ChoiceField(label=_("Đơn vị chưa chọn số thì"), choices=rest, required=False)
        for child in children:
            label = f"{child.full_name} ({child.code})"
            self.fields[f"to_{child.code}"] = forms.ChoiceField(label=label, choices=places, required=False)

    @staticmethod
    def numbers() -> range:
        return range(1, NEW_UNITS + 1)

    def clean(self) -> None:
        """A unit written without its code would be left out in silence."""
        data = self.cleaned_data
        for number in self.numbers():
            used = data.get(f"name_{number}") or data.get(f"type_{number}")
            if used and not data.get(f"code_{number}") and f"code_{number}" not in self.errors:
                self.add_error(f"code_{number}", _("Còn thiếu mã; đơn vị không dùng thì để trống cả dòng."))

    def rows(self) -> list[list[forms.BoundField]]:
        return [[self[f"{part}_{number}"] for part in ("code", "type", "name")] for number in self.numbers()]

    def places(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("to_")]

    def filled(self) -> list[int]:
        return [number for number in self.numbers() if self.cleaned_data.get(f"code_{number}")]

    def targets(self) -> tuple[Target, ...]:
        data, parent = self.cleaned_data, self.unit.parent_code if self.unit else ""
        return tuple(
            Target(data[f"code_{one}"], data[f"type_{one}"], tidy(data[f"name_{one}"]), parent) for one in self.filled()
        )

    def children(self) -> tuple[tuple[str, str], ...]:
        chosen = {
            name.removeprefix("to_"): value for name, value in self.cleaned_data.items() if name.startswith("to_")
        }
        codes = {str(number): self.cleaned_data[f"code_{number}"] for number in self.filled()}
        rest = chosen.pop("rest", "")
        placed = ((child, number or rest) for child, number in chosen.items())
        return tuple((child, codes.get(number, number)) for child, number in placed if number)

    def field_of(self, place: str) -> str:
        match place.split("."):
            case ["targets", position, name]:
                return f"{name}_{self.filled()[int(position)]}"
            case ["children", code]:
                return f"to_{code}"
        return super().field_of(place)


FORMS: dict[Kind, type[ChangeForm]] = {
    form.kind: form
    for form in (
        MergeForm, SplitForm, RenameForm, ReclassifyForm, RecodeForm, MoveForm, DissolveForm, CreateForm, EndForm,
    )
}  # fmt: skip
