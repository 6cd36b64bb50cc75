"""What is tried: which standard, on which day, in which kind of area, with which answers."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from households.criteria.law.parts import AreaType, Standard, Variant
from households.criteria.questionnaire.sheet import AppliedStandard, Way
from households.web.trial_standards import NoStandardError, provinces_with_own, trials_of
from povertyportal.core.fields import VietnameseDateField

FIELDS = ("on", "standard", "province", "area", "variant", "way", "demonstration")
WAYS = (
    (Way.FULL.value, gettext_lazy("Đủ câu trả lời: thành viên, nhà ở, phiếu A, phiếu B")),
    (Way.SCORES.value, gettext_lazy("Chỉ điểm B1, B2")),
    (Way.INCOME.value, gettext_lazy("Thu nhập và số chỉ số thiếu hụt")),
)
AREAS = ((AreaType.RURAL.value, gettext_lazy("Nông thôn")), (AreaType.URBAN.value, gettext_lazy("Thành thị")))


class SetupForm(forms.Form):
    on = VietnameseDateField(
        label=gettext_lazy("Ngày rà soát"), help_text=gettext_lazy("Ngày/tháng/năm; tuổi tính đến ngày này.")
    )
    standard = forms.ChoiceField(label=gettext_lazy("Chuẩn"), required=False)
    province = forms.ChoiceField(
        label=gettext_lazy("Tỉnh có chuẩn riêng"),
        required=False,
        help_text=gettext_lazy("Chọn để xem kết quả theo chuẩn riêng cạnh chuẩn cả nước."),
    )
    area = forms.ChoiceField(label=gettext_lazy("Khu vực"), choices=AREAS)
    variant = forms.ChoiceField(
        label=gettext_lazy("Vùng của bảng điểm B1"),
        required=False,
        help_text=gettext_lazy("Chỉ cần khi tính B1 từ bảng điểm."),
    )
    way = forms.ChoiceField(label=gettext_lazy("Cách nhập"), choices=WAYS)
    demonstration = forms.BooleanField(
        label=gettext_lazy("Tính B1 bằng bảng điểm minh họa"),
        required=False,
        help_text=gettext_lazy("Chỉ có phần đã biết của giai đoạn 2016 – 2020; không phải bảng chính thức."),
    )

    def __init__(self, data: Any, *, standards: Sequence[Standard], today: date) -> None:
        self.standards = standards
        super().__init__(_with_defaults(data, today))
        self.label_suffix = ""
        draft = _("%s (bản thảo)")
        titles = [(one.code, draft % one.title if one.draft else one.title) for one in standards]
        self._offer("standard", [("", _("Theo ngày rà soát")), *titles])
        self._offer("province", [("", _("Không, chỉ chuẩn cả nước")), *provinces_with_own(standards, today)])
        self._offer("variant", [("", _("Chưa chọn")), *((one.code, one.name) for one in self._variants())])
        for field in self.fields.values():
            field.error_messages["invalid_choice"] = _("Hãy chọn một mục trong danh sách.")

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def _variants(self) -> list[Variant]:
        return list({one.code: one for standard in self.standards for one in standard.variants}.values())

    def clean(self) -> None:
        data = self.cleaned_data
        variant = next((one for one in self._variants() if one.code == data.get("variant")), None)
        if variant and data.get("area") and variant.area_type.value != data["area"]:
            self.add_error("variant", _("“%s” không thuộc khu vực đã chọn.") % variant.name)
        if self.errors:
            return
        try:
            data["trials"] = trials_of(
                self.standards,
                code=data["standard"],
                on=data["on"],
                province=data["province"],
                with_demonstration=data["demonstration"],
            )
        except NoStandardError as refused:
            self.add_error("on", str(refused))
            return
        self._settle_region(data)

    def _settle_region(self, data: dict[str, Any]) -> None:
        """Points differ by region: without one, B1 is entered as a total, unless the table was asked for."""
        area_type = AreaType(data["area"])
        regions = {
            one.code for trial in data["trials"] for one in trial.standard.variants if one.area_type is area_type
        }
        data["variant"] = data["variant"] or (next(iter(regions)) if len(regions) == 1 else "")
        if data["variant"]:
            return
        if data["demonstration"] and data["way"] == Way.FULL.value and any(one.table for one in data["trials"]):
            self.add_error("variant", _("Tính B1 từ bảng điểm cần biết vùng."))
        data["trials"] = tuple(replace(one, table=None, region_open=bool(one.table)) for one in data["trials"])

    @property
    def trials(self) -> tuple[AppliedStandard, ...]:
        trials: tuple[AppliedStandard, ...] = self.cleaned_data["trials"]
        return trials


def _with_defaults(data: Any, today: date) -> dict[str, Any]:
    """A page opened without questions asks about today."""
    defaults = {"on": today.strftime("%d/%m/%Y"), "area": AreaType.RURAL.value, "way": Way.FULL.value}
    given = {name: data[name] for name in FIELDS if name in data}
    return defaults | given
