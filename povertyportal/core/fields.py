"""Form fields that read what Vietnamese officials type."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

YEARS = range(1900, 2200)
LONGEST_KEY = 18  # digits; what the database numbers its rows with ends at 19


def key_in(text: str) -> int | None:
    """A row's number as the name of a field bears it, or a form sends it; None for what no row can have."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_KEY else None


class VietnameseDateField(forms.DateField):
    """A year outside ``years`` is a slip of the fingers, and 31/12/9999 has no day after it."""

    def __init__(self, *, years: range = YEARS, **options: Any) -> None:
        self.years = years
        messages = {
            "invalid": gettext_lazy("Cần ghi ngày/tháng/năm, ví dụ 31/12/2020."),
            "required": gettext_lazy("Hãy ghi ngày/tháng/năm."),
        }
        options.setdefault("error_messages", messages)
        widget = forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(input_formats=["%d/%m/%Y", "%Y-%m-%d"], widget=widget, **options)

    def to_python(self, value: Any) -> date | None:
        day: date | None = super().to_python(value)
        if day is not None and day.year not in self.years:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return day
