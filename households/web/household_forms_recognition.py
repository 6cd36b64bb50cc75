"""A class that a decision outside the portal gave the household. Append-only: a wrong row is corrected by a new one."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from households.criteria.queries import standards_in_force
from households.registry.actions.taking_over import take_over_recognition
from households.registry.codes import RecognisedClass
from households.registry.models import Recognition
from households.registry.places import Named, named_place
from households.registry.state import state_on
from households.web.form_parts import text_field
from households.web.household_form_fields import Choices, choice_field
from households.web.household_forms import HouseholdForm
from povertyportal.core.fields import VietnameseDateField
from povertyportal.core.models import User
from povertyportal.vietnamese import format_date

FIRST_YEAR = 1993


class RecognitionForm(HouseholdForm):
    klass = choice_field(gettext_lazy("Được công nhận là"), [("", gettext_lazy("Hãy chọn")), *RecognisedClass.choices])
    year = forms.IntegerField(
        label=gettext_lazy("Năm rà soát"),
        min_value=FIRST_YEAR,
        max_value=2100,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": "4", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Hãy ghi năm."), "invalid": gettext_lazy("Cần một năm, ví dụ 2025.")},
    )
    standard = choice_field(gettext_lazy("Theo chuẩn"), [])
    decision_number = text_field(gettext_lazy("Số quyết định"), gettext_lazy("Ví dụ: 215/QĐ-UBND."), most=60)
    decision_date = VietnameseDateField(label=gettext_lazy("Ngày quyết định"))
    valid_from = VietnameseDateField(
        label=gettext_lazy("Công nhận từ ngày"),
        help_text=gettext_lazy("Thường là ngày quyết định, hoặc 01/01 năm sau."),
    )
    valid_until = VietnameseDateField(
        label=gettext_lazy("Hết hiệu lực từ ngày"),
        help_text=gettext_lazy("Để trống khi còn hiệu lực cho đến quyết định sau."),
        required=False,
    )
    area_code = text_field(
        gettext_lazy("Mã xã ra quyết định"),
        gettext_lazy("Để trống: xã nơi hộ ở vào ngày quyết định."),
        required=False,
        most=20,
    )
    kind = choice_field(
        gettext_lazy("Dạng nghèo (2016–2021)"),
        [],
        gettext_lazy("Chỉ của hộ nghèo theo chuẩn 2016–2020."),
        required=False,
    )
    source = text_field(
        gettext_lazy("Nguồn"), gettext_lazy("Sổ, tệp, trang, ví dụ: danh sách kèm quyết định, dòng 12.")
    )
    corrects = choice_field(gettext_lazy("Đính chính cho"), [], required=False)
    paper: ClassVar[tuple[str, ...]] = ("source", "reason")

    def prepare(self) -> None:
        del self.fields["on"]
        self.fields["reason"].help_text = gettext_lazy(
            "Vì sao ghi vào hồ sơ, ví dụ: nhập danh sách đã công nhận năm 2024."
        )
        standards = standards_in_force()
        self._offer("standard", [("", _("Hãy chọn")), *((one.code, one.title) for one in standards)])
        kinds = {code: name for one in standards for code, name in one.kinds.items()}
        self._offer("kind", [("", _("danh sách không ghi")), *kinds.items()])
        self._offer("corrects", [("", _("không, đây là dòng mới")), *self._earlier()])

    def _offer(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def _earlier(self) -> Iterable[tuple[str, str]]:
        rows = Recognition.objects.filter(household=self.household, corrected_by=None).order_by("-year", "-pk")
        for one in rows:
            told = {"year": one.year, "klass": one.get_klass_display(), "number": one.decision_number,
                    "day": format_date(one.decision_date)}  # fmt: skip
            yield str(one.pk), _("%(year)s, %(klass)s, số %(number)s ngày %(day)s") % told

    def clean(self) -> None:
        data = self.cleaned_data
        start, until = data.get("valid_from"), data.get("valid_until")
        if start and until and until <= start:
            self.add_error("valid_until", _("Ngày này phải sau ngày bắt đầu công nhận."))

        if data.get("decision_date") and not data.get("area_code"):
            self._set_commune(data["decision_date"])

    def _set_commune(self, day: date) -> None:
        commune = self._lived_in(day)
        if commune is None:
            self.add_error("area_code", _("Ngày %s hộ chưa có trên cổng; hãy ghi mã xã.") % format_date(day))
        else:
            self.cleaned_data["area_code"] = commune.code

    def _lived_in(self, day: date) -> Named | None:
        state = state_on(self.household, day)
        return named_place(state.area_code, on=day).commune if state.exists else None

    @property
    def doubts(self) -> list[str]:
        day, code = self.cleaned_data["decision_date"], self.cleaned_data["area_code"].strip()
        commune = self._lived_in(day)
        if commune is None or commune.code == code:
            return []
        told = {"decided": named_place(code, on=day).near, "lived": commune.name, "day": format_date(day)}
        return [
            _("Quyết định của %(decided)s, nhưng ngày %(day)s hộ ở %(lived)s. Ghi nhầm mã xã thì hãy đính chính.")
            % told
        ]

    @property
    def effective(self) -> Any:
        return min(self.cleaned_data.get("valid_from") or self.desk.today, self.desk.today)

    def act(self, *, by: User, at: datetime) -> int:
        data = dict(self.cleaned_data)
        expected, corrects = data.pop("version"), int(data.pop("corrects") or 0) or None
        take_over_recognition(household=self.household, corrects=corrects, by=by, at=at, expected=expected, **data)
        return self.household
