"""What the forms of all pages are made of: plain fields, the number of a household, an action's refusals at their fields."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from households.registry.problems import RegistryRefusedError

_HOUSEHOLD = re.compile(r"[hH]?\s*([0-9]{1,12})")


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


def long_field(label: Any, help_text: Any = "", *, required: bool = True, most: int, rows: int = 3) -> forms.CharField:
    field = text_field(label, help_text, required=required, most=most)
    field.widget = forms.Textarea(attrs={"class": "form-control", "rows": rows})
    return field


def household_number(text: str) -> int | None:
    """ "H1204" or "1204" as an official reads it off the gate; None for nothing. Raises ValidationError."""
    if not (typed := text.strip()):
        return None
    if not (found := _HOUSEHOLD.fullmatch(typed)):
        raise forms.ValidationError(_("“%s” không phải số hộ; ví dụ H1204.") % typed)
    return int(found[1])


class ActionForm(forms.Form):
    """What an action asks: its problems go to the fields of their names, those of no field to the head of the form."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.label_suffix = ""

    def refuse(self, refused: RegistryRefusedError) -> None:
        for problem in refused.problems:
            self.add_error(problem.field if problem.field in self.fields else None, problem.message)
