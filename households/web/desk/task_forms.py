"""What the tasks of the desk ask: to whom and by when, which household and why, a remark."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from households.surveys.form_models import Why
from households.surveys.forms.steps import KEEP, LONGEST_REMARK, Keep
from households.surveys.models import SurveyRound
from households.web.desk.rounds import words_of
from households.web.form_parts import ActionForm, household_number, text_field
from povertyportal.core.fields import VietnameseDateField
from povertyportal.core.models import User

AS_IT_IS, NOBODY = "", "nobody"


class AssignForm(ActionForm):
    to = forms.ChoiceField(
        label=gettext_lazy("Giao cho"), required=False, widget=forms.Select(attrs={"class": "form-select"})
    )
    due = VietnameseDateField(
        label=gettext_lazy("Hạn nhập"),
        required=False,
        help_text=gettext_lazy("Để trống: hạn giữ như cũ; chưa đặt hạn thì là ngày cuối của đợt."),
    )

    def __init__(self, *args: Any, people: Iterable[User], **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = {str(one.pk): one for one in people}
        choices = [(key, str(one)) for key, one in self.people.items()]
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            (AS_IT_IS, _("giữ như cũ")), *choices, (NOBODY, _("không giao riêng ai")),
        ]  # fmt: skip

    def asked(self) -> dict[str, Any]:
        """Of a valid form, as the action takes it."""
        to: User | Keep | None = self.people.get(self.cleaned_data["to"], KEEP)
        due: date | Keep = self.cleaned_data["due"] or KEEP
        return {"to": None if self.cleaned_data["to"] == NOBODY else to, "due": due}


class AddForm(ActionForm):
    round = forms.ChoiceField(label=gettext_lazy("Đợt"), widget=forms.Select(attrs={"class": "form-select"}))
    household = text_field(
        gettext_lazy("Số hộ trên cổng"), gettext_lazy("Ví dụ H1204; xem ở trang của hộ. Hộ chưa có thì lập hộ trước."),
        most=14,
    )  # fmt: skip
    why = forms.ChoiceField(
        label=gettext_lazy("Vì sao rà soát"), choices=Why, initial=Why.REQUEST,
        widget=forms.Select(attrs={"class": "form-select"}),
    )  # fmt: skip

    def __init__(self, *args: Any, rounds: Iterable[tuple[SurveyRound, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["round"].choices = [  # type: ignore[attr-defined]
            (str(one.pk), f"{area}, {words_of(one)}") for one, area in rounds
        ]

    def clean_household(self) -> int | None:
        return household_number(self.cleaned_data["household"])


class RemarkForm(ActionForm):
    remark = text_field(gettext_lazy("Lý do"), "", most=LONGEST_REMARK)

    def __init__(self, *args: Any, label: str, help_text: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["remark"].label, self.fields["remark"].help_text = label, help_text
