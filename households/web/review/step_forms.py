"""What the steps of a whole dossier ask: a day, a number, words, and always the version of the dossier that the page showed."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from households.registry.codes import RecognisedClass
from households.review.actions.compiling import LONGEST_NOTE
from households.review.actions.planning import Key, Plan
from households.web.form_parts import ActionForm, long_field, text_field
from povertyportal.core.fields import VietnameseDateField


class StepForm(ActionForm):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    on = VietnameseDateField(label=gettext_lazy("Ngày"))

    def step(self) -> dict[str, Any]:
        """Of a valid form: what each action takes besides its matter."""
        return {"on": self.cleaned_data["on"], "expected": self.cleaned_data["version"]}


class CompileForm(StepForm):
    on = VietnameseDateField(label=gettext_lazy("Ngày tổng hợp"))


class ReopenForm(StepForm):
    on = VietnameseDateField(label=gettext_lazy("Ngày mở lại"))
    note = text_field(
        gettext_lazy("Vì sao mở lại"), gettext_lazy("Ví dụ: xóm Nà Vài còn một hộ mới đề nghị."), most=LONGEST_NOTE
    )


class AskForm(StepForm):
    on = VietnameseDateField(label=gettext_lazy("Ngày gửi"))
    letter_number = text_field(
        gettext_lazy("Số công văn"), gettext_lazy("Ví dụ 215/UBND-KT, theo sổ công văn đi của xã."), most=60
    )


class AnswerForm(StepForm):
    on = VietnameseDateField(label=gettext_lazy("Ngày trả lời"))
    number = text_field(gettext_lazy("Số văn bản trả lời"), required=False, most=60)
    text = long_field(
        gettext_lazy("Ý kiến chung"),
        gettext_lazy("Trả lại thì ghi vì sao, ở đây hoặc ở từng hộ. Không ghi số định danh."),
        required=False,
        most=2000,
    )
    late = text_field(
        gettext_lazy("Vì sao quá hạn"), gettext_lazy("Chỉ cần khi trả lời sau hạn."), required=False, most=400
    )


class SignForm(StepForm):
    on = VietnameseDateField(label=gettext_lazy("Ngày quyết định"))
    signer = text_field(gettext_lazy("Người ký"), most=120)
    position = text_field(gettext_lazy("Chức vụ"), most=120)
    bases = long_field(
        gettext_lazy("Căn cứ"),
        gettext_lazy("Mỗi dòng một văn bản. Cổng đề nghị từ đợt, chuẩn nghèo và văn bản của cấp trên; hãy xem lại."),
        most=8000,
        rows=6,
    )

    def basis_lines(self) -> list[str]:
        return [one for one in self.cleaned_data["bases"].splitlines() if one.strip()]


class DecideForm(SignForm):
    """A field for the number of each list."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    late = text_field(gettext_lazy("Vì sao quá hạn"), required=False, most=400)

    def __init__(self, *args: Any, plan: Plan, numbers: Iterable[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.keys: dict[str, Key] = {}
        for one, number in zip(plan.drafts, numbers, strict=True):
            name = number_field(one.key)
            self.keys[name] = one.key
            self.fields[name] = text_field(gettext_lazy("Số quyết định"), most=60)
            self.fields[name].initial = number
        if not plan.drafts:
            for name in ("signer", "position", "bases"):
                self.fields[name].required = False
        if not plan.late:
            self.fields["late"].widget = forms.HiddenInput()
        else:
            self.fields["late"].help_text = plan.late

    def numbers(self) -> dict[Key, str]:
        return {key: self.cleaned_data[name] for name, key in self.keys.items()}


def number_field(key: Key) -> str:
    """As the action names it in its refusals."""
    return f"number-{key[0]}-{key[1]}"


class CorrectForm(SignForm):
    number = text_field(gettext_lazy("Số quyết định đính chính"), most=60)
    reason = text_field(
        gettext_lazy("Lý do đính chính"),
        gettext_lazy("Sai ở đâu, căn cứ nào, ví dụ: nhầm điểm B1 của hai hộ cùng tên, theo biên bản ngày 20/11/2026."),
        most=400,
    )
    field_order = ("version", "number", "on", "reason", "signer", "position", "bases")


class ReprintForm(ActionForm):
    reason = text_field(gettext_lazy("Vì sao in lại"), gettext_lazy("Ví dụ: hộ báo mất giấy ngày 03/12."), most=400)


CLASS_CHOICES = RecognisedClass.choices


def first(dossier: Any, day: date, **more: Any) -> dict[str, Any]:
    return {"version": dossier.version, "on": day, **more}
