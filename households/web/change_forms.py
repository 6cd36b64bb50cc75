"""What a person states about a change of the map, one form per kind, turned into an Operation."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from households.areas.changes import ChangeRefusedError, Kind, Operation, Target
from households.areas.days import EARLIEST
from households.areas.models import CONFIDENCES
from households.areas.planning.checks import CODE_LENGTH
from households.areas.tree import AreaTree
from households.areas.units import Confidence, Level, Version, types_of
from povertyportal.core.fields import VietnameseDateField

NEW_UNITS = 5  # how many units one may be split into on the page
YEARS_AHEAD = 2
MANY = 12  # with more units below, those without a choice may go together
ALL_TYPES = [one for level in CODE_LENGTH for one in types_of(level)]


def codes_in(text: str) -> tuple[str, ...]:
    """ "98101, 98102;98103" as three codes."""
    return tuple(filter(None, re.split(r"[\s,;]+", text)))


def text_field(label: Any, help_text: Any = "", *, required: bool = True, most: int = 400) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    missing = {"required": gettext_lazy("Hãy điền mục này.")}
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=most, widget=widget, error_messages=missing
    )


def code_field(label: Any, help_text: Any = "", *, required: bool = True) -> forms.CharField:
    field = text_field(label, help_text, required=required, most=20)
    field.widget.attrs["inputmode"] = "numeric"
    return field


class ChangeForm(forms.Form):
    """The paper behind a change; what changes is added by the kinds. ``around``: the map near the unit on the day asked."""

    kind: ClassVar[Kind]
    rare: ClassVar[tuple[str, ...]] = ()  # fields that most acts leave empty

    on = VietnameseDateField(
        label=gettext_lazy("Có hiệu lực từ ngày"),
        help_text=gettext_lazy("Ngày/tháng/năm. Bản đồ mới tính từ ngày này; ngày hôm trước còn theo bản đồ cũ."),
    )
    legal_basis = text_field(
        gettext_lazy("Căn cứ"),
        gettext_lazy("Số, ngày, cơ quan ban hành, ví dụ: Nghị quyết 30/2026/QH16 ngày 24/4/2026."),
    )
    source = text_field(
        gettext_lazy("Nơi đọc được văn bản"), gettext_lazy("Ví dụ: Công báo, cổng thông tin của tỉnh."), required=False
    )
    confidence = forms.ChoiceField(
        label=gettext_lazy("Độ tin cậy"), choices=CONFIDENCES, initial=Confidence.VERIFIED.value
    )
    note = text_field(gettext_lazy("Ghi chú"), required=False)

    def __init__(self, data: Any = None, *, unit: Version | None, around: AreaTree | None, day: date, **options: Any):
        self.unit, self.around, self.day = unit, around, day
        super().__init__(data, **options)
        self.label_suffix = ""
        self.order_fields([name for name in self.fields if name not in PAPER] + list(PAPER))
        self.prepare()

    def prepare(self) -> None:
        """Fills in what is known of the unit."""

    def main(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in (*PAPER, *self.rare)]

    def seldom(self) -> list[forms.BoundField]:
        return [self[name] for name in self.rare]

    def paper(self) -> list[forms.BoundField]:
        return [self[name] for name in PAPER]

    def seldom_open(self) -> bool:
        """Whether what is seldom needed was needed here."""
        return any(field.errors or field.value() for field in self.seldom())

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on < EARLIEST:
            raise forms.ValidationError(_("Dữ liệu đơn vị hành chính không có trước ngày 02/09/1945."))
        if on.year > self.day.year + YEARS_AHEAD:
            raise forms.ValidationError(
                _("Ngày này quá xa; chỉ ghi được thay đổi trong %(years)s năm tới.") % {"years": YEARS_AHEAD}
            )
        return on

    def operation(self) -> Operation:
        """Call on a valid form."""
        data = self.cleaned_data
        return Operation(
            self.kind,
            self.level(),
            data["on"],
            data["legal_basis"],
            data["source"],
            Confidence(data["confidence"]),
            units=self.units(),
            parts=self.parts(),
            targets=self.targets(),
            children=self.children(),
            note=data["note"],
        )

    def level(self) -> Level:
        return self.unit.level if self.unit else Level.COMMUNE

    def units(self) -> tuple[str, ...]:
        return (self.unit.code,) if self.unit else ()

    def parts(self) -> tuple[str, ...]:
        return ()

    def targets(self) -> tuple[Target, ...]:
        return ()

    def children(self) -> tuple[tuple[str, str], ...]:
        return ()

    def changed(self, **changes: str) -> tuple[Target, ...]:
        """The unit as it becomes."""
        if self.unit is None:
            return ()
        own = {name: getattr(self.unit, name) for name in ("code", "type", "name", "parent_code")}
        return (Target(**(own | changes)),)

    def field_of(self, place: str) -> str:
        """The form's field for a field of the operation ("targets.0.code"); "" when it has none."""
        return place.rpartition(".")[2]

    def refuse(self, refused: ChangeRefusedError) -> None:
        for problem in refused.problems:
            name = self.field_of(problem.field)
            self.add_error(name if name in self.fields else None, problem.message)

    def offer(self, name: str, choices: Iterable[tuple[str, Any]], initial: Any = None) -> None:
        field = self.fields[name]
        if not isinstance(field, forms.ChoiceField | forms.MultipleChoiceField):
            raise TypeError(name)
        field.choices = list(choices)
        if initial is not None:
            field.initial = initial


