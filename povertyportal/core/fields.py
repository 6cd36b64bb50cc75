"""Form fields that read what Vietnamese officials type."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy


class VietnameseDateField(forms.DateField):
    def __init__(self, **options: Any) -> None:
        messages = {
            "invalid": gettext_lazy("Cần ghi ngày/tháng/năm, ví dụ 31/12/2020."),
            "required": gettext_lazy("Hãy ghi ngày/tháng/năm."),
        }
        options.setdefault("error_messages", messages)
        widget = forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(input_formats=["%d/%m/%Y", "%Y-%m-%d"], widget=widget, **options)
