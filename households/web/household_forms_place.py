"""Where a household lives: it moves, it ends, its address was mistyped, its village was not known."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from households.areas import queries
from households.areas.units import Level, Version
from households.registry.actions.correcting import correct_residence
from households.registry.actions.moving import end_household, move_household, place_household
from households.registry.entries import Place
from households.web.form_parts import text_field
from households.web.household_form_fields import Choices, choice_field, villages_in
from households.web.household_forms import HouseholdForm
from povertyportal.core.models import User
from povertyportal.vietnamese import format_date

HITS = 5


def address_field() -> forms.CharField:
    return text_field(
        gettext_lazy("Địa chỉ"), gettext_lazy("Số nhà, đường, ngõ; để trống nếu không có."), required=False, most=200
    )


def local_code_field() -> forms.CharField:
    help_text = gettext_lazy("Mã hộ trong sổ của xã, nếu có.")
    return text_field(gettext_lazy("Mã hộ của địa phương"), help_text, required=False, most=30)


def village_field(choices: Choices, *, required: bool = True) -> forms.ChoiceField:
    offered = [("", _("Chọn thôn, tổ dân phố")), *choices]
    return choice_field(gettext_lazy("Thôn, tổ dân phố"), offered, required=required)


class MoveForm(HouseholdForm):
    """To another village of the commune, or anywhere else that the map has on the day."""

    area_code = choice_field(gettext_lazy("Đến thôn khác trong xã"), [], required=False)
    elsewhere = text_field(
        gettext_lazy("Hoặc đến nơi khác"),
        gettext_lazy("Mã hoặc tên xã, ví dụ: 01363. Hồ sơ sang xã ấy quản lý."),
        required=False,
        most=120,
    )
    address, local_code = address_field(), local_code_field()

    def prepare(self) -> None:
        self.fields["on"].label = gettext_lazy("Ngày chuyển đến")
        offered = [
            ("", _("Chọn thôn, tổ dân phố")),
            *villages_in(self.desk.commune, on=self.desk.state.day),
        ]
        field = self.fields["area_code"]
        if isinstance(field, forms.ChoiceField):
            field.choices = offered

    def clean(self) -> None:
        data = self.cleaned_data
        text = str(data.get("elsewhere") or "")
        if bool(data.get("area_code")) == bool(text):
            self.add_error("area_code", _("Hãy chọn một thôn ở đây, hoặc ghi xã nơi đến ở ô bên; không cả hai."))
        elif text and data.get("on"):
            found = commune_called(text, on=data["on"])
            if isinstance(found, str):
                self.add_error("elsewhere", found)
            else:
                data["area_code"] = found.code

    def act(self, *, by: User, at: datetime) -> int:
        data = self.cleaned_data
        place = Place(data["area_code"], address=data["address"], local_code=data["local_code"])
        move_household(household=self.household, place=place, by=by, at=at, **self.told)
        return self.household


def commune_called(text: str, *, on: date) -> Version | str:
    """The commune or village of that code or name on the day; else a sentence that says why not, with what was found."""
    found = [one for one in queries.search(text, on=on, limit=HITS * 4) if one.level in (Level.COMMUNE, Level.VILLAGE)]
    exact = [one for one in found if one.code == text.strip()]
    if len(exact or found) == 1:
        return (exact or found)[0]
    if not found:
        return _("Ngày %(day)s không có xã, thôn nào mang tên hoặc mã “%(text)s”.") % {
            "day": format_date(on),
            "text": text,
        }
    listed = "; ".join(f"{one.full_name} ({one.code})" for one in found[:HITS])
    return _("Nhiều nơi mang tên này; hãy ghi mã: %(places)s.") % {"places": listed}


class EndForm(HouseholdForm):
    def prepare(self) -> None:
        self.fields["on"].label = gettext_lazy("Từ ngày")
        self.fields["reason"].help_text = gettext_lazy(
            "Ví dụ: cả hộ chuyển ra nước ngoài; giải thể hộ, người già vào trung tâm."
        )

    def act(self, *, by: User, at: datetime) -> int:
        end_household(household=self.household, by=by, at=at, **self.told)
        return self.household


class ResidenceForm(HouseholdForm):
    """What was mistyped about the place, on the stay that holds on the day."""

    address, local_code = address_field(), local_code_field()

    def prepare(self) -> None:
        state = self.desk.state
        self.fields["on"].label = gettext_lazy("Nơi ở của ngày")
        self.fields["on"].help_text = gettext_lazy("Sửa cho cả thời gian hộ ở nơi này, không chỉ một ngày.")
        self.fields["reason"].label = gettext_lazy("Sai ở đâu")
        self.fields["reason"].help_text = gettext_lazy("Ví dụ: gõ nhầm số nhà.")
        self.initial.update(address=state.address, local_code=state.local_code)

    def act(self, *, by: User, at: datetime) -> int:
        data = self.cleaned_data
        values: dict[str, Any] = {"address": data["address"], "local_code": data["local_code"]}
        correct_residence(household=self.household, by=by, at=at, **values, **self.told)
        return self.household


class PlaceForm(HouseholdForm):
    """The village of a household that a change of the map left open."""

    area_code = choice_field(gettext_lazy("Hộ ở thôn, tổ dân phố nào"), [])

    def prepare(self) -> None:
        field = self.fields["area_code"]
        if isinstance(field, forms.ChoiceField):
            field.choices = village_field(villages_in(self.desk.commune, on=self.desk.state.day)).choices
        self.fields["on"].label = gettext_lazy("Nơi ở của ngày")
        self.fields["on"].help_text = gettext_lazy("Thôn được ghi cho cả thời gian hộ ở nơi này, từ ngày bắt đầu.")

    def act(self, *, by: User, at: datetime) -> int:
        place_household(household=self.household, area_code=self.cleaned_data["area_code"], by=by, at=at, **self.told)
        return self.household
