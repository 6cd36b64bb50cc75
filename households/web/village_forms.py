"""What the commune states about its villages."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from households.areas.changes import ChangeRefusedError
from households.areas.days import EARLIEST, too_far
from households.areas.models import Area
from households.areas.units import VILLAGE_TYPES
from households.areas.village_rows import type_and_name
from households.web.form_parts import text_field
from povertyportal.core.fields import VietnameseDateField
from povertyportal.core.sheets import MAX_BYTES


class TaskForm(forms.Form):
    """What is done with a village; refusals go back to their fields."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.label_suffix = ""

    def clean(self) -> None:
        data = self.cleaned_data
        if data.get("type") and data.get("name"):
            data["type"], data["name"] = type_and_name(data["type"], data["name"])

    def refuse(self, refused: ChangeRefusedError) -> None:
        for problem in refused.problems:
            name = problem.field.rpartition(".")[2]
            self.add_error(name if name in self.fields else None, problem.message)


class ActForm(TaskForm):
    """The paper behind every change of a village."""

    on = VietnameseDateField(
        label=gettext_lazy("Có hiệu lực từ ngày"),
        help_text=gettext_lazy("Ngày/tháng/năm, theo nghị quyết hoặc quyết định."),
    )
    legal_basis = text_field(
        gettext_lazy("Căn cứ"), gettext_lazy("Ví dụ: Nghị quyết 12/NQ-HĐND ngày 20/8/2026 của HĐND xã.")
    )
    source = text_field(gettext_lazy("Nơi đọc được văn bản"), required=False)

    def __init__(self, data: Any = None, *, day: date, **options: Any) -> None:
        self.day = day
        super().__init__(data, **options)

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on < EARLIEST:
            raise forms.ValidationError(_("Dữ liệu đơn vị hành chính không có trước ngày 02/09/1945."))
        if why := too_far(on, day=self.day):
            raise forms.ValidationError(why)
        return on


class VillageForm(ActForm):
    """A new village, or another name for one."""

    type = forms.ChoiceField(label=gettext_lazy("Loại"), choices=[(one, one) for one in VILLAGE_TYPES])
    name = text_field(gettext_lazy("Tên"), gettext_lazy("Không ghi loại: “Nà Mạ”, “5”."), most=120)
    field_order: Sequence[str] = ("type", "name", "on", "legal_basis", "source")


class CorrectionForm(TaskForm):
    """What was mistyped, not what has changed: no day, no resolution."""

    type = forms.ChoiceField(label=gettext_lazy("Loại"), choices=[(one, one) for one in VILLAGE_TYPES])
    name = text_field(gettext_lazy("Tên đúng"), gettext_lazy("Không ghi loại: “Nà Mạ”, “5”."), most=120)
    reason = text_field(gettext_lazy("Sai ở đâu"), gettext_lazy("Ví dụ: gõ nhầm dấu. Ghi vào nhật ký cùng tên cũ."))


NEW_CODE = ""


class MergeVillagesForm(VillageForm):
    villages = forms.MultipleChoiceField(
        label=gettext_lazy("Các thôn sáp nhập"),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
        error_messages={"required": gettext_lazy("Hãy chọn ít nhất hai thôn.")},
    )
    keep = forms.ChoiceField(
        label=gettext_lazy("Mã của thôn sau sáp nhập"),
        required=False,
        help_text=gettext_lazy("Mã mới khi lập thôn mới; giữ mã khi một thôn nhận các thôn kia."),
    )
    field_order = ("villages", "type", "name", "keep", "on", "legal_basis", "source")

    def __init__(self, data: Any = None, *, day: date, villages: Sequence[Area], **options: Any) -> None:
        super().__init__(data, day=day, **options)
        known = [(one.code, f"{one.full_name} ({one.code})") for one in villages]
        keeps = [(NEW_CODE, _("Mã mới do cổng cấp"))] + [(code, _("Giữ mã của %s") % name) for code, name in known]
        for name, choices in (("villages", known), ("keep", keeps)):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices

    def clean_villages(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["villages"]
        if len(chosen) < 2:
            raise forms.ValidationError(_("Hãy chọn ít nhất hai thôn."))
        return chosen


class VillageFileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Tệp CSV"),
        help_text=gettext_lazy("Một dòng tên cột, mỗi dòng sau một thôn."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv"}),
        error_messages={"required": gettext_lazy("Hãy chọn tệp."), "empty": gettext_lazy("Tệp rỗng.")},
    )

    def clean_file(self) -> Any:
        uploaded = self.cleaned_data["file"]
        if uploaded.size > MAX_BYTES:
            raise forms.ValidationError(_("Tệp lớn quá %(limit)s MB.") % {"limit": MAX_BYTES // 1_000_000})
        return uploaded
