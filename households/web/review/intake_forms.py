"""What the pages of papers handed in ask."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from households.review.actions.intake import Paper
from households.review.models import IntakeKind
from households.surveys.models import SurveyRound
from households.web.form_parts import ActionForm, household_number, long_field, text_field
from households.web.review.received import Candidate
from povertyportal.core.fields import VietnameseDateField

OTHER = "other"


class IntakeForm(ActionForm):
    commune = forms.ChoiceField(
        label=gettext_lazy("Xã, phường nhận"), widget=forms.Select(attrs={"class": "form-select"})
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Loại giấy"), choices=IntakeKind, widget=forms.Select(attrs={"class": "form-select"})
    )
    applicant = text_field(gettext_lazy("Người đề nghị"), gettext_lazy("Họ tên như trên giấy."), most=120)
    address = text_field(gettext_lazy("Thôn, địa chỉ"), gettext_lazy("Ví dụ: Thôn Nà Tềnh."), required=False, most=200)
    received_on = VietnameseDateField(label=gettext_lazy("Ngày nhận"))
    household = text_field(
        gettext_lazy("Số hộ trên cổng (nếu biết)"),
        gettext_lazy("Ví dụ H1204. Chưa biết thì để trống: sau khi ghi, cổng tìm giúp theo tên."), required=False, most=14,
    )  # fmt: skip
    content = long_field(
        gettext_lazy("Lý do đề nghị"),
        gettext_lazy("Tóm tắt lý do ghi trên giấy. Không ghi số định danh vào đây."),
        required=False,
        most=1000,
    )
    by_post = forms.BooleanField(label=gettext_lazy("Gửi qua bưu chính"), required=False)

    def __init__(self, *args: Any, communes: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["commune"].choices = list(communes)  # type: ignore[attr-defined]

    def clean_household(self) -> int | None:
        return household_number(self.cleaned_data["household"])

    def paper(self) -> Paper:
        """Of a valid form."""
        data = self.cleaned_data
        names = ("kind", "applicant", "received_on", "address", "content", "by_post", "household")
        return Paper(**{name: data[name] for name in names})


class ListForm(ActionForm):
    """Which household the paper is of, and in which round it is reviewed."""

    which = forms.ChoiceField(label=gettext_lazy("Hộ"), widget=forms.RadioSelect(attrs={"class": "form-check-input"}))
    household = text_field(gettext_lazy("Số hộ khác"), gettext_lazy("Ví dụ H1204."), required=False, most=14)
    round = forms.ChoiceField(label=gettext_lazy("Đợt"), widget=forms.Select(attrs={"class": "form-select"}))

    def __init__(
        self, *args: Any, found: Iterable[Candidate], rounds: Iterable[tuple[SurveyRound, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        told = [
            (str(one.household), f"H{one.household}: " + ", ".join(filter(None, (one.name, one.place))))
            for one in found
        ]
        self.fields["which"].choices = [*told, (OTHER, _("hộ khác, ghi số hộ ở dưới"))]  # type: ignore[attr-defined]
        self.fields["which"].error_messages["required"] = _("Hãy chọn hộ.")
        self.initial.setdefault("which", told[0][0] if len(told) == 1 else OTHER if not told else "")
        self.fields["round"].choices = [  # type: ignore[attr-defined]
            (str(one.pk), f"{one.code}, {area}") for one, area in rounds
        ]

    def clean_household(self) -> int | None:
        return household_number(self.cleaned_data["household"])

    def clean(self) -> None:
        data = self.cleaned_data
        if data.get("which") == OTHER and not data.get("household") and "household" not in self.errors:
            self.add_error("household", _("Hãy ghi số hộ, ví dụ H1204."))

    def chosen(self) -> int:
        """Of a valid form."""
        data = self.cleaned_data
        return int(data["household"] if data["which"] == OTHER else data["which"])


class RemarkForm(ActionForm):
    remark = text_field(
        gettext_lazy("Ai rút, vì sao"), gettext_lazy("Ví dụ: ông Nông Văn An xin rút ngày 20/11, đã có việc làm.")
    )


def first_values(commune: str, day: date, household: str) -> dict[str, Any]:
    return {"commune": commune, "received_on": day, "household": household}
