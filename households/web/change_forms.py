"""What a person states about a change of the map, one form per kind, turned into an Operation."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from households.areas.changes import ChangeRefusedError, Kind, Operation, Target
from households.areas.days import EARLIEST, too_far
from households.areas.models import CONFIDENCES
from households.areas.planning.checks import CODE_LENGTH
from households.areas.tree import AreaTree
from households.areas.units import Confidence, Level, Version, types_of
from households.web.form_parts import code_field, text_field
from povertyportal.core.fields import VietnameseDateField
from povertyportal.vietnamese import tidy

ALL_TYPES = [one for level in CODE_LENGTH for one in types_of(level)]


def codes_in(text: str) -> tuple[str, ...]:
    """ "98101, 98102;98103" as three codes."""
    return tuple(filter(None, re.split(r"[\s,;]+", text)))


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

    def __init__(
        self,
        data: Any = None,
        *,
        unit: Version | None,
        around: AreaTree | None,
        day: date,
        paper: Operation | None = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        """``paper``: a change under the same resolution, whose paper is offered again."""
        self.unit, self.around, self.day, self.carried = unit, around, day, paper is not None
        known = {name: getattr(paper, name) for name in PAPER[:-1]} if paper else {}
        super().__init__(data, initial=known | (initial or {}))
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
        if why := too_far(on, day=self.day):
            raise forms.ValidationError(why)
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
        return self.changed(name=tidy(self.cleaned_data["name"]))


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
        return self.changed(type=self.cleaned_data["type"], name=tidy(self.cleaned_data["name"]))


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
        return (Target(data["code"], data["type"], tidy(data["name"]), data["parent_code"]),)


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