PAPER = ("on", "legal_basis", "source", "confidence", "note")


def plain(text: str) -> str:
    return " ".join(text.split())


class EndForm(ChangeForm):
    kind = Kind.END


class RenameForm(ChangeForm):
    kind = Kind.RENAME
    name = text_field(
        gettext_lazy("Tên mới"), gettext_lazy("Không ghi loại: “Trường Hà”, không phải “Xã Trường Hà”."), most=120
    )

    def prepare(self) -> None:
        self.fields["name"].initial = self.unit.name if self.unit else ""

    def targets(self) -> tuple[Target, ...]:
        return self.changed(name=plain(self.cleaned_data["name"]))


class RecodeForm(ChangeForm):
    kind = Kind.RECODE
    code = code_field(gettext_lazy("Mã mới"), gettext_lazy("Theo danh mục của cơ quan thống kê."))

    def targets(self) -> tuple[Target, ...]:
        return self.changed(code=self.cleaned_data["code"])


class ReclassifyForm(ChangeForm):
    kind = Kind.RECLASSIFY
    type = forms.ChoiceField(label=gettext_lazy("Loại mới"))
    name = text_field(gettext_lazy("Tên"), gettext_lazy("Để nguyên nếu nghị quyết không đổi tên."), most=120)

    def prepare(self) -> None:
        if self.unit:
            self.offer("type", ((one, one) for one in types_of(self.unit.level)), self.unit.type)
            self.fields["name"].initial = self.unit.name

    def targets(self) -> tuple[Target, ...]:
        return self.changed(type=self.cleaned_data["type"], name=plain(self.cleaned_data["name"]))


class MoveForm(ChangeForm):
    kind = Kind.MOVE
    parent_code = code_field(gettext_lazy("Mã đơn vị cấp trên mới"), gettext_lazy("Tỉnh 2 chữ số, huyện 3."))

    def targets(self) -> tuple[Target, ...]:
        return self.changed(parent_code=self.cleaned_data["parent_code"])


class DissolveForm(ChangeForm):
    kind = Kind.DISSOLVE_DISTRICTS

    def level(self) -> Level:
        return Level.DISTRICT


class TargetForm(ChangeForm):
    """A kind that states one unit in full."""

    code = code_field(gettext_lazy("Mã của đơn vị sau thay đổi"))
    type = forms.ChoiceField(label=gettext_lazy("Loại"))
    name = text_field(gettext_lazy("Tên"), gettext_lazy("Không ghi loại."), most=120)
    parent_code = code_field(
        gettext_lazy("Mã đơn vị cấp trên"), gettext_lazy("Đơn vị cấp tỉnh để trống."), required=False
    )

    def prepare(self) -> None:
        types = types_of(self.unit.level) if self.unit else dict.fromkeys(ALL_TYPES)
        self.offer(
            "type", [("", _("Chọn loại")), *((one, one) for one in types)], self.unit.type if self.unit else None
        )
        if self.unit:
            self.fields["parent_code"].initial = self.unit.parent_code

    def targets(self) -> tuple[Target, ...]:
        data = self.cleaned_data
        return (Target(data["code"], data["type"], plain(data["name"]), data["parent_code"]),)


class CreateForm(TargetForm):
    kind = Kind.CREATE

    def prepare(self) -> None:
        super().prepare()
        self.fields["code"].help_text = _("Tỉnh 2 chữ số, huyện 3, xã 5; cấp của đơn vị suy ra từ mã.")

    def level(self) -> Level:
        lengths = {length: level for level, length in CODE_LENGTH.items()}
        return lengths.get(len(self.cleaned_data["code"]), Level.COMMUNE)

    def units(self) -> tuple[str, ...]:
        return ()


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

    def rows(self) -> list[list[forms.BoundField]]:
        return [[self[f"{part}_{number}"] for part in ("code", "type", "name")] for number in self.numbers()]

    def places(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("to_")]

    def filled(self) -> list[int]:
        return [number for number in self.numbers() if self.cleaned_data.get(f"code_{number}")]

    def targets(self) -> tuple[Target, ...]:
        data, parent = self.cleaned_data, self.unit.parent_code if self.unit else ""
        return tuple(
            Target(data[f"code_{one}"], data[f"type_{one}"], plain(data[f"name_{one}"]), parent)
            for one in self.filled()
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
