"""Fields of the registry's forms: what officials type of persons and places, read tolerantly."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from households.access.scope import scope_of
from households.areas.models import Area
from households.areas.units import Level
from households.areas.villages import villages_of
from households.registry.codes import Relation, Sex
from households.registry.ethnicities import by_key, by_name, ethnicities
from households.registry.places import Named
from households.web.form_parts import text_field
from povertyportal.core.fields import VietnameseDateField
from povertyportal.core.periods import on as holding_on
from povertyportal.vietnamese import format_date

Choices = list[tuple[str, Any]]
GROUPS_LIST = "ethnic-groups"  # id of the <datalist> that templates/households/household_task_groups.html writes


class Birth(NamedTuple):
    """``day`` where it is known; the year alone else; neither where nothing was typed."""

    day: date | None = None
    year: int | None = None


class BirthField(forms.CharField):
    """A day, or only a year."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        missing = {"required": gettext_lazy("Hãy ghi ngày sinh, hoặc năm sinh khi không rõ ngày.")}
        super().__init__(widget=widget, max_length=10, error_messages=missing, **options)

    def to_python(self, value: Any) -> Any:
        text = str(super().to_python(value) or "")
        if not text:
            return Birth()
        if text.isascii() and text.isdigit() and len(text) == 4:
            return Birth(None, int(text))
        try:
            day = VietnameseDateField().to_python(text)
        except forms.ValidationError as refused:
            wrong = _("Cần ghi ngày/tháng/năm, ví dụ 02/09/1975, hoặc chỉ năm: 1975.")
            raise forms.ValidationError(wrong, code="invalid") from refused
        return Birth(day, day.year if day else None)

    def validate(self, value: Birth) -> None:
        super().validate(value.year or "")

    def run_validators(self, value: Birth) -> None:
        return

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(self.prepare_value(initial) or "") != str(data or "").strip()

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, Birth):
            return value
        return format_date(value.day) if value.day else value.year


class EthnicityField(forms.CharField):
    """A name as people write it ("Nung", "H'Mông"); gives the group's key."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"list": GROUPS_LIST, "autocomplete": "off"})
        missing = {"required": gettext_lazy("Hãy ghi dân tộc, ví dụ: Tày.")}
        super().__init__(widget=widget, max_length=40, error_messages=missing, **options)

    def clean(self, value: Any) -> str:
        text = str(super().clean(value))
        if not text:
            return ""
        found = by_name(text)
        if found is None:
            raise forms.ValidationError(
                _("Không có dân tộc “%(name)s” trong danh mục; chọn một tên trong danh sách.") % {"name": text}
            )
        return found.key

    def prepare_value(self, value: Any) -> Any:
        group = by_key(value) if value else None
        return group.name if group else value


def group_names() -> list[str]:
    return [one.name for one in ethnicities().values()]


def choice_field(label: Any, choices: Choices, help_text: Any = "", *, required: bool = True) -> forms.ChoiceField:
    wrong = gettext_lazy("Hãy chọn một mục trong danh sách.")
    return forms.ChoiceField(
        label=label, choices=choices, help_text=help_text, required=required,
        error_messages={"required": wrong, "invalid_choice": wrong},
    )  # fmt: skip


def numbered(choices: Choices) -> Choices:
    """So that one key chooses: in a list the keys that write Vietnamese marks do not work."""
    return [("", ""), *((value, f"{number} {label}") for number, (value, label) in enumerate(choices, 1))]


def sexes() -> Choices:
    return numbered(list(Sex.choices))


def relations(*, without_head: bool = False) -> Choices:
    """``without_head``: for somebody who comes to a household that has its head."""
    offered = [(value, label) for value, label in Relation.choices if not without_head or value != Relation.HEAD]
    return [("", ""), *offered]


def number_field(label: Any, help_text: Any = "", *, most: int = 30) -> forms.CharField:
    """Blanks and dots between the digits are allowed; nothing of it is kept by the browser."""
    field = text_field(label, help_text, required=False, most=most)
    field.widget.attrs["inputmode"] = "numeric"
    field.widget.attrs["spellcheck"] = "false"
    return field


def places_of(user: object, action: str, *, on: date, day: date) -> Choices:
    """Villages and communes of that day in which the user may do this: a commune after its villages. 4 queries."""
    scope = scope_of(user, action, day=day)
    if not scope:
        return []
    communes = holding_on(scope.areas().filter(level=Level.COMMUNE), on).order_by("sort_key", "code")
    mine = {one.code: one.full_name for one in communes if scope.covers(one.code, on=on)}
    villages = holding_on(Area.objects.filter(level=Level.VILLAGE, parent_code__in=mine), on)
    below: dict[str, list[Area]] = {}
    for one in villages.order_by("type", "sort_key", "code"):
        below.setdefault(one.parent_code, []).append(one)
    return [(name, _named(below.get(code, []), code, name)) for code, name in mine.items()]


def villages_in(commune: Named | None, *, on: date) -> Choices:
    """Those of one commune, and the commune itself for "not known which"; 1 query."""
    return _named(villages_of(commune.code, on=on), commune.code, commune.name) if commune else []


def _named(villages: Iterable[Area], commune: str, name: str) -> Choices:
    return [*((one.code, one.full_name) for one in villages), (commune, _("%(name)s, chưa rõ thôn") % {"name": name})]
