"""What the pages of data subjects ask."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from households.review.actions.subjects import Answered, Asked, Promise
from households.review.superior_models import Wish, WishOutcome
from households.web.form_parts import ActionForm, household_number, long_field, text_field
from povertyportal.core.fields import VietnameseDateField


class SubjectForm(ActionForm):
    commune = forms.ChoiceField(
        label=gettext_lazy("Xã, phường nhận"), widget=forms.Select(attrs={"class": "form-select"})
    )
    wish = forms.ChoiceField(
        label=gettext_lazy("Yêu cầu"), choices=Wish, widget=forms.Select(attrs={"class": "form-select"})
    )
    applicant = text_field(gettext_lazy("Người yêu cầu"), most=120)
    received_on = VietnameseDateField(label=gettext_lazy("Ngày nhận"))
    household = text_field(
        gettext_lazy("Số hộ trên cổng"), gettext_lazy("Ví dụ H1204. Để trống nếu người này không có trong sổ hộ."),
        required=False, most=14,
    )  # fmt: skip
    person = forms.ChoiceField(
        label=gettext_lazy("Về ai trong hộ"), required=False, widget=forms.Select(attrs={"class": "form-select"})
    )
    content = long_field(
        gettext_lazy("Nội dung yêu cầu"),
        gettext_lazy("Ghi như người đó nói. Không ghi số định danh vào đây."),
        most=1000,
        rows=4,
    )

    def __init__(
        self, *args: Any, communes: Sequence[tuple[str, str]], members: Sequence[tuple[int, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["commune"].choices = list(communes)  # type: ignore[attr-defined]
        told = [("", _("cả hộ")), *((str(key), name) for key, name in members)]
        self.fields["person"].choices = told  # type: ignore[attr-defined]
        if not members:
            del self.fields["person"]

    def clean_household(self) -> int | None:
        return household_number(self.cleaned_data["household"])

    def asked(self) -> Asked:
        """Of a valid form."""
        data = self.cleaned_data
        names = ("wish", "applicant", "received_on", "content", "household")
        return Asked(**{name: data[name] for name in names}, person=int(data.get("person") or 0) or None)


class AnswerForm(ActionForm):
    outcome = forms.ChoiceField(
        label=gettext_lazy("Kết quả"), choices=[one for one in WishOutcome.choices if one[0]],
        widget=forms.Select(attrs={"class": "form-select"}),
    )  # fmt: skip
    text = long_field(gettext_lazy("Trả lời"), gettext_lazy("Người yêu cầu đọc được câu này."), most=2000, rows=4)
    on = VietnameseDateField(label=gettext_lazy("Ngày trả lời"))
    late = text_field(gettext_lazy("Vì sao quá hạn"), gettext_lazy("Chỉ ghi khi trả lời sau hạn."), required=False)

    def answer(self) -> Answered:
        """Of a valid form."""
        data = self.cleaned_data
        return Answered(data["outcome"], data["text"], data["on"], data["late"])


class PromiseForm(ActionForm):
    """The first answer of what takes longer; its fields are named apart from those of the answer on the same page."""

    first = long_field(
        gettext_lazy("Trả lời lần đầu"), gettext_lazy("Đã nhận yêu cầu, sẽ làm gì, vì sao chưa xong ngay."), most=1000
    )
    first_on = VietnameseDateField(label=gettext_lazy("Ngày trả lời lần đầu"))
    done_by = VietnameseDateField(label=gettext_lazy("Hẹn làm xong ngày"))
    first_late = text_field(
        gettext_lazy("Vì sao quá hạn"), gettext_lazy("Chỉ ghi khi trả lời sau hạn."), required=False
    )

    def promise(self) -> Promise:
        """Of a valid form."""
        data = self.cleaned_data
        return Promise(data["first"], data["first_on"], data["done_by"], data["first_late"])
