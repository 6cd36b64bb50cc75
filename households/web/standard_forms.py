"""What an official states about a local standard, or the document of any standard as text."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from households.criteria.law.faults import DocumentFaults
from households.criteria.law.parts import Standard, Sureness
from households.criteria.publishing import next_version
from households.criteria.wording import SURENESS
from households.criteria.writing import Amounts, LocalStandard
from households.web.form_parts import text_field
from povertyportal.core.fields import VietnameseDateField
from povertyportal.vietnamese import fold, parse_number

BY_COUNT, BY_INCOME = "count", "income"
MOST_AMOUNT = 10**12


class AmountField(forms.CharField):
    """A whole number of đồng or of points as people type it: "1.500.000"."""

    def __init__(self, label: Any, help_text: Any = "", *, required: bool = False) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        missing = {"required": gettext_lazy("Hãy ghi một số, ví dụ 1.500.000.")}
        super().__init__(label=label, help_text=help_text, required=required, widget=widget, error_messages=missing)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            number = parse_number(text)
        except ValueError as why:
            raise forms.ValidationError(str(why)) from why
        if number != int(number) or not 0 < number < MOST_AMOUNT:
            raise forms.ValidationError(_("Phải là số nguyên lớn hơn 0, ví dụ 1.500.000."))
        return int(number)


def year_field(label: Any) -> forms.IntegerField:
    messages = {
        "required": gettext_lazy("Hãy ghi năm."), "invalid": gettext_lazy("Năm gồm bốn chữ số, ví dụ 2027."),
        "min_value": gettext_lazy("Năm từ 2011 đến 2099."), "max_value": gettext_lazy("Năm từ 2011 đến 2099."),
    }  # fmt: skip
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    return forms.IntegerField(label=label, min_value=2011, max_value=2099, widget=widget, error_messages=messages)


class LocalForm(forms.Form):
    province = forms.ChoiceField(label=gettext_lazy("Tỉnh, thành phố"))
    parent = forms.ChoiceField(
        label=gettext_lazy("Dựa trên chuẩn của cả nước"),
        help_text=gettext_lazy("Chỉ số, phiếu, danh mục lấy theo chuẩn này; mức thu nhập và quy tắc là của tỉnh."),
    )
    title = text_field(
        gettext_lazy("Tên chuẩn"), gettext_lazy("Ví dụ: Chuẩn nghèo đa chiều tỉnh … giai đoạn …"), most=300
    )
    first = year_field(gettext_lazy("Áp dụng từ năm rà soát"))
    last = year_field(gettext_lazy("đến hết năm rà soát"))
    unit = forms.ChoiceField(
        label=gettext_lazy("Mức thu nhập tính theo"),
        choices=[("month", gettext_lazy("đồng/người/tháng")), ("year", gettext_lazy("đồng/người/năm"))],
    )
    way = forms.ChoiceField(
        label=gettext_lazy("Hộ nghèo, hộ cận nghèo phân biệt theo"),
        choices=[
            (BY_COUNT, gettext_lazy("cùng mức thu nhập, số chỉ số thiếu hụt")),
            (BY_INCOME, gettext_lazy("hai mức thu nhập, không xét thiếu hụt")),
        ],
    )
    poor_rural = AmountField(gettext_lazy("Chuẩn nghèo, nông thôn"), required=True)
    poor_urban = AmountField(gettext_lazy("Chuẩn nghèo, thành thị"), required=True)
    near_rural = AmountField(
        gettext_lazy("Chuẩn cận nghèo, nông thôn"), gettext_lazy("Chỉ ghi khi phân biệt theo hai mức thu nhập.")
    )
    near_urban = AmountField(gettext_lazy("Chuẩn cận nghèo, thành thị"))
    average_rural = AmountField(
        gettext_lazy("Mức sống trung bình (mức trên), nông thôn"), gettext_lazy("Để trống nếu tỉnh không quy định.")
    )
    average_urban = AmountField(gettext_lazy("Mức sống trung bình (mức trên), thành thị"))
    deprivations = forms.IntegerField(
        label=gettext_lazy("Nghèo khi thiếu hụt từ (số chỉ số)"),
        required=False,
        min_value=1,
        max_value=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), gettext_lazy("Ghi số chỉ số từ 1 đến 20, ví dụ 3.")
        ),
    )
    b1_rural = AmountField(
        gettext_lazy("Điểm ngưỡng B1, nông thôn"),
        gettext_lazy("Để trống nếu tỉnh không quy định: chuẩn này khi ấy chỉ phân loại theo thu nhập."),
    )
    b1_urban = AmountField(gettext_lazy("Điểm ngưỡng B1, thành thị"))
    number = text_field(gettext_lazy("Văn bản: loại, số"), gettext_lazy("Ví dụ: Nghị quyết 12/2026/NQ-HĐND."), most=200)
    on = VietnameseDateField(label=gettext_lazy("Ngày ban hành"), required=False)
    text_title = text_field(gettext_lazy("Trích yếu"), most=300)
    article = text_field(gettext_lazy("Điều, khoản"), gettext_lazy("Ví dụ: khoản 2 Điều 1."), required=False, most=200)
    confidence = forms.ChoiceField(label=gettext_lazy("Biết từ đâu"))
    note = text_field(
        gettext_lazy("Điều chưa rõ"), gettext_lazy("Hiện ở đầu trang của chuẩn."), required=False, most=1000
    )

    GROUPS = (
        (gettext_lazy("Nơi và năm áp dụng"), ("province", "parent", "title", "first", "last")),
        (gettext_lazy("Mức thu nhập và cách phân loại"), ("unit", "way", "poor_rural", "poor_urban", "deprivations")),
        (gettext_lazy("Mức khác, nếu có"), ("near_rural", "near_urban", "average_rural", "average_urban")),
        (gettext_lazy("Điểm của phiếu B, nếu có"), ("b1_rural", "b1_urban")),
        (gettext_lazy("Căn cứ pháp lý"), ("number", "on", "text_title", "article", "confidence", "note")),
    )
    PAIRS = (("near_rural", "near_urban"), ("average_rural", "average_urban"), ("b1_rural", "b1_urban"))

    def __init__(
        self, data: Any = None, *, provinces: Sequence[tuple[str, str]], parents: Sequence[Standard], day: date
    ) -> None:
        super().__init__(data)
        self.label_suffix, self.day, self.names = "", day, dict(provinces)
        self.parents = {one.code: one for one in parents}
        known = [Sureness.VERIFIED, Sureness.PRESS, Sureness.RECALLED]
        choices = {
            "province": list(provinces),
            "parent": [(one.code, f"{one.title} ({one.code})") for one in reversed(parents)],
            "confidence": [(one.value, str(SURENESS[one][1]).rstrip(".")) for one in known],
        }
        for name, values in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = values

    def groups(self) -> "list[tuple[str | Promise, list[BoundField]]]":
        return [(legend, [self[name] for name in names]) for legend, names in self.GROUPS]

    def clean(self) -> None:
        data = self.cleaned_data
        for pair in self.PAIRS:
            given = [name for name in pair if data.get(name) is not None]
            if len(given) == 1:
                (missing,) = set(pair) - set(given)
                self.add_error(missing, _("Ghi cả nông thôn và thành thị, hoặc để trống cả hai."))
        if data.get("first") and data.get("last") and data["last"] < data["first"]:
            self.add_error("last", _("Năm cuối phải từ năm đầu trở đi."))
        if data.get("on") and data["on"] > self.day:
            self.add_error("on", _("Ngày này chưa tới: chỉ nhập chuẩn từ văn bản đã ban hành."))
        if data.get("confidence") == Sureness.VERIFIED and not data.get("article"):
            self.add_error("article", _("Đã đọc văn bản thì ghi điều, khoản."))
        self._clean_way(data)

    def _clean_way(self, data: dict[str, Any]) -> None:
        if data.get("way") == BY_COUNT:
            if data.get("deprivations") is None and "deprivations" not in self.errors:
                self.add_error("deprivations", _("Ghi số chỉ số, ví dụ 3."))
            if data.get("near_rural"):
                self.add_error(
                    "near_rural", _("Để trống: hộ cận nghèo cùng mức thu nhập với hộ nghèo, khác số chỉ số.")
                )
        elif data.get("way") == BY_INCOME:
            if data.get("near_rural") is None and "near_rural" not in self.errors:
                self.add_error("near_rural", _("Ghi mức của hộ cận nghèo."))
            for name in ("deprivations", "b1_rural"):
                if data.get(name) is not None:
                    self.add_error(name, _("Để trống khi phân biệt theo hai mức thu nhập."))

    def local(self) -> LocalStandard:
        data = self.cleaned_data
        name = "".join(fold(self.names[data["province"]]).replace("tinh ", "").replace("thanh pho ", "").split())
        code = f"{name}-{data['first']}"
        return LocalStandard(
            code=code, version=next_version(code), title=data["title"], province=data["province"],
            parent=self.parents[data["parent"]], first=data["first"], last=data["last"], unit=data["unit"],
            poor=Amounts(data["poor_rural"], data["poor_urban"]), near_poor=self._amounts("near"),
            average=self._amounts("average"), deprivations=data["deprivations"], b1=self._amounts("b1"),
            number=data["number"], on=data["on"], text_title=data["text_title"], article=data["article"],
            confidence=data["confidence"], checked=self.day, note=data["note"],
        )  # fmt: skip

    def _amounts(self, name: str) -> Amounts | None:
        rural, urban = self.cleaned_data.get(f"{name}_rural"), self.cleaned_data.get(f"{name}_urban")
        return Amounts(rural, urban) if rural is not None and urban is not None else None

    def refuse(self, faults: DocumentFaults) -> None:
        """Each fault at the field that its part of the document was written from."""
        for fault in faults.faults:
            name = next((field for where, field in _FIELD_OF if re.match(where, fault.where)), None)
            self.add_error(name, fault.text[:1].upper() + fault.text[1:] if name else fault.sentence)


# Where in the document → the field it was written from; the first that matches.
_FIELD_OF = (
    (r"Năm áp dụng", "first"),
    (r"Quy tắc .*deprivations", "deprivations"),
    (r"Quy tắc .*\(average\)", "average_rural"),
    (r"Quy tắc .*\(near_poor\)", "near_rural"),
    (r"Quy tắc .*scores", "b1_rural"),
    (r"Mức thu nhập 1|Quy tắc .*\(poor\)", "poor_rural"),
    (r"Mức thu nhập .*\(near_poor\)", "near_rural"),
    (r"Mức thu nhập", "average_rural"),
    (r"Mức điểm B1", "b1_rural"),
    (r"Văn bản pháp lý", "number"),
    (r"Căn cứ chung", "article"),
    (r"inherits", "parent"),
    (r"scope", "province"),
    (r"title", "title"),
)


class DocumentForm(forms.Form):
    content = forms.CharField(
        label=gettext_lazy("Văn bản của chuẩn (TOML)"),
        max_length=200_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false", "class": "standard-source"}),
        error_messages={"required": gettext_lazy("Hãy dán văn bản của chuẩn.")},
    )

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.label_suffix = ""

    def clean_content(self) -> str:
        return str(self.cleaned_data["content"]).replace("\r\n", "\n")

    def refuse(self, faults: DocumentFaults) -> None:
        for fault in faults.faults[:50]:
            self.add_error("content", _("Dòng %(line)s: %(text)s") % {"line": fault.line, "text": fault.sentence})
