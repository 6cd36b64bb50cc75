"""What the pages of letters that say no ask."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from households.review.actions.refusing import LONGEST_REASON, Letter
from households.review.unrecognised import Unrecognised
from households.web.form_parts import ActionForm, long_field, text_field
from povertyportal.core.fields import VietnameseDateField


class LetterForm(ActionForm):
    number = text_field(gettext_lazy("Số văn bản"), gettext_lazy("Ví dụ 15/TB-UBND."), most=60)
    on = VietnameseDateField(label=gettext_lazy("Ngày"))
    reason = long_field(
        gettext_lazy("Lý do"),
        gettext_lazy("Người nhận đọc được câu này. Không ghi số định danh, bệnh tật."),
        most=LONGEST_REASON,
    )
    signer = text_field(gettext_lazy("Người ký"), most=120)
    position = text_field(gettext_lazy("Chức vụ"), most=120)

    def letter(self) -> Letter:
        """Of a valid form."""
        data = self.cleaned_data
        return Letter(**{name: data[name] for name in ("number", "on", "reason", "signer", "position")})


class LettersForm(LetterForm):
    forms = forms.MultipleChoiceField(
        label=gettext_lazy("Hộ"), error_messages={"required": gettext_lazy("Hãy chọn ít nhất một hộ.")}
    )

    def __init__(self, *args: Any, shown: Sequence[Unrecognised], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["number"].help_text = gettext_lazy(
            "Số của văn bản đầu; chọn nhiều hộ thì các số sau tiếp theo nhau, ví dụ 15/TB-UBND, 16/TB-UBND."
        )
        self.fields["forms"].choices = [  # type: ignore[attr-defined]
            (str(one.row.form), one.row.name) for one in shown
        ]

    def chosen(self) -> set[str]:
        """Keys that are ticked."""
        ticked = self["forms"].value()
        return set(ticked or [])
